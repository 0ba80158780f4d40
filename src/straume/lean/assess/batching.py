"""Findings about batching: a step that happens on few days though work for it comes in on many."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
from scipy import stats

from straume.lean.assess import estimates
from straume.lean.assess.records import Estimate, Finding
from straume.lean.assess.seen import Bools, Ints, Seen, distinct
from straume.lean.assess.thresholds import (
    BATCH_DAYS_RATIO,
    BATCH_EXPLAINS,
    BATCH_P,
    BATCH_SIZE,
    BATCH_WAIT_DAYS,
    MIN_CASES,
    MIN_SHARE,
    WEEKDAY_EXCESS,
    WEEKDAY_SHARE,
)
from straume.lean.assess.waits import waiting_cap

EPOCH = date(1970, 1, 1)
MONDAY = 3  # 1 January 1970 was a Thursday


def batching(seen: Seen) -> list[Finding]:
    """Steps kept for one or two weekdays, or for few dates, while what they wait for comes in on others."""
    if not len(seen.case):
        return []
    done = seen.calendar.local_day(seen.at)
    ready = seen.calendar.local_day(
        seen.calendar.add_working_us(seen.enabled, 1)
    )  # day on which it could be begun
    waited = ~seen.first | seen.knows_receipts
    found = []
    for step in range(len(seen.log.activities)):
        rows = (seen.activity == step) & waited
        touched = seen.count_cases(rows)
        if touched < max(MIN_CASES, MIN_SHARE * seen.cases):
            continue
        days = estimates.mean(
            seen.sum_per_case(rows, seen.waiting_days)
        )  # what spread over the days would save
        if days is None or days.value < BATCH_WAIT_DAYS:
            continue
        counts = _weekdays(done[rows], ready[rows]) or _dates(seen, done[rows], ready[rows])
        if counts and _explained_share(seen, rows, done[rows], ready[rows], counts) >= BATCH_EXPLAINS:
            found.append(_finding(seen, step, rows, touched, days, counts))
    return found


def _explained_share(
    seen: Seen, rows: Bools, done: Ints, ready: Ints, counts: dict[str, float | int | str]
) -> float:
    """How much of the waiting lies up to the end of the next such day; weeks are no wait for a Tuesday.

    What became ready on such a day and was not done on it came too late for it: its next one counts.
    """
    dates = distinct(done)
    if "weekdays" in counts and len(done) / len(dates) < BATCH_SIZE:  # too few at a time to tell the dates
        days = {int(day) for day in str(counts["weekdays"]).split(",")}
        ahead = np.array([min((day - weekday - 1) % 7 + 1 for day in days) for weekday in range(7)])
        until_next = ahead[(ready + MONDAY) % 7]
    else:
        until_next = dates[np.minimum(np.searchsorted(dates, ready, side="right"), len(dates) - 1)] - ready
    waiting = seen.waiting_days[rows]
    whole = float(waiting.sum())
    return float(np.minimum(waiting, until_next + 1).sum()) / whole if whole > 0 else 0.0


def _finding(
    seen: Seen, step: int, rows: Bools, touched: int, days: Estimate, counts: dict[str, float | int | str]
) -> Finding:
    unit, _ = seen.mostly(seen.unit[rows])
    return seen.finding(
        "batching",
        step=step,
        unit=unit,
        touched=touched,
        days=days,
        hours=seen.hours_per_year(seen.activity == step),
        counts=counts | {"items": int(rows.sum())},
        cap=waiting_cap(seen, rows),
    )


def _weekdays(done: Ints, ready: Ints) -> dict[str, float | int | str]:
    """One or two weekdays that hold far more of the completions than of what became ready."""
    n = len(done)
    by_day = np.bincount((done + MONDAY) % 7, minlength=7)
    ready_by_day = np.bincount((ready + MONDAY) % 7, minlength=7)
    for size, wanted in WEEKDAY_SHARE.items():
        days = sorted(np.argsort(-by_day, kind="stable")[:size].tolist())
        hits, ready_hits = int(by_day[days].sum()), int(ready_by_day[days].sum())
        if hits / n < wanted or (hits - ready_hits) / n < WEEKDAY_EXCESS:
            continue
        _, p = stats.fisher_exact([[hits, n - hits], [ready_hits, n - ready_hits]], alternative="greater")
        if p < BATCH_P:
            return {
                "weekdays": ",".join(str(day) for day in days),
                "on_days_share": hits / n,
                "arrivals_share": ready_hits / n,
                "days": len(distinct(done)),
                "arrival_days": len(distinct(ready)),
            }
    return {}


def _dates(seen: Seen, done: Ints, ready: Ints) -> dict[str, float | int | str]:
    """Far fewer days than work came in on, and than as many days drawn at random would be."""
    n, days, ready_days = len(done), len(distinct(done)), len(distinct(ready))
    if n / days < BATCH_SIZE or days > BATCH_DAYS_RATIO * ready_days:
        return {}
    open_days = _open_days(seen, int(done.min()), int(done.max()))
    if _fewer_days_p(n, days, max(open_days, days)) >= BATCH_P:
        return {}
    return {"days": days, "arrival_days": ready_days, "per_day": n / days}


def _open_days(seen: Seen, first: int, last: int) -> int:
    return sum(seen.calendar.is_working_day(EPOCH + timedelta(days=day)) for day in range(first, last + 1))


def _fewer_days_p(n: int, seen_days: int, days: int) -> float:
    """How likely n things thrown at random on so many days meet so few of them (normal approximation).

    References: Johnson, N. L., Kotz, S. (1977), Urn Models and Their Application, section 3.2 (occupancy).
    """
    if days < 2:
        return 1.0
    stay = math.exp(n * math.log1p(-1 / days))
    stay_two = math.exp(n * math.log1p(-2 / days)) if days > 2 else 0.0
    expected = days * (1 - stay)
    variance = days * stay + days * (days - 1) * stay_two - (days * stay) ** 2
    if variance <= 1e-9:
        return 0.0 if seen_days < expected - 0.5 else 1.0
    return float(stats.norm.cdf((seen_days + 0.5 - expected) / math.sqrt(variance)))
