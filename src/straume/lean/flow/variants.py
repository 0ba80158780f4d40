"""Variants: the different orders in which cases went through their activities."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.columns import run
from straume.lean.flow.engine import Tables, tables

_CODE_BITS = 31  # an activity's code and an item's index share one integer
_SHIFT = 0x5DEECE66D1234567  # the second fingerprint looks at other integers than the first
_SIZE = 1 << 40  # of a fingerprint: the sums of eight million items fit in an int64


@dataclass(frozen=True)
class Variants:
    """How many different ways cases went, and the most frequent of them."""

    count: int
    cases: int
    cases_counted: tuple[int, ...]  # cases of each variant, most first
    table: pa.Table  # the most frequent: cases, share [0..1], items, activities (list of names, in order)


def variants(*, log: EventLog, limit: int | None = None) -> Variants:
    """Variants by number of cases (most first; among equals the one that was seen first).

    Parameters: limit – how many variants are spelt out in `table`; None: all of them. Order in a case is
    that of the link table: by start (where unknown by end), equal times as in the source.
    References: van der Aalst (2016), Process Mining, 2nd ed., ch. 6, doi:10.1007/978-3-662-49851-4.
    """
    held = tables(log)
    found = run(_grouped(held))
    counted = found["cases"].to_numpy()
    shown = found.slice(0, limit)
    table = pa.table(
        {
            "cases": shown["cases"],
            "share": shown["cases"].to_numpy() / max(len(log.cases), 1),
            "items": shown["items"],
            "activities": _spelt_out(held, shown["seen_in"], log.activities),
        }
    )
    return Variants(len(found), int(counted.sum()), tuple(counted.tolist()), table)


def _grouped(held: Tables) -> ibis.Table:
    """Cases with the same sequence have the same two fingerprints of 40 bits and the same length."""
    items = held.items
    key = items.activity.cast("int64") * (1 << _CODE_BITS) + items["index"]
    per_case = items.group_by("case").aggregate(
        items=items.count(),
        first_mark=(key.hash() % _SIZE).sum(),
        second_mark=((key + _SHIFT).hash() % _SIZE).sum(),
    )
    grouped = per_case.group_by(["first_mark", "second_mark", "items"]).aggregate(
        cases=per_case.count(), seen_in=per_case["case"].min()
    )
    return grouped.order_by([grouped.cases.desc(), "seen_in"])


def _spelt_out(held: Tables, seen_in: pa.ChunkedArray, names: tuple[str, ...]) -> pa.Array:
    """The activities of the cases in which variants were first seen, in the order of `seen_in`."""
    wanted = ibis.memtable(pa.table({"case": seen_in, "place": np.arange(len(seen_in))}))
    joined = held.items.inner_join(wanted, "case")
    rows = run(joined.order_by(["place", "index"]).select("place", "activity"))
    offsets = np.searchsorted(rows["place"].to_numpy(), np.arange(len(seen_in) + 1))
    codes = pa.array(rows["activity"].to_numpy(), pa.int32())
    spelt = pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), spelt)
