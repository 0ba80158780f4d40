"""From columns with known roles to pieces of work: long tables, wide tables, life cycles; checked on the
way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import Place
from straume.lean.events import check_cases, check_names, check_times
from straume.lean.events.check_names import coded, codes_of
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.instants import Instants
from straume.lean.events.lifecycle import ENDS, OTHERS, STARTS, pair
from straume.lean.events.log import Flag
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report

Lifecycle = Literal["pair", "all", "complete"]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Work:
    """Pieces of work and what is known of their cases, as `link` takes them."""

    items: pa.Table
    cases: pa.Table
    stops: pa.Table
    raw_events: int
    paired: Bools | None


def work_of(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    timezone: str,
    lifecycle: Lifecycle,
    now_at: int | None,
    report: Report,
) -> Work:
    """Make pieces of work of the rows of a source; raises InputProblems once all that is wrong has been
    gathered.
    """
    times = check_times.read_times(
        raw,
        _time_columns(mapping),
        timezone=timezone,
        day_first=mapping.day_first,
        now_at=now_at,
        report=report,
    )
    raw.forget(times)
    case = coded(raw.column(mapping.case or ""))
    check_names.check_cases(case, mapping.case or "", raw, report)
    items = (
        _wide(raw, mapping, times, case, report)
        if mapping.steps
        else _long(raw, mapping, times, case, report)
    )
    report.stop_if_any()
    events = len(items)
    whole = _case_facts(raw, mapping, times, case, items, report)
    report.stop_if_any()
    paired = None
    if mapping.transition and not mapping.steps and lifecycle != "all":
        items, paired = _by_life_cycle(raw, mapping, items, lifecycle, report)
    if len(items) < 2:
        report.problem("too_few_events", count=len(items))
        report.stop_if_any()
    return Work(items, whole.cases, whole.stops, events, paired)


def _time_columns(mapping: ColumnMapping) -> list[str]:
    roles = ("start", "end", "received", "due", "closed", "stop_from", "stop_to")
    named = [getattr(mapping, role) for role in roles]
    return [column for column in (*named, *mapping.steps) if column]


def _long(
    raw: RawTable,
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    case: pa.DictionaryArray,
    report: Report,
) -> pa.Table:
    """One row, one event."""
    activity_name = mapping.activity or ""
    activity = coded(raw.column(activity_name))
    check_names.check_activities(activity, activity_name, report)
    check_names.check_text(activity, activity_name, report)
    check_names.check_repeated_header(
        case, mapping.case or "", raw.column(activity_name), activity_name, report
    )
    end = times[mapping.end or mapping.start or ""]
    start = times[mapping.start] if mapping.start and mapping.end else None
    if start is not None:
        end = check_times.ends_of_days(start, end)
        report.rows(
            "end_before_start", np.flatnonzero(start.known & end.known & (end.at < start.at)), mapping.end
        )
    kept = _rows_with_end(raw, mapping, start, end, report)
    columns = {
        "case": case,
        "activity": activity,
        **_people(raw, mapping, report),
        "position": pa.array(np.arange(raw.rows)),
        "end_at": pa.array(end.at),
        "flags": _flags(start, end),
    }
    if start is not None:
        columns["start_at"] = pa.array(start.at, mask=None if start.known.all() else ~start.known)
    table = pa.table(columns)
    return table if kept is None else table.take(pa.array(kept))


def _rows_with_end(
    raw: RawTable, mapping: ColumnMapping, start: Instants | None, end: Instants, report: Report
) -> Ints | None:
    """Rows whose end is known (None: all). Work that began and has not ended is noticed and left out."""
    if end.known.all():
        return None
    blank = ~end.known
    blank[end.unreadable] = False
    unfinished = blank & start.known if start is not None else np.zeros(len(blank), np.bool_)
    report.rows("time_missing", np.flatnonzero(blank & ~unfinished), mapping.end or mapping.start)
    report.rows("unfinished_work", np.flatnonzero(unfinished), mapping.end, stops=False)
    return np.flatnonzero(end.known)


def _people(raw: RawTable, mapping: ColumnMapping, report: Report) -> dict[str, pa.DictionaryArray]:
    columns = {}
    if mapping.worker:
        columns["worker"] = coded(raw.column(mapping.worker))
    if mapping.unit:
        columns["unit"] = coded(raw.column(mapping.unit))
        check_names.check_text(columns["unit"], mapping.unit, report)
    return columns


def _flags(start: Instants | None, end: Instants) -> pa.Array:
    flags = end.date_only * np.int32(Flag.END_DATE_ONLY)
    if start is not None:
        flags |= start.date_only * np.int32(Flag.START_DATE_ONLY)
    return pa.array(flags.astype(np.int32))


def _wide(
    raw: RawTable,
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    case: pa.DictionaryArray,
    report: Report,
) -> pa.Table:
    """One row, one case; each date column a step, named as the column. Equal dates keep the order of the
    columns.
    """
    steps = mapping.steps
    known = np.stack([times[name].known for name in steps], axis=1)
    at = np.stack([times[name].at for name in steps], axis=1)
    date_only = np.stack([times[name].date_only for name in steps], axis=1)
    for name in steps:
        if not times[name].known.any() and not len(times[name].unreadable):
            report.notice("step_column_empty", Place(column=name))
    report.rows("row_without_dates", np.flatnonzero(~known.any(axis=1)), None, stops=False)
    doubled = len(case) - case.null_count - len(case.dictionary)
    if doubled > 0:
        report.notice("case_on_several_rows", Place(column=mapping.case), count=doubled)
    row, step = np.nonzero(known)
    people = {name: column.take(pa.array(row)) for name, column in _people(raw, mapping, report).items()}
    return pa.table(
        {
            "case": case.take(pa.array(row)),
            "activity": pa.DictionaryArray.from_arrays(pa.array(step.astype(np.int32)), pa.array(steps)),
            **people,
            "position": pa.array(row * len(steps) + step),
            "end_at": pa.array(at[row, step]),
            "flags": pa.array(date_only[row, step] * np.int32(Flag.END_DATE_ONLY)),
        }
    )


def _case_facts(
    raw: RawTable,
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    case: pa.DictionaryArray,
    items: pa.Table,
    report: Report,
) -> check_cases.CaseFacts:
    roles = ("received", "due", "outcome", "channel", "closed", "status", "stop_from", "stop_to")
    count = len(case.dictionary)
    first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    if any(getattr(mapping, role) for role in roles):
        code = items["case"].combine_chunks()
        codes = codes_of(code.chunk(0) if isinstance(code, pa.ChunkedArray) else code)
        end = items["end_at"].to_numpy()
        begin = end
        if "start_at" in items.column_names:
            begin = pc.coalesce(items["start_at"], items["end_at"]).to_numpy()
        np.minimum.at(first, codes, begin)
        np.maximum.at(last, codes, end)
    return check_cases.case_facts(raw, mapping, times, case, first, last, report)


def _by_life_cycle(
    raw: RawTable, mapping: ColumnMapping, items: pa.Table, lifecycle: Lifecycle, report: Report
) -> tuple[pa.Table, Bools | None]:
    """Pieces of work from the life cycle; what is left over is noticed by number."""
    name = mapping.transition or ""
    words = coded(raw.column(name))
    kept = items["position"].to_numpy()
    codes = codes_of(words)[kept]
    plain = [word.casefold() for word in words.dictionary.to_pylist()]
    starts = np.array([word in STARTS for word in plain] + [False])[codes]
    ends = np.array([word in ENDS for word in plain] + [True])[codes]  # no word: the event is what happened
    others = np.array([word in OTHERS for word in plain] + [False])[codes]
    strange = ~starts & ~ends & ~others
    report.rows("transition_unknown", kept[np.flatnonzero(strange)], name, stops=False)
    ends |= strange
    if not ends.any():
        report.notice("no_complete_events", Place(column=name))
        return items, None
    if lifecycle == "complete" or not starts.any():
        rows = np.flatnonzero(ends)
        _notice_left_over(report, name, items, rows, starts=0, others=len(items) - len(rows))
        return items.take(pa.array(rows)), None
    instance = codes_of(coded(raw.column(mapping.instance)))[kept] if mapping.instance else None
    end_at = items["end_at"].to_numpy()
    found = pair(
        case=codes_of(coded(items["case"])),
        activity=codes_of(coded(items["activity"])),
        instance=instance,
        at=end_at,
        position=kept,
        starts=starts,
        ends=ends,
    )
    _notice_left_over(
        report, name, items, found.row, starts=found.starts_without_end, others=found.other_events
    )
    paired = found.start_row >= 0
    flags = items["flags"].to_numpy()[found.row]
    start_flags = items["flags"].to_numpy()[found.start_row] & int(Flag.END_DATE_ONLY)
    flags = flags | np.where(paired & (start_flags > 0), int(Flag.START_DATE_ONLY), 0)
    table = items.take(pa.array(found.row)).drop_columns(["flags"])
    if "start_at" in table.column_names:
        table = table.drop_columns(["start_at"])
    table = table.append_column("flags", pa.array(flags.astype(np.int32)))
    return table.append_column("start_at", pa.array(end_at[found.start_row], mask=~paired)), paired


def _notice_left_over(
    report: Report, name: str, items: pa.Table, rows: Ints, *, starts: int, others: int
) -> None:
    if starts:
        report.notice("starts_without_end", Place(column=name), count=starts)
    if others:
        report.notice("other_life_cycle_events", Place(column=name), count=others)
    cases = codes_of(coded(items["case"]))
    lost = len(np.unique(cases)) - len(np.unique(cases[rows]))
    if lost:
        report.notice("cases_without_finished_work", Place(column=name), count=lost)
