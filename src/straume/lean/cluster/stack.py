"""Several tables of one bucket as one: what a function on a worker may hand back is a single table."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

KIND, BUCKET = "kind", "bucket"
_SPARK_NAMES = {pa.int32(): "int", pa.int64(): "bigint", pa.bool_(): "boolean", pa.string(): "string"}


def stacked_schema(parts: Mapping[str, pa.Schema]) -> pa.Schema:
    """The columns of all parts side by side, after `kind` and `bucket`; a name has one type everywhere."""
    fields = {KIND: pa.string(), BUCKET: pa.int32()}
    for schema in parts.values():
        for field in schema:
            if fields.setdefault(field.name, field.type) != field.type:
                raise TypeError(f"{field.name} has two types")
    return pa.schema(list(fields.items()))


def stack(tables: Mapping[str, pa.Table], *, bucket: int, schema: pa.Schema) -> pa.Table:
    """Rows of all tables, each with its kind; columns that a table does not have are null."""
    parts = []
    for kind, table in tables.items():
        known = set(table.column_names)
        columns = [
            pa.chunked_array([pa.array([kind] * len(table), pa.string())])
            if field.name == KIND
            else pa.chunked_array([pa.array([bucket] * len(table), pa.int32())])
            if field.name == BUCKET
            else table[field.name].cast(field.type)
            if field.name in known
            else pa.chunked_array([pa.nulls(len(table), field.type)])
            for field in schema
        ]
        parts.append(pa.table(columns, schema=schema))
    return pa.concat_tables(parts)


def unstack(rows: pa.Table, kind: str, schema: pa.Schema) -> pa.Table:
    """The rows of one kind with its own columns."""
    import pyarrow.compute as pc

    chosen = rows.filter(pc.equal(rows[KIND], kind)).select(schema.names)
    return chosen.cast(pa.schema([pa.field(field.name, field.type) for field in schema]))


def spark_schema(schema: pa.Schema) -> str:
    """The same as Spark writes it."""
    return ", ".join(f"`{field.name}` {_SPARK_NAMES[field.type]}" for field in schema)
