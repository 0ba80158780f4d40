"""Steps: how often each activity happens, how long it takes where that is known, and how long the case
waited for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named, spread, spread_columns
from straume.lean.flow.engine import ITEMS, run


@dataclass(frozen=True)
class Steps:
    """The activities of a log, most frequent first."""

    table: pa.Table  # columns of `steps`
    units: pa.Table  # activity, unit, items: who does it; unit null where the log does not say
    occurrences: pa.Table  # activity, nth, items, mean_waiting_seconds, mean_touch_working_seconds


def steps(*, log: EventLog) -> Steps:
    """What the log knows of each activity.

    Returns: `table` with activity; items; cases; share_of_cases [0..1]; repeated (items that are a second
    or later occurrence in their case); touch_known (items with a start), touch_estimated (of these, start
    estimated); mean/median/p90_touch_seconds and _touch_working_seconds (start → end, null where no start
    is known); total_touch_working_seconds; waiting_known (items before which waiting is known: all but
    first items of cases without a receipt); mean/median/p90_waiting_seconds and _waiting_working_seconds
    before the start, for items without a start before their end: then work is inside it.
    """
    table = _step_columns(run(_steps, log=log), log.facts.cases)
    return Steps(
        table=named(table, log.activities, "activity"),
        units=named(named(run(_units, log=log), log.activities, "activity"), log.units, "unit"),
        occurrences=named(run(_occurrences, log=log), log.activities, "activity"),
    )


def _step_columns(found: pa.Table, cases: int) -> pa.Table:
    columns = {name: found[name] for name in ("activity", "items", "cases")}
    columns["share_of_cases"] = pc.divide(pc.cast(found["cases"], pa.float64()), float(max(cases, 1)))
    columns["repeated"] = pc.subtract(found["items"], found["cases"])
    columns |= {name: found[name] for name in ("touch_known", "touch_estimated")}
    columns |= spread_columns(found, "touch", "touch_seconds")
    columns |= spread_columns(found, "touch_work", "touch_working_seconds")
    columns["total_touch_working_seconds"] = pc.divide(pc.cast(found["total_touch"], pa.float64()), 1e6)
    columns["waiting_known"] = found["waiting_known"]
    columns |= spread_columns(found, "waiting", "waiting_seconds")
    columns |= spread_columns(found, "waiting_work", "waiting_working_seconds")
    return pa.table(columns)


def _steps() -> ibis.Table:
    rows = ITEMS.group_by("activity").aggregate(
        items=ITEMS.count(),
        cases=count_where(ITEMS.nth == 1),
        touch_known=ITEMS.touch_us.count(),
        touch_estimated=count_where(ITEMS.estimated),
        total_touch=ITEMS.touch_work_us.sum(),
        waiting_known=ITEMS.waiting_us.count(),
        **spread(ITEMS.touch_us, "touch"),
        **spread(ITEMS.touch_work_us, "touch_work"),
        **spread(ITEMS.waiting_us, "waiting"),
        **spread(ITEMS.waiting_work_us, "waiting_work"),
    )
    return rows.order_by([rows["items"].desc(), "activity"])


def _units() -> ibis.Table:
    rows = ITEMS.group_by(["activity", "unit"]).aggregate(items=ITEMS.count())
    return rows.order_by(["activity", rows["items"].desc(), "unit"])


def _occurrences() -> ibis.Table:
    rows = ITEMS.group_by(["activity", "nth"]).aggregate(
        items=ITEMS.count(),
        mean_waiting_seconds=ITEMS.waiting_us.mean() / 1e6,
        mean_touch_working_seconds=ITEMS.touch_work_us.mean() / 1e6,
    )
    return rows.order_by(["activity", "nth"])
