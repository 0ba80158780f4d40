"""When requests came in a log: how many a year, and how hours, weekdays and months differ."""

from __future__ import annotations

import numpy as np

from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.simulate.arrivals import YEAR_US, Arrivals
from straume.lean.simulate.model import Floats, Ints

LEAST_YEAR_DAYS = 360  # of a log from which it shows how the months differ


def seen_arrivals(log: EventLog) -> Arrivals:
    """Requests of a log as a rate by local hour, weekday and, where a year is seen, month."""
    calendar = WorkCalendar.from_dict(log.calendar)
    received = np.sort(log.cases["received_at"].to_numpy())
    day = calendar.local_day(received)
    hour = (received - calendar.local_midnight_us(day)) // (DAY_US // 24)
    first, last = int(day[0]), int(day[-1])
    days = np.arange(first, last + 1)
    months = None
    if len(days) >= LEAST_YEAR_DAYS:
        months = _rates(_month(day), _month(days), 12)
    span = max(int(received[-1] - received[0]), DAY_US)
    return Arrivals(
        per_year=max(len(received) - 1, 1) / span * YEAR_US,
        hours=tuple(np.bincount(np.minimum(hour, 23), minlength=24).astype(float).tolist()),
        weekdays=_rates((day + 3) % 7, (days + 3) % 7, 7),
        months=months,
    )


def _rates(of_cases: Ints, of_days: Ints, count: int) -> tuple[float, ...]:
    """Cases a day, for each of `count` kinds of days; one not seen is as the mean of the others."""
    cases = np.bincount(of_cases, minlength=count).astype(float)
    days = np.bincount(of_days, minlength=count)
    rates: Floats = np.where(days > 0, cases / np.maximum(days, 1), cases.sum() / days.sum())
    return tuple(rates.tolist())


def _month(day: Ints) -> Ints:
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
