"""Case numbers and names of activities and units: none blank, none spoilt on the way."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import Place
from straume.lean.events.column_words import TOTAL_WORDS
from straume.lean.events.guess import folded
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report

_ROUNDED = r"^\d([.,]\d+)?[eE]\+\d+$"
_GARBLED = "[ÂÃÄÅ][\\x{80}-\\x{BF}‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ£¡§¨]"
# What a spreadsheet shows for a formula that failed.
FORMULA_ERROR_FORM = r"^#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|ERROR)[!?]?$"
FORMULA_ALONE_FORM = r"^#FORMULA!$"
_LOST = "\\p{L}[?\\x{FFFD}]\\p{L}"
_TOTALS_SOUGHT_AT_END = 3


def coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """A column as codes into its distinct texts, blanks at both ends taken off; a blank value is null."""
    if not pa.types.is_dictionary(column.type):
        column = (column if pa.types.is_string(column.type) else column.cast(pa.string())).dictionary_encode()
    column = column.unify_dictionaries()
    combined = column.combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        if not combined.num_chunks:
            return pa.array([], pa.string()).dictionary_encode()
        combined = combined.chunk(0)
    names = combined.dictionary.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(names)
    if trimmed.equals(names) and not pc.any(pc.equal(names, "")).as_py():
        return pa.DictionaryArray.from_arrays(combined.indices, names)
    again = pc.if_else(pc.equal(trimmed, ""), None, trimmed).dictionary_encode()
    return pa.DictionaryArray.from_arrays(again.indices.take(combined.indices), again.dictionary)


def codes_of(column: pa.DictionaryArray) -> npt.NDArray[np.int32]:
    """Codes of a column, -1 where it is null."""
    codes: npt.NDArray[np.int32] = (
        pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    )
    return codes


def check_cases(case: pa.DictionaryArray, name: str, raw: RawTable, report: Report) -> None:
    """Blank numbers, numbers that a spreadsheet rounded, a row of totals."""
    codes = codes_of(case)
    report.rows("blank_case", np.flatnonzero(codes < 0), name)
    _check_formulas(case, codes, name, report)
    report.rows(
        "case_number_rounded", _rows_where(codes, pc.match_substring_regex(case.dictionary, _ROUNDED)), name
    )
    totals = [
        row
        for row in range(max(0, len(codes) - _TOTALS_SOUGHT_AT_END), len(codes))
        if codes[row] >= 0 and folded(case.dictionary[int(codes[row])].as_py()) in TOTAL_WORDS
    ]
    report.rows("total_row", np.array(totals, np.int64), name)


def check_repeated_header(
    case: pa.DictionaryArray, case_name: str, other: pa.ChunkedArray, other_name: str, report: Report
) -> None:
    """Exports glued together repeat their header in the middle."""
    place = pc.index_in(pa.scalar(case_name), value_set=case.dictionary.cast(pa.string())).as_py()
    if place is None:
        return
    rows = np.flatnonzero(codes_of(case) == place)
    values = other.cast(pa.string()).take(pa.array(rows)).to_pylist()
    report.rows(
        "header_repeated",
        np.array([row for row, value in zip(rows, values) if value == other_name], np.int64),
    )


def check_activities(activity: pa.DictionaryArray, name: str, report: Report) -> None:
    """Blank names stop; names that differ in case only, or that lost letters, are noticed."""
    codes = codes_of(activity)
    report.rows("blank_activity", np.flatnonzero(codes < 0), name)
    _check_formulas(activity, codes, name, report)
    names = activity.dictionary.to_pylist()
    if len(names) > 200 and len(names) > 0.9 * len(codes):
        report.notice("activity_nearly_unique", Place(column=name), count=len(names))
    spellings: dict[str, list[str]] = defaultdict(list)
    for value in names[:5_000]:
        spellings[" ".join(value.casefold().split())].append(value)
    doubled = [values for values in spellings.values() if len(values) > 1]
    if doubled:
        report.notice("activity_spellings", Place(column=name), count=len(doubled), first=doubled[0][0][:60])


def _check_formulas(
    column: pa.DictionaryArray, codes: npt.NDArray[np.int32], name: str, report: Report
) -> None:
    for code, form in (("formula_error", FORMULA_ERROR_FORM), ("formula_without_value", FORMULA_ALONE_FORM)):
        report.rows(code, _rows_where(codes, pc.match_substring_regex(column.dictionary, form)), name)


def check_text(column: pa.DictionaryArray, name: str, report: Report) -> None:
    """Letters that a wrong encoding made of others."""
    codes = codes_of(column)
    report.rows(
        "garbled_text",
        _rows_where(codes, pc.match_substring_regex(column.dictionary, _GARBLED)),
        name,
        stops=False,
    )
    report.rows(
        "lost_letters",
        _rows_where(codes, pc.match_substring_regex(column.dictionary, _LOST)),
        name,
        stops=False,
    )


def _rows_where(codes: npt.NDArray[np.int32], found: pa.Array) -> npt.NDArray[np.int64]:
    if not pc.any(found).as_py():
        return np.zeros(0, np.int64)
    marked = np.append(pc.fill_null(found, False).to_numpy(zero_copy_only=False), False)
    return np.flatnonzero(marked[codes])
