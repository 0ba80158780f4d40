"""Batches in a log: steps that are done on some days only, though work for them comes on most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import DAY_US, MINUTE_US, WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.simulate.model import Ints
from straume.lean.simulate.seen import SeenWeeks

FEWEST_ITEMS = 50
FEWEST_DAYS = 8
YEAR_WEEKS = 52
TIMES_FEWER = 2.5  # days on which the step began than days on which work for it came
GAP_US = 10 * MINUTE_US  # what begins so soon after the one before goes out with it
SAME_DAY_SHARE = 0.5  # of what comes during such a day, from which the whole day is one for the step
EVERY_US = 15 * MINUTE_US  # on such a whole day work goes out


@dataclass(frozen=True, eq=False)
class Batched:
    """When a step's batches went out, and from when on each piece of work was ready for its batch [µs]."""

    releases: SeenWeeks
    ready: Ints


def seen_weeks(log: EventLog, enabled: Ints, begun: Ints) -> Batched | None:
    """Batches of one step by when its work was enabled and begun [µs]; None where it is not batched.

    A piece of work that did not go out on the first such day after it was enabled became ready right after
    the last one that it missed.
    """
    calendar = WorkCalendar.from_dict(log.calendar)
    day = calendar.local_day(begun)
    days, of_day = np.unique(day, return_inverse=True)
    came = len(np.unique(calendar.local_day(enabled)))
    if len(begun) < FEWEST_ITEMS or len(days) < FEWEST_DAYS or came < TIMES_FEWER * len(days):
        return None
    out_at = _out_at(calendar, enabled, begun, days, of_day)
    last_of_day = out_at[np.searchsorted(out_at, calendar.local_midnight_us(days + 1)) - 1]
    missed = np.append(np.iinfo(np.int64).min, last_of_day[:-1])[of_day]
    ready = np.where(missed >= enabled, missed + 1, enabled)
    last_request_at = int(log.cases["received_at"].to_numpy().max())
    return Batched(_weeks(calendar, out_at, last_request_at), ready)


def _out_at(calendar: WorkCalendar, enabled: Ints, begun: Ints, days: Ints, of_day: Ints) -> Ints:
    """When batches go out: as they were seen to, or all the day from the first on, where what came during
    the day was mostly done on it.
    """
    first = np.full(len(days), np.iinfo(np.int64).max)
    np.minimum.at(first, of_day, begun)
    midnight = calendar.local_midnight_us(days)
    came_on = np.searchsorted(days, calendar.local_day(enabled))
    came_on[(came_on == len(days))] = 0
    during = (days[came_on] == calendar.local_day(enabled)) & (enabled > first[came_on])
    if during.any() and (of_day == came_on)[during].mean() >= SAME_DAY_SHARE:
        closes = midnight + int(np.quantile(begun - midnight[of_day], 0.99))
        return np.concatenate(
            [np.arange(begin, max(begin, end) + 1, EVERY_US) for begin, end in zip(first, closes)]
        )
    in_order = np.sort(begun)
    last = np.append(np.diff(in_order) > GAP_US, True)
    each: Ints = in_order[last]  # when the last of each batch began
    return each


def _weeks(calendar: WorkCalendar, out_at: Ints, last_request_at: int) -> SeenWeeks:
    """From the week of the first batch to that of the last.

    What comes again is the last year in which requests came: later, only what was left of them went out.
    """
    day = calendar.local_day(out_at)
    monday = day - (day + 3) % 7  # 1970-01-01 was a Thursday
    since_midnight = out_at - calendar.local_midnight_us(day)
    minute = -(-since_midnight // MINUTE_US) + (day - monday) * (DAY_US // MINUTE_US)
    mondays = range(int(monday.min()), int(monday.max()) + 1, 7)
    weeks = tuple(tuple(minute[monday == week].tolist()) for week in mondays)
    stop = min(max(1, (int(calendar.local_day(last_request_at)) - mondays[0]) // 7), len(weeks))
    return SeenWeeks(mondays[0], weeks, (max(0, stop - YEAR_WEEKS), stop))
