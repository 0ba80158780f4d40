"""Work items in, link table out: one row per piece of work, in the order of its case, with its successor
and its waiting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.enabled import Parallel, Rows, enabled_at, parallel
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, STOP_SCHEMA, UNKNOWN, EventLog, Facts, Flag
from straume.lean.events.ordering import Bools, Codes, Ints, Ordered, by_case, dictionary, int64
from straume.lean.events.pseudonyms import keys_of


@dataclass(frozen=True)
class Source:
    """What is known of the source beside its rows; it goes into the facts."""

    timezone: str
    raw_events: int | None = None  # None: as many as there are work items
    paired: Bools | None = None  # per item: its start was paired from start and complete events
    source_format: str = ""
    columns: Mapping[str, str] | None = None
    notices: tuple[Mapping[str, Any], ...] = ()


def link(
    items: pa.Table,
    *,
    source: Source,
    cases: pa.Table | None = None,
    stops: pa.Table | None = None,
    calendar: WorkCalendar,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    salt: bytes | None = None,
    in_parallel: Collection[tuple[str, str]] | None = None,
) -> EventLog:
    """Link the work items of every case to an EventLog.

    Parameters
    ----------
    items : columns `case`, `activity` (text or dictionary), `end_at` [µs UTC]; optional `worker`, `unit`
        (text, null where
        unknown), `start_at` [µs UTC, null where unknown], `position` (place in the source; else the row),
        `flags`.
    source : time zone and what else the facts tell.
    cases : `case` and any of `received_at`, `due_at` [µs UTC], `closed`, `outcome`, `channel`, one row per
        case.
    stops : `case`, `from_at`, `to_at` [µs UTC], intervals in which the statutory clock stands.
    calendar, unit_calendars : working hours of the log, and of units that keep others.
    salt : key of the workers' pseudonyms; with it the same worker is known again in another log read with
        the same salt.
    in_parallel : pairs of activities done in parallel, where these items are a part of a log of which that is
        known (`enabled.parallel_steps`); None: they are found in the items.

    Items stand by start (where unknown: end), then position. `enabled_at` is the latest end of what had to
    come before the item in its case (`enabled.enabled_at`), never later than the item's own start (end);
    where nothing had to, the receipt of the request or, where that is not known, the begin of the case.
    Cases are numbered by their first instant, workers in the order in which they appear, so that neither
    number depends on the order of the rows in the source, except among ties.
    """
    unit_calendars = unit_calendars or {}
    rows = by_case(items)
    keys, worker = _workers(items, rows.order, salt)
    activities, activity = named(items["activity"], rows.order)
    units, unit = named(items["unit"], rows.order) if "unit" in items.column_names else ((), rows.nobody)
    per_case = _case_columns(cases, rows)
    enabled = _enabled_at(rows, activity, activities, per_case.received, in_parallel)
    waiting, processing = _working_times(rows, enabled, units, unit, calendar, unit_calendars)
    table = _link_table(rows, activity, worker, unit, enabled, waiting, processing)
    stop_table = _stop_table(stops, rows)
    case_table = _case_table(rows, per_case, stop_table, calendar)
    return EventLog(
        items=table,
        cases=case_table,
        stops=stop_table,
        activities=activities,
        units=units,
        calendar=calendar.to_dict(),
        unit_calendars={name: unit_calendars[name].to_dict() for name in units if name in unit_calendars},
        facts=_facts(table, case_table, rows, source, activities, units),
        worker_keys=keys,
    )


def _workers(items: pa.Table, order: Ints, salt: bytes | None) -> tuple[tuple[int, ...], Codes]:
    """Number the workers as they appear; their names stay behind, with a salt a key of each goes along."""
    if "worker" not in items.column_names:
        return (), np.full(len(order), UNKNOWN, np.int32)
    coded = dictionary(items["worker"])
    names = coded.dictionary
    code = pc.fill_null(coded.indices, UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int32)[order]
    number, appeared = numbered_as_they_appear(code, len(names))
    keys = keys_of([names[int(code)].as_py() for code in appeared], salt=salt) if salt is not None else ()
    return keys, number


def numbered_as_they_appear(code: Codes, size: int) -> tuple[Codes, Ints]:
    """New number of each code by its first row, and the codes in the order of the new numbers."""
    first_row = np.full(size, len(code), np.int64)
    known = code >= 0
    rows = np.flatnonzero(known)[::-1]
    first_row[code[rows]] = rows
    appeared = np.argsort(first_row, kind="stable")[: int(np.count_nonzero(first_row < len(code)))]
    number = np.full(size + 1, UNKNOWN, np.int32)  # the last place answers for UNKNOWN (-1)
    number[appeared] = np.arange(len(appeared), dtype=np.int32)
    return number[code], appeared


def named(column: pa.ChunkedArray, order: Ints) -> tuple[tuple[str, ...], Codes]:
    """Names in alphabetical order (so that codes do not depend on the order of rows), and the code of each
    row.
    """
    coded = dictionary(column)
    code = pc.fill_null(coded.indices, UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int32)
    used = np.unique(code[code >= 0])
    names = coded.dictionary.take(pa.array(used)).to_pylist()
    ranking = sorted(range(len(names)), key=names.__getitem__)
    number = np.full(len(coded.dictionary) + 1, UNKNOWN, np.int32)
    number[used[ranking]] = np.arange(len(used), dtype=np.int32)
    return tuple(names[place] for place in ranking), number[code[order]]


@dataclass(frozen=True)
class _CaseColumns:
    received: Ints  # by case; where unknown, NOT_KNOWN
    closed: Bools
    due: pa.Array
    outcome: pa.Array
    channel: pa.Array


_NOT_KNOWN = np.iinfo(np.int64).max


def _case_columns(cases: pa.Table | None, ordered: Ordered) -> _CaseColumns:
    count = len(ordered.case_names)
    if cases is None:
        cases = pa.table({"case": pa.array([], ordered.case_names.type)})
    row = pc.index_in(
        ordered.case_names, value_set=cases["case"].cast(ordered.case_names.type).combine_chunks()
    )

    def column(name: str, kind: pa.DataType) -> pa.Array:
        if name not in cases.column_names:
            return pa.nulls(count, kind)
        taken = cases[name].cast(kind).take(row)
        return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken

    return _CaseColumns(
        received=pc.fill_null(column("received_at", pa.int64()), _NOT_KNOWN).to_numpy(zero_copy_only=False),
        closed=pc.fill_null(column("closed", pa.bool_()), True).to_numpy(zero_copy_only=False),
        due=column("due_at", pa.int64()),
        outcome=column("outcome", pa.string()),
        channel=column("channel", pa.string()),
    )


def _enabled_at(
    ordered: Ordered,
    activity: Codes,
    names: Sequence[str],
    received: Ints,
    in_parallel: Collection[tuple[str, str]] | None,
) -> Ints:
    rows = Rows(
        case=ordered.case,
        activity=activity,
        start=ordered.start,
        started=ordered.started,
        end=ordered.end,
    )
    since = np.minimum(received, ordered.start[ordered.case_starts])
    pairs = parallel(rows) if in_parallel is None else _parallel_of(in_parallel, names)
    return enabled_at(rows, parallel=pairs, since=since)


def _parallel_of(pairs: Collection[tuple[str, str]], names: Sequence[str]) -> Parallel:
    """Known pairs of names as codes; those of activities that are not here fall away."""
    code = {name: place for place, name in enumerate(names)}
    known = [(code[one], code[other]) for one, other in pairs if one in code and other in code]
    keys = [one * len(names) + other for pair in known for one, other in (pair, pair[::-1])]
    return Parallel(len(names), np.unique(np.array(keys, np.int64)))


def _working_times(
    ordered: Ordered,
    enabled: Ints,
    units: Sequence[str],
    unit: Codes,
    calendar: WorkCalendar,
    unit_calendars: Mapping[str, WorkCalendar],
) -> tuple[Ints, Ints]:
    """Waiting (enabled → start) and processing (start → end) in the working time of each item's unit [µs]."""
    own = [(code, unit_calendars[name]) for code, name in enumerate(units) if name in unit_calendars]
    if not own:
        return calendar.working_us(enabled, ordered.start), calendar.working_us(ordered.start, ordered.end)
    waiting, processing = np.zeros(len(enabled), np.int64), np.zeros(len(enabled), np.int64)
    groups = [(unit == code, of_unit) for code, of_unit in own]
    groups.append((~np.isin(unit, [code for code, _ in own]), calendar))
    for rows, of_unit in groups:
        waiting[rows] = of_unit.working_us(enabled[rows], ordered.start[rows])
        processing[rows] = of_unit.working_us(ordered.start[rows], ordered.end[rows])
    return waiting, processing


def _link_table(
    ordered: Ordered,
    activity: Codes,
    worker: Codes,
    unit: Codes,
    enabled: Ints,
    waiting: Ints,
    processing: Ints,
) -> pa.Table:
    unknown_start = None if ordered.started.all() else ~ordered.started
    no_cause = pa.nulls(len(enabled), pa.int64())
    columns = {
        "case": ordered.case,
        "index": ordered.index,
        "activity": activity,
        "worker": worker,
        "unit": unit,
        "enabled_at": enabled,
        "start_at": pa.array(ordered.start, mask=unknown_start),
        "end_at": ordered.end,
        "waiting_work_us": waiting,
        "processing_work_us": pa.array(processing, mask=unknown_start),
        "next_activity": _following(activity, ordered.last),
        "next_worker": _following(worker, ordered.last),
        "next_unit": _following(unit, ordered.last),
        "next_start_at": pa.array(np.append(ordered.start, 0)[1:], mask=ordered.last),
        "nth": _nth(ordered.case, activity),
        "position": ordered.position,
        **{
            f"{cause}_us": no_cause
            for cause in ("batching", "prioritisation", "contention", "unavailability", "extraneous")
        },
        "flags": ordered.flags.astype(np.int32),
    }
    return pa.table([columns[name] for name in LINK_SCHEMA.names], schema=LINK_SCHEMA)


def _following(code: Codes, last: Bools) -> Codes:
    following = np.append(code, np.int32(UNKNOWN))[1:]
    following[last] = UNKNOWN
    return following


def _nth(case: Codes, activity: Codes) -> Codes:
    """1 where the activity happens for the first time in its case, 2 for the second time, …"""
    width = int(activity.max(initial=0)) + 1
    key = case.astype(np.int64) * width + activity
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    place = np.arange(len(key)) - np.repeat(starts, np.diff(starts, append=len(key)))
    nth = np.empty(len(key), np.int32)
    nth[order] = place + 1
    return nth


def _stop_table(stops: pa.Table | None, ordered: Ordered) -> pa.Table:
    """The stops of each case as a union: sorted, and no two of a case touch."""
    if stops is None or not len(stops):
        return STOP_SCHEMA.empty_table()
    values = stops["case"].cast(ordered.case_names.type)
    case = pc.index_in(values, value_set=ordered.case_names).combine_chunks()
    known = case.is_valid().to_numpy(zero_copy_only=False)
    case = case.fill_null(0).to_numpy(zero_copy_only=False)[known]
    begin, end = int64(stops["from_at"])[known], int64(stops["to_at"])[known]
    order = np.lexsort((end, begin, case))
    merged: list[list[int]] = []
    for number, from_at, to_at in zip(case[order].tolist(), begin[order].tolist(), end[order].tolist()):
        if merged and merged[-1][0] == number and from_at <= merged[-1][2]:
            merged[-1][2] = max(merged[-1][2], to_at)
        else:
            merged.append([number, from_at, to_at])
    return pa.table(
        [pa.array(column) for column in zip(*merged)] if merged else [[], [], []], schema=STOP_SCHEMA
    )


def _case_table(ordered: Ordered, given: _CaseColumns, stops: pa.Table, calendar: WorkCalendar) -> pa.Table:
    count = len(ordered.case_starts)
    first = ordered.start[ordered.case_starts]
    last = np.maximum.reduceat(ordered.end, ordered.case_starts) if count else np.zeros(0, np.int64)
    received = np.where(given.received == _NOT_KNOWN, first, given.received)
    case, begin, end = (int64(stops[name]) for name in STOP_SCHEMA.names)
    begin, end = np.maximum(begin, received[case]), np.minimum(end, last[case])
    end = np.maximum(begin, end)
    stopped, stopped_work = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.add.at(stopped, case, end - begin)
    np.add.at(stopped_work, case, calendar.working_us(begin, end))
    columns = {
        "case": np.arange(count, dtype=np.int32),
        "received_at": received,
        "first_at": first,
        "last_at": last,
        "items": np.diff(ordered.case_starts, append=len(ordered.case)).astype(np.int32),
        "closed": given.closed,
        "stopped_us": stopped,
        "stopped_work_us": stopped_work,
        "duration_work_us": calendar.working_us(received, last),
        "due_at": given.due,
        "outcome": given.outcome,
        "channel": given.channel,
    }
    return pa.table([columns[name] for name in CASE_SCHEMA.names], schema=CASE_SCHEMA)


def _facts(
    table: pa.Table,
    cases: pa.Table,
    ordered: Ordered,
    source: Source,
    activities: Sequence[str],
    units: Sequence[str],
) -> Facts:
    rows = len(table)
    paired = int(np.count_nonzero(source.paired)) if source.paired is not None else 0
    estimated = int(np.count_nonzero(ordered.flags & int(Flag.START_ESTIMATED)))
    started = int(np.count_nonzero(ordered.started))
    return Facts(
        cases=len(cases),
        open_cases=len(cases) - int(pc.sum(cases["closed"]).as_py() or 0),
        raw_events=rows if source.raw_events is None else source.raw_events,
        work_items=rows,
        ties=int(np.count_nonzero(ordered.tie)),
        activities=len(activities),
        units=len(units),
        workers=(pc.max(table["worker"]).as_py() or 0) + 1 if rows else 0,
        first_at=int(ordered.start.min()) if rows else 0,
        last_at=int(ordered.end.max()) if rows else 0,
        start_recorded=started - paired - estimated,
        start_paired=paired,
        start_estimated=estimated,
        start_unknown=rows - started,
        date_only=int(np.count_nonzero(ordered.flags & int(Flag.END_DATE_ONLY))),
        timezone=source.timezone,
        source_format=source.source_format,
        columns=source.columns or {},
        notices=source.notices,
    )
