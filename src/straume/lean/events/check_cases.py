"""What a source says of whole cases: receipt, due date, closing, outcome, channel, and stops of the
statutory clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from straume.lean.errors import Place
from straume.lean.events.check_names import coded, codes_of
from straume.lean.events.column_words import CLOSED_WORDS, OPEN_WORDS
from straume.lean.events.guess import ColumnMapping, folded
from straume.lean.events.instants import Instants
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class CaseFacts:
    """Tables as `link` takes them."""

    cases: pa.Table
    stops: pa.Table


def case_facts(
    raw: RawTable,
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    case: pa.DictionaryArray,
    first: Ints,
    last: Ints,
    report: Report,
) -> CaseFacts:
    """Gather what is said of each case, and check it against its events.

    `first`, `last` : earliest and latest instant of each case, by its code.
    Of several receipts in a case the earliest counts, of other values the last; that they differ is noticed.
    """
    codes = codes_of(case)
    count = len(case.dictionary)
    columns: dict[str, pa.Array] = {"case": case.dictionary}
    if mapping.received:
        columns["received_at"] = _received(mapping.received, times[mapping.received], codes, first, report)
    if mapping.due:
        due, known = _last_known(times[mapping.due], codes, count, mapping.due, report)
        columns["due_at"] = pa.array(due, mask=~known)
    for role in ("outcome", "channel"):
        if column := getattr(mapping, role):
            columns[role] = _last_text(coded(raw.column(column)), codes, count, column, report)
    if mapping.received and mapping.due:
        _check_due(columns, mapping.due, report)
    closed = _closed(raw, mapping, times, codes, count, last, report)
    if closed is not None:
        columns["closed"] = pa.array(closed)
    return CaseFacts(pa.table(columns), _stops(mapping, times, case, codes, last, report))


def _received(name: str, column: Instants, codes: Codes, first: Ints, report: Report) -> pa.Array:
    received = np.full(len(first), _FAR, np.int64)
    rows = column.known & (codes >= 0)
    np.minimum.at(received, codes[rows], column.at[rows])
    known = received < _FAR
    # A receipt written as a bare date says the day: an event later on that day is not before it, nor is one
    # at its midnight.
    early = known & (first < received)
    report.rows("events_before_receipt", _rows_of_cases(early, codes, rows), name, stops=False)
    if (column.known & (column.at != received[codes]))[rows].any():
        report.notice("case_values_differ", Place(column=name))
    if (~known).any():
        report.notice("receipt_missing", Place(column=name), count=int((~known).sum()))
    return pa.array(received, mask=~known)


def _last_known(column: Instants, codes: Codes, count: int, name: str, report: Report) -> tuple[Ints, Bools]:
    values, known = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    rows = np.flatnonzero(column.known & (codes >= 0))
    values[codes[rows]] = column.at[rows]
    known[codes[rows]] = True
    if (column.at[rows] != values[codes[rows]]).any():
        report.notice("case_values_differ", Place(column=name))
    return values, known


def _last_text(column: pa.DictionaryArray, codes: Codes, count: int, name: str, report: Report) -> pa.Array:
    value = codes_of(column)
    chosen = np.full(count, -1, np.int32)
    rows = np.flatnonzero((value >= 0) & (codes >= 0))
    chosen[codes[rows]] = value[rows]
    if (value[rows] != chosen[codes[rows]]).any():
        report.notice("case_values_differ", Place(column=name))
    return column.dictionary.take(pa.array(chosen, mask=chosen < 0))


def _check_due(columns: Mapping[str, pa.Array], name: str, report: Report) -> None:
    received = columns["received_at"].fill_null(-_FAR).to_numpy(zero_copy_only=False)
    due = columns["due_at"].fill_null(_FAR).to_numpy(zero_copy_only=False)
    early = int(np.count_nonzero(due < received - 86_400_000_000))
    if early:
        report.notice("due_before_receipt", Place(column=name), count=early)


def _closed(
    raw: RawTable,
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    codes: Codes,
    count: int,
    last: Ints,
    report: Report,
) -> Bools | None:
    """Whether each case is over: a closing date says so, else its last status; without either every case
    is taken as over.
    """
    if mapping.closed:
        column = times[mapping.closed]
        at, known = _last_known(column, codes, count, mapping.closed, report)
        day = 86_400_000_000  # a closing day without a time is the whole day
        early = known & (at + day < last)
        rows = _rows_of_cases(early, codes, column.known)
        report.rows("closed_before_last_event", rows, mapping.closed, stops=False)
        return known
    if not mapping.status:
        return None
    words = _last_text(coded(raw.column(mapping.status)), codes, count, mapping.status, report).to_pylist()
    meaning = {word: folded(word) for word in set(words) if word}
    unknown = [
        word for word, plain in meaning.items() if plain not in CLOSED_WORDS and plain not in OPEN_WORDS
    ]
    if unknown:
        report.notice("status_words_unknown", Place(column=mapping.status), count=len(unknown))
    return np.array([meaning.get(word or "", "") not in OPEN_WORDS for word in words], np.bool_)


def _stops(
    mapping: ColumnMapping,
    times: Mapping[str, Instants],
    case: pa.DictionaryArray,
    codes: Codes,
    last: Ints,
    report: Report,
) -> pa.Table:
    """Stops of the clock; one without an end lasts until the last event of its case (noticed)."""
    if not (mapping.stop_from and mapping.stop_to):
        return pa.table(
            {
                "case": pa.array([], pa.string()),
                "from_at": pa.array([], pa.int64()),
                "to_at": pa.array([], pa.int64()),
            }
        )
    begin, end = times[mapping.stop_from], times[mapping.stop_to]
    report.rows("stop_without_start", np.flatnonzero(end.known & ~begin.known), mapping.stop_from)
    report.rows("stop_without_end", np.flatnonzero(begin.known & ~end.known), mapping.stop_to, stops=False)
    reversed_ = begin.known & end.known & (end.at < begin.at)
    report.rows("stop_reversed", np.flatnonzero(reversed_), mapping.stop_to)
    rows = np.flatnonzero(begin.known & (codes >= 0) & ~reversed_)
    until = np.where(end.known[rows], end.at[rows], np.maximum(last[codes[rows]], begin.at[rows]))
    whole = np.unique(np.stack([codes[rows].astype(np.int64), begin.at[rows], until]), axis=1)
    overlapping = (whole[0][1:] == whole[0][:-1]) & (whole[1][1:] < whole[2][:-1])
    if overlapping.any():
        report.notice("stops_overlap", Place(column=mapping.stop_from), count=int(overlapping.sum()))
    return pa.table(
        {
            "case": case.dictionary.take(pa.array(whole[0])),
            "from_at": pa.array(whole[1]),
            "to_at": pa.array(whole[2]),
        }
    )


def _rows_of_cases(marked: Bools, codes: Codes, among: Bools) -> Ints:
    """First row of each marked case."""
    if not marked.any():
        return np.zeros(0, np.int64)
    rows = np.flatnonzero(among & (codes >= 0))
    rows = rows[marked[codes[rows]]]
    _, first = np.unique(codes[rows], return_index=True)
    return np.sort(rows[first])
