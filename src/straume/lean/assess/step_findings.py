"""What a list of steps lets one ask; all of it rests on what people said, so the certainty is low."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from straume.lean.assess.log_findings import ranked
from straume.lean.assess.records import Finding, WithheldFinding
from straume.lean.assess.thresholds import (
    BOTTLENECK_UTILISATION,
    HAND_OFF_WAIT_SHARE,
    HAND_OFFS,
    LATE_START_DAYS,
    LONG_WAIT_DAYS,
    REWORK_SHARE,
    STEPS_BATCH_DAYS,
    STEPS_COMPLETE_ACCURATE,
    STEPS_LONG_WAIT_SHARE,
)
from straume.lean.assess.told import Counts, Told, elapsed_days
from straume.lean.stream.flows import taken
from straume.lean.stream.records import Route, Step, ValueStream


def step_findings(told: Told) -> tuple[tuple[Finding, ...], tuple[WithheldFinding, ...]]:
    """Findings, the costliest first, and the kinds that this list cannot show."""
    kinds: tuple[Callable[[Told], list[Finding]], ...] = (
        _waits,
        _hand_offs,
        _batching,
        _low_accuracy,
        _rework,
        _repeated_checks,
        _bottlenecks,
        _no_legal_basis,
    )
    found = [finding for kind in kinds for finding in kind(told)]
    return ranked(found, cases_per_year=told.stream.demand_per_year or 0.0), _withheld(told)


def _waits(told: Told) -> list[Finding]:
    found = []
    batched = {step.key for step in told.path if (step.batch_every_days or 0.0) >= STEPS_BATCH_DAYS}
    for place, step in enumerate(told.path):
        days = told.wait_days[step.key]  # of the mean case; `each`: of a case that comes here, as told
        each = days / step.share if step.share else 0.0
        share_of_lead = days / told.lead_days if told.lead_days else 0.0
        counts: Counts = {"share_of_lead": min(1.0, share_of_lead)}
        if place == 0 and days >= LATE_START_DAYS:
            found.append(told.finding("late_start", step=step, share=step.share, days=each, counts=counts))
        elif days >= LONG_WAIT_DAYS and share_of_lead >= STEPS_LONG_WAIT_SHARE and step.key not in batched:
            if place:
                counts["after_step"] = told.path[place - 1].name
            hours = told.hours(step, step.visits)
            found.append(
                told.finding("long_wait", step=step, share=step.share, days=each, counts=counts, hours=hours)
            )
    return found


def _hand_offs(told: Told) -> list[Finding]:
    pairs = zip(told.path, told.path[1:], strict=False)
    after = [
        b
        for a, b in pairs
        if (a.unit or a.lane) and (b.unit or b.lane) and (a.unit, a.lane) != (b.unit, b.lane)
    ]
    days = sum(told.wait_days[step.key] for step in after)
    share = days / told.lead_days if told.lead_days else 0.0
    if told.measures.handoffs < HAND_OFFS or share < HAND_OFF_WAIT_SHARE:
        return []
    counts: Counts = {
        "per_case": told.measures.handoffs_per_case or float(told.measures.handoffs),
        "wait_share": min(1.0, share),
    }
    finding = told.finding("hand_offs", step=None, share=1.0, days=days, counts=counts)
    return [finding] if not after else [replace(finding, score=days / len(after))]


def _batching(told: Told) -> list[Finding]:
    return [
        told.finding(
            "batching",
            step=step,
            share=step.share,
            days=step.batch_every_days / 2,  # arrivals spread evenly wait half the time between two batches
            counts={"every_days": step.batch_every_days},
        )
        for step in told.stream.steps
        if step.batch_every_days is not None and step.batch_every_days >= STEPS_BATCH_DAYS
    ]


def _low_accuracy(told: Told) -> list[Finding]:
    found = []
    for step in told.stream.steps:
        good = step.complete_accurate
        if good is None or good > STEPS_COMPLETE_ACCURATE:
            continue
        # what comes back is assumed to need the step once more: hours and days of one further pass
        found.append(
            told.finding(
                "low_accuracy",
                step=step,
                share=step.share * (1 - good),
                days=elapsed_days(step, told.working),
                counts={"complete_accurate": good},
                hours=told.hours(step, step.visits * (1 - good)),
            )
        )
    return found


def _rework(told: Told) -> list[Finding]:
    found = []
    steps = {step.key: step for step in told.stream.steps}
    for route in told.stream.routes:
        if not route.is_rework:
            continue
        source, target = _upstream(told.stream, route), _downstream(told.stream, route)
        if source is None or target is None:
            continue
        passes = steps[source].visits * route.share  # per case; one that comes back often counts each time
        share = taken(told.stream.nodes, told.stream.routes, route)
        if share < REWORK_SHARE:
            continue
        step, again = steps[target], _way_round(told, steps[target], steps[source])
        often = {one.key: one.visits / step.visits for one in again}  # some are passed by, some come twice
        hours = [told.hours(one, passes * often[one.key]) for one in again]
        found.append(
            told.finding(
                "rework_loop",
                step=step,
                share=share,
                days=sum(elapsed_days(one, told.working) * often[one.key] for one in again) * passes / share,
                counts={"sent_back_from": steps[source].name} if source != target else {},
                hours=sum(known) if (known := [hour for hour in hours if hour is not None]) else None,
            )
        )
    return found


def _way_round(told: Told, first: Step, last: Step) -> list[Step]:
    """The steps that a case sent back from `last` to `first` goes through once more."""
    path = told.path
    if first not in path or last not in path or path.index(first) > path.index(last):
        return [first]
    return path[path.index(first) : path.index(last) + 1]


def _upstream(stream: ValueStream, route: Route) -> str | None:
    """The step from which a route leaves, with gateways between looked through."""
    names, key, passed = {step.key for step in stream.steps}, route.source, set[str]()
    while key not in names and key not in passed:
        passed.add(key)
        before = [one for one in stream.routes if one.target == key and not one.is_rework]
        if not before:
            return None
        key = before[0].source
    return key if key in names else None


def _downstream(stream: ValueStream, route: Route) -> str | None:
    names, key, passed = {step.key for step in stream.steps}, route.target, set[str]()
    while key not in names and key not in passed:
        passed.add(key)
        after = [one for one in stream.routes if one.source == key and not one.is_rework]
        if not after:
            return None
        key = after[0].target
    return key if key in names else None


def _repeated_checks(told: Told) -> list[Finding]:
    by_name: dict[str, list[Step]] = {}
    for step in told.stream.steps:
        if step.is_check:
            by_name.setdefault(" ".join(step.name.casefold().split()), []).append(step)
    return [
        told.finding(
            "repeated_check",
            step=steps[-1],
            share=steps[-1].share,
            days=sum(elapsed_days(step, told.working) * step.visits for step in steps[1:]) / steps[-1].share,
            counts={"repeats": len(steps)},
            hours=told.hours(steps[-1], sum(step.visits for step in steps[1:])),
        )
        for steps in by_name.values()
        if len(steps) > 1
    ]


def _bottlenecks(told: Told) -> list[Finding]:
    found = []
    waiting = sum(told.wait_days.values())
    for unit, load in told.measures.utilisation_by_unit.items():
        if load < BOTTLENECK_UTILISATION:
            continue
        mine = [step for step in told.stream.steps if step.unit == unit]
        days = sum(told.wait_days[step.key] for step in mine)
        share = days / waiting if waiting else 0.0
        found.append(
            told.finding(
                "bottleneck",
                step=None,
                unit=unit,
                share=max((step.share for step in mine), default=0.0),
                days=days,
                counts={"wait_share": share, "utilisation": load},
            )
        )
    return found


def _no_legal_basis(told: Told) -> list[Finding]:
    """Steps that people judged not to create value and that no law is named for.

    Where nobody judged the step it is asked about only if a legal basis was entered for any other: an empty
    column says nothing.
    """
    filled_in = any(step.legal_basis is not None for step in told.stream.steps)
    return [
        told.finding(
            "no_legal_basis",
            step=step,
            share=step.share,
            days=elapsed_days(step, told.working) * step.occurrences,
            counts={},
            hours=told.hours(step, step.visits),
        )
        for step in told.stream.steps
        if step.legal_basis is None
        and step.value_class != "value"
        and (step.value_class is not None or filled_in)
    ]


def _withheld(told: Told) -> tuple[WithheldFinding, ...]:
    steps = told.stream.steps
    reasons = dict.fromkeys(("ping_pong", "rework_trigger", "check_changes_nothing"), "steps_only")
    if not any(step.wait for step in steps):
        reasons |= {"long_wait": "no_wait", "late_start": "no_wait"}
    units = {step.unit or step.lane for step in steps} - {""}
    if len(units) < 2:
        reasons["hand_offs"] = "one_unit" if units else "no_units"
    if not any(step.is_check for step in steps):
        reasons["repeated_check"] = "no_check_step"
    if not any(step.batch_every_days for step in steps):
        reasons["batching"] = "no_batch"
    if not any(step.complete_accurate is not None for step in steps):
        reasons["low_accuracy"] = "no_accuracy"
    if not told.measures.utilisation_by_unit:
        reasons["bottleneck"] = "no_capacity"
    return tuple(WithheldFinding(code, why) for code, why in reasons.items())
