"""The JSON schema of an assessment, made from its records: `python -m straume.lean.assess.schema`.

docs/schemas/assessment.schema.json is what it prints; a test keeps the two equal.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from straume.lean.assess.plain import SCHEMA_VERSION
from straume.lean.assess.records import Assessment
from straume.lean.stream.records import ValueStream

Schema = dict[str, Any]
SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean"}


def assessment_schema() -> Schema:
    """JSON Schema 2020-12 of what `Assessment.to_dict` gives."""
    definitions: dict[str, Schema] = {}
    whole = _record(Assessment, definitions)
    whole["properties"] = {"version": {"const": SCHEMA_VERSION}, **whole["properties"]}
    whole["required"] = ["version", *whole["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Straume assessment",
        **whole,
        "$defs": dict(sorted(definitions.items())),
    }


def _record(kind: type, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {one.name: _type(hints[one.name], definitions) for one in fields},
        "required": [one.name for one in fields],
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return {}
    if hint in SIMPLE:
        return {"type": SIMPLE[hint]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {
            "anyOf": [{"type": "null"} if one is type(None) else _type(one, definitions) for one in arguments]
        }
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _type(arguments[0], definitions)}
        inner = [_type(one, definitions) for one in arguments]
        return {"type": "array", "prefixItems": inner, "minItems": len(inner), "maxItems": len(inner)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    return _named(hint, definitions)


def _named(kind: Any, definitions: dict[str, Schema]) -> Schema:
    if kind is ValueStream:
        return {"type": "object", "description": "The value stream: value-stream.schema.json"}
    if not dataclasses.is_dataclass(kind) or not isinstance(kind, type):
        return {"type": "object"}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = _record(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


if __name__ == "__main__":
    print(json.dumps(assessment_schema(), indent=1, ensure_ascii=False))
