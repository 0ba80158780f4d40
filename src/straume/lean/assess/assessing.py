"""One service assessed, from its case log or from the list of its steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import straume
from straume.lean.assess import overview
from straume.lean.assess.log_findings import log_findings
from straume.lean.assess.observed import observed
from straume.lean.assess.records import Assessment, Estimate, Finding, TimePart
from straume.lean.assess.seen import Seen
from straume.lean.assess.step_assessment import assess_steps
from straume.lean.assess.time_parts import time_parts, work_per_case
from straume.lean.assess.waiting import waiting_causes
from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.flow import durations, handoffs, rework, variants
from straume.lean.flow.engine import sample_of
from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.from_log import from_log
from straume.lean.stream.measures import measure
from straume.lean.stream.records import Step, StreamMeasures, ValueClass, ValueStream

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Deadline:
    """The legal deadline: so many days after the day of receipt, on one clock."""

    days: float
    clock: Literal["calendar", "working"] = "calendar"


def assess(
    what: EventLog | ValueStream,
    *,
    deadline: Deadline | None = None,
    outcome_is_bad: Collection[str] | None = None,
    checks: Collection[str] = (),
    judged: Mapping[str, ValueClass] | None = None,
) -> Assessment:
    """Assess a service: how long it takes, whether the promise is kept, where the time goes, what to ask.

    Parameters: what – a case log, or a stream made from a list of steps; deadline – legal [days];
    outcome_is_bad – names of unwanted outcomes (None: all but the most frequent one); checks – names of
    steps that are checks; judged – step → value, necessary or waste, as people said.
    Returns: Assessment; what the input cannot show is None or withheld with the reason.
    Raises: WrongCall `unknown_step` for a check or a judgement of a step that does not exist.
    References: docs/methods/findings.md; lean-domain formulas 1–10.
    """
    judgements = dict(judged or {})
    parameters = {
        "deadline_days": deadline.days if deadline else None,
        "deadline_clock": deadline.clock if deadline else None,
        "outcome_is_bad": sorted(outcome_is_bad) if outcome_is_bad is not None else None,
        "checks": list(checks),
        "judged": judgements,
    }
    if isinstance(what, ValueStream):
        return assess_steps(_marked(what, checks, judgements), deadline=deadline, parameters=parameters)
    return _assess_log(what, deadline, outcome_is_bad, tuple(checks), judgements, parameters)


def _assess_log(
    log: EventLog,
    deadline: Deadline | None,
    outcome_is_bad: Collection[str] | None,
    checks: tuple[str, ...],
    judged: Mapping[str, ValueClass],
    parameters: Mapping[str, object],
) -> Assessment:
    for name in {*checks, *judged} - set(log.activities):
        raise WrongCall("unknown_step", step=name)
    sample, share = sample_of(log)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the model and the causes keep a second core busy
        model = beside.submit(lambda: _of_all(from_log(sample), share))
        causes = beside.submit(waiting_causes, log)
        found = _but_for_causes(
            log, Seen.of(sample), share, model, deadline, outcome_is_bad, checks, judged, parameters
        )
        waiting, reason = causes.result()
    return replace(found, waiting=waiting, waiting_reason=reason)


def _but_for_causes(
    log: EventLog,
    seen: Seen,
    share: float,
    model: Future[ValueStream],
    deadline: Deadline | None,
    outcome_is_bad: Collection[str] | None,
    checks: tuple[str, ...],
    judged: Mapping[str, ValueClass],
    parameters: Mapping[str, object],
) -> Assessment:
    bad = frozenset(outcome_is_bad) if outcome_is_bad is not None else None
    findings, withheld = log_findings(seen, checks=checks, outcome_is_bad=bad)
    findings = tuple(_finding_of_all(finding, share) for finding in findings)
    stream = _marked(model.result(), set(checks), judged, partly=True)
    again = rework.rework(log=log)
    work = work_per_case(seen)
    parts = time_parts(seen, judged=judged)
    hours = seen.hours_per_year(seen.every)
    measures = _measures(log, stream, work, parts, hours=None if hours is None else hours / share)
    right_share, stops_are_routine = overview.first_time_right(log)
    return Assessment(
        entrance="log",
        facts=log.facts,
        first_on=_day(seen, first=True),
        last_on=_day(seen, first=False),
        lead_time=overview.lead_time(log) if seen.cases else None,
        promise=overview.promise(log, deadline_days=deadline.days, clock=deadline.clock)
        if deadline
        else None,
        work_minutes_per_case=work,
        work_estimated_share=seen.estimated_share,
        time_parts=parts,
        steps=overview.step_figures(log, judged=judged),
        edges=overview.edge_figures(log),
        weeks=overview.week_figures(log),
        littles_law=overview.littles_law(log),
        variants=variants.variants(log=log, limit=0).count,
        first_time_right=right_share,
        cases_with_rework=again.cases_with_rework,
        repeated_items=again.repeated_items,
        handoffs_between_units=handoffs.handoffs(log=log).count,
        ping_pong_cases=handoffs.ping_pong(log=log).cases,
        stream=stream,
        measures=measures,
        replay_fitness=stream.discovery.replay.fitness if stream.discovery else None,
        findings=findings,
        withheld=withheld,
        library_version=straume.__version__,
        parameters={
            **parameters,
            "calendar": dict(log.calendar),
            "working_time": WorkingTime.of(log.calendar).to_dict(),
            "timezone": log.facts.timezone,
        },
        stops_are_routine=stops_are_routine,
        sampled_share=share,
    )


def _of_all(stream: ValueStream, share: float) -> ValueStream:
    """The model of a sample with the demand of the whole."""
    if share == 1.0 or stream.demand_per_year is None:
        return stream
    return replace(stream, demand_per_year=stream.demand_per_year / share)


def _finding_of_all(finding: Finding, share: float) -> Finding:
    """Hours a year of all cases; what else a finding counts is said of the cases in the sample."""
    if share == 1.0 or finding.hours_per_year is None:
        return finding
    return replace(finding, hours_per_year=finding.hours_per_year / share)


def _measures(
    log: EventLog,
    stream: ValueStream,
    work: Estimate | None,
    parts: Sequence[TimePart],
    *,
    hours: float | None,
) -> StreamMeasures:
    """Of the model: its steps, hand-offs, loops and load; of the whole log: times, ratios, hours."""
    of_model = measure(stream, calendar=log.calendar)
    found = durations.case_durations(log=log)
    if work is None or found.calendar is None or found.working is None:
        return _without_work(of_model)
    return observed(
        of_model,
        parts=parts,
        work_minutes=work.value,
        lead_days=found.calendar.mean_seconds / overview.DAY_SECONDS,
        lead_working_minutes=found.working.mean_seconds / 60,
        demand_per_year=stream.demand_per_year,
        hours_per_year=hours if stream.demand_per_year else None,
    )


def _without_work(measures: StreamMeasures) -> StreamMeasures:
    """Where most of the work is unknown a ratio of the known rest would say that there is hardly any."""
    resting = ("process_minutes", "activity_ratio", "process_cycle_efficiency", "required_hours_per_year")
    costly = ("direct_cost_eur_per_case", "required_fte", "path_process_minutes", "value_minutes")
    withheld = dict.fromkeys((*resting, *costly))
    return replace(
        measures,
        **withheld,  # type: ignore[arg-type]
        utilisation_by_unit={},
        missing={**measures.missing, **dict.fromkeys(resting, "touch_unknown")},
    )


def _marked(
    stream: ValueStream, checks: Collection[str], judged: Mapping[str, ValueClass], *, partly: bool = False
) -> ValueStream:
    """The stream with what people said of its steps; `partly`: steps that a model left out may be named."""
    names = {step.name for step in stream.steps}
    for name in [] if partly else sorted({*checks, *judged} - names):
        raise WrongCall("unknown_step", step=name)

    def marked(step: Step) -> Step:
        return replace(
            step,
            value_class=judged.get(step.name, step.value_class),
            is_check=step.is_check or step.name in checks,
        )

    return replace(stream, steps=tuple(marked(step) for step in stream.steps))


def _day(seen: Seen, *, first: bool) -> str | None:
    """Local date of the first request or of the last piece of work."""
    if not seen.cases:
        return None
    instant = int(seen.received.min()) if first else int(seen.last.max())
    return (EPOCH + timedelta(days=int(seen.calendar.local_day(instant)))).isoformat()
