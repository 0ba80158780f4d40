"""An Assessment as plain values and back: what the web stores and other programs read."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from straume.lean.assess.records import Assessment
from straume.lean.errors import WrongCall
from straume.lean.stream.records import ValueStream

SCHEMA_VERSION = 1  # docs/schemas/assessment.schema.json


def assessment_to_dict(assessment: Assessment) -> dict[str, Any]:
    """Lists, dicts, strings, numbers and None only; the version says which schema they follow."""
    values = {
        one.name: _plain(getattr(assessment, one.name))
        for one in dataclasses.fields(assessment)
        if one.name != "stream"
    }
    return {"version": SCHEMA_VERSION, **values, "stream": assessment.stream.to_dict()}


def assessment_from_dict(data: Mapping[str, Any]) -> Assessment:
    """The assessment that `assessment_to_dict` wrote; WrongCall for a version that is not known here."""
    if data.get("version") != SCHEMA_VERSION:
        raise WrongCall("assessment_version", version=data.get("version"))
    values = {name: value for name, value in data.items() if name not in ("version", "stream")}
    stream = ValueStream.from_dict(data["stream"])
    made = {name: _as(hint, values[name]) for name, hint in _hints(Assessment).items() if name in values}
    return Assessment(**made, stream=stream)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _as(hint: Any, value: Any) -> Any:
    """The value as the type that a record's field names."""
    if value is None:
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _as(next(one for one in arguments if one is not type(None)), value)
    if origin is tuple:
        inner = [arguments[0]] * len(value) if len(arguments) == 2 and arguments[1] is Ellipsis else arguments
        return tuple(_as(one, item) for one, item in zip(inner, value, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _as(arguments[1], item) for key, item in value.items()}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        known = _hints(hint)
        return hint(**{name: _as(known[name], item) for name, item in value.items() if name in known})
    return value
