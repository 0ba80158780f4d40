"""Estimated starts, where a log says only when work was completed (docs/methods/start-times.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import LINK_SCHEMA, UNKNOWN, EventLog, Flag
from straume.lean.flow.causes.whose import calendars_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
FEWEST_RECORDED = 5  # recorded starts of a step from which its touch time is told
_NO_BOUND = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Touch:
    """The touch time of a step on which estimated starts rest [seconds of working time]."""

    seconds: float
    source: Literal["told", "recorded"]
    recorded: int  # pieces of work whose start is recorded


def known_touch(
    log: EventLog,
    *,
    told: Mapping[str, float] | None = None,
    calendars: Mapping[str | int, WorkCalendar] | None = None,
) -> dict[str, Touch]:
    """The touch time of each step of which it is known.

    As told (in the workshop, or entered for the step), else the median of the pieces of work with a recorded
    start, if there are at least FEWEST_RECORDED. Raises WrongCall `touch_of_unknown_step`, `touch_negative`.
    """
    told = told or {}
    for step, seconds in told.items():
        if step not in log.activities:
            raise WrongCall("touch_of_unknown_step", step=step)
        if not 0 <= seconds < float("inf"):
            raise WrongCall("touch_negative", step=step)
    rows = log.items.filter(pa.array(_recorded(log)))
    worked = _worked(log, rows, calendars or {}) / 1e6
    activity = rows["activity"].to_numpy()
    found = {}
    for code, step in enumerate(log.activities):
        of_step = worked[activity == code]
        if step in told:
            found[step] = Touch(float(told[step]), "told", len(of_step))
        elif len(of_step) >= FEWEST_RECORDED:
            found[step] = Touch(float(np.median(of_step)), "recorded", len(of_step))
    return found


def estimate_starts(
    log: EventLog,
    *,
    told: Mapping[str, float] | None = None,
    calendars: Mapping[str | int, WorkCalendar] | None = None,
) -> EventLog:
    """The log with an estimated start wherever none is recorded and the touch time of the step is known.

    The start is the latest of: the instant from which the touch time fits in before the completion, in the
    working hours of whoever did it; the previous completion of the same worker; the enablement. Recorded
    starts stay as they are; a completion that is a date without a time gives no start.

    Parameters
    ----------
    told : touch time of steps [seconds of working time]; it goes before what is recorded.
    calendars : working hours by key of the worker or name of the unit, as in `split`.

    Returns: the log with `start_at`, `enabled_at` of first items, `waiting_work_us`, `processing_work_us`,
    `next_start_at`, flags (START_ESTIMATED) and facts filled in. The order within cases and the case table
    stay: they rest on what is recorded. Raises WrongCall as `known_touch`.

    References: Chapela-Campa & Dumas (2022), Repairing activity start times to improve business process
    simulation, arXiv:2208.12224.
    """
    touch = known_touch(log, told=told, calendars=calendars)
    of_step = np.array([touch[step].seconds * 1e6 if step in touch else np.nan for step in log.activities])
    items = log.items
    unknown = ~items["start_at"].is_valid().to_numpy() & ~_flagged(items, Flag.END_DATE_ONLY)
    needed = of_step[items["activity"].to_numpy()] if len(items) else np.zeros(0)
    rows = np.flatnonzero(unknown & np.isfinite(needed))
    if not len(rows):
        return log
    chosen = items.take(pa.array(rows))
    end = chosen["end_at"].to_numpy()
    enabled = _enabled(log, chosen)
    start = _before(log, chosen, end, np.rint(needed[rows]).astype(np.int64), calendars or {})
    start = np.maximum(np.maximum(start, enabled), _free_since(items)[rows])
    start = np.minimum(start, end)
    return _with_starts(log, rows, start, np.where(enabled == _NO_BOUND, start, enabled))


def _recorded(log: EventLog) -> Bools:
    """Pieces of work whose start and end are both recorded, with a time."""
    known: Bools = log.items["start_at"].is_valid().to_numpy()
    vague = Flag.START_ESTIMATED | Flag.START_DATE_ONLY | Flag.END_DATE_ONLY
    return known & ~_flagged(log.items, vague)


def _flagged(items: pa.Table, flags: Flag) -> Bools:
    found: Bools = items["flags"].to_numpy() & int(flags) != 0
    return found


def _worked(log: EventLog, rows: pa.Table, given: Mapping[str | int, WorkCalendar]) -> Floats:
    """Working time from start to end, by the hours of whoever did it [µs]."""
    calendars, which = calendars_of(log, rows, given)
    start, end = rows["start_at"].to_numpy(), rows["end_at"].to_numpy()
    worked = np.zeros(len(rows))
    for number, calendar in enumerate(calendars):
        mine = which == number
        worked[mine] = calendar.working_us(start[mine], end[mine])
    return worked


def _before(
    log: EventLog, rows: pa.Table, end: Ints, touch: Ints, given: Mapping[str | int, WorkCalendar]
) -> Ints:
    """The latest instant from which the touch time fits in before the end."""
    calendars, which = calendars_of(log, rows, given)
    start = np.empty(len(rows), np.int64)
    for number, calendar in enumerate(calendars):
        mine = which == number
        start[mine] = calendar.add_working_us(end[mine], -touch[mine])
    return start


def _enabled(log: EventLog, rows: pa.Table) -> Ints:
    """When the work could have begun; _NO_BOUND for first items of cases whose receipt nobody recorded."""
    received = np.empty(len(log.cases), np.int64)
    received[log.cases["case"].to_numpy()] = log.cases["received_at"].to_numpy()
    unreceived = received[rows["case"].to_numpy()] >= rows["end_at"].to_numpy()
    first = rows["index"].to_numpy() == 0
    return np.where(first & unreceived, _NO_BOUND, rows["enabled_at"].to_numpy())


def _free_since(items: pa.Table) -> Ints:
    """Latest completion of the same worker before that of each row; _NO_BOUND where there is none."""
    worker, end = items["worker"].to_numpy().astype(np.int64), items["end_at"].to_numpy()
    timed = (worker != UNKNOWN) & ~_flagged(items, Flag.END_DATE_ONLY)
    rows = np.flatnonzero(timed)
    rows = rows[np.lexsort((end[rows], worker[rows]))]
    same = worker[rows][1:] == worker[rows][:-1]
    later = np.append(False, same & (end[rows][1:] > end[rows][:-1])) if len(rows) else same
    began = np.append(True, ~same) if len(rows) else same
    place = np.arange(len(rows))
    step = np.maximum.accumulate(np.where(later | began, place, 0))  # the first row with this end
    found = np.full(len(items), _NO_BOUND, np.int64)
    found[rows] = np.where(began[step], _NO_BOUND, end[rows][step - 1])
    return found


def _with_starts(log: EventLog, rows: Ints, start: Ints, enabled: Ints) -> EventLog:
    items = log.items
    known = items["start_at"].is_valid().to_numpy().copy()
    start_at = pc.fill_null(items["start_at"], 0).to_numpy().copy()
    start_at[rows], known[rows] = start, True
    enabled_at, flags = items["enabled_at"].to_numpy().copy(), items["flags"].to_numpy().copy()
    enabled_at[rows] = enabled
    flags[rows] |= int(Flag.START_ESTIMATED)
    waiting = items["waiting_work_us"].to_numpy().copy()
    processing = pc.fill_null(items["processing_work_us"], 0).to_numpy().copy()
    end = items["end_at"].to_numpy()
    for calendar, mine in _by_unit(log, items, rows):
        waiting[mine] = calendar.working_us(enabled_at[mine], start_at[mine])
        processing[mine] = calendar.working_us(start_at[mine], end[mine])
    columns = {
        "start_at": pa.array(start_at, mask=~known),
        "enabled_at": pa.array(enabled_at),
        "waiting_work_us": pa.array(waiting),
        "processing_work_us": pa.array(processing, mask=~known),
        "next_start_at": _next_starts(items, np.where(known, start_at, end)),
        "flags": pa.array(flags),
    }
    for name, column in columns.items():
        place = LINK_SCHEMA.get_field_index(name)
        items = items.set_column(place, LINK_SCHEMA.field(place), column)
    facts = replace(
        log.facts,
        start_estimated=log.facts.start_estimated + len(rows),
        start_unknown=log.facts.start_unknown - len(rows),
    )
    return replace(log, items=items, facts=facts)


def _by_unit(log: EventLog, items: pa.Table, rows: Ints) -> list[tuple[WorkCalendar, Ints]]:
    """The rows by the calendar in which the link table counts them: that of their unit, else of the log."""
    unit = items["unit"].to_numpy()[rows]
    own = [(log.units.index(name), WorkCalendar.from_dict(of)) for name, of in log.unit_calendars.items()]
    groups = [(calendar, rows[unit == code]) for code, calendar in own]
    rest = rows[~np.isin(unit, [code for code, _ in own])]
    return [*groups, (WorkCalendar.from_dict(log.calendar), rest)]


def _next_starts(items: pa.Table, at: Ints) -> pa.Array:
    order = np.lexsort((items["index"].to_numpy(), items["case"].to_numpy()))
    following = np.zeros(len(at), np.int64)
    following[order[:-1]] = at[order[1:]]
    return pa.array(following, mask=_flagged(items, Flag.LAST))
