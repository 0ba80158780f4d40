"""A list of steps as people told it, with what follows from it by arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from straume.lean.assess.records import Estimate, Finding
from straume.lean.stream.clocks import MINUTES_PER_DAY, WorkingTime, expected
from straume.lean.stream.records import Step, StreamMeasures, ValueStream

Counts = dict[str, float | int | str]


@dataclass(frozen=True)
class Told:
    """What people told: the stream, its measures, calendar days by step."""

    stream: ValueStream
    measures: StreamMeasures
    working: WorkingTime
    wait_days: Mapping[str, float]  # step key → calendar days of waiting per case, all visits
    lead_days: float

    @property
    def path(self) -> list[Step]:
        by_key = {step.key: step for step in self.stream.steps}
        return [by_key[key] for key in self.measures.critical_path]

    def finding(
        self,
        code: str,
        *,
        step: Step | None,
        share: float,
        days: float | None,
        counts: Counts,
        unit: str | None = None,
        hours: float | None = None,
    ) -> Finding:
        """A finding that rests on what was said: no interval, low certainty."""
        demand = self.stream.demand_per_year or 0.0
        said = None if days is None else Estimate(value=days, low=None, high=None, n=0, method="told")
        return Finding(
            code=code,
            step=step.name if step is not None else None,
            edge=None,
            unit=unit if unit is not None else (step.unit or step.lane or None if step is not None else None),
            cases_touched=round(share * demand),
            cases=round(demand),
            hours_per_year=hours,
            days_per_case=said,
            certainty="low",
            counts={"estimate": 1, "share": share, **counts},
            score=(days or 0.0) * share,
        )

    def hours(self, step: Step, times_per_case: float) -> float | None:
        if step.touch is None or not self.stream.demand_per_year:
            return None
        return step.touch.expected_minutes * times_per_case * self.stream.demand_per_year / 60


def wait_days(step: Step, working: WorkingTime) -> float:
    return (expected(step.wait, clock="calendar", working=working) or 0.0) / MINUTES_PER_DAY


def work_days(step: Step, working: WorkingTime) -> tuple[float, float]:
    """Work of one visit [calendar days], and the nights and weekends in which it then lies open."""
    if step.touch is None:
        return 0.0, 0.0
    stretch = expected(step.touch, clock="calendar", working=working) or 0.0
    worked = min(stretch, step.touch.expected_minutes)
    return worked / MINUTES_PER_DAY, (stretch - worked) / MINUTES_PER_DAY


def elapsed_days(step: Step, working: WorkingTime) -> float:
    """Calendar days of one visit: waiting, work, and the nights and weekends around the work."""
    return wait_days(step, working) + sum(work_days(step, working))


def next_steps(stream: ValueStream, key: str) -> dict[str, float]:
    """Steps reached from one with only gateways between, with their shares."""
    names = {step.key for step in stream.steps}
    found: dict[str, float] = {}
    ways = [(route.target, route.share, frozenset[str]()) for route in stream.routes if route.source == key]
    while ways:
        target, share, passed = ways.pop()
        if target in names:
            found[target] = found.get(target, 0.0) + share
        elif target not in passed:
            onward = [route for route in stream.routes if route.source == target]
            ways += [(route.target, share * route.share, passed | {target}) for route in onward]
    return found
