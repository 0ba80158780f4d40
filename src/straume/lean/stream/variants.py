"""Variants and activity counts of a log, counted by the engine on the link table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import ibis
import pyarrow as pa
from ibis import _

from straume.lean.events.log import EventLog
from straume.lean.stream.directly_follows import Variant


def activity_counts(log: EventLog) -> dict[int, int]:
    """Items by activity code, the most frequent first; ties by code."""
    items = ibis.memtable(log.items.select(["activity"]))
    counted = items.group_by("activity").agg(items=_.count()).order_by([ibis.desc("items"), "activity"])
    rows = _table(counted).to_pydict()
    return dict(zip(rows["activity"], rows["items"]))


def case_counts(log: EventLog) -> dict[int, int]:
    """Cases in which each activity happens at least once, by its code."""
    items = ibis.memtable(log.items.select(["case", "activity"]))
    rows = _table(items.group_by("activity").agg(cases=_.case.nunique())).to_pydict()
    return dict(zip(rows["activity"], rows["cases"]))


def variants_of(log: EventLog, *, keep: Collection[int] | None = None) -> Counter[Variant]:
    """Cases by their sequence of activities; with `keep` of these activities alone, others passed over."""
    items = ibis.memtable(log.items.select(["case", "index", "activity"]))
    if keep is not None:
        items = items.filter(_.activity.isin(sorted(keep)))
    sequences = items.group_by("case").agg(variant=_.activity.collect(order_by=_["index"]))
    counted = sequences.group_by("variant").agg(cases=_.count())
    rows = _table(counted).to_pydict()
    found = Counter({tuple(variant): cases for variant, cases in zip(rows["variant"], rows["cases"])})
    without = log.cases.num_rows - found.total()
    if without > 0:
        found[()] += without
    return found


def most_frequent(variants: Counter[Variant], *, most_events: int) -> Counter[Variant]:
    """The most frequent variants that together are not longer than `most_events`; at least one."""
    chosen: Counter[Variant] = Counter()
    events = 0
    for variant in sorted(variants, key=lambda variant: (-variants[variant], len(variant), variant)):
        events += len(variant)
        if chosen and events > most_events:
            break
        chosen[variant] = variants[variant]
    return chosen


def _table(expression: ibis.Table) -> pa.Table:
    """Run on an engine of its own: nothing is shared between threads or over a fork."""
    connection = ibis.duckdb.connect()
    try:
        return connection.to_pyarrow(expression)
    finally:
        connection.disconnect()
