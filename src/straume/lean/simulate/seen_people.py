"""Whom a log shows at work in its units: how many at once, and what waiting was not for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import MINUTE_US, WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog
from straume.lean.simulate.model import Ints
from straume.lean.simulate.walks import Bools, Walks

IN_HOURS_SHARE = 0.8  # of the work begun in the calendar's hours, below which they are not theirs
BREAK_US = 5 * MINUTE_US  # between two pieces of work, in which a worker does not count as free
BEGIN = 0  # of the clock of working hours [µs UTC]


@dataclass(frozen=True, eq=False)
class SeenPeople:
    """Staff of each unit; by piece of work, in the hours of its unit [µs], the waiting before it was ready
    for its worker, and the work.
    """

    by_unit: Mapping[str, int]
    apart: Ints
    worked: Ints


def seen_people(log: EventLog, seen: Walks) -> SeenPeople | None:
    """People for a log that says who did what, for which unit, and when; None where these work at other hours
    than its calendar says.

    Who is free takes what is ready. So work was not ready as long as its worker had nothing to do: it waited
    for people at most since its worker's last pause.
    """
    worker = log.items["worker"].to_numpy()[seen.row].astype(np.int64)
    unit = log.items["unit"].to_numpy()[seen.row].astype(np.int64)
    known = (worker != UNKNOWN) & (unit != UNKNOWN)
    calendars = [
        *(WorkCalendar.from_dict(log.unit_calendars.get(name, log.calendar)) for name in log.units),
        WorkCalendar.from_dict(log.calendar),
    ]
    of_unit = np.where(unit == UNKNOWN, len(log.units), unit)
    enabled, start, end, soon = (
        _worked_until(calendars, of_unit, instants)
        for instants in (seen.enabled, seen.start, seen.end, seen.start + MINUTE_US)
    )
    if (soon > start)[known].mean() < IN_HOURS_SHARE:
        return None
    busy_since = np.where(known, _busy_since(worker, start, end), start)
    day = calendars[-1].local_day(seen.start)
    return SeenPeople(
        {name: _at_once(worker, day, unit == code) for code, name in enumerate(log.units)},
        np.maximum(busy_since, enabled) - enabled,
        end - start,
    )


def _worked_until(calendars: Sequence[WorkCalendar], of_unit: Ints, instants: Ints) -> Ints:
    """Instants on a clock that stands while the unit is closed [µs]."""
    result = np.zeros(len(instants), np.int64)
    for code in np.unique(of_unit).tolist():
        mine = of_unit == code
        result[mine] = calendars[code].working_us(BEGIN, instants[mine])
    return result


def _busy_since(worker: Ints, start: Ints, end: Ints) -> Ints:
    """When the stretch of work began in which the worker came to each piece; its own start after a pause."""
    order = np.lexsort((end, start, worker))
    span = int(end.max()) + BREAK_US + 1  # sets the workers apart on one axis
    begins, ends = start[order] + worker[order] * span, end[order] + worker[order] * span
    before = np.append(np.iinfo(np.int64).min // 2, np.maximum.accumulate(ends)[:-1])
    first = np.flatnonzero(begins > before + BREAK_US)
    since = np.empty(len(start), np.int64)
    since[order] = np.repeat(start[order][first], np.diff(first, append=len(start)))
    return since


def _at_once(worker: Ints, day: Ints, mine: Bools) -> int:
    """People of a unit who work on a usual day: the median over days of how many were seen."""
    if not mine.any():
        return 1
    pairs = np.unique(np.stack([day[mine], worker[mine]]), axis=1)
    return max(1, round(float(np.median(np.unique(pairs[0], return_counts=True)[1]))))
