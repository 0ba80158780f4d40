"""A simulation as plain values: what was asked, what came out; docs/schemas/simulation.schema.json.

`python -m straume.lean.simulate.simulation_form` prints the schema.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from straume.lean.simulate.results import Comparison
from straume.lean.simulate.scenarios import Deadline
from straume.lean.stream.plain import plain
from straume.lean.stream.schema import record_schema

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Simulation:
    """Scenarios simulated with common random numbers; simulated, not real data."""

    name: str  # of the service
    seed: int
    begin_on: str  # ISO date from which cases count
    until_on: str  # ISO date on which the simulation ends, not included
    warm_up_days: float  # simulated before that
    deadline: Deadline | None
    plans: tuple[Mapping[str, object], ...]  # by scenario after the first: changes.schema.json
    comparison: Comparison
    reproduction: Mapping[str, object] | None  # how well a fitted model finds its log again

    def to_dict(self) -> dict[str, Any]:
        """Plain values; a figure that is not finite is null."""
        return {"version": SCHEMA_VERSION, **_finite(plain(self))}


def simulation_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `Simulation.to_dict` writes."""
    definitions: dict[str, Any] = {}
    root = record_schema(Simulation, definitions)
    root["properties"] = {"version": {"const": SCHEMA_VERSION}, **root["properties"]}
    root["required"] = ["version", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Simulation",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


if __name__ == "__main__":
    json.dump(simulation_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
