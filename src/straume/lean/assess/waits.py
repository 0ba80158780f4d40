"""Findings about waiting: long waits before a step, and requests that nobody touches for days."""

from __future__ import annotations

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Certainty, Finding
from straume.lean.assess.seen import HOUR_US, Bools, Seen
from straume.lean.assess.thresholds import (
    LATE_START_DAYS,
    LATE_START_WORK_HOURS,
    LONG_WAIT_DAYS,
    LONG_WAIT_SHARE,
    LONG_WAIT_WORK_HOURS,
    MIN_CASES,
    MIN_SHARE,
)


def long_waits(seen: Seen) -> list[Finding]:
    """Steps before which the usual case loses a day or more, and a tenth of the mean case's time is lost."""
    waited = ~seen.first | seen.knows_receipts
    found = []
    for step in range(len(seen.log.activities)):
        rows = (seen.activity == step) & waited
        finding = _long_wait(seen, step, rows) if seen.count_cases(rows) >= MIN_CASES else None
        if finding is not None:
            found.append(finding)
    return found


def _long_wait(seen: Seen, step: int, rows: Bools) -> Finding | None:
    per_case = seen.sum_per_case(rows, seen.waiting_days)
    days = estimates.median(per_case)
    touched = len(per_case)
    share_of_lead = float(per_case.sum()) / (seen.case_days * seen.cases) if seen.case_days else 0.0
    hours = float(np.median(seen.sum_per_case(rows, seen.waiting_work / HOUR_US)))
    if (
        days is None
        or days.value < LONG_WAIT_DAYS
        or hours < LONG_WAIT_WORK_HOURS
        or touched < MIN_SHARE * seen.cases
        or share_of_lead < LONG_WAIT_SHARE
    ):
        return None
    before, _ = seen.mostly(seen.previous[rows])
    unit, _ = seen.mostly(seen.unit[rows])
    handed_on = rows & (seen.previous_unit >= 0) & (seen.previous_unit != seen.unit)
    counts: dict[str, float | int | str] = {
        "median_days": days.value,
        "mean_days": float(per_case.mean()),
        "share_of_lead": min(1.0, share_of_lead),
        "working_hours": hours,
        "items": int(rows.sum()),
        "between": int(not seen.starts_known),
    }
    if before >= 0:
        counts["after_step"] = seen.name(before)
    if unit >= 0:
        counts["handed_on_share"] = float(handed_on.sum() / rows.sum())
    return seen.finding(
        "long_wait",
        step=step,
        unit=unit,
        edge=(before, step) if before >= 0 else None,
        touched=touched,
        days=days,
        hours=seen.hours_per_year(seen.activity == step),
        counts=counts,
        cap=waiting_cap(seen),
        score=float(per_case.mean()) * touched / seen.cases,
    )


def late_starts(seen: Seen) -> list[Finding]:
    """Requests on which the first work begins days after they came; needs the day of the request."""
    rows = seen.first
    waited = seen.waiting_days[rows]
    days = estimates.median(waited)
    if days is None or days.n < MIN_CASES or days.value < LATE_START_DAYS:
        return []
    hours = float(np.median(seen.waiting_work[rows])) / HOUR_US
    if hours < LATE_START_WORK_HOURS:
        return []
    step, _ = seen.mostly(seen.activity[rows])
    unit, _ = seen.mostly(seen.unit[rows])
    touched = int((waited >= LATE_START_DAYS).sum())
    share = float(waited.sum()) / (seen.case_days * seen.cases) if seen.case_days else 0.0
    counts: dict[str, float | int | str] = {
        "median_days": days.value,
        "mean_days": float(waited.mean()),
        "share_of_lead": min(1.0, share),
        "working_hours": hours,
    }
    return [
        seen.finding(
            "late_start",
            step=step,
            unit=unit,
            touched=touched,
            days=days,
            counts=counts,
            cap=waiting_cap(seen),
            score=float(waited.mean()),
        )
    ]


def waiting_cap(seen: Seen) -> Certainty:
    """Between completions lies work too: what is called a wait there is at most fairly sure."""
    return "high" if seen.starts_known else "medium"
