"""Changes as plain values and back: what people keep in files and the web stores.

`python -m straume.lean.stream.changes_form` prints the JSON Schema (docs/schemas/changes.schema.json).
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from straume.lean.errors import InputProblems, Place, Problem, WrongCall
from straume.lean.stream.changes import Change, Plan
from straume.lean.stream.plain import plain
from straume.lean.stream.records import Span
from straume.lean.stream.schema import record_schema

SCHEMA_VERSION = 1
KINDS: Mapping[str, type[Any]] = {record.kind: record for record in get_args(Change)}


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """Lists, dicts, strings and numbers only; a field that says nothing is left out."""
    return {
        "version": SCHEMA_VERSION,
        "name": plan.name,
        "changes": [change_to_dict(change) for change in plan.changes],
    }


def plan_from_dict(data: Any) -> Plan:
    """The plan that `plan_to_dict` wrote, or that people wrote by hand.

    Raises InputProblems with all that is wrong, each at the place of its change (row); WrongCall where it is
    no list of changes at all.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("changes"), list):
        raise WrongCall("changes_not_a_list")
    if data.get("version", SCHEMA_VERSION) != SCHEMA_VERSION:
        raise WrongCall("changes_version", version=data.get("version"))
    changes: list[Change] = []
    problems: list[Problem] = []
    for number, values in enumerate(data["changes"], 1):
        try:
            changes.append(change_from_dict(values))
        except WrongCall as refused:
            problems.append(Problem(refused.code, refused.params, Place(row=number)))
    if problems:
        raise InputProblems(tuple(problems))
    return Plan(tuple(changes), str(data.get("name", "")))


def change_to_dict(change: Change) -> dict[str, Any]:
    values = {"change": change.kind}
    for one in dataclasses.fields(change):
        value = getattr(change, one.name)
        if value != one.default:
            values[one.name] = plain(value)
    return values


def change_from_dict(values: Any) -> Change:
    """One change; raises WrongCall with what is wrong with it."""
    if not isinstance(values, Mapping) or values.get("change") not in KINDS:
        named = values.get("change", "") if isinstance(values, Mapping) else ""
        raise WrongCall("change_kind_unknown", kind=str(named), known=", ".join(KINDS))
    record = KINDS[values["change"]]
    given = {key: value for key, value in values.items() if key != "change"}
    hints = {one.name: get_type_hints(record)[one.name] for one in dataclasses.fields(record)}
    for key in given:
        if key not in hints:
            raise WrongCall("change_field_unknown", field=key, kind=record.kind, known=", ".join(hints))
    for one in dataclasses.fields(record):
        if one.name not in given and one.default is dataclasses.MISSING:
            raise WrongCall("change_field_missing", field=one.name, kind=record.kind)
    made: Change = record(
        **{key: _value(key, value, hints[key], record.kind) for key, value in given.items()}
    )
    return made


def _value(name: str, value: Any, hint: Any, kind: str) -> Any:
    """A value of the type that the record says."""
    wrong = WrongCall("change_field_unreadable", field=name, kind=kind, value=str(value))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        if value is None:
            return None
        return _value(name, value, next(each for each in arguments if each is not type(None)), kind)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise wrong
        return tuple(_value(name, each, arguments[0], kind) for each in value)
    if hint is Span:
        return _span(value, wrong)
    if hint in (float, int):
        whole = hint is float or (isinstance(value, (int, float)) and value == int(value))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not whole:
            raise wrong
        return hint(value)
    fits = isinstance(value, str) if hint is str else isinstance(value, Mapping)
    if origin is Literal:
        fits = value in arguments
    if not fits:
        raise wrong
    return value


def _span(value: Any, wrong: WrongCall) -> Span:
    """A duration as a record of minutes; a bare number is that many working minutes."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Span(float(value), float(value), float(value))
    try:
        span = Span(**value)
        ends = (span.low_minutes, span.mode_minutes, span.high_minutes, span.mean_minutes or 0.0)
    except TypeError:
        raise wrong from None
    if not all(isinstance(end, (int, float)) for end in ends) or span.clock not in ("working", "calendar"):
        raise wrong
    return span


def plan_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `plan_to_dict` writes and `plan_from_dict` reads."""
    definitions: dict[str, Any] = {}
    kinds = []
    for kind, record in KINDS.items():
        form = record_schema(record, definitions)
        needed = [one.name for one in dataclasses.fields(record) if one.default is dataclasses.MISSING]
        form["properties"] = {"change": {"const": kind}, **form["properties"]}
        form["required"] = ["change", *needed]
        kinds.append(form)
    if "Span" in definitions:
        full = {**definitions["Span"], "required": ["low_minutes", "mode_minutes", "high_minutes"]}
        minutes = {"type": "number", "minimum": 0, "description": "So many working minutes."}
        definitions["Span"] = {"anyOf": [full, minutes]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Changes of a value stream",
        "type": "object",
        "additionalProperties": False,
        "required": ["changes"],
        "properties": {
            "version": {"const": SCHEMA_VERSION},
            "name": {"type": "string"},
            "changes": {"type": "array", "items": {"oneOf": kinds}},
        },
        "$defs": definitions,
    }


if __name__ == "__main__":
    json.dump(plan_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
