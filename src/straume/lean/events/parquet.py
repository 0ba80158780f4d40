"""Parquet: typed columns as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from straume.lean.errors import Place, Problem
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import Limits, refused


def open_parquet(path: Path, *, limits: Limits) -> tuple[RawTable, Callable[[Wanted], RawTable]]:
    """Sample a Parquet file; and how the wanted columns are read."""
    try:
        file = pq.ParquetFile(path)
        schema, rows = file.schema_arrow, file.metadata.num_rows
        unpacked = sum(
            file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups)
        )
    except (pa.ArrowException, OSError, ValueError):
        raise refused("parquet_damaged") from None
    _check(schema, rows, unpacked, limits)
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    notices = tuple(Problem("nested_column_left_out", {}, Place(column=name)) for name in nested)

    def read(wanted: Wanted) -> RawTable:
        for name in nested:
            if name in wanted:
                raise refused("nested_column", Place(column=name))
        columns = [name for name in schema.names if name in wanted]
        return _raw(_guarded(lambda: file.read(columns=columns)), rows, notices)

    head = _guarded(lambda: next(file.iter_batches(SAMPLE_ROWS), None))
    sample = pa.Table.from_batches([head]) if head is not None else schema.empty_table()
    return _raw(sample, len(sample), ()), read


def _check(schema: pa.Schema, rows: int, unpacked: int, limits: Limits) -> None:
    if not rows:
        raise refused("no_rows")
    if rows > limits.rows:
        raise refused("too_many_rows", count=rows, limit=limits.rows)
    if len(schema.names) > limits.columns:
        raise refused("too_many_columns", count=len(schema.names), limit=limits.columns)
    if unpacked > limits.uncompressed_bytes:
        raise refused("too_large", limit_mb=limits.uncompressed_bytes >> 20)
    doubled = [name for place, name in enumerate(schema.names) if name in schema.names[:place]]
    if doubled:
        first = schema.names.index(doubled[0]) + 1
        second = schema.names.index(doubled[0], first) + 1
        raise refused("duplicate_columns", Place(column=doubled[0][:80]), first=first, second=second)


def _guarded(read: Callable[[], pa.Table]) -> pa.Table:
    try:
        return read()
    except (pa.ArrowException, OSError, ValueError):
        raise refused("parquet_damaged") from None


def _raw(table: pa.Table, rows: int, notices: tuple[Problem, ...]) -> RawTable:
    try:
        table.validate(full=True)  # a damaged page may hold bytes that are no UTF-8
    except pa.ArrowException:
        raise refused("parquet_damaged") from None
    columns = {name: _plain(table[name]) for name in table.column_names}
    return RawTable(format="parquet", columns=columns, rows=rows, notices=notices)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_binary(kind):
        try:
            return column.cast(pa.string())
        except pa.ArrowException:
            raise refused("parquet_damaged") from None
    if pa.types.is_dictionary(kind) and not pa.types.is_string(kind.value_type):
        return column.cast(kind.value_type)
    return column
