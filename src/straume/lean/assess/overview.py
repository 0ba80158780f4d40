"""The figures of an assessment that do not ask anything: how long, promise kept, steps, edges, weeks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from straume.lean.assess.records import (
    EdgeFigures,
    Estimate,
    LeadTime,
    LittlesLaw,
    Promise,
    StepFigures,
    WeekFigures,
)
from straume.lean.events.calendar import DAY_US
from straume.lean.events.log import EventLog
from straume.lean.flow import arrivals, durations, process_map, rework, steps, survival
from straume.lean.stream.clocks import WorkingTime

DAY_SECONDS = 86_400.0
Clock = Literal["calendar", "working"]


def lead_time(log: EventLog) -> LeadTime:
    """From request to answer; open cases count for as long as they have been open (Kaplan–Meier)."""
    found = durations.case_durations(log=log)
    curve = durations.time_to_answer(log=log)
    working = durations.time_to_answer(log=log, clock="working").quantile(0.5).value
    day_us = WorkingTime.of(log.calendar).minutes_per_day * 60_000_000
    return LeadTime(
        median_days=_quantile(curve, 0.5),
        p80_days=_quantile(curve, 0.8),
        p90_days=_quantile(curve, 0.9),
        mean_days=found.calendar.mean_seconds / DAY_SECONDS if found.calendar else None,
        median_working_days=working / day_us if working is not None else None,
        cases=found.cases,
        open_cases=found.open_cases,
    )


def _quantile(curve: survival.Survival, share: float) -> Estimate | None:
    found = curve.quantile(share)
    if found.value is None:
        return None
    low, high = (None if end is None else end / DAY_US for end in (found.low, found.high))
    return Estimate(value=found.value / DAY_US, low=low, high=high, n=curve.cases, method="kaplan_meier")


def promise(log: EventLog, *, deadline_days: float, clock: Clock) -> Promise | None:
    """Share answered within the deadline on both clocks; the statutory one only where something stops it."""
    citizen = durations.on_time(log=log, deadline_days=deadline_days, clock=clock)
    if citizen is None:
        return None
    stops = len(log.stops) > 0
    statutory = durations.on_time(log=log, deadline_days=deadline_days, clock=clock, whose="statutory")
    return Promise(
        deadline_days=deadline_days,
        clock=clock,
        on_time_citizen=_on_time(citizen),
        on_time_statutory=_on_time(statutory) if stops and statutory is not None else None,
    )


def _on_time(found: durations.OnTime) -> Estimate:
    n = found.on_time + found.late + found.open_late + found.open_undecided
    return Estimate(value=found.share, low=found.low, high=found.high, n=n, method=found.method)


def step_figures(log: EventLog, *, judged: Mapping[str, str]) -> tuple[StepFigures, ...]:
    """The steps, most frequent first, each with the unit that mostly does it."""
    found = steps.steps(log=log)
    units: dict[str, str] = {}
    for row in found.units.to_pylist():
        units.setdefault(row["activity"], row["unit"])
    return tuple(
        StepFigures(
            step=row["activity"],
            unit=units.get(row["activity"]),
            cases=row["cases"],
            share_of_cases=row["share_of_cases"],
            items=row["items"],
            repeated=row["repeated"],
            touch_minutes_mean=_over(row["mean_touch_working_seconds"], 60.0),
            touch_estimated_share=row["touch_estimated"] / row["touch_known"] if row["touch_known"] else 0.0,
            waiting_days_mean=_over(row["mean_waiting_seconds"], DAY_SECONDS),
            waiting_days_median=_over(row["median_waiting_seconds"], DAY_SECONDS),
            waiting_days_p90=_over(row["p90_waiting_seconds"], DAY_SECONDS),
            waiting_working_days_mean=_over(row["mean_waiting_working_seconds"], _working_day_seconds(log)),
            value_class=judged.get(row["activity"]),
        )
        for row in found.table.to_pylist()
    )


def edge_figures(log: EventLog) -> tuple[EdgeFigures, ...]:
    """What directly follows what, most frequent first."""
    working_day = _working_day_seconds(log)
    return tuple(
        EdgeFigures(
            source=row["source"],
            target=row["target"],
            count=row["count"],
            cases=row["cases"],
            mean_days=row["mean_seconds"] / DAY_SECONDS,
            median_days=row["median_seconds"] / DAY_SECONDS,
            p90_days=row["p90_seconds"] / DAY_SECONDS,
            mean_working_days=row["mean_working_seconds"] / working_day,
        )
        for row in process_map.process_map(log=log).edges.to_pylist()
    )


def week_figures(log: EventLog) -> tuple[WeekFigures, ...]:
    names = ("week", "arrived", "ended", "in_progress")
    return tuple(WeekFigures(**row) for row in arrivals.weeks(log=log).select(names).to_pylist())


def littles_law(log: EventLog) -> LittlesLaw | None:
    found = arrivals.littles_law(log=log)
    return LittlesLaw(**vars(found)) if found is not None else None


def first_time_right(log: EventLog) -> tuple[Estimate | None, bool]:
    """The share, and whether stops of the clock were left out as routine."""
    found = rework.first_time_right(log=log)
    if found is None:
        return None, False
    share = Estimate(value=found.value, low=found.low, high=found.high, n=found.n, method="wilson")
    return share, found.stops_are_routine


def _over(seconds: float | None, unit_seconds: float) -> float | None:
    return None if seconds is None or math.isnan(seconds) else seconds / unit_seconds


def _working_day_seconds(log: EventLog) -> float:
    return WorkingTime.of(log.calendar).minutes_per_day * 60
