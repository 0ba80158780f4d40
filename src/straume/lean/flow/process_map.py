"""The process map: what directly follows what, how often and after how long."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named, spread, spread_columns
from straume.lean.flow.engine import ITEMS, run


@dataclass(frozen=True)
class ProcessMap:
    """Directly-follows edges with their times, and where cases start and end. Most frequent first."""

    edges: pa.Table  # columns of `edges` and of `edge_times`
    starts: pa.Table  # activity, cases
    ends: pa.Table  # activity, cases


def process_map(*, log: EventLog) -> ProcessMap:
    """Edges with counts and times, and the activities with which cases start and end.

    References: van der Aalst (2016), Process Mining, 2nd ed., ch. 6, doi:10.1007/978-3-662-49851-4.
    """
    counted, timed = edges(log=log), edge_times(log=log)
    for name in timed.column_names:
        if name not in counted.column_names:
            counted = counted.append_column(name, timed[name])
    return ProcessMap(edges=counted, starts=starts(log=log), ends=ends(log=log))


def edges(*, log: EventLog) -> pa.Table:
    """Directly-follows edges.

    Returns: one row per edge, by count (most first) and names: source, target, count (times it happened),
    cases (that have it), overlaps (times the target began before the source had ended).
    """
    return named(run(_edges, log=log), log.activities, "source", "target")


def edge_times(*, log: EventLog) -> pa.Table:
    """Time from the end of the source to the start of the target; where no start is known, to its end.

    Returns: one row per edge in the order of `edges`: source, target, count; mean, median and p90 [s] in
    calendar and in working time (calendar of the target's unit). Quantiles are exact, linearly
    interpolated. Where the two overlap the time is nought.
    """
    found = run(_edge_times, log=log)
    columns = {name: found[name] for name in ("source", "target", "count")}
    columns |= spread_columns(found, "calendar", "seconds")
    columns |= spread_columns(found, "working", "working_seconds")
    return named(pa.table(columns), log.activities, "source", "target")


def starts(*, log: EventLog) -> pa.Table:
    """Activities with which cases start: activity, cases; most first."""
    return named(run(_starts, log=log), log.activities, "activity")


def ends(*, log: EventLog) -> pa.Table:
    """Activities with which cases end (for an open case: its latest so far): activity, cases; most first."""
    return named(run(_ends, log=log), log.activities, "activity")


def _edges() -> ibis.Table:
    pairs = _pairs()
    rows = pairs.group_by(["source", "target"]).aggregate(
        count=pairs.count(), cases=count_where(pairs.new_edge), overlaps=count_where(pairs.overlaps)
    )
    return rows.order_by([rows["count"].desc(), "source", "target"])


def _edge_times() -> ibis.Table:
    pairs = _pairs()
    rows = pairs.group_by(["source", "target"]).aggregate(
        count=pairs.count(),
        **spread(pairs.between_us, "calendar"),
        **spread(pairs.between_work_us, "working"),
    )
    return rows.order_by([rows["count"].desc(), "source", "target"])


def _pairs() -> ibis.Table:
    followed = ITEMS.filter(ITEMS.previous_activity >= 0)
    return followed.mutate(source=followed.previous_activity, target=followed.activity).view()


def _starts() -> ibis.Table:
    return _counted(ITEMS.filter(ITEMS["index"] == 0))


def _ends() -> ibis.Table:
    return _counted(ITEMS.filter(ITEMS.is_last))


def _counted(items: ibis.Table) -> ibis.Table:
    rows = items.group_by("activity").aggregate(cases=lambda t: t.count())
    return rows.order_by([rows.cases.desc(), "activity"])
