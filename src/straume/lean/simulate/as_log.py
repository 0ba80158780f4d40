"""What happened in a run becomes an EventLog: the same columns as `events.link` makes of a source.

Two differences: cases are numbered in the order of their requests, and `enabled_at` is known, not found – it
is the moment at which the case came to the step.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from straume.lean.events.calendar import DAY_US
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, STOP_SCHEMA, UNKNOWN, EventLog, Facts, Flag
from straume.lean.simulate.building import Built
from straume.lean.simulate.laying_out import Bools, Codes, Rows, clock, counted, laid_out, room
from straume.lean.simulate.model import Happened, Ints

CAUSES = ("batching_us", "prioritisation_us", "contention_us", "unavailability_us", "extraneous_us")


def as_log(built: Built, happened: Happened, *, counts_from: int) -> EventLog:
    """The log of the cases received from `counts_from` on [µs UTC]; work that had not ended is not in it."""
    model = built.model
    started = np.array(
        [step is None or step.touch is not None or step.between is None for step in built.steps]
    )
    found = counted(model, happened, counts_from, started)
    activities, activity = _codes([step.name if step else "" for step in built.steps], found.places)
    units, unit = _codes([step.unit if step else "" for step in built.steps], found.places)
    first_day = int(model.arrival_at.min(initial=found.last_at)) // DAY_US
    last_day = max(found.last_at // DAY_US, first_day)
    rows = room(len(found.kept))
    laid_out(model, happened, found, started, activity, unit, clock(model, first_day, last_day), rows)
    items, cases = _items(rows), _cases(built, happened, found.case_from, rows)
    return EventLog(
        items=items,
        cases=cases,
        stops=STOP_SCHEMA.empty_table(),
        activities=activities,
        units=units,
        calendar=built.calendar.to_dict(),
        unit_calendars={
            name: built.unit_calendars[name].to_dict() for name in units if name in built.unit_calendars
        },
        facts=_facts(built, rows, cases, len(activities), len(units)),
    )


def _codes(names: Sequence[str], places: Bools) -> tuple[tuple[str, ...], Codes]:
    """Names of places in the log in alphabetical order, and the code of each place; "" is unknown."""
    used = tuple(sorted({name for name, seen in zip(names, places) if seen and name}))
    code = {name: number for number, name in enumerate(used)}
    return used, np.array([code.get(name, UNKNOWN) for name in names], np.int32)


def _items(rows: Rows) -> pa.Table:
    no_cause = pa.nulls(len(rows.case), pa.int64())
    columns = {
        **rows._asdict(),
        **dict.fromkeys(CAUSES, no_cause),
        "index": rows.in_case,
        "start_at": _known(rows.start_at, rows.started),
        "waiting_work_us": rows.waiting,
        "processing_work_us": _known(rows.processing, rows.started),
        "next_start_at": _known(rows.next_start_at, ~rows.last),
    }
    return pa.table([columns[name] for name in LINK_SCHEMA.names], schema=LINK_SCHEMA)


def _known(values: Ints, known: Bools) -> pa.Array:
    """Nulls where it is not known; the values are not copied."""
    if known.all():
        return pa.array(values)
    bits = pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(values), [bits, pa.py_buffer(values)])


def _cases(built: Built, happened: Happened, case_from: Ints, rows: Rows) -> pa.Table:
    model = built.model
    number = np.flatnonzero(np.diff(case_from))
    begin = case_from[number]
    received = model.arrival_at[number]
    last = np.maximum.reduceat(rows.end_at, begin) if len(begin) else begin
    nothing = np.zeros(len(number), np.int64)
    columns = {
        "case": np.arange(len(number), dtype=np.int32),
        "received_at": received,
        "first_at": rows.start_at[begin],
        "last_at": last,
        "items": (case_from[number + 1] - begin).astype(np.int32),
        "closed": happened.answered_at[number] <= model.until,
        "stopped_us": nothing,
        "stopped_work_us": nothing,
        "duration_work_us": built.calendar.working_us(received, last),
        "due_at": pa.nulls(len(number), pa.int64()),
        "outcome": pa.nulls(len(number), pa.string()),
        "channel": pa.nulls(len(number), pa.string()),
    }
    return pa.table([columns[name] for name in CASE_SCHEMA.names], schema=CASE_SCHEMA)


def _facts(built: Built, rows: Rows, cases: pa.Table, activities: int, units: int) -> Facts:
    count = len(rows.case)
    started = int(np.count_nonzero(rows.started))
    return Facts(
        cases=len(cases),
        open_cases=len(cases) - int(np.count_nonzero(cases["closed"].to_numpy())),
        raw_events=count,
        work_items=count,
        ties=int(np.count_nonzero(rows.flags & int(Flag.TIE))),
        activities=activities,
        units=units,
        workers=int(rows.worker.max(initial=-1)) + 1,
        first_at=int(rows.start_at.min()) if count else 0,
        last_at=int(rows.end_at.max()) if count else 0,
        start_recorded=started,
        start_paired=0,
        start_estimated=0,
        start_unknown=count - started,
        date_only=0,
        timezone=built.calendar.timezone,
        source_format="simulation",
    )
