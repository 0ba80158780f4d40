"""Hours of workers and units found in a log where nobody gave any (docs/methods/working-hours.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from straume.lean.events.calendar import DAY_US, Intervals, WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog, Flag
from straume.lean.flow.causes.whose import usual_unit

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_EPOCH = date(1970, 1, 1)
_THURSDAY = 3  # weekday of 1 January 1970, Monday 0
_HOUR_US = 3_600_000_000
_WEEK = 168
_MARKED = 1 << 26  # different hours of everybody up to which each has a mark of its own


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
    support: float | None  # share of all hours with work that lie within the hours found; None: none found


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
    moments = _moments(log, own)
    of_units = _weeks(moments, moments.unit, len(log.units), enough)
    known = log.facts.workers if log.worker_keys else 0  # calendars of workers go by their keys
    of_workers = _weeks(moments, moments.worker, known, enough)
    calendars: dict[str | int, WorkCalendar] = {}
    for code, week in of_units.items():
        calendars[log.units[code]] = _calendar(week, own)
    for number, week in of_workers.items():
        calendars[log.worker_keys[number]] = _calendar(week, own)
    worker, unit = (log.items[name].to_numpy().astype(np.int64) for name in ("worker", "unit"))
    usual = usual_unit(worker, unit)
    borrowing = [number for number in range(log.facts.workers) if number not in of_workers]
    of_unit = sum(int(usual[number]) in of_units for number in borrowing)
    return Discovered(
        calendars=calendars,
        workers=len(of_workers),
        workers_of_unit=of_unit,
        workers_of_log=len(borrowing) - of_unit,
        units=len(of_units),
        units_of_log=len(log.units) - len(of_units),
        support=_support(moments, of_workers, of_units, usual),
    )


@dataclass(frozen=True, eq=False)
class _Moments:
    """Hours with work, one row for each of a piece of work: who, which date, which hour of its clock."""

    worker: Ints
    unit: Ints
    day: Ints  # days since 1970-01-01
    hour: Ints


def _moments(log: EventLog, own: WorkCalendar) -> _Moments:
    items = log.items
    flags = items["flags"].to_numpy()
    end = items["end_at"].to_numpy()
    vague = int(Flag.START_DATE_ONLY | Flag.START_ESTIMATED)
    started = items["start_at"].is_valid().to_numpy() & (flags & vague == 0)
    ended = flags & int(Flag.END_DATE_ONLY) == 0
    begin_day, begin_hour = _clock(np.where(started, items["start_at"].fill_null(0).to_numpy(), end), own)
    end_day, end_hour = _clock(end, own)
    on_one_date = started & ended & (begin_day == end_day)
    hours = np.where(on_one_date, end_hour - begin_hour + 1, started.astype(np.int64))
    rows = np.repeat(np.arange(len(end)), hours)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(hours) - hours, hours)
    alone = np.flatnonzero(ended & ~on_one_date)
    who = np.concatenate([rows, alone])
    day = np.concatenate([begin_day[rows], end_day[alone]])
    hour = np.concatenate([begin_hour[rows] + nth, end_hour[alone]])
    usual = ~_special(day, own)
    return _Moments(
        worker=items["worker"].to_numpy().astype(np.int64)[who[usual]],
        unit=items["unit"].to_numpy().astype(np.int64)[who[usual]],
        day=day[usual],
        hour=hour[usual],
    )


def _clock(at: Ints, own: WorkCalendar) -> tuple[Ints, Ints]:
    """Local date and hour of instants."""
    day = own.local_day(at)
    return day, np.minimum((at - own.local_midnight_us(day)) // _HOUR_US, 23)


def _special(day: Ints, own: WorkCalendar) -> Bools:
    """Dates that show no usual week: holidays and their eves, moved days, closures, clock changes."""
    if not len(day):
        return np.zeros(0, np.bool_)
    first, last = int(day.min()), int(day.max())
    always = replace(own, weekly=WorkCalendar.always().weekly)
    midnights = own.local_midnight_us(np.arange(first, last + 2))
    special = np.diff(midnights) != DAY_US
    for place in range(last - first + 1):
        on = _EPOCH + timedelta(days=first + place)
        special[place] |= always.hours_on(on) != ((0, 1440),) or _is_moved(on, own)
    found: Bools = special[day - first]
    return found


def _is_moved(on: date, own: WorkCalendar) -> bool:
    """A Saturday that is worked for another day: what happens on it is no usual Saturday."""
    one_day = replace(own, weekly=tuple(((0, 1440),) if n < 5 else () for n in range(7)))
    return on.weekday() >= 5 and one_day.is_working_day(on)


def _weeks(moments: _Moments, who: Ints, people: int, enough: Evidence) -> dict[int, Bools]:
    """Of everybody with enough evidence the open hours of their week, Monday midnight first: bool (168,)."""
    known = who != UNKNOWN
    if not people or not known.any():
        return {}
    first = int(moments.day.min())
    days = int(moments.day.max()) - first + 1
    each = (who * days + moments.day - first) * 24 + moments.hour
    seen = _distinct(each if known.all() else each[known], people * days * 24)
    owner, day, hour = seen // (24 * days), seen // 24 % days, seen % 24
    dates = np.unique(seen // 24)
    weekday = (day + first + _THURSDAY) % 7
    in_hour = np.bincount(owner * _WEEK + weekday * 24 + hour, minlength=people * _WEEK)
    on_day = np.bincount(dates // days * 7 + (dates % days + first + _THURSDAY) % 7, minlength=people * 7)
    weeks = zip(in_hour.reshape(people, _WEEK), on_day.reshape(people, 7))
    return {
        each: _open_hours(hours, dates, enough)
        for each, (hours, dates) in enumerate(weeks)
        if hours.sum() >= enough.hours and dates.sum() >= enough.dates
    }


def _distinct(values: Ints, size: int) -> Ints:
    """The different values among 0 … size − 1, in order."""
    if size > _MARKED:
        return np.unique(values)
    marked = np.zeros(size, np.bool_)
    marked[values] = True
    return np.flatnonzero(marked)


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


def _support(
    moments: _Moments, of_workers: Mapping[int, Bools], of_units: Mapping[int, Bools], usual: Ints
) -> float | None:
    """Share of the hours with work that lie within the hours found for who did it."""
    if not of_workers and not of_units:
        return None
    nobody = np.zeros(_WEEK, np.bool_)
    rows = [of_workers.get(n, of_units.get(unit, nobody)) for n, unit in enumerate(usual.tolist())]
    found = np.stack([*rows, nobody])  # the last place answers for UNKNOWN
    has_hours: Bools = np.array([week.any() for week in found])
    judged = has_hours[moments.worker]
    slot = (moments.day + _THURSDAY) % 7 * 24 + moments.hour
    within: Bools = found[moments.worker[judged], slot[judged]]
    return float(within.mean()) if len(within) else None
