"""By whose hours each piece of work is done: the worker's, else their unit's, else those of the log."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog

Ints = npt.NDArray[np.int64]


def calendars_of(
    log: EventLog, items: pa.Table, given: Mapping[str | int, WorkCalendar]
) -> tuple[tuple[WorkCalendar, ...], Ints]:
    """The different calendars, and which of them each piece of work waits by."""
    own = WorkCalendar.from_dict(log.calendar)
    of_units = [
        given.get(name)
        or (WorkCalendar.from_dict(log.unit_calendars[name]) if name in log.unit_calendars else own)
        for name in log.units
    ]
    different = {own: 0}
    of_unit = np.array([different.setdefault(each, len(different)) for each in [*of_units, own]])
    worker, unit = _int64(items["worker"]), _int64(items["unit"])
    of_worker = of_unit[usual_unit(worker, unit)]
    for number, key in enumerate(log.worker_keys):
        if key in given and number < len(of_worker):
            of_worker[number] = different.setdefault(given[key], len(different))
    calendar = np.where(worker == UNKNOWN, of_unit[unit], np.append(of_worker, 0)[worker])
    return tuple(different), calendar.astype(np.int64)


def usual_unit(worker: Ints, unit: Ints) -> Ints:
    """Of each worker the unit for which they do most pieces of work; UNKNOWN where none is named."""
    workers, units = int(worker.max(initial=-1)) + 1, int(unit.max(initial=-1)) + 1
    named = (worker != UNKNOWN) & (unit != UNKNOWN)
    usual = np.full(workers, UNKNOWN, np.int64)
    pairs, count = np.unique(worker[named] * max(units, 1) + unit[named], return_counts=True)
    for place in np.argsort(count, kind="stable"):
        usual[pairs[place] // units] = pairs[place] % units
    return usual


def _int64(column: pa.ChunkedArray) -> Ints:
    values: Ints = pc.cast(column, pa.int64()).to_numpy()
    return values
