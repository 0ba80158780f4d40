"""Attributes of events or cases, gathered key by key in blocks of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from straume.lean.errors import Place
from straume.lean.events.source import Limits, refused

_BLOCK_ROWS = 1 << 16


class AttributeColumns:
    """One column per key; a row that lacks a key has null there, and keys may come late."""

    def __init__(
        self, prefix: str, limits: Limits, line: Callable[[], int], coded: frozenset[str] = frozenset()
    ) -> None:
        self._prefix = prefix
        self._limits = limits
        self._line = line
        self._coded = coded
        self.rows = 0
        self.in_block = 0
        self.open_columns: dict[str, list[str | None]] = {}
        self._chunks: dict[str, list[pa.Array]] = {}
        self._chunk_rows: list[int] = []

    def put(self, key: str, value: str) -> None:
        """Give the open row a value; raises InputProblems where it has one for this key."""
        column = self.open_columns.get(key)
        if column is None:
            column = self._new_column(key)
        missing = self.in_block - len(column)
        if missing:
            if missing < 0:
                raise refused("xes_key_twice", Place(line=self._line(), column=key[:80]))
            column.extend([None] * missing)
        column.append(value)

    def close_row(self) -> None:
        self.in_block += 1
        self.rows += 1
        if self.in_block == _BLOCK_ROWS:
            self._flush()

    def _new_column(self, key: str) -> list[str | None]:
        column = self.open_columns[key] = []
        count = len(self.open_columns.keys() | self._chunks.keys())
        if count > self._limits.columns:
            raise refused(
                "too_many_columns", Place(line=self._line()), count=count, limit=self._limits.columns
            )
        return column

    def put_rows(self, columns: Mapping[str, pa.Array], rows: int) -> None:
        """Give whole rows at once, after the rows that were closed; a coded column comes coded."""
        if self.in_block:
            self._flush()
        for key in columns:
            if key not in self._chunks:
                self._new_column(key)
                self._chunks[key] = [self._array(key, [None] * before) for before in self._chunk_rows]
        self.open_columns.clear()
        for key, chunks in self._chunks.items():
            chunks.append(columns[key] if key in columns else self._array(key, [None] * rows))
        self._chunk_rows.append(rows)
        self.rows += rows

    def _flush(self) -> None:
        for key, column in self.open_columns.items():
            column.extend([None] * (self.in_block - len(column)))
            chunks = self._chunks.get(key)
            if chunks is None:
                chunks = self._chunks[key] = [self._array(key, [None] * rows) for rows in self._chunk_rows]
            chunks.append(self._array(key, column))
        for key, chunks in self._chunks.items():
            if key not in self.open_columns:
                chunks.append(self._array(key, [None] * self.in_block))
        self._chunk_rows.append(self.in_block)
        self.open_columns.clear()
        self.in_block = 0

    def _array(self, key: str, values: list[str | None]) -> pa.Array:
        column = pa.array(values, pa.string())
        return column.dictionary_encode() if key in self._coded else column

    def finish(self, *, number_unnamed: bool = False) -> dict[str, pa.ChunkedArray]:
        """The columns; `number_unnamed`: without any concept:name the rows are called 1, 2, 3 …"""
        if self.in_block:
            self._flush()
        columns = {self._prefix + key: pa.chunked_array(chunks) for key, chunks in self._chunks.items()}
        name = self._prefix + "concept:name"
        if number_unnamed and name not in columns:
            columns[name] = pa.chunked_array([pa.array([str(n) for n in range(1, self.rows + 1)])])
        return columns
