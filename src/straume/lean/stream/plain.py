"""A ValueStream as plain values and back, exactly: what the web stores and other programs read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from straume.lean.errors import WrongCall
from straume.lean.stream.records import (
    CaseAttribute,
    Discovery,
    LegalBasis,
    Node,
    ReplayFitness,
    Route,
    Span,
    Step,
    UnitCapacity,
    ValueStream,
)

SCHEMA_VERSION = 1


def stream_to_dict(stream: ValueStream) -> dict[str, Any]:
    """Lists, dicts, strings and numbers only; the version says which schema they follow."""
    return {"version": SCHEMA_VERSION, **plain(stream)}


def stream_from_dict(data: Mapping[str, Any]) -> ValueStream:
    """The stream that `stream_to_dict` wrote; WrongCall for a version that this library does not know."""
    if data.get("version") != SCHEMA_VERSION:
        raise WrongCall("stream_version", version=data.get("version"))
    values = {key: value for key, value in data.items() if key != "version"}
    return ValueStream(
        **{
            **values,
            "steps": tuple(_step(step) for step in values["steps"]),
            "nodes": tuple(Node(**node) for node in values["nodes"]),
            "routes": tuple(Route(**route) for route in values["routes"]),
            "units": tuple(_unit(unit) for unit in values.get("units", ())),
            "attributes": tuple(CaseAttribute(**one) for one in values.get("attributes", ())),
            "discovery": _discovery(values.get("discovery")),
        }
    )


def _step(values: Mapping[str, Any]) -> Step:
    spans = {key: Span(**values[key]) for key in ("touch", "wait", "between") if values.get(key)}
    basis = {"legal_basis": LegalBasis(**values["legal_basis"])} if values.get("legal_basis") else {}
    other = {"other_clock": {key: Span(**span) for key, span in values.get("other_clock", {}).items()}}
    return Step(**{**values, **spans, **basis, **other})


def _unit(values: Mapping[str, Any]) -> UnitCapacity:
    return UnitCapacity(**{**values, "pooled": tuple(_unit(one) for one in values.get("pooled", ()))})


def _discovery(values: Mapping[str, Any] | None) -> Discovery | None:
    if values is None:
        return None
    return Discovery(
        **{**values, "left_out": tuple(values["left_out"]), "replay": ReplayFitness(**values["replay"])}
    )


def plain(value: Any) -> Any:
    """Records as dicts, tuples as lists, all the way down."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
