"""From an expression to the table that a caller reads: names for codes, seconds for microseconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SECOND_US = 1_000_000


def named(rows: pa.Table, names: Sequence[str], *columns: str) -> pa.Table:
    """The rows with the codes of `columns` replaced by names; null where the code is UNKNOWN."""
    values = pa.array(names, pa.string())
    for column in columns:
        codes = rows[column].to_numpy()
        known = np.where((codes >= 0) & (codes < len(names)), codes, 0)
        taken = values.take(pa.array(known)) if len(names) else pa.nulls(len(rows), pa.string())
        text = pc.if_else(pa.array(codes >= 0), taken, pa.scalar(None, pa.string()))
        rows = rows.set_column(rows.column_names.index(column), column, text)
    return rows


def spread(value: Any, prefix: str) -> dict[str, Any]:
    """Aggregates of a duration [µs]: its mean and exact median and P90 (linear interpolation), in µs."""
    return {f"{prefix}_mean": value.mean(), f"{prefix}_quantiles": value.quantile([0.5, 0.9])}


def spread_columns(rows: pa.Table, prefix: str, suffix: str) -> dict[str, pa.Array]:
    """Columns mean/median/p90 of a `spread`, in seconds."""
    median, p90 = quantile_columns(rows[f"{prefix}_quantiles"], 2)
    return {
        f"mean_{suffix}": pc.divide(rows[f"{prefix}_mean"], float(SECOND_US)),
        f"median_{suffix}": median,
        f"p90_{suffix}": p90,
    }


def quantile_columns(quantiles: pa.ChunkedArray, count: int) -> list[pa.Array]:
    """A column of lists of `count` quantiles [µs] as `count` columns [s]; null where there was nothing to
    count.
    """
    lists = quantiles.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], lists.type)
    return [
        pc.divide(pc.cast(pc.list_element(lists, place), pa.float64()), float(SECOND_US))
        for place in range(count)
    ]


def count_where(condition: Any) -> Any:
    """Number of rows for which a condition holds."""
    return ibis.ifelse(condition, 1, 0).sum().fill_null(0)
