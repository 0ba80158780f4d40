"""What a reader hands on: columns as they stand in the source, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from straume.lean.errors import Place, Problem

SAMPLE_ROWS = 2_000
# Columns to read, and whether each holds names: those come back again and again and are kept once.
Wanted = Mapping[str, bool]


@dataclass(frozen=True)
class RawTable:
    """A source as columns. In XES and OCEL a row is an event, and the attributes of its case are columns
    `case:…`.
    """

    format: str
    columns: Mapping[str, pa.ChunkedArray]
    rows: int
    case_columns: Mapping[str, pa.ChunkedArray] = field(
        default_factory=dict
    )  # one row per case of the source
    case_of_row: pa.Array | None = None  # row of case_columns for each event
    details: Mapping[str, str | int] = field(
        default_factory=dict
    )  # encoding, delimiter, sheet, object type …
    notices: tuple[Problem, ...] = ()
    line_of_row: Callable[[int], int] | None = None  # line of the text file
    shown_row: Callable[[int], int] | None = None  # row as a spreadsheet shows it; None: counted from 1
    sheet: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.columns, *self.case_columns)

    def column(self, name: str) -> pa.ChunkedArray:
        if name in self.columns:
            return self.columns[name]
        return pa.chunked_array([self.case_columns[name].combine_chunks().take(self.case_of_row)])

    def forget(self, names: Iterable[str]) -> None:
        """Give back the memory of columns that are not needed any more."""
        for name in names:
            if isinstance(self.columns, dict):
                self.columns.pop(name, None)

    def row_number(self, row: int) -> int:
        """The number that a row (0-based) has for the person who has the file open (errors.Place)."""
        return self.shown_row(row) if self.shown_row else row + 1

    def place(self, row: int, column: str | None = None) -> Place:
        """Where a row (0-based) stands for the person who has the file open."""
        line = self.line_of_row(row) if self.line_of_row else None
        return Place(row=self.row_number(row), column=column, line=line, sheet=self.sheet)
