"""Findings about units before which work piles up."""

from __future__ import annotations

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Finding
from straume.lean.assess.seen import Floats, Ints, Seen
from straume.lean.assess.thresholds import (
    BOTTLENECK_UTILISATION,
    BOTTLENECK_WAIT_SHARE,
    MIN_CASES,
    QUEUE_GROWTH,
    QUEUE_GROWTH_CASES,
    QUEUE_P,
)
from straume.lean.assess.waits import waiting_cap
from straume.lean.events.calendar import DAY_US, WorkCalendar

WEEK_US = 7 * DAY_US
MIN_WEEKS = 8  # fewer show no trend


def bottlenecks(seen: Seen) -> list[Finding]:
    """Units with much of all waiting whose people are busy nearly all their time, or whose queue grows."""
    waited = ~seen.first | seen.knows_receipts
    total = float(seen.waiting_days[waited].sum())
    found = []
    for unit in range(len(seen.log.units)):
        rows = (seen.unit == unit) & waited
        share = float(seen.waiting_days[rows].sum()) / total if total > 0 else 0.0
        if share < BOTTLENECK_WAIT_SHARE or seen.count_cases(rows) < MIN_CASES:
            continue
        counts = _load(seen, unit) | _growth(_queue_by_week(seen, rows.nonzero()[0]))
        if not counts:
            continue
        days = estimates.median(seen.sum_per_case(rows, seen.waiting_days))
        found.append(
            seen.finding(
                "bottleneck",
                unit=unit,
                touched=seen.count_cases(rows),
                days=days,
                hours=seen.hours_per_year(seen.unit == unit),
                counts={"wait_share": share} | counts,
                cap=waiting_cap(seen, rows),
            )
        )
    return found


def _load(seen: Seen, unit: int) -> dict[str, float | int | str]:
    """Work of this service against the hours of the people seen at it; nothing where it is no bottleneck."""
    rows = (seen.unit == unit) & np.isfinite(seen.touch_work) & (seen.worker >= 0)
    if (
        seen.date_only_share > 0.5
        or seen.estimated_share > 0.5
        or rows.sum() < 0.5 * (seen.unit == unit).sum()
    ):
        return {}
    calendars = seen.log.unit_calendars
    name = seen.unit_name(unit)
    calendar = WorkCalendar.from_dict(calendars[name]) if name in calendars else seen.calendar
    by_worker = np.flatnonzero(rows)[np.argsort(seen.worker[rows], kind="stable")]
    begins = np.flatnonzero(np.diff(seen.worker[by_worker], prepend=-1))
    # each from first to last work: people come and go
    first = np.minimum.reduceat(seen.at[by_worker], begins) if len(begins) else np.zeros(0, np.int64)
    last = np.maximum.reduceat(seen.end[by_worker], begins) if len(begins) else first
    offered = float(calendar.working_us(first, last).sum())
    used = float(seen.touch_work[rows].sum()) / offered if offered else 0.0
    return {"utilisation": min(1.0, used)} if used >= BOTTLENECK_UTILISATION else {}


def _queue_by_week(seen: Seen, rows: Ints) -> Floats:
    """Cases that wait before the unit at the end of each week.

    What still waited when the log was drawn is not in it, so the last weeks would look emptier than they
    were: they are left out for as long as nine of ten waits last.
    """
    enabled, begun = np.sort(seen.enabled[rows]), np.sort(seen.at[rows])
    until = int(seen.end.max()) - int(np.quantile(seen.at[rows] - seen.enabled[rows], 0.9))
    weeks = np.arange(int(seen.at.min()) + WEEK_US, until, WEEK_US)
    waiting = np.searchsorted(enabled, weeks, side="right") - np.searchsorted(begun, weeks, side="right")
    return waiting.astype(np.float64)


def _growth(queue: Floats) -> dict[str, float | int | str]:
    if len(queue) < MIN_WEEKS:
        return {}
    quarter = len(queue) // 4
    first, last = float(queue[:quarter].mean()), float(queue[-quarter:].mean())
    if (
        last < QUEUE_GROWTH * first
        or last - first < QUEUE_GROWTH_CASES
        or estimates.trend_p(queue) >= QUEUE_P
    ):
        return {}
    return {"queue_first": first, "queue_last": last}
