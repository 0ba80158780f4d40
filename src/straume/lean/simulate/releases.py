"""When batches are released: every n-th working day, on a weekday, or as a log showed it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.calendar_form import WEEKDAYS
from straume.lean.simulate.calendars import Openings
from straume.lean.simulate.model import Ints
from straume.lean.simulate.seen import SeenWeeks
from straume.lean.stream.records import Step


def releases(
    step: Step | None, seen: Mapping[str, SeenWeeks], calendar: WorkCalendar, openings: Openings
) -> Ints:
    """Instants [µs] at which what was gathered before a step goes on, in order; none: it is not gathered.

    Every n-th working day at its opening; on a weekday, at the first opening from that day on – where the
    day is a holiday, on the next working day –, and with both in every so manieth week.
    """
    if step is not None and step.key in seen:
        return seen[step.key].instants(calendar, begin=openings.begin, end=openings.end)
    every = step.batch_every_days if step is not None else None
    weekday = step.batch_weekday if step is not None else None
    if not (every and every > 0) and weekday is None:
        return np.zeros(0, np.int64)
    opening = openings.openings_of_days(calendar)
    if weekday is None:
        return opening[:: max(1, round(every or 1.0))]
    first, last = (int(calendar.local_day(at)) for at in (openings.begin, openings.end))
    days = np.arange(first, last + 1)
    on = days[(days + 3) % 7 == WEEKDAYS.index(weekday)]  # 1970-01-01 was a Thursday
    working_days = sum(bool(hours) for hours in calendar.weekly)
    weeks = max(1, round((every or 0.0) / working_days))
    place = np.searchsorted(opening, calendar.local_midnight_us(on[::weeks]))
    return np.unique(opening[place[place < len(opening)]])
