"""Compiled: what happened is laid out as the rows of a link table, case by case, in one pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled, inner
from straume.lean.simulate.model import Happened, Ints, Model

Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

_UNKNOWN, _NONE, _NEVER = -1, -1, 1 << 62  # globals of compiled code are constants
_TIE, _FIRST, _LAST = 8, 16, 32  # Flag
_DAY_US = 86_400_000_000


class Counted(NamedTuple):
    """Which items go into the log, and how many each case has."""

    kept: Ints  # items in the order of their cases, in a case by time, then as they came up
    case_from: Ints  # by case: its first place in `kept`; and the end
    places: Bools  # by place: some item of the log stands there
    last_at: int  # the latest end


class Clock(NamedTuple):
    """Working time from the first day to any instant, by calendar: found by the day."""

    first_day: int  # [days since 1970]
    place: Ints  # calendar · days + day: first interval that ends after the day begins
    days: int
    before: Ints  # by interval: working time of its calendar before it [µs]


class Rows(NamedTuple):
    """Columns of the link table."""

    case: Codes
    in_case: Codes  # place in the case
    activity: Codes
    worker: Codes
    unit: Codes
    enabled_at: Ints
    start_at: Ints  # where unknown: the end
    started: Bools
    end_at: Ints
    waiting: Ints
    processing: Ints
    next_activity: Codes
    next_worker: Codes
    next_unit: Codes
    next_start_at: Ints
    last: Bools
    nth: Codes
    position: Ints
    flags: Codes


@compiled
def counted(m: Model, h: Happened, counts_from: int, started: Bools) -> Counted:
    """Items that had ended by `until`, of cases received from `counts_from` on."""
    cases, items = m.arrival_at.shape[0], h.case.shape[0]
    case_from = np.zeros(cases + 1, np.int64)
    places = np.zeros(m.kind.shape[0], np.bool_)
    last_at = 0
    for item in range(items):
        if h.end_at[item] <= m.until and m.arrival_at[h.case[item]] >= counts_from:
            case_from[h.case[item] + 1] += 1
            places[h.place[item]] = True
            last_at = max(last_at, h.end_at[item])
    for case in range(cases):
        case_from[case + 1] += case_from[case]
    kept = np.empty(case_from[cases], np.int64)
    filled = case_from[:-1].copy()
    for item in range(items):
        case = h.case[item]
        if h.end_at[item] > m.until or m.arrival_at[case] < counts_from:
            continue
        at = filled[case]
        filled[case] += 1
        when = h.start_at[item] if started[h.place[item]] else h.end_at[item]
        while at > case_from[case]:
            before = kept[at - 1]
            earlier = h.start_at[before] if started[h.place[before]] else h.end_at[before]
            if earlier <= when:
                break
            kept[at] = before
            at -= 1
        kept[at] = item
    return Counted(kept, case_from, places, last_at)


@compiled
def clock(m: Model, first_day: int, last_day: int) -> Clock:
    calendars, days = m.open_from.shape[0] - 1, last_day - first_day + 1
    place = np.empty(calendars * days, np.int64)
    before = np.zeros(m.open_at.shape[0], np.int64)
    for calendar in range(calendars):
        interval = m.open_from[calendar]
        for at in range(interval + 1, m.open_from[calendar + 1]):
            before[at] = before[at - 1] + m.close_at[at - 1] - m.open_at[at - 1]
        for day in range(days):
            while m.close_at[interval] <= (first_day + day) * _DAY_US:
                interval += 1
            place[calendar * days + day] = interval
    return Clock(first_day, place, days, before)


@inner
def _worked(m: Model, c: Clock, calendar: int, at: int) -> int:
    interval = c.place[calendar * c.days + at // _DAY_US - c.first_day]
    while m.close_at[interval] <= at:
        interval += 1
    return int(c.before[interval] + max(0, at - m.open_at[interval]))


def room(rows: int) -> Rows:
    """Empty columns, cut from few blocks: for these NumPy asks for large pages, which are quicker to have."""
    longs, codes = np.empty((7, rows), np.int64), np.empty((9, rows), np.int32)
    truths = np.empty((2, rows), np.bool_)
    enabled_at, start_at, end_at, waiting, processing, next_start_at, position = longs
    case, in_case, activity, worker, unit, next_activity, next_worker, next_unit, nth = codes
    started, last = truths
    return Rows(
        case=case,
        in_case=in_case,
        activity=activity,
        worker=worker,
        unit=unit,
        enabled_at=enabled_at,
        start_at=start_at,
        started=started,
        end_at=end_at,
        waiting=waiting,
        processing=processing,
        next_activity=next_activity,
        next_worker=next_worker,
        next_unit=next_unit,
        next_start_at=next_start_at,
        last=last,
        nth=nth,
        position=position,
        flags=np.empty(rows, np.int32),
    )


@compiled
def _positions(kept: Ints, items: int) -> Ints:
    """By item: its place among those of the log, as they came up; empty: all items are of it."""
    if kept.shape[0] == items:
        return np.zeros(0, np.int64)
    position = np.zeros(items, np.int64)
    for item in kept:
        position[item] = 1
    place = 0
    for item in range(items):
        among = position[item]
        position[item] = place
        place += among
    return position


@compiled
def laid_out(
    m: Model,
    h: Happened,
    found: Counted,
    started: Bools,
    activity: Codes,
    unit: Codes,
    c: Clock,
    r: Rows,
) -> None:
    """Fills the link table of the items in `found`; `started`, `activity`, `unit` (codes) are by place."""
    worker = np.full(m.person_calendar.shape[0], _UNKNOWN, np.int32)
    position = _positions(found.kept, h.case.shape[0])
    seen, case = np.int32(0), np.int32(-1)
    for number in range(m.arrival_at.shape[0]):
        first, beyond = found.case_from[number], found.case_from[number + 1]
        if first == beyond:
            continue
        case += 1
        of, until, done = -1, 0, 0  # calendar and end of the row before, and the working time until then
        for row in range(first, beyond):
            item = found.kept[row]
            place, person = h.place[item], h.person[item]
            r.case[row], r.in_case[row] = case, row - first
            r.activity[row], r.unit[row] = activity[place], unit[place]
            if person != _NONE and worker[person] == _UNKNOWN:
                worker[person] = seen
                seen += 1
            r.worker[row] = worker[person] if person != _NONE else _UNKNOWN
            start = h.start_at[item] if started[place] else h.end_at[item]
            enabled, end = min(h.enabled_at[item], start), h.end_at[item]
            r.started[row] = started[place]
            r.enabled_at[row], r.start_at[row], r.end_at[row] = enabled, start, end
            calendar = m.calendar[place]
            if row == first or calendar != of or enabled != until:
                done = _worked(m, c, calendar, enabled)
            begun = done if start == enabled else _worked(m, c, calendar, start)
            r.waiting[row] = begun - done
            of, until, done = calendar, end, _worked(m, c, calendar, end)
            r.processing[row] = done - begun
            r.position[row] = position[item] if position.shape[0] else item
            r.nth[row] = 1
            for before in range(row - 1, first - 1, -1):
                if r.activity[before] == r.activity[row]:
                    r.nth[row] = r.nth[before] + 1
                    break
            r.flags[row] = _FIRST if row == first else 0
            if row > first:
                if start == r.start_at[row - 1]:
                    r.flags[row] |= _TIE
                r.next_activity[row - 1], r.next_unit[row - 1] = r.activity[row], r.unit[row]
                r.next_worker[row - 1], r.next_start_at[row - 1] = r.worker[row], start
                r.last[row - 1] = False
        row = beyond - 1
        r.flags[row] |= _LAST
        r.next_activity[row] = r.next_worker[row] = r.next_unit[row] = _UNKNOWN
        r.next_start_at[row] = 0
        r.last[row] = True
