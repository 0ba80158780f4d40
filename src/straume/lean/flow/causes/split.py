"""Causes of waiting of every piece of work in a log (docs/methods/waiting-causes.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import LINK_SCHEMA, EventLog
from straume.lean.flow.causes.batches import Batches, settle_ties
from straume.lean.flow.causes.kernel import split_rows
from straume.lean.flow.causes.tables import tables
from straume.lean.flow.causes.whose import calendars_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_NO_ROWS = np.empty(0, np.int64)
CAUSES = ("batching", "prioritisation", "contention", "unavailability", "extraneous")


@dataclass(frozen=True)
class Work:
    """Pieces of work as arrays of one length, in any order; all int64, instants in µs UTC."""

    activity: Ints
    worker: Ints  # negative: nobody known
    calendar: Ints  # place in the calendars that are given; of a known worker the same in every row
    enabled: Ints
    start: Ints
    end: Ints


def split(
    log: EventLog,
    *,
    calendars: Mapping[str | int, WorkCalendar] | None = None,
    min_batch: int = 2,
    batches: Batches | None = None,
) -> EventLog:
    """The log with the five causes of waiting filled in wherever the start of the work is known.

    Parameters
    ----------
    calendars : working hours of a worker, by the worker's key (`EventLog.worker_keys`), or of a unit, by its
        name. A worker without an own calendar keeps that of the unit for which they work most, a unit
        without one that of the log.
    min_batch : how many pieces of work make a batch, at least 2.
    batches : where they are known already: one entry per row of `log.items`.

    Returns: a log whose `batching_us … extraneous_us` are int64 [µs] that sum to start − enabled; null where
    the start is unknown. Raises WrongCall `min_batch_too_small`.

    References: Lashkevich, Milani, Chapela-Campa, Suvorau & Dumas, "Unveiling the causes of waiting time in
    business processes from event logs", Information Systems.
    """
    started = log.items["start_at"].is_valid().to_numpy()
    items = log.items if started.all() else log.items.filter(pa.array(started))
    known, calendar = calendars_of(log, items, calendars or {})
    work = Work(
        activity=_int64(items["activity"]),
        worker=_int64(items["worker"]),
        calendar=calendar,
        enabled=_int64(items["enabled_at"]),
        start=_int64(items["start_at"]),
        end=_int64(items["end_at"]),
    )
    if batches is not None and not started.all():
        batches = Batches(number=batches.number[started], ready_at=batches.ready_at[started])
    return _filled(log, split_work(work, calendars=known, min_batch=min_batch, batches=batches), started)


def split_work(
    work: Work, *, calendars: tuple[WorkCalendar, ...], min_batch: int = 2, batches: Batches | None = None
) -> Ints:
    """The five causes [µs] in the order of CAUSES, of each piece of work: int64 (5, n)."""
    if min_batch < 2:
        raise WrongCall("min_batch_too_small", given=min_batch)
    if not len(work.start):
        return np.zeros((5, 0), np.int64)
    order = _by_worker(work)
    of = tables(calendars, from_us=_earliest(work), to_us=int(max(work.start.max(), work.end.max())))
    if batches is None:
        batches = Batches(number=_NO_ROWS, ready_at=_NO_ROWS)
    causes: Ints = split_rows(
        order, work.worker, work.activity, work.calendar, work.enabled, work.start, work.end, min_batch,
        batches.number.astype(np.int64), batches.ready_at.astype(np.int64),
        of.first_at, of.day, of.offset, of.opens, of.closes, of.before,
    )  # fmt: skip
    return causes


def _earliest(work: Work) -> int:
    return int(min(work.enabled.min(), work.start.min()))


def _by_worker(work: Work) -> Ints:
    """Rows by worker, start and enablement: what starts at once joins its batch in the order of readiness."""
    begin, span = int(work.start.min()), int(work.start.max()) - int(work.start.min()) + 1
    workers = int(work.worker.max()) + 2
    if workers.bit_length() + span.bit_length() > 62:  # one key sorts several times faster than three
        return np.lexsort((work.enabled, work.start, work.worker))
    key = (work.worker + 1) * span + (work.start - begin)
    order = np.argsort(key)
    settle_ties(order, key, work.enabled)
    return order


def _filled(log: EventLog, causes: Ints, started: Bools) -> EventLog:
    items = log.items
    for cause, values in zip(CAUSES, causes):
        column = np.zeros(len(items), np.int64)
        column[started] = values
        place = items.schema.get_field_index(f"{cause}_us")
        mask = None if started.all() else ~started
        items = items.set_column(place, LINK_SCHEMA.field(place), pa.array(column, mask=mask))
    return replace(log, items=items)


def _int64(column: pa.ChunkedArray) -> Ints:
    values: Ints = pc.cast(column, pa.int64()).to_numpy()
    return values
