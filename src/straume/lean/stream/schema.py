"""The JSON Schema of a ValueStream, made from its records: `python -m straume.lean.stream.schema > FILE`.

docs/schemas/value-stream.schema.json holds it; a test compares the two.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from straume.lean.stream.plain import SCHEMA_VERSION
from straume.lean.stream.records import ValueStream

_NAMES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
}
_SHARES = {
    "away_share",
    "share",
    "complete_accurate",
    "touch_estimated_share",
    "events_kept_share",
    "fitness",
}
# fields that streams written by an earlier library lack: read with their defaults
_LATER = {"batch_weekday", "priority", "when", "pooled", "away_share", "queue_rule", "attributes"}
_LEAST = {"occurrences": 1.0, "low_minutes": 0.0, "mode_minutes": 0.0, "high_minutes": 0.0}


def stream_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `ValueStream.to_dict` writes."""
    definitions: dict[str, Any] = {}
    root = record_schema(ValueStream, definitions)
    root["properties"] = {"version": {"const": SCHEMA_VERSION}, **root["properties"]}
    root["required"] = ["version", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Value stream",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def record_schema(record: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one record; records inside it stand in `definitions`."""
    hints = get_type_hints(record)
    fields = [field.name for field in dataclasses.fields(record)]
    return {
        "description": (record.__doc__ or "").strip().split("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in fields if name not in _LATER],
        "properties": {name: _bounded(name, _type(hints[name], definitions)) for name in fields},
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _NAMES:
        return dict(_NAMES[hint])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = record_schema(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        kinds = [_type(one, definitions) for one in arguments if one is not type(None)]
        return {"anyOf": [*kinds, {"type": "null"}]} if type(None) in arguments else {"anyOf": kinds}
    if origin in (tuple, Sequence):
        return {"type": "array", "items": _type(arguments[0], definitions)}
    if origin in (Mapping, dict, typing.get_origin(typing.Mapping)):
        values = {} if arguments[1] in (object, Any) else _type(arguments[1], definitions)
        return {"type": "object", "additionalProperties": values or True}
    raise TypeError(f"no schema for {hint}")


def _bounded(name: str, kind: dict[str, Any]) -> dict[str, Any]:
    """Limits that the type cannot say: shares lie between 0 and 1, durations not below 0."""
    if name in _SHARES and "type" in kind:
        return {**kind, "minimum": 0, "maximum": 1}
    if name in _LEAST and "type" in kind:
        return {**kind, "minimum": _LEAST[name]}
    return kind


if __name__ == "__main__":
    json.dump(stream_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
