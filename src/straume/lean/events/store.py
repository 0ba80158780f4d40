"""A log on disk: immutable Parquet without names of workers or cases; and logs put together."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.link import Source, link, numbered_as_they_appear
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, STOP_SCHEMA, UNKNOWN, EventLog, Facts, Flag

_VERSION = 1
_TABLES = {"items": LINK_SCHEMA, "cases": CASE_SCHEMA, "stops": STOP_SCHEMA}


def save(log: EventLog, folder: Path) -> None:
    """Write a log into a new folder: three Parquet files and log.json; the folder appears complete or not
    at all.
    """
    if folder.exists():
        raise WrongCall("log_folder_exists", folder=folder.name)
    unfinished = folder.with_name(folder.name + ".unfinished")
    unfinished.mkdir(parents=True)
    for name in _TABLES:
        pq.write_table(getattr(log, name), unfinished / f"{name}.parquet", compression="zstd")
    about = {
        "version": _VERSION,
        "activities": log.activities,
        "units": log.units,
        "calendar": log.calendar,
        "unit_calendars": log.unit_calendars,
        "facts": asdict(log.facts),
        "worker_keys": log.worker_keys,
    }
    (unfinished / "log.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    os.replace(unfinished, folder)  # noqa: PTH105  atomic on one file system


def load(folder: Path) -> EventLog:
    """Read a log that `save` wrote; raises WrongCall where the folder holds none."""
    try:
        about = json.loads((folder / "log.json").read_text(encoding="utf-8"))
        tables = {
            name: pq.read_table(folder / f"{name}.parquet", schema=schema) for name, schema in _TABLES.items()
        }
    except (OSError, ValueError, pa.ArrowInvalid):
        raise WrongCall("not_a_log_folder", folder=folder.name) from None
    if about.get("version") != _VERSION:
        raise WrongCall("log_of_other_version", version=str(about.get("version")))
    facts = Facts(**{**about["facts"], "notices": tuple(about["facts"]["notices"])})
    return EventLog(
        items=tables["items"],
        cases=tables["cases"],
        stops=tables["stops"],
        activities=tuple(about["activities"]),
        units=tuple(about["units"]),
        calendar=about["calendar"],
        unit_calendars=about["unit_calendars"],
        facts=facts,
        worker_keys=tuple(about["worker_keys"]),
    )


def concat(logs: Sequence[EventLog]) -> EventLog:
    """Put logs together whose cases have nothing in common.

    Workers are known again across logs that were read with the same salt; without a salt each log's workers
    are others. A log cut in two by case and put together again is the log it was, but for `position`
    (counted on from log to log) and, among cases that begin at the same instant, the case number. The
    working calendars have to be the same.
    """
    if not logs:
        raise WrongCall("nothing_to_put_together")
    first = logs[0]
    for log in logs[1:]:
        if log.calendar != first.calendar:
            raise WrongCall("calendars_differ")
    tables = [
        _with_names(log, number, position)
        for number, (log, position) in enumerate(zip(logs, _positions(logs)))
    ]
    items, cases, stops = (pa.concat_tables([parts[place] for parts in tables]) for place in range(3))
    whole = link(
        items,
        cases=cases,
        stops=stops,
        source=Source(timezone=first.facts.timezone),
        calendar=WorkCalendar.from_dict(first.calendar),
        unit_calendars={
            unit: WorkCalendar.from_dict(calendar)
            for log in logs
            for unit, calendar in log.unit_calendars.items()
        },
    )
    whole = replace(whole, worker_keys=_keys(whole, items, logs))
    return replace(whole, facts=_facts_together(whole, logs))


def _positions(logs: Sequence[EventLog]) -> list[int]:
    ends = np.cumsum([0] + [(pc.max(log.items["position"]).as_py() or 0) + 1 for log in logs])
    return [int(end) for end in ends[:-1]]


def _with_names(log: EventLog, number: int, position: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """The tables of a log with names for codes, as `link` takes them; cases and workers are named by log
    and number.
    """
    own = ~int(Flag.TIE | Flag.FIRST | Flag.LAST)
    items = pa.table(
        {
            "case": _case_names(log.items["case"], number),
            "activity": _names(log.items["activity"], log.activities),
            "unit": _names(log.items["unit"], log.units),
            "worker": _names(log.items["worker"], _worker_names(log, number)),
            "start_at": log.items["start_at"],
            "end_at": log.items["end_at"],
            "position": pc.add(log.items["position"], position),
            "flags": pc.bit_wise_and(log.items["flags"], own),
        }
    )
    cases = log.cases.select(["received_at", "closed", "due_at", "outcome", "channel"])
    # Where the receipt is the start of the first item, it was taken from there and will be again.
    cases = cases.append_column("case", _case_names(log.cases["case"], number))
    stops = log.stops.select(["from_at", "to_at"]).append_column(
        "case", _case_names(log.stops["case"], number)
    )
    return items, cases, stops


def _case_names(codes: pa.ChunkedArray, number: int) -> pa.ChunkedArray:
    return pc.add(codes.cast(pa.int64()), number << 32)


def _names(codes: pa.ChunkedArray, names: Sequence[str]) -> pa.ChunkedArray:
    known = pc.if_else(pc.equal(codes, UNKNOWN), None, codes)
    if not names:
        return pa.chunked_array([pa.nulls(len(codes), pa.string())])
    return pa.chunked_array([pa.array(names, pa.string())]).take(known)


def _worker_names(log: EventLog, number: int) -> list[str]:
    if log.worker_keys:
        return [str(key) for key in log.worker_keys]
    return [f"{number}/{worker}" for worker in range(log.facts.workers)]


def _keys(whole: EventLog, items: pa.Table, logs: Sequence[EventLog]) -> tuple[int, ...]:
    """Keys by the new numbers; none where one of the logs has none."""
    if not all(log.worker_keys or not log.facts.workers for log in logs):
        return ()
    worker = items["worker"].take(pa.array(_source_rows(whole, items))).combine_chunks().dictionary_encode()
    code = pc.fill_null(worker.indices, UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int32)
    _, appeared = numbered_as_they_appear(code, len(worker.dictionary))
    return tuple(int(worker.dictionary[int(place)].as_py()) for place in appeared)


def _source_rows(whole: EventLog, items: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Row of `items` behind each row of the log: positions are unique once logs are counted on."""
    position = items["position"].to_numpy()
    order = np.argsort(position, kind="stable")
    rows: np.ndarray[tuple[int], np.dtype[np.int64]] = order[
        np.searchsorted(position[order], whole.items["position"].to_numpy())
    ]
    return rows


def _facts_together(whole: EventLog, logs: Sequence[EventLog]) -> Facts:
    parts = [log.facts for log in logs]
    return replace(
        whole.facts,
        raw_events=sum(part.raw_events for part in parts),
        start_recorded=sum(part.start_recorded for part in parts),
        start_paired=sum(part.start_paired for part in parts),
        source_format=parts[0].source_format if len({part.source_format for part in parts}) == 1 else "",
        columns=parts[0].columns,
        notices=tuple(notice for part in parts for notice in part.notices),
    )
