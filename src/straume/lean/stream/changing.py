"""What each change does to a stream: figures of steps and units here, routes in rerouting.py."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import singledispatch
from typing import Any

from straume.lean.errors import InputProblems, Place, Problem, WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.stream import changes as c
from straume.lean.stream import rerouting
from straume.lean.stream.folding import fold
from straume.lean.stream.graph import normal
from straume.lean.stream.records import Span, Step, UnitCapacity, ValueStream

TIMEZONE = "Europe/Riga"  # where no calendar of the stream names one
NOTHING = Span(0.0, 0.0, 0.0)


def changed(stream: ValueStream, change: c.Change, *, number: int) -> ValueStream:
    """One change made; what it refuses stands at the place of its number."""
    try:
        return _made(change, normal(stream))
    except WrongCall as refused:
        raise InputProblems((Problem(refused.code, refused.params, Place(row=number)),)) from refused


def step_of(stream: ValueStream, named: str) -> Step:
    """The step of that key, or the only one of that name."""
    by_key = next((step for step in stream.steps if step.key == named), None)
    if by_key is not None:
        return by_key
    by_name = [step for step in stream.steps if fold(step.name) == fold(named)]
    if len(by_name) > 1:
        raise WrongCall("change_step_twice", step=named, count=len(by_name))
    if not by_name:
        raise WrongCall("change_no_such_step", step=named)
    return by_name[0]


def steps_of(stream: ValueStream, named: Sequence[str]) -> list[Step]:
    found = [step_of(stream, each) for each in named]
    if not found:
        raise WrongCall("change_without_steps")
    if len({step.key for step in found}) < len(found):
        raise WrongCall("change_same_step_twice", step=found[0].name)
    return found


def unit_of(stream: ValueStream, named: str) -> str:
    """The unit as the stream writes it; it works in a step or has people."""
    units = dict.fromkeys((*(unit.name for unit in stream.units), *(s.unit for s in stream.steps if s.unit)))
    same = [unit for unit in units if unit == named] or [unit for unit in units if fold(unit) == fold(named)]
    if not same:
        raise WrongCall("change_no_such_unit", unit=named)
    return same[0]


@singledispatch
def _made(change: Any, stream: ValueStream) -> ValueStream:
    raise TypeError(f"no change: {change!r}")


@_made.register
def _(change: c.TakeOut, stream: ValueStream) -> ValueStream:
    return rerouting.taken_out(stream, step_of(stream, change.step))


@_made.register
def _(change: c.Join, stream: ValueStream) -> ValueStream:
    return rerouting.joined(stream, steps_of(stream, change.steps), change)


@_made.register
def _(change: c.Split, stream: ValueStream) -> ValueStream:
    return rerouting.parted(stream, step_of(stream, change.step), change)


@_made.register
def _(change: c.Reorder, stream: ValueStream) -> ValueStream:
    after = None if change.after == c.FIRST else step_of(stream, change.after)
    return rerouting.reordered(stream, step_of(stream, change.step), after)


@_made.register
def _(change: c.InParallel, stream: ValueStream) -> ValueStream:
    return rerouting.side_by_side(stream, steps_of(stream, change.steps))


@_made.register
def _(change: c.Automate, stream: ValueStream) -> ValueStream:
    step = step_of(stream, change.step)
    touch, wait = _checked(change.touch or NOTHING, step), _checked(change.wait or NOTHING, step)
    by_people = touch.expected_minutes > 0
    return _with(
        stream,
        step,
        touch=touch,
        wait=wait,
        between=None,
        other_clock={},
        unit=step.unit if by_people else "",
        staff=step.staff if by_people else None,
        batch_size=None,
        batch_every_days=None,
        batch_weekday=None,
    )


@_made.register
def _(change: c.SetTouch, stream: ValueStream) -> ValueStream:
    step = step_of(stream, change.step)
    clocks = {key: span for key, span in step.other_clock.items() if key == "wait"}
    touch = _checked(change.touch, step)
    return _with(stream, step, touch=touch, between=None, other_clock=clocks, touch_estimated_share=0.0)


@_made.register
def _(change: c.SetWait, stream: ValueStream) -> ValueStream:
    step = step_of(stream, change.step)
    clocks = {key: span for key, span in step.other_clock.items() if key == "touch"}
    return _with(stream, step, wait=_checked(change.wait, step), between=None, other_clock=clocks)


@_made.register
def _(change: c.SetShare, stream: ValueStream) -> ValueStream:
    if not 0 <= change.share <= 1:
        raise WrongCall("change_share_impossible", share=change.share)
    if change.source or change.target:
        return rerouting.route_share_set(stream, change)
    return rerouting.step_share_set(stream, step_of(stream, change.step), change.share)


@_made.register
def _(change: c.SetYield, stream: ValueStream) -> ValueStream:
    if not 0 <= change.complete_accurate <= 1:
        raise WrongCall("change_share_impossible", share=change.complete_accurate)
    return rerouting.yield_set(stream, step_of(stream, change.step), change.complete_accurate)


@_made.register
def _(change: c.SetStaff, stream: ValueStream) -> ValueStream:
    name = unit_of(stream, change.unit)
    if not (math.isfinite(change.staff) and change.staff > 0):
        raise WrongCall("change_staff_impossible", unit=name)
    unit = next((unit for unit in stream.units if unit.name == name), UnitCapacity(name))
    parts = unit.pooled
    if parts and unit.staff:  # of several units together each gets its part
        parts = tuple(replace(p, staff=(p.staff or 0.0) * change.staff / unit.staff) for p in parts)
    return _with_unit(stream, replace(unit, staff=float(change.staff), pooled=parts))


@_made.register
def _(change: c.SetHours, stream: ValueStream) -> ValueStream:
    if change.unit:
        name = unit_of(stream, change.unit)
        unit = next((unit for unit in stream.units if unit.name == name), UnitCapacity(name))
        return _with_unit(stream, _with_hours(unit, change.weekly, stream.calendar))
    units = [
        _with_hours(unit, change.weekly, stream.calendar) if unit.calendar or unit.pooled else unit
        for unit in stream.units
    ]
    return replace(stream, calendar=_hours(change.weekly, stream.calendar, {}), units=tuple(units))


@_made.register
def _(change: c.SetBatch, stream: ValueStream) -> ValueStream:
    step = step_of(stream, change.step)
    if any(each is not None and not each > 0 for each in (change.size, change.every_days)):
        raise WrongCall("change_batch_impossible", step=step.name)
    return _with(
        stream,
        step,
        batch_size=change.size,
        batch_every_days=change.every_days,
        batch_weekday=change.weekday,
    )


@_made.register
def _(change: c.SetDemand, stream: ValueStream) -> ValueStream:
    demand = change.per_year
    if demand is None and change.factor is not None:
        if stream.demand_per_year is None:
            raise WrongCall("demand_unknown")
        demand = stream.demand_per_year * change.factor
    if demand is None or not (math.isfinite(demand) and demand > 0):
        raise WrongCall("change_demand_impossible")
    return replace(stream, demand_per_year=float(demand))


@_made.register
def _(change: c.SetPriority, stream: ValueStream) -> ValueStream:
    return _with(stream, step_of(stream, change.step), priority=change.priority)


@_made.register
def _(change: c.SetQueueRule, stream: ValueStream) -> ValueStream:
    return replace(stream, queue_rule=change.rule)


@_made.register
def _(change: c.PoolUnits, stream: ValueStream) -> ValueStream:
    names = list(dict.fromkeys(unit_of(stream, each) for each in change.units))
    if len(names) < 2:
        raise WrongCall("change_needs_two_units")
    units = [next((u for u in stream.units if u.name == name), UnitCapacity(name)) for name in names]
    for unit in units:
        if unit.staff is None:
            raise WrongCall("change_staff_unknown", unit=unit.name)
    pooled = replace(
        units[0],
        name=change.name or names[0],
        staff=sum(unit.staff or 0.0 for unit in units),
        pooled=tuple(part for unit in units for part in (unit.pooled or (unit,))),
        rate_eur_per_hour=_mean_rate(units),
    )
    if any(unit.name == pooled.name for unit in stream.units if unit.name not in names):
        raise WrongCall("change_unit_exists", unit=pooled.name)
    kept = [pooled if unit.name == names[0] else unit for unit in stream.units]
    return replace(
        stream,
        units=tuple(unit for unit in kept if unit is pooled or unit.name not in names),
        steps=tuple(replace(s, unit=pooled.name) if s.unit in names else s for s in stream.steps),
    )


def _mean_rate(units: Sequence[UnitCapacity]) -> float | None:
    if any(unit.rate_eur_per_hour is None for unit in units):
        return None
    cost = sum((unit.staff or 0.0) * (unit.rate_eur_per_hour or 0.0) for unit in units)
    return cost / sum(unit.staff or 0.0 for unit in units)


def _with_hours(
    unit: UnitCapacity, weekly: Mapping[str, object], of_stream: Mapping[str, object]
) -> UnitCapacity:
    return replace(
        unit,
        calendar=_hours(weekly, unit.calendar, of_stream),
        pooled=tuple(_with_hours(part, weekly, of_stream) for part in unit.pooled),
    )


def _hours(
    weekly: Mapping[str, object], calendar: Mapping[str, object], otherwise: Mapping[str, object]
) -> Mapping[str, object]:
    """The calendar with other hours; raises WrongCall where they cannot be."""
    frame = calendar if "weekly" in calendar else otherwise if "weekly" in otherwise else {}
    return WorkCalendar.from_dict({"timezone": TIMEZONE, **frame, "weekly": weekly}).to_dict()


def _checked(span: Span, step: Step) -> Span:
    ends = (span.low_minutes, span.mode_minutes, span.high_minutes)
    if not all(math.isfinite(each) for each in ends) or not 0 <= ends[0] <= ends[1] <= ends[2]:
        raise WrongCall("change_duration_impossible", step=step.name)
    return span


def _with(stream: ValueStream, step: Step, **new: Any) -> ValueStream:
    return replace(stream, steps=tuple(replace(s, **new) if s is step else s for s in stream.steps))


def _with_unit(stream: ValueStream, unit: UnitCapacity) -> ValueStream:
    if all(other.name != unit.name for other in stream.units):
        return replace(stream, units=(*stream.units, unit))
    return replace(stream, units=tuple(unit if u.name == unit.name else u for u in stream.units))
