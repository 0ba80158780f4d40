"""Measures of a log as it was seen: what a drawn model leaves out counts too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from straume.lean.assess.records import Assessment, StreamMeasures, TimePart
from straume.lean.stream import formulas
from straume.lean.stream.clocks import MINUTES_PER_DAY
from straume.lean.stream.measures import measure

WORK_KINDS = ("value", "necessary", "waste", "not_judged")


def observed(
    measures: StreamMeasures,
    *,
    parts: Sequence[TimePart],
    work_minutes: float,
    lead_days: float,
    lead_working_minutes: float,
    demand_per_year: float | None,
    hours_per_year: float | None,
) -> StreamMeasures:
    """The measures of a log's model with times, ratios and hours as the whole log shows them.

    Parameters: parts – of the mean ended case; work_minutes – mean work on an ended case [working min];
    lead_days, lead_working_minutes – its mean time from request to answer on the calendar and on the working
    clock; demand_per_year [cases]; hours_per_year – all work done, of open cases too. Moments in which
    several people work on one case count once in the ratios.
    References: docs/methods/value-stream-measures.md.
    """
    in_progress = (
        formulas.work_in_progress(throughput_per_day=demand_per_year / 365.25, lead_time_days=lead_days)
        if demand_per_year
        else None
    )
    seen = replace(
        measures,
        lead_time_days=lead_days,
        lead_time_minutes=lead_working_minutes,
        process_minutes=work_minutes,
        path_process_minutes=_minutes(parts, WORK_KINDS),
        required_hours_per_year=hours_per_year,
        required_fte=_fte(measures, hours_per_year),
        work_in_progress=in_progress,
        clock="working",
    )
    return with_ratios(seen, parts)


def with_ratios(measures: StreamMeasures, parts: Sequence[TimePart]) -> StreamMeasures:
    """The ratios of observed parts, all on the working clock; no efficiency before every step is judged."""
    missing: Mapping[str, str] = {
        name: why
        for name, why in measures.missing.items()
        if name not in ("activity_ratio", "process_cycle_efficiency")
    }
    whole = measures.lead_time_minutes or 0.0
    if whole <= 0:
        nought = dict.fromkeys(("activity_ratio", "process_cycle_efficiency"), "lead_time_nought")
        return replace(
            measures, activity_ratio=None, process_cycle_efficiency=None, missing={**missing, **nought}
        )
    ratio = _minutes(parts, WORK_KINDS) / whole
    if _minutes(parts, ("not_judged",)) > 0:
        unjudged = {**missing, "process_cycle_efficiency": "not_judged"}
        return replace(
            measures,
            activity_ratio=ratio,
            process_cycle_efficiency=None,
            value_minutes=None,
            missing=unjudged,
        )
    value = _minutes(parts, ("value",))
    return replace(
        measures,
        activity_ratio=ratio,
        process_cycle_efficiency=value / whole,
        value_minutes=value,
        missing=missing,
    )


def measured_again(assessment: Assessment) -> StreamMeasures:
    """The measures after people judged steps: only what rests on their judgement may change."""
    measures = assessment.measures
    if assessment.entrance == "steps":
        calendar = assessment.parameters.get("calendar") or assessment.stream.calendar
        return measure(assessment.stream, calendar=calendar)
    return measures if measures.activity_ratio is None else with_ratios(measures, assessment.time_parts)


def _minutes(parts: Sequence[TimePart], kinds: Sequence[str]) -> float:
    """Work in parts of a mean case: their calendar time holds working hours alone."""
    return sum(part.days for part in parts if part.kind in kinds) * MINUTES_PER_DAY


def _fte(measures: StreamMeasures, hours: float | None) -> float | None:
    """Full-time equivalents grow with the hours; the model's own fix how many hours one of them is."""
    before, fte = measures.required_hours_per_year, measures.required_fte
    return fte * hours / before if hours is not None and fte is not None and before else None
