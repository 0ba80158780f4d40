"""Any case log in, one checked table out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import InputProblems, Problem
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.delimited import read_delimited
from straume.lean.events.guess import ColumnMapping, guess, overridden
from straume.lean.events.instants import Instants, instants_of
from straume.lean.events.lifecycle import ENDS, STARTS, pair
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog, Flag
from straume.lean.events.raw import RawTable
from straume.lean.events.source import Limits, Opened, Progress, open_source
from straume.lean.events.xes import read_xes

Lifecycle = Literal["pair", "all", "complete"]
_COUNTRY_OF_ZONE = {"Europe/Riga": "LV", "Europe/Vilnius": "LT"}


def read_log(
    path: Path,
    *,
    mapping: ColumnMapping | Mapping[str, Any] | None = None,
    timezone: str = "Europe/Riga",
    calendar: WorkCalendar | None = None,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    lifecycle: Lifecycle = "pair",
    case_type: str | None = None,
    salt: bytes | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> EventLog:
    """Read a case log of any known format into an EventLog."""
    raw = read_raw(
        Path(path), encoding=encoding, delimiter=delimiter, limits=limits or Limits(), progress=progress
    )
    roles = overridden(guess(raw), mapping)
    calendar = calendar or WorkCalendar.default(timezone=timezone, country=_COUNTRY_OF_ZONE.get(timezone))
    return _log(raw, roles, timezone, calendar, unit_calendars, lifecycle, salt)


def read_raw(
    path: Path, *, encoding: str | None, delimiter: str | None, limits: Limits, progress: Progress | None
) -> RawTable:
    opened = open_source(path, limits=limits, progress=progress)
    if opened.head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return read_xes(opened.stream, limits=limits)

    def again() -> Iterator[Opened]:
        yield open_source(path, limits=limits)

    return read_delimited(opened, reopen=again(), limits=limits, encoding=encoding, delimiter=delimiter)


def _log(
    raw: RawTable,
    roles: ColumnMapping,
    timezone: str,
    calendar: WorkCalendar,
    unit_calendars: Mapping[str, WorkCalendar] | None,
    lifecycle: Lifecycle,
    salt: bytes | None,
) -> EventLog:
    problems = [
        Problem("role_missing", {"role": role})
        for role in ("case", "activity", "end")
        if not getattr(roles, role)
    ]
    if problems:
        raise InputProblems(tuple(problems))
    end = instants_of(raw.column(roles.end or ""), timezone=timezone)
    start = instants_of(raw.column(roles.start), timezone=timezone) if roles.start else None
    for column, found in ((roles.end, end), (roles.start, start)):
        if found is not None and len(found.unreadable):
            row = int(found.unreadable[0])
            raise InputProblems(
                (Problem("timestamp_unreadable", {"count": len(found.unreadable)}, raw.place(row, column)),)
            )
    columns = {"case": raw.column(roles.case or ""), "activity": raw.column(roles.activity or "")}
    if roles.worker:
        columns["worker"] = raw.column(roles.worker)
    if roles.unit:
        columns["unit"] = raw.column(roles.unit)
    items = pa.table(columns)
    rows, started, started_known, paired = _work(raw, roles, items, start, end, lifecycle)
    flags = np.where(end.date_only, int(Flag.END_DATE_ONLY), 0)[rows]
    if start is not None:
        flags |= np.where(start.date_only, int(Flag.START_DATE_ONLY), 0)[rows]
    items = items.take(pa.array(rows)) if len(rows) < len(items) else items
    items = items.append_column("position", pa.array(rows))
    items = items.append_column("end_at", pa.array(end.at[rows]))
    items = items.append_column("start_at", pa.array(started, mask=~started_known))
    items = items.append_column("flags", pa.array(flags.astype(np.int32)))
    return link(
        items,
        source=Source(
            timezone=timezone,
            raw_events=raw.rows,
            paired=paired,
            source_format=raw.format,
            columns={role: str(column) for role, column in roles.to_dict().items()},
        ),
        calendar=calendar,
        unit_calendars=unit_calendars,
        salt=salt,
    )


def _work(
    raw: RawTable,
    roles: ColumnMapping,
    items: pa.Table,
    start: Instants | None,
    end: Instants,
    lifecycle: Lifecycle,
) -> tuple[Any, Any, Any, Any]:
    rows = np.arange(raw.rows)
    if roles.transition and lifecycle != "all":
        words = pc.utf8_lower(raw.column(roles.transition)).dictionary_encode().unify_dictionaries()
        words = words.combine_chunks()
        names = words.dictionary.to_pylist()
        index = pc.fill_null(words.indices, -1).to_numpy(zero_copy_only=False)
        starts = np.array([name in STARTS for name in names] + [False])[index]
        ends = np.array([name in ENDS for name in names] + [True])[index]
        if lifecycle == "complete" or not starts.any():
            rows = np.flatnonzero(ends)
        else:
            case = items["case"].dictionary_encode().combine_chunks().indices.to_numpy()
            activity = items["activity"].dictionary_encode().combine_chunks().indices.to_numpy()
            found = pair(
                case=case,
                activity=activity,
                instance=None,
                at=end.at,
                position=rows,
                starts=starts,
                ends=ends,
            )
            known = found.start_row >= 0
            return found.row, np.where(known, end.at[found.start_row], end.at[found.row]), known, known
    if start is None:
        return rows, end.at[rows], np.zeros(len(rows), np.bool_), None
    return rows, start.at[rows], start.known[rows], None
