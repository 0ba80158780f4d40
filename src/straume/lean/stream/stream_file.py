"""A value stream as JSON (docs/schemas/value-stream.schema.json), and how to know a file that holds one."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from straume.lean.errors import InputProblems, Place, Problem, StraumeError
from straume.lean.stream.records import ValueStream

LARGEST_BYTES = 20_000_000
BPMN_ENDINGS = (".bpmn", ".bpmn2", ".bpmn20")
HEAD_BYTES = 4_096


def is_stream_json(path: Path) -> bool:
    """Whether a JSON file says of itself that it is a value stream, and not a log."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return path.suffix.lower() == ".json" and b"ocel:" not in head and b'"objectTypes"' not in head


def is_bpmn(path: Path) -> bool:
    """Whether a file is BPMN: by its ending, or as XML by the namespace in its first element."""
    if path.suffix.lower() in BPMN_ENDINGS:
        return True
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES).replace(b"\0", b"")  # of UTF-16 every second byte
    return path.suffix.lower() == ".xml" and b"omg.org/spec/BPMN/" in head


def read_stream_json(path: Path) -> ValueStream:
    """The stream that `ValueStream.to_dict` wrote. Raises InputProblems where it is not one."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ValueError("too large")
        stream = ValueStream.from_dict(json.loads(path.read_text(encoding="utf-8-sig")))
    except json.JSONDecodeError as error:
        raise _refused(path, error.lineno) from None
    except StraumeError as error:
        raise InputProblems((Problem(error.code, error.params),)) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _refused(path) from None
    if not _fits(stream, ValueStream) or not _holds_together(stream):
        raise _refused(path)
    return stream


def _refused(path: Path, line: int | None = None) -> InputProblems:
    return InputProblems((Problem("stream_file_unreadable", {"file": path.name}, Place(line=line)),))


def _holds_together(stream: ValueStream) -> bool:
    """Each key once, routes between keys that there are, a start and an end."""
    keys = [*(step.key for step in stream.steps), *(node.key for node in stream.nodes)]
    kinds = [node.kind for node in stream.nodes]
    ends = {key for route in stream.routes for key in (route.source, route.target)}
    whole = bool(stream.steps) and kinds.count("start") == 1 and "end" in kinds
    return whole and len(set(keys)) == len(keys) and ends <= set(keys)


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of the kind that a record declares."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in (Any, object):
        return True
    if origin in (Union, types.UnionType):
        return any(_fits(value, one) for one in arguments)
    if origin is Literal:
        return value in arguments
    if origin is tuple:
        return isinstance(value, (tuple, list)) and all(_fits(one, arguments[0]) for one in value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return isinstance(value, hint) and all(
            _fits(getattr(value, name), kind) for name, kind in hints.items()
        )
    if origin is not None:
        return isinstance(value, Mapping) and all(_fits(one, arguments[1]) for one in value.values())
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(hint, type) and isinstance(value, hint)
