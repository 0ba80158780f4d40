"""Variants: the different orders in which cases went through their activities."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.engine import CASES, ITEMS, run


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
    found = run(_grouped, log=log)
    counted = found["cases"].to_numpy()
    shown = found.slice(0, limit)
    table = pa.table(
        {
            "cases": shown["cases"],
            "share": shown["cases"].to_numpy() / max(log.facts.cases, 1),
            "items": shown["items"],
            "activities": _spelt_out(log, shown["seen_in"]),
        }
    )
    return Variants(len(found), int(counted.sum()), tuple(counted.tolist()), table)


def _grouped() -> ibis.Table:
    grouped = CASES.group_by(["low_mark", "high_mark", "items"]).aggregate(
        cases=CASES.count(), seen_in=CASES["case"].min()
    )
    return grouped.order_by([grouped.cases.desc(), "seen_in"])


def _spelt_out(log: EventLog, seen_in: pa.ChunkedArray) -> pa.Array:
    """The activities of the cases in which variants were first seen, in the order of `seen_in`."""
    wanted = pa.table({"case": seen_in, "place": np.arange(len(seen_in))})
    rows = run(_in_places, log=log, wanted=wanted)
    offsets = np.searchsorted(rows["place"].to_numpy(), np.arange(len(seen_in) + 1))
    codes = pa.array(rows["activity"].to_numpy(), pa.int32())
    spelt = pa.DictionaryArray.from_arrays(codes, pa.array(log.activities, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), spelt)


def _in_places() -> ibis.Table:
    wanted = ibis.table({"case": "int32", "place": "int64"}, name="wanted")
    joined = ITEMS.inner_join(wanted, "case")
    return joined.order_by(["place", "index"]).select("place", "activity")
