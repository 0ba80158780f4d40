"""Where the time of the mean case goes, to scale: every moment from request to answer in one part."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Estimate, PartKind, TimePart
from straume.lean.assess.seen import Floats, Ints, Seen
from straume.lean.events.calendar import DAY_US

MINUTE_US = 60_000_000.0


def time_parts(seen: Seen, *, judged: Mapping[str, str]) -> tuple[TimePart, ...]:
    """Parts of the mean ended case [calendar days]; they sum to its time from request to answer.

    A moment counts once however many pieces of work lie in it: for what comes first. Of the time between
    start and end, working hours are work, the rest (nights, weekends) is "closed"; only what lies before
    the start waits. Where a log knows no start the time since the completion before is "between": work and
    waiting in one.
    """
    ended = seen.closed[seen.case] if len(seen.case) else np.zeros(0, np.bool_)
    cases = int(seen.closed.sum())
    if not cases:
        return ()
    before = _until_before(seen)
    waiting = np.maximum(0, seen.at - before).astype(np.float64)
    elapsed = np.maximum(0, seen.end - np.maximum(before, seen.at)).astype(np.float64)
    whole = np.maximum(1, seen.end - seen.at).astype(np.float64)
    known = np.isfinite(seen.touch_work)
    work = np.where(known, elapsed * np.minimum(1.0, np.nan_to_num(seen.touch_work) / whole), 0.0)
    closed = np.where(known, elapsed - work, 0.0)
    idle = np.where(known, waiting, 0.0)
    between = np.where(known, 0.0, waiting + elapsed)
    rows = [
        (kind, step, days)
        for step in range(len(seen.log.activities))
        for kind, days in _of_step(seen, step, ended, (work, closed, idle, between), cases, judged)
        if days > 0
    ]
    total = sum(days for _, _, days in rows) or 1.0
    parts = [
        TimePart(kind=kind, step=seen.name(step), days=days, share=days / total) for kind, step, days in rows
    ]
    return tuple(sorted(parts, key=lambda part: (_ORDER.index(part.kind), -part.days, part.step or "")))


_ORDER: tuple[PartKind, ...] = ("value", "necessary", "waste", "not_judged", "closed", "waiting", "between")


def _of_step(
    seen: Seen,
    step: int,
    ended: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    times: tuple[Floats, Floats, Floats, Floats],
    cases: int,
    judged: Mapping[str, str],
) -> list[tuple[PartKind, float]]:
    rows = ended & (seen.activity == step)
    kind: PartKind = judged.get(seen.name(step), "not_judged")  # type: ignore[assignment]
    kinds: tuple[PartKind, ...] = (kind, "closed", "waiting", "between")
    return [(one, float(time[rows].sum()) / DAY_US / cases) for one, time in zip(kinds, times, strict=True)]


def work_per_case(seen: Seen) -> Estimate | None:
    """Mean working minutes on an ended case, over those of which every piece of work has a known duration."""
    if not seen.starts_known or seen.date_only_share > 0.5:
        return None
    unknown = np.bincount(seen.case, weights=~np.isfinite(seen.touch_work), minlength=seen.cases)
    minutes = np.bincount(seen.case, weights=np.nan_to_num(seen.touch_work), minlength=seen.cases) / MINUTE_US
    return estimates.mean(minutes[seen.closed & (unknown == 0)])


def _until_before(seen: Seen) -> Ints:
    """For each item the latest end in its case before it; for the first the receipt of the request."""
    order = np.argsort(seen.end, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    width = len(order) + 1
    latest = np.maximum.accumulate(seen.case * width + rank) - seen.case * width  # ranks cannot overflow
    until = np.append(0, seen.end[order[latest]][:-1]) if len(order) else seen.end
    received = seen.received[seen.case]
    return np.where(seen.first, received, np.maximum(until, received)).astype(np.int64)
