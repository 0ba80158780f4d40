"""Whom a log shows at work in its units: how many at once, and what waiting was not for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog
from straume.lean.flow.causes.split import Work, split_work
from straume.lean.simulate.model import Ints
from straume.lean.simulate.walks import Bools, Walks

IN_HOURS_SHARE = 0.8  # of the work that lies in the calendar's hours, below which it is not theirs
KNOWN_SHARE = 0.5  # of pieces of work with a worker and a unit
EXTRANEOUS = 4  # place among the causes


@dataclass(frozen=True, eq=False)
class SeenPeople:
    """Staff of each unit; by piece of work the waiting that was not for people, and the work in their hours
    [µs].
    """

    by_unit: Mapping[str, int]
    extraneous: Ints
    worked: Ints


def seen_people(log: EventLog, seen: Walks) -> SeenPeople | None:
    """None where the log does not show who works when: no workers, units or starts, or other hours."""
    worker = log.items["worker"].to_numpy()[seen.row].astype(np.int64)
    unit = log.items["unit"].to_numpy()[seen.row].astype(np.int64)
    known = (worker != UNKNOWN) & (unit != UNKNOWN)
    if log.items["start_at"].null_count or known.mean() < KNOWN_SHARE:
        return None
    names = [*log.units, None]
    calendars = [WorkCalendar.from_dict(log.unit_calendars.get(name or "", log.calendar)) for name in names]
    worked = np.zeros(len(unit), np.int64)
    for code, calendar in enumerate(calendars):
        mine = unit == (code if code < len(log.units) else UNKNOWN)
        worked[mine] = calendar.working_us(seen.start[mine], seen.end[mine])
    if worked.sum() < IN_HOURS_SHARE * (seen.end - seen.start).sum():
        return None
    usual = _usual(worker, unit, len(calendars) - 1)
    work = Work(
        activity=seen.activity,
        worker=worker,
        calendar=np.where(worker == UNKNOWN, np.where(unit < 0, len(log.units), unit), usual[worker]),
        enabled=seen.enabled,
        start=seen.start,
        end=seen.end,
    )
    extraneous = split_work(work, calendars=tuple(calendars))[EXTRANEOUS]
    day = calendars[-1].local_day(seen.start)
    return SeenPeople(
        {name: _at_once(worker, day, unit == code) for code, name in enumerate(log.units)},
        extraneous,
        worked,
    )


def _usual(worker: Ints, unit: Ints, units: int) -> Ints:
    """Unit for which each worker does most; one who works for none has the last calendar."""
    counts = np.zeros((int(worker.max(initial=0)) + 1, units + 1), np.int64)
    np.add.at(counts, (worker[worker >= 0], np.where(unit < 0, units, unit)[worker >= 0]), 1)
    usual: Ints = counts.argmax(axis=1)
    return usual


def _at_once(worker: Ints, day: Ints, mine: Bools) -> int:
    """People of a unit who work on a usual day: the median over days of how many were seen."""
    pairs = np.unique(np.stack([day[mine], worker[mine]]), axis=1)
    return max(1, round(float(np.median(np.unique(pairs[0], return_counts=True)[1]))))
