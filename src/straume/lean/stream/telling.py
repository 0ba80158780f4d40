"""Each change with the names and figures that its sentence needs."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from straume.lean.errors import InputProblems, Place, Problem, WrongCall
from straume.lean.stream import changes as c
from straume.lean.stream.changing import step_of, unit_of
from straume.lean.stream.records import Span, ValueStream


def telling(stream: ValueStream, change: c.Change, *, number: int) -> c.Told:
    """What a change does to this stream, before it is made."""
    try:
        return c.Told(change.kind, _params(change, stream))
    except WrongCall as refused:
        raise InputProblems((Problem(refused.code, refused.params, Place(row=number)),)) from refused


@singledispatch
def _params(change: Any, stream: ValueStream) -> dict[str, object]:
    return {"step": step_of(stream, change.step).name}


@_params.register
def _(change: c.Join, stream: ValueStream) -> dict[str, object]:
    return {"steps": [step_of(stream, step).name for step in change.steps], "name": change.name}


@_params.register
def _(change: c.InParallel, stream: ValueStream) -> dict[str, object]:
    return {"steps": [step_of(stream, step).name for step in change.steps]}


@_params.register
def _(change: c.Split, stream: ValueStream) -> dict[str, object]:
    return {"step": step_of(stream, change.step).name, "names": list(change.names)}


@_params.register
def _(change: c.Reorder, stream: ValueStream) -> dict[str, object]:
    after = "" if change.after == c.FIRST else step_of(stream, change.after).name
    return {"step": step_of(stream, change.step).name, "after": after}


@_params.register
def _(change: c.Automate, stream: ValueStream) -> dict[str, object]:
    touch, wait = _minutes(change.touch), _minutes(change.wait)
    return {"step": step_of(stream, change.step).name, "touch": touch, "wait": wait}


@_params.register
def _(change: c.SetTouch, stream: ValueStream) -> dict[str, object]:
    step = step_of(stream, change.step)
    return {"step": step.name, "was": _minutes(step.touch), "now": _minutes(change.touch)}


@_params.register
def _(change: c.SetWait, stream: ValueStream) -> dict[str, object]:
    step = step_of(stream, change.step)
    return {"step": step.name, "was": _minutes(step.wait), "now": _minutes(change.wait)}


@_params.register
def _(change: c.SetShare, stream: ValueStream) -> dict[str, object]:
    if change.source or change.target:
        way = [r for r in stream.routes if (r.source, r.target) == (change.source, change.target)]
        names = {step.key: step.name for step in stream.steps}
        target = _next_step(stream, change.target)
        was = way[0].share if way else None
        return {"route": names.get(target, ""), "was": was, "now": change.share}
    step = step_of(stream, change.step)
    return {"step": step.name, "was": step.share, "now": change.share}


@_params.register
def _(change: c.SetYield, stream: ValueStream) -> dict[str, object]:
    step = step_of(stream, change.step)
    return {"step": step.name, "was": step.complete_accurate, "now": change.complete_accurate}


@_params.register
def _(change: c.SetStaff, stream: ValueStream) -> dict[str, object]:
    name = unit_of(stream, change.unit)
    was = next((unit.staff for unit in stream.units if unit.name == name), None)
    return {"unit": name, "was": was, "now": change.staff}


@_params.register
def _(change: c.SetHours, stream: ValueStream) -> dict[str, object]:
    weekly = {day: [list(hours) for hours in spans] for day, spans in change.weekly.items() if spans}
    return {"unit": unit_of(stream, change.unit) if change.unit else "", "weekly": weekly}


@_params.register
def _(change: c.SetBatch, stream: ValueStream) -> dict[str, object]:
    step = step_of(stream, change.step)
    return {
        "step": step.name,
        "size": change.size,
        "every_days": change.every_days,
        "weekday": change.weekday,
    }


@_params.register
def _(change: c.SetDemand, stream: ValueStream) -> dict[str, object]:
    now = change.per_year
    if now is None and change.factor is not None and stream.demand_per_year is not None:
        now = stream.demand_per_year * change.factor
    return {"was": stream.demand_per_year, "now": now}


@_params.register
def _(change: c.SetPriority, stream: ValueStream) -> dict[str, object]:
    step = step_of(stream, change.step)
    return {"step": step.name, "was": step.priority, "now": change.priority}


@_params.register
def _(change: c.SetQueueRule, stream: ValueStream) -> dict[str, object]:
    return {"rule": change.rule}


@_params.register
def _(change: c.PoolUnits, stream: ValueStream) -> dict[str, object]:
    return {"units": [unit_of(stream, unit) for unit in change.units], "name": change.name}


def _minutes(span: Span | None) -> dict[str, object] | None:
    """What is usual, and on which clock."""
    if span is None:
        return None
    return {"minutes": span.mode_minutes, "clock": span.clock}


def _next_step(stream: ValueStream, key: str) -> str:
    """The step to which a route leads, where only gateways that do not part lie between."""
    steps = {step.key for step in stream.steps}
    seen: set[str] = set()
    while key not in steps and key not in seen:
        seen.add(key)
        onward = [route.target for route in stream.routes if route.source == key]
        if len(onward) != 1:
            return ""
        key = onward[0]
    return key
