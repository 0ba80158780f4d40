"""Rows of a source in the order of a link table: by case, then time, then place in the source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.log import UNKNOWN, Flag

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ordered:
    """The items in the order of their cases: `order` are rows of the source table, everything else follows
    it.
    """

    order: Ints
    case: Codes  # final case number
    index: Codes
    first: Bools
    last: Bools
    start: Ints  # end where unknown
    started: Bools  # start is known
    end: Ints
    position: Ints
    flags: Codes
    tie: Bools
    case_starts: Ints  # row of the first item, by case
    case_names: pa.Array  # source value by final case number; dropped when the log is made

    @property
    def nobody(self) -> Codes:
        return np.full(len(self.case), UNKNOWN, np.int32)


def by_case(items: pa.Table) -> Ordered:
    coded = dictionary(items["case"])
    code = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    end = int64(items["end_at"])
    start, started = _start(items, end)
    rows = len(end)
    position = (
        int64(items["position"]) if "position" in items.column_names else np.arange(rows, dtype=np.int64)
    )
    order = _by_case_time_position(code, start, position)
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    lengths = np.diff(starts, append=rows)
    by_first_instant = np.lexsort((position[order[starts]], start[order[starts]]))
    names = coded.dictionary.take(pa.array(code[order[starts]][by_first_instant]))
    starts, lengths = starts[by_first_instant], lengths[by_first_instant]
    case_starts = np.cumsum(lengths) - lengths
    order = order[np.repeat(starts - case_starts, lengths) + np.arange(rows)]
    case = np.repeat(np.arange(len(starts), dtype=np.int32), lengths)
    first = np.zeros(rows, np.bool_)
    first[case_starts] = True
    last = np.zeros(rows, np.bool_)
    last[case_starts + lengths - 1] = True
    start = start[order]
    tie = np.zeros(rows, np.bool_)
    tie[1:] = (start[1:] == start[:-1]) & ~first[1:]
    flags = _flags(items)[order]
    return Ordered(
        order=order,
        case=case,
        index=(np.arange(rows) - np.repeat(case_starts, lengths)).astype(np.int32),
        first=first,
        last=last,
        start=start,
        started=started[order],
        end=end[order],
        position=position[order],
        flags=flags | tie * int(Flag.TIE) | first * int(Flag.FIRST) | last * int(Flag.LAST),
        tie=tie,
        case_starts=case_starts,
        case_names=names,
    )


def dictionary(column: pa.ChunkedArray) -> pa.DictionaryArray:
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    combined = column.unify_dictionaries().combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        combined = combined.chunk(0) if combined.num_chunks else pa.array([], pa.string()).dictionary_encode()
    return combined


def int64(column: pa.ChunkedArray) -> Ints:
    values: Ints = column.to_numpy().astype(np.int64, copy=False)
    return values


def _start(items: pa.Table, end: Ints) -> tuple[Ints, Bools]:
    if "start_at" not in items.column_names:
        return end, np.zeros(len(end), np.bool_)
    column = items["start_at"]
    known = pc.is_valid(column).to_numpy()
    return np.where(known, pc.fill_null(column, 0).to_numpy(), end), known


def _flags(items: pa.Table) -> Codes:
    if "flags" not in items.column_names:
        return np.zeros(len(items), np.int32)
    flags: Codes = items["flags"].to_numpy().astype(np.int32)
    return flags


def _by_case_time_position(case: Codes, at: Ints, position: Ints) -> Ints:
    """Rows by case, then time, then position; a source that already stands so is not sorted again."""
    same = case[1:] == case[:-1]
    if len(case) and np.all(np.diff(position) > 0):
        if np.all((case[1:] > case[:-1]) | (same & (at[1:] >= at[:-1]))):
            return np.arange(len(case), dtype=np.int64)
        by_time = np.argsort(at, kind="stable")
    else:
        by_time = np.lexsort((position, at))
    return by_time[np.argsort(case[by_time], kind="stable")]
