"""A service assessed from the list of its steps: everything here is an estimate of the people who told it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import straume
from straume.lean.assess.records import (
    Assessment,
    EdgeFigures,
    Estimate,
    LeadTime,
    PartKind,
    StepFigures,
    TimePart,
)
from straume.lean.assess.step_findings import step_findings
from straume.lean.assess.told import Told, next_steps, wait_days, work_days
from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.measures import measure
from straume.lean.stream.records import Step, StreamMeasures, ValueStream

if TYPE_CHECKING:
    from straume.lean.assess.assessing import Deadline


def assess_steps(
    stream: ValueStream, *, deadline: Deadline | None, parameters: Mapping[str, object]
) -> Assessment:
    """See `assess`. Without cases there is no median, no promise and no interval: the mean case is told."""
    calendar = stream.calendar or WorkingTime().to_dict()
    measures = measure(stream, calendar=calendar)
    working = WorkingTime.of(calendar)
    waits = {step.key: wait_days(step, working) * step.visits for step in stream.steps}
    told = Told(stream, measures, working, waits, measures.lead_time_days or 0.0)
    findings, withheld = step_findings(told)
    minutes = measures.process_minutes
    return Assessment(
        entrance="steps",
        facts=None,
        first_on=None,
        last_on=None,
        lead_time=_lead_time(measures),
        promise=None,
        work_minutes_per_case=Estimate(minutes, None, None, 0, "told") if minutes is not None else None,
        work_estimated_share=1.0 if minutes is not None else 0.0,
        time_parts=_time_parts(told),
        steps=tuple(_step_figures(told, step) for step in stream.steps),
        edges=tuple(_edges(stream, waits)),
        weeks=(),
        littles_law=None,
        variants=0,
        first_time_right=None,
        cases_with_rework=0,
        repeated_items=0,
        handoffs_between_units=0,
        ping_pong_cases=0,
        stream=stream,
        measures=measures,
        replay_fitness=None,
        findings=findings,
        withheld=withheld,
        library_version=straume.__version__,
        parameters={**parameters, "calendar": dict(calendar), "working_time": working.to_dict()},
    )


def _lead_time(measures: StreamMeasures) -> LeadTime | None:
    if measures.lead_time_days is None:
        return None
    return LeadTime(None, None, None, measures.lead_time_days, None, 0, 0)


def _time_parts(told: Told) -> tuple[TimePart, ...]:
    """Work, waiting as told, and the nights and weekends around the work; only the critical path counts."""
    parts: list[tuple[PartKind, str, float]] = []
    for step in told.path:
        worked, closed = work_days(step, told.working)
        parts += [
            (step.value_class or "not_judged", step.name, worked * step.visits),
            ("closed", step.name, closed * step.visits),
            ("waiting", step.name, wait_days(step, told.working) * step.visits),
        ]
    total = sum(days for _, _, days in parts) or 1.0
    order: tuple[PartKind, ...] = ("value", "necessary", "waste", "not_judged", "closed", "waiting")
    known = [TimePart(kind, name, days, days / total) for kind, name, days in parts if days > 1e-9]
    return tuple(sorted(known, key=lambda part: (order.index(part.kind), -part.days)))


def _step_figures(told: Told, step: Step) -> StepFigures:
    demand = told.stream.demand_per_year or 0.0
    return StepFigures(
        step=step.name,
        unit=step.unit or step.lane or None,
        cases=round(step.share * demand),
        share_of_cases=step.share,
        items=round(step.visits * demand),
        repeated=round(step.share * max(0.0, step.occurrences - 1) * demand),
        touch_minutes_mean=step.touch.expected_minutes if step.touch else None,
        touch_estimated_share=1.0 if step.touch else 0.0,
        waiting_days_mean=wait_days(step, told.working) if step.wait else None,
        waiting_days_median=None,
        waiting_days_p90=None,
        waiting_working_days_mean=_waiting_working_days(step, told.working),
        value_class=step.value_class,
    )


def _waiting_working_days(step: Step, working: WorkingTime) -> float | None:
    """As told, where people told the waiting in working time; nothing is converted for it."""
    if step.wait is None or step.wait.clock != "working":
        return None
    return step.wait.expected_minutes / working.minutes_per_day


def _edges(stream: ValueStream, waits: Mapping[str, float]) -> list[EdgeFigures]:
    """Steps that follow one another; with the waiting before the second one."""
    steps = {step.key: step for step in stream.steps}
    demand = stream.demand_per_year or 0.0
    edges: dict[tuple[str, str], float] = {}
    for key in steps:
        for target, share in next_steps(stream, key).items():
            edges[key, target] = edges.get((key, target), 0.0) + steps[key].visits * share
    return [
        EdgeFigures(
            source=steps[a].name,
            target=steps[b].name,
            count=round(share * demand),
            cases=round(min(1.0, share) * demand),
            mean_days=waits[b] / steps[b].visits if steps[b].visits else 0.0,
            median_days=waits[b] / steps[b].visits if steps[b].visits else 0.0,
            p90_days=waits[b] / steps[b].visits if steps[b].visits else 0.0,
            mean_working_days=0.0,
        )
        for (a, b), share in edges.items()
    ]
