"""Findings about waiting: long waits before a step, and requests that nobody touches for days."""

from __future__ import annotations

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Certainty, Finding
from straume.lean.assess.seen import HOUR_US, Bools, Seen
from straume.lean.assess.thresholds import LONG_WAIT_SHARE, LONG_WAIT_WORKING_DAYS, MIN_CASES, MIN_SHARE


def long_waits(seen: Seen) -> list[Finding]:
    """Steps before which cases wait a working day or longer and lose a tenth of all time by it."""
    found = [
        _long_wait(seen, step, (seen.activity == step) & ~seen.first)
        for step in range(len(seen.log.activities))
    ]
    return [finding for finding in found if finding is not None]


def late_starts(seen: Seen) -> list[Finding]:
    """The same before the first piece of work; needs the moment of the request."""
    if not seen.knows_receipts:
        return []
    finding = _long_wait(seen, None, seen.first)
    return [finding] if finding is not None else []


def _long_wait(seen: Seen, step: int | None, rows: Bools) -> Finding | None:
    if not rows.any() or not seen.case_days:
        return None
    long = np.zeros(seen.cases, np.bool_)
    waited = np.bincount(seen.case[rows], weights=seen.waiting_work[rows], minlength=seen.cases)
    long |= waited >= LONG_WAIT_WORKING_DAYS * seen.working_day_us
    touched = int(long.sum())
    rows = rows & long[seen.case]
    per_case = seen.sum_per_case(rows, seen.waiting_days)
    share_of_lead = float(per_case.sum()) / (seen.case_days * seen.cases)
    if touched < max(MIN_CASES, MIN_SHARE * seen.cases) or share_of_lead < LONG_WAIT_SHARE:
        return None
    days = estimates.median(per_case)
    assert days is not None
    name, _ = seen.mostly(seen.activity[rows]) if step is None else (step, 1.0)
    before, _ = seen.mostly(seen.previous[rows])
    unit, _ = seen.mostly(seen.unit[rows])
    counts: dict[str, float | int | str] = {
        "share_of_lead": min(1.0, share_of_lead),
        "items": int(rows.sum()),
        "between": int(not seen.starts_known_of(rows)),
    }
    if seen.date_only_share <= 0.5:
        counts["working_hours"] = float(np.median(waited[long])) / HOUR_US
    if before >= 0:
        counts["after_step"] = seen.name(before)
    if unit >= 0 and before >= 0:
        counts["handed_on_share"] = float(((seen.previous_unit != seen.unit) & rows).sum() / rows.sum())
    return seen.finding(
        "late_start" if step is None else "long_wait",
        step=name,
        unit=unit,
        edge=(before, name) if before >= 0 else None,
        touched=touched,
        days=days,
        hours=seen.hours_per_year(seen.activity == name) if step is not None else None,
        counts=counts,
        cap=waiting_cap(seen, rows),
        score=float(per_case.sum()) / seen.cases,
    )


def waiting_cap(seen: Seen, rows: Bools) -> Certainty:
    """Between completions lies work too: what is called a wait there is at most fairly sure."""
    return "high" if seen.starts_known_of(rows) else "medium"
