"""Columns of dates and times: every value readable, all written alike, none out of this world."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from straume.lean.events import layouts
from straume.lean.events.check_names import FORMULA_ALONE_FORM, FORMULA_ERROR_FORM
from straume.lean.events.instants import Instants, instants_of
from straume.lean.events.layouts import layout_of
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report

EARLIEST = -631_152_000_000_000  # 1950-01-01 UTC
LATEST = 4_102_444_800_000_000  # 2100-01-01 UTC
_TIME_ALONE = re.compile(r"\s*\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s*")
_MONTH_ALONE = re.compile(r"\s*(\d{4}[-./]\d{1,2}|\d{1,2}[-./]\d{4}|\d{4})\s*")
_EXAMINED = 2_000


def read_times(
    raw: RawTable,
    columns: Iterable[str],
    *,
    timezone: str,
    day_first: bool | None,
    now_at: int | None,
    report: Report,
) -> dict[str, Instants]:
    """Instants of each column; whatever is wrong with one goes to the report.

    01/02/2023 is read as the other values of all the columns tell; where none does, the caller has to say.
    """
    names = list(dict.fromkeys(columns))
    guess = True if day_first is None else day_first
    found = {name: instants_of(raw.column(name), timezone=timezone, day_first=guess) for name in names}
    if day_first is None:
        found = _agreed(raw, found, timezone, report)
    for name, column in found.items():
        _check_written(raw, name, column, report)
        _check_range(name, column, now_at, report)
        _notice(raw, name, column, report)
    return found


def _agreed(raw: RawTable, found: dict[str, Instants], timezone: str, report: Report) -> dict[str, Instants]:
    """The order of day and month where it is not written: what one column tells holds for all."""
    day_told = any(column.day_first_row is not None for column in found.values())
    month_told = any(column.month_first_row is not None for column in found.values())
    if month_told and not day_told:
        return {
            name: instants_of(raw.column(name), timezone=timezone, day_first=False)
            if column.either_row is not None and column.month_first_row is None
            else column
            for name, column in found.items()
        }
    if not day_told:
        for name, column in found.items():
            if column.either_row is not None:
                report.problem("ambiguous_day_month", raw.place(column.either_row, name))
    return found


def _check_written(raw: RawTable, name: str, column: Instants, report: Report) -> None:
    if column.day_first_row is not None and column.month_first_row is not None:
        later = max(column.day_first_row, column.month_first_row)
        report.problem("mixed_day_month", raw.place(later, name))
    if len(column.families) > 1:
        rows = sorted(column.families.values())
        report.problem("mixed_timestamps", raw.place(rows[1], name), first=raw.row_number(rows[0]))
    if len(column.unreadable):
        _check_unreadable(raw, name, column.unreadable, report)


def _check_unreadable(raw: RawTable, name: str, rows: npt.NDArray[np.int64], report: Report) -> None:
    examined = rows[:_EXAMINED]
    values = raw.column(name).take(pa.array(examined)).cast(pa.string()).to_pylist()
    causes: dict[str, list[int]] = {}
    for row, value in zip(examined.tolist(), values):
        causes.setdefault(_why_unreadable(value or ""), []).append(row)
    for place, (code, of_cause) in enumerate(causes.items()):
        more = rows[_EXAMINED:] if place == 0 else rows[:0]
        value = values[int(np.searchsorted(examined, of_cause[0]))] or ""
        report.rows(code, np.concatenate([np.array(of_cause), more]), name, value=_without_letters(value))


def _why_unreadable(value: str) -> str:
    if re.match(FORMULA_ALONE_FORM, value):
        return "formula_without_value"
    if re.match(FORMULA_ERROR_FORM, value):
        return "formula_error"
    if _TIME_ALONE.fullmatch(value):
        return "time_without_date"
    if _MONTH_ALONE.fullmatch(value):
        return "date_without_day"
    shape = re.sub(r"[0-9]", "9", value).encode()
    layout = layout_of(shape)
    if layout is not None and layout.family not in (layouts.SERIAL, layouts.EPOCH):
        return "timestamp_impossible"
    return "timestamp_unreadable"


def _without_letters(value: str) -> str:
    """What stands there, but no name: letters become x."""
    return re.sub(r"[^\W\d_]", "x", value)[:30]


def _check_range(name: str, column: Instants, now_at: int | None, report: Report) -> None:
    zero = column.known & (np.abs(column.at) < 86_400_000_000) & (column.at % 1_800_000_000 == 0)
    report.rows("time_is_zero", np.flatnonzero(zero), name)
    report.rows("time_too_early", np.flatnonzero(column.known & (column.at < EARLIEST)), name)
    report.rows("time_too_late", np.flatnonzero(column.known & (column.at >= LATEST)), name)
    if now_at is not None:
        after = column.known & (column.at > now_at) & (column.at < LATEST)
        report.rows("time_after_today", np.flatnonzero(after), name, stops=False)


def _notice(raw: RawTable, name: str, column: Instants, report: Report) -> None:
    if column.with_zone_row is not None and column.without_zone_row is not None:
        report.notice("zone_in_some", raw.place(column.without_zone_row, name))
    if column.short_year_row is not None:
        report.notice("short_years", raw.place(column.short_year_row, name))
    if column.gaps:
        report.notice("time_in_dst_gap", raw.place(0, name), count=column.gaps)
    if column.folds:
        report.notice("time_in_dst_fold", raw.place(0, name), count=column.folds)


def ends_of_days(start: Instants, end: Instants) -> Instants:
    """An end that is a date without a time, on the day of its start, is not before it: it is the start
    itself.
    """
    same_day = end.date_only & start.known & (end.at < start.at) & (start.at - end.at < 86_400_000_000)
    return replace(end, at=np.where(same_day, start.at, end.at)) if same_day.any() else end
