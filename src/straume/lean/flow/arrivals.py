"""Arrivals, cases ended and work in progress by ISO week, and Little's law as a check of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
import pyarrow as pa

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where
from straume.lean.flow.engine import CASES, run
from straume.lean.flow.prepare import drawn_at

DAY_US = 86_400_000_000
FEWEST_ENDED = 5  # in the window, for Little's law
TOLERANCE = 0.3
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class LittlesLaw:
    """Mean work in progress, counted and as throughput × lead time, over the middle half of the period."""

    in_progress_mean: float
    throughput_per_day: float
    lead_time_days_mean: float
    expected_in_progress: float
    difference_share: float  # (counted − expected) / expected
    consistent: bool  # |difference| ≤ 30 %


def weeks(*, log: EventLog) -> pa.Table:
    """Cases by ISO week of the log's time zone, every week from the first receipt to the last instant.

    Returns: week (2018-W07), from_at [µs UTC], arrived, ended (closed cases by their last item),
    in_progress at its end.
    """
    if not log.facts.cases:
        return _weeks_table([], *[np.zeros(0, np.int64)] * 3)
    calendar = WorkCalendar.from_dict(log.calendar)
    mondays = _mondays(calendar, run(_first, log=log)["received_at"][0].as_py(), drawn_at(log))
    starts = calendar.local_midnight_us(mondays)
    bounds = pa.table({"week": np.arange(len(starts) - 1), "from_at": starts[:-1], "to_at": starts[1:]})
    arrived, ended = np.zeros(len(bounds), np.int64), np.zeros(len(bounds), np.int64)
    for counted, expression in ((arrived, _arrived), (ended, _ended)):
        rows = run(expression, log=log, weeks=bounds)
        counted[rows["week"].to_numpy()] = rows["cases"].to_numpy()
    return _weeks_table([_iso_week(int(day)) for day in mondays[:-1]], starts[:-1], arrived, ended)


def littles_law(*, log: EventLog) -> LittlesLaw | None:
    """Whether counted work in progress agrees with throughput × lead time in the middle half of the log's
    period.

    The first and the last quarter are left out: a log mostly begins with nothing in progress and ends with
    cases that are not in it. None where fewer than five cases ended in that window or nothing lasted. A
    difference speaks of missing cases, wrong dates or a backlog that grows; it does not say which.

    References: Little (1961), Operations Research 9, 383–387, doi:10.1287/opre.9.3.383; Little & Graves
    (2008), Little's Law, doi:10.1007/978-0-387-73699-0_5 (finite windows).
    """
    found = run(_middle_half, log=log)
    present, ended, lead, length = (found[name][0].as_py() for name in ("present", "ended", "lead", "length"))
    if not length or not lead or ended < FEWEST_ENDED:
        return None
    return _law(present / length, ended / (length / DAY_US), lead / ended / DAY_US)


def _first() -> ibis.Table:
    return CASES.aggregate(received_at=CASES.received_at.min())


def _middle_half() -> ibis.Table:
    period = CASES.aggregate(begin=CASES.received_at.min(), end=CASES.until_at.max())
    quarter = (period.end - period.begin) // 4
    window = period.select(low=period.begin + quarter, high=period.end - quarter)
    cases = CASES.cross_join(window)
    inside = ibis.least(cases.until_at, cases.high) - ibis.greatest(cases.received_at, cases.low)
    ended = cases.closed & (cases.last_at >= cases.low) & (cases.last_at < cases.high)
    return cases.aggregate(
        present=ibis.greatest(inside, 0).sum(),
        ended=count_where(ended),
        lead=ibis.ifelse(ended, cases.duration_us, 0).sum(),
        length=(cases.high - cases.low).max(),
    )


def _law(in_progress: float, throughput: float, lead_time: float) -> LittlesLaw:
    expected = throughput * lead_time
    difference = (in_progress - expected) / expected
    return LittlesLaw(in_progress, throughput, lead_time, expected, difference, abs(difference) <= TOLERANCE)


def _mondays(calendar: WorkCalendar, first_at: int, last_at: int) -> np.ndarray:
    """Mondays from the week of one instant to the week after another, in days since 1970 (a Thursday)."""
    first, last = (int(calendar.local_day(at)) for at in (first_at, last_at))
    return np.arange(first - (first + 3) % 7, last - (last + 3) % 7 + 8, 7, dtype=np.int64)


def _arrived() -> ibis.Table:
    return _by_week(CASES.select(at=CASES.received_at))


def _ended() -> ibis.Table:
    return _by_week(CASES.filter(CASES.closed).select(at=CASES.last_at))


def _by_week(instants: ibis.Table) -> ibis.Table:
    weeks = ibis.table({"week": "int64", "from_at": "int64", "to_at": "int64"}, name="weeks")
    placed = instants.inner_join(weeks, [instants.at >= weeks.from_at, instants.at < weeks.to_at])
    return placed.group_by("week").aggregate(cases=lambda t: t.count())


def _weeks_table(names: list[str], starts: np.ndarray, arrived: np.ndarray, ended: np.ndarray) -> pa.Table:
    in_progress = np.cumsum(arrived) - np.cumsum(ended)
    return pa.table(
        {
            "week": pa.array(names, pa.string()),
            "from_at": starts,
            "arrived": arrived,
            "ended": ended,
            "in_progress": in_progress,
        }
    )


def _iso_week(day: int) -> str:
    year, week, _ = (_EPOCH + timedelta(days=day)).isocalendar()
    return f"{year}-W{week:02}"
