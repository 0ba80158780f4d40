"""Hours of workers and units found in a log where nobody gave any (docs/methods/working-hours.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from straume.lean.events.calendar import DAY_US, Intervals, WorkCalendar
from straume.lean.events.log import EventLog, Flag
from straume.lean.flow.causes.whose import usual_unit

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_EPOCH = date(1970, 1, 1)
_THURSDAY = 3  # weekday of 1 January 1970, Monday 0
_HOUR_US = 3_600_000_000
_WEEK = 168
_MARKED = 1 << 26  # hours of dates of people that are marked at a time [bytes]


@dataclass(frozen=True)
class Evidence:
    """What an hour of the week, and somebody's hours as a whole, have to show.

    confidence : share of the dates of a weekday, on which somebody was seen at all, with work in the hour.
    weekday : dates of a weekday on which somebody was seen, as a share of those of their busiest weekday.
    support : share of the hours in which somebody was seen that their calendar has to hold.
    hours, dates : in how many hours, on how many dates somebody has to be seen for hours of their own.
    """

    confidence: float = 0.1
    weekday: float = 0.25
    support: float = 0.7
    hours: int = 200
    dates: int = 20


ENOUGH = Evidence()


@dataclass(frozen=True)
class Discovered:
    """Working hours as `split` takes them, and on how much they rest; of workers only how many."""

    calendars: Mapping[str | int, WorkCalendar]  # by key of the worker, by name of the unit
    workers: int  # with hours of their own
    workers_of_unit: int  # seen too little: they keep those of their unit
    workers_of_log: int  # whose unit too was seen too little, or who belong to none: those of the log
    units: int  # with hours of their own
    units_of_log: int
    support: float | None  # share of the hours in which they were seen that lie within those found


def discover_calendars(log: EventLog, *, enough: Evidence = ENOUGH) -> Discovered:
    """The weekly hours of each worker and each unit of a log.

    An hour of the week is open for somebody who was seen working in it often enough: a piece of work began
    or ended in it, or was going on between a start and an end on one date. Several pieces of work at once
    count once. Time zone, public holidays and closures are those of the log's calendar; such days show
    nothing of a usual week. Estimated starts and dates without a time show no hour.

    References: Estrada-Torres, Camargo, Dumas, García-Bañuelos, Mahdy & Yerokhin (2021), Discovering business
    process simulation models in the presence of multitasking and availability constraints, Data & Knowledge
    Engineering 134; López-Pintado & Dumas (2022), Business process simulation with differentiated resources:
    does it make a difference?, BPM.
    """
    own = WorkCalendar.from_dict(log.calendar)
    worker, unit = (log.items[name].to_numpy().astype(np.int64) for name in ("worker", "unit"))
    spans = _spans(log, own)
    of_units = _seen(spans, unit, len(log.units))
    of_workers = _seen(spans, worker, log.facts.workers if log.worker_keys else 0)  # they go by their keys
    unit_weeks, worker_weeks = _weeks(of_units, enough), _weeks(of_workers, enough)
    calendars: dict[str | int, WorkCalendar] = {
        **{log.units[code]: _calendar(week, own) for code, week in unit_weeks.items()},
        **{log.worker_keys[number]: _calendar(week, own) for number, week in worker_weeks.items()},
    }
    usual = usual_unit(worker, unit).tolist()
    borrowing = [number for number in range(log.facts.workers) if number not in worker_weeks]
    of_unit = [number for number in borrowing if usual[number] in unit_weeks]
    kept = {**{number: unit_weeks[usual[number]] for number in of_unit}, **worker_weeks}
    return Discovered(
        calendars=calendars,
        workers=len(worker_weeks),
        workers_of_unit=len(of_unit),
        workers_of_log=len(borrowing) - len(of_unit),
        units=len(unit_weeks),
        units_of_log=len(log.units) - len(unit_weeks),
        support=_support(of_workers, kept) if len(of_workers.in_hour) else _support(of_units, unit_weeks),
    )


@dataclass(frozen=True, eq=False)
class _Spans:
    """Hours of one date in which a piece of work shows who does it: `hours` from `hour` on."""

    row: Ints  # of the log
    day: Ints  # days since the first
    hour: Ints
    hours: Ints
    first_day: int  # days since 1970-01-01
    days: int
    special: Bools  # by day: it shows nothing of a usual week


def _spans(log: EventLog, own: WorkCalendar) -> _Spans:
    items = log.items
    flags, end = items["flags"].to_numpy(), items["end_at"].to_numpy()
    vague = int(Flag.START_DATE_ONLY | Flag.START_ESTIMATED)
    started = items["start_at"].is_valid().to_numpy() & (flags & vague == 0)
    ended = flags & int(Flag.END_DATE_ONLY) == 0
    day, hour = _clock(end, own)
    row, hours = np.flatnonzero(ended), np.ones(len(end), np.int64)
    if started.any():
        begin_day, begin_hour = _clock(np.where(started, items["start_at"].fill_null(0).to_numpy(), end), own)
        on_one_date = started & ended & (begin_day == day)
        hours[on_one_date] = (hour - begin_hour + 1)[on_one_date]
        hour = np.where(on_one_date, begin_hour, hour)
        begun = np.flatnonzero(started & ~on_one_date)
        row = np.concatenate([row, begun])
        day = np.concatenate([day[ended], begin_day[begun]])
        hour = np.concatenate([hour[ended], begin_hour[begun]])
        hours = np.concatenate([hours[ended], np.ones(len(begun), np.int64)])
    elif not ended.all():
        day, hour, hours = day[row], hour[row], hours[row]
    first, last = (int(day.min()), int(day.max())) if len(day) else (0, -1)
    return _Spans(row, day - first, hour, hours, first, last - first + 1, _special(first, last, own))


def _clock(at: Ints, own: WorkCalendar) -> tuple[Ints, Ints]:
    """Local date and hour of instants."""
    day = own.local_day(at)
    return day, np.minimum((at - own.local_midnight_us(day)) // _HOUR_US, 23)


def _special(first: int, last: int, own: WorkCalendar) -> Bools:
    """Dates that show no usual week: holidays and their eves, moved days, closures, clock changes."""
    always = replace(own, weekly=WorkCalendar.always().weekly)
    weekdays = replace(own, weekly=tuple(((0, 1440),) if n < 5 else () for n in range(7)))
    special: Bools = np.diff(own.local_midnight_us(np.arange(first, last + 2))) != DAY_US
    for place in range(last - first + 1):
        on = _EPOCH + timedelta(days=first + place)
        moved = on.weekday() >= 5 and weekdays.is_working_day(on)  # a Saturday worked for another day
        special[place] |= always.hours_on(on) != ((0, 1440),) or moved
    return special


@dataclass(frozen=True, eq=False)
class _Seen:
    """On how many dates each was seen: by hour of the week (n, 168), by weekday (n, 7)."""

    in_hour: Ints
    on_day: Ints


def _seen(spans: _Spans, who: Ints, people: int) -> _Seen:
    """Everybody's hours, some people at a time, so that the marks of each hour of each date have room."""
    in_hour, on_day = np.zeros((people, _WEEK), np.int64), np.zeros((people, 7), np.int64)
    at_once = max(_MARKED // max(spans.days * 24, 1), 1)
    weekday = (np.arange(spans.days) + spans.first_day + _THURSDAY) % 7
    owner = who[spans.row]
    for low in range(0, people, at_once):
        high = min(low + at_once, people)
        rows = np.flatnonzero((owner >= low) & (owner < high))
        marked = np.zeros((high - low) * spans.days * 24, np.bool_)
        at = ((owner[rows] - low) * spans.days + spans.day[rows]) * 24 + spans.hour[rows]
        left = spans.hours[rows]
        while len(at):
            marked[at] = True
            at, left = at[left > 1] + 1, left[left > 1] - 1
        dates = marked.reshape(high - low, spans.days, 24)
        dates[:, spans.special] = False
        for day in range(7):
            of_day = dates[:, weekday == day]
            in_hour[low:high, day * 24 : day * 24 + 24] = of_day.sum(axis=1)
            on_day[low:high, day] = of_day.any(axis=2).sum(axis=1)
    return _Seen(in_hour, on_day)


def _weeks(seen: _Seen, enough: Evidence) -> dict[int, Bools]:
    """Of everybody with enough evidence the open hours of their week, Monday midnight first: bool (168,)."""
    return {
        each: _open_hours(hours, dates, enough)
        for each, (hours, dates) in enumerate(zip(seen.in_hour, seen.on_day))
        if hours.sum() >= enough.hours and dates.sum() >= enough.dates
    }


def _open_hours(in_hour: Ints, on_day: Ints, enough: Evidence) -> Bools:
    confidence = in_hour / np.maximum(np.repeat(on_day, 24), 1)
    usual = np.repeat(on_day >= enough.weekday * on_day.max(), 24)
    accepted: Bools = (in_hour > 0) & (confidence >= enough.confidence) & usual
    held = int(in_hour[accepted].sum())
    for slot in np.argsort(-in_hour, kind="stable"):
        if held >= enough.support * in_hour.sum():
            break
        held += 0 if accepted[slot] else int(in_hour[slot])
        accepted[slot] = True
    return accepted


def _calendar(week: Bools, own: WorkCalendar) -> WorkCalendar:
    return replace(own, weekly=tuple(_intervals(day) for day in week.reshape(7, 24)))


def _intervals(hours: Bools) -> Intervals:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], hours, [False]]).astype(np.int8)))
    return tuple((int(begin) * 60, int(stop) * 60) for begin, stop in edges.reshape(-1, 2))


def _support(seen: _Seen, weeks: Mapping[int, Bools]) -> float | None:
    """Share of the hours in which those with hours found were seen that lie within these hours."""
    within = sum(int(seen.in_hour[each][week].sum()) for each, week in weeks.items())
    every = sum(int(seen.in_hour[each].sum()) for each in weeks)
    return within / every if every else None
