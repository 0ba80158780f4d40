"""Open hours for the simulator: every unit's calendar as intervals from the begin to the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from straume.lean.events.calendar import DAY_US, Intervals, WorkCalendar
from straume.lean.simulate.model import NEVER, Ints
from straume.lean.stream.clocks import WorkingTime

_EPOCH_DAY = date(1970, 1, 1).toordinal()
BEGIN_OF_DAY = 480  # minutes: 8:00, where only the length of the working day is known


def work_calendar(form: Mapping[str, object], *, otherwise: WorkCalendar) -> WorkCalendar:
    """A calendar from the JSON form of a WorkCalendar or of WorkingTime; {} is the one given otherwise.

    A WorkingTime is worked in one piece from 8:00 (earlier where the day would not hold it), from Monday on.
    """
    if not form:
        return otherwise
    if "weekly" in form:
        return WorkCalendar.from_dict(form)
    working = WorkingTime.of(form)
    minutes, days = round(working.minutes_per_day), round(working.days_per_week)
    begin = min(BEGIN_OF_DAY, 1440 - minutes)
    open_day: Intervals = ((begin, begin + minutes),)
    weekly = tuple(open_day if day < days else () for day in range(7))
    return WorkCalendar(weekly=weekly, timezone=otherwise.timezone, country=otherwise.country)


@dataclass
class Openings:
    """Calendars numbered as they are asked for."""

    begin: int  # [µs]
    end: int
    numbers: dict[WorkCalendar, int] = field(default_factory=dict)
    hours: dict[WorkCalendar, WorkCalendar] = field(default_factory=dict)  # of those with days away: without

    def number(self, calendar: WorkCalendar, *, hours: WorkCalendar | None = None) -> int:
        """The number of a calendar; `hours`: the same without closures of its own, known already."""
        if hours is not None and hours != calendar:
            self.hours[calendar] = hours
        return self.numbers.setdefault(calendar, len(self.numbers))

    def intervals(self, calendar: WorkCalendar) -> tuple[Ints, Ints]:
        hours = self.hours.get(calendar)
        if hours is not None:
            starts, ends = hours.intervals(self.begin, self.end)
            day = hours.local_day(starts)
            if np.array_equal(day, hours.local_day(ends - 1)):  # none goes on over midnight
                away = [
                    first.toordinal() - _EPOCH_DAY for first, _ in calendar.closures[len(hours.closures) :]
                ]
                kept = ~np.isin(day, away)
                return np.maximum(starts[kept], self.begin), ends[kept]
        starts, ends = calendar.intervals(self.begin, self.end)
        return np.maximum(starts, self.begin), ends

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """First interval of each calendar, all starts, all ends; each closes with one that never ends."""
        places, opens, closes = [0], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for calendar in self.numbers:
            starts, ends = self.intervals(calendar)
            opens += [starts, np.array([NEVER], np.int64)]
            closes += [ends, np.array([2 * NEVER - 1], np.int64)]
            places.append(places[-1] + len(starts) + 1)
        return np.array(places, np.int64), np.concatenate(opens), np.concatenate(closes)

    def openings_of_days(self, calendar: WorkCalendar) -> Ints:
        """The first opening of each working day [µs]; of a day that begins open, its midnight."""
        first, last = (int(calendar.local_day(at)) for at in (self.begin, self.end))
        days = np.arange(first, last + 1)
        openings = calendar.add_working_us(calendar.local_midnight_us(days), 1) - 1
        same_day = openings < calendar.local_midnight_us(days + 1)
        return openings[same_day & (openings >= self.begin)]


def local_hours(calendar: WorkCalendar, begin: int, end: int) -> tuple[Ints, Ints, Ints]:
    """Hours of the local clock: edges [µs], hour of the day 0–23 and days since 1970 of each piece."""
    first, last = (int(calendar.local_day(at)) for at in (begin, end))
    days = np.arange(first, last + 1)
    midnights = calendar.local_midnight_us(np.arange(first, last + 2))
    hour = DAY_US // 24
    edges = np.minimum(midnights[:-1, None] + hour * np.arange(24)[None, :], midnights[1:, None]).ravel()
    edges = np.append(edges, midnights[-1])  # the 25th hour of a day belongs to its last
    return edges, np.tile(np.arange(24), len(days)), np.repeat(days, 24)
