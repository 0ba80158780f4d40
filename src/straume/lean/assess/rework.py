"""Findings about work done again: loops back to a step, and what makes a case take them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Estimate, Finding
from straume.lean.assess.seen import Bools, Floats, Ints, Seen, distinct
from straume.lean.assess.thresholds import (
    MIN_CASES,
    MIN_SHARE,
    REWORK_SHARE,
    TRIGGER_FALSE_DISCOVERY,
    TRIGGER_LIFT,
)
from straume.lean.events.calendar import DAY_US


@dataclass(frozen=True)
class Loop:
    """A step to which cases return: which cases do it, which return, what they lose."""

    step: int
    did: Bools  # by case
    returned: Bools  # by case
    days: Estimate


def loops(seen: Seen) -> list[Loop]:
    """Steps to which enough cases return, with the days from the first time to the last."""
    found = []
    for step in distinct(seen.activity[seen.goes_back]).tolist():
        rows = seen.activity == step
        returned = _marked(seen, rows & seen.goes_back)
        count, share = int(returned.sum()), estimates.share(int(returned.sum()), seen.cases)
        if count < MIN_CASES or share.low is None or share.low < REWORK_SHARE:
            continue
        first_end = np.zeros(seen.cases)
        first_end[seen.case[rows & (seen.nth == 1)]] = seen.end[rows & (seen.nth == 1)]
        last_end = np.zeros(seen.cases)
        np.maximum.at(last_end, seen.case[rows], seen.end[rows].astype(np.float64))
        days = estimates.median((last_end - first_end)[returned] / DAY_US)
        assert days is not None
        found.append(Loop(step=step, did=_marked(seen, rows), returned=returned, days=days))
    return found


def rework_loops(seen: Seen, of: list[Loop]) -> list[Finding]:
    """One finding for each step that work comes back to."""
    repeated = _repeated_by_loop(seen)
    found = []
    for loop in of:
        back = (seen.activity == loop.step) & seen.goes_back
        source, source_share = seen.mostly(seen.previous[back])
        unit, _ = seen.mostly(seen.unit[back])
        counts: dict[str, float | int | str] = {"repeats": int(back.sum())}
        if source >= 0 and source != loop.step and source_share >= 0.5:
            counts |= {"sent_back_from": seen.name(source), "sent_back_share": source_share}
        found.append(
            seen.finding(
                "rework_loop",
                step=loop.step,
                edge=(source, loop.step) if source >= 0 else None,
                unit=unit,
                touched=int(loop.returned.sum()),
                days=loop.days,
                hours=seen.hours_per_year(repeated == loop.step),
                counts=counts,
            )
        )
    return found


def rework_triggers(seen: Seen, of: list[Loop]) -> list[Finding]:
    """What is met more often in cases that come back to a step: a channel, a unit, a step before it."""
    tried = [(loop, kind, name, has) for loop in of for kind, name, has in _candidates(seen, loop)]
    results = [_lift(loop, has) for loop, _, _, has in tried]
    kept = estimates.accepted([p for _, p in results], false_discovery=TRIGGER_FALSE_DISCOVERY)
    best: dict[tuple[int, str], Finding] = {}
    for (loop, kind, name, has), (lift, _), stands in zip(tried, results, kept, strict=True):
        if not stands or lift.low is None or lift.low < TRIGGER_LIFT:
            continue
        finding = _trigger(seen, loop, kind, name, has, lift)
        known = best.get((loop.step, kind))
        if known is None or finding.counts["lift_low"] > known.counts["lift_low"]:  # type: ignore[operator]
            best[loop.step, kind] = finding
    return list(best.values())


def _candidates(seen: Seen, loop: Loop) -> list[tuple[str, str, Bools]]:
    """Marks that cases had before the work came back, each met by enough cases and missing in enough."""
    rows = seen.activity == loop.step
    first = rows & (seen.nth == 1)
    marks: list[tuple[str, str, Bools]] = []
    for channel in sorted({name for name in seen.channel.tolist() if name}):
        marks.append(("channel", channel, np.asarray(seen.channel == channel, dtype=np.bool_)))
    for unit in distinct(seen.unit[first]).tolist():
        if unit >= 0:
            marks.append(("unit", seen.unit_name(unit), _marked(seen, first & (seen.unit == unit))))
    first_row = np.full(seen.cases, -1)
    first_row[seen.case[first]] = np.flatnonzero(first)
    earlier = np.arange(len(seen.case)) < first_row[seen.case]
    for step in distinct(seen.activity[earlier]).tolist():
        marks.append(("step", seen.name(step), _marked(seen, earlier & (seen.activity == step))))
    enough = max(MIN_CASES, MIN_SHARE * seen.cases)
    return [
        (kind, name, has)
        for kind, name, has in marks
        if (has & loop.did).sum() >= enough and (~has & loop.did).sum() >= enough
    ]


def _lift(loop: Loop, has: Bools) -> tuple[Estimate, float]:
    with_it, without = has & loop.did, ~has & loop.did
    return estimates.lift(
        int((with_it & loop.returned).sum()),
        int(with_it.sum()),
        int((without & loop.returned).sum()),
        int(without.sum()),
    )


def _trigger(seen: Seen, loop: Loop, kind: str, name: str, has: Bools, lift: Estimate) -> Finding:
    with_it, without = has & loop.did, ~has & loop.did
    hits = int((with_it & loop.returned).sum())
    share_without = float((without & loop.returned).sum() / without.sum())
    more = max(0.0, hits - share_without * int(with_it.sum()))
    return seen.finding(
        "rework_trigger",
        step=loop.step,
        unit=None,
        touched=hits,
        days=estimates.median(_days_of(seen, loop, with_it)),
        effect=lift,
        counts={
            "trigger_kind": kind,
            "trigger": name,
            "lift": lift.value,
            "lift_low": lift.low or 0.0,
            "lift_high": lift.high or 0.0,
            "share_with": hits / int(with_it.sum()),
            "share_without": share_without,
            "n_with": int(with_it.sum()),
            "n_without": int(without.sum()),
        },
        score=loop.days.value * more / seen.cases,
    )


def _days_of(seen: Seen, loop: Loop, among: Bools) -> Floats:
    rows = (seen.activity == loop.step) & (loop.returned & among)[seen.case]
    first_end = np.full(seen.cases, np.inf)
    np.minimum.at(first_end, seen.case[rows], seen.end[rows].astype(np.float64))
    last_end = np.zeros(seen.cases)
    np.maximum.at(last_end, seen.case[rows], seen.end[rows].astype(np.float64))
    lost: Floats = (last_end - first_end)[loop.returned & among] / DAY_US
    return lost


def _marked(seen: Seen, rows: Bools) -> Bools:
    marked = np.zeros(seen.cases, np.bool_)
    marked[seen.case[rows]] = True
    return marked


def _repeated_by_loop(seen: Seen) -> Ints:
    """For each repeated item the step to which its case returned last; −1 for what is done the first time."""
    places = np.where(seen.goes_back, np.arange(len(seen.case)), -1)
    latest = np.maximum.accumulate(places) if len(places) else places
    owner = np.where((latest >= 0) & (seen.case[latest] == seen.case), seen.activity[latest], -1)
    of_loop: Ints = np.where(seen.nth > 1, owner, -1)
    return of_loop
