"""Rework: activities that happen again in the same case, the loops that lead there, and cases that needed
neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named, run
from straume.lean.flow.engine import tables
from straume.lean.flow.intervals import Share, wilson


@dataclass(frozen=True)
class Rework:
    """Repeated work. An activity is repeated where it happens a second or later time in its case."""

    cases: int
    cases_with_rework: int
    repeated_items: int
    activities: (
        pa.Table
    )  # activity, cases (in which it is repeated), repeated_items, at_once (right after itself)
    loops: pa.Table  # source, target, count, cases: from the item before to the repeated one


def rework(*, log: EventLog) -> Rework:
    """Cases with repeated activities, by activity (by cases, most first) and by what the repetition
    directly follows.

    Whether a repetition is a mistake, a second signature or the way of the law, people say.
    """
    items = tables(log).items
    repeated = items.filter(items.nth > 1).view()
    by_case = repeated.group_by("case").aggregate(items=repeated.count())
    total = run(by_case.aggregate(cases=by_case.count(), items=by_case["items"].sum().fill_null(0)))
    return Rework(
        cases=len(log.cases),
        cases_with_rework=total["cases"][0].as_py(),
        repeated_items=total["items"][0].as_py(),
        activities=_by_activity(log),
        loops=_loops(log),
    )


def first_time_right(*, log: EventLog) -> Share | None:
    """Share of closed cases with no repeated activity and no return to the citizen (a stop of the
    statutory clock).

    None where no case is closed. Wilson interval. Lean-domain formula 6: cases completed with no return to
    citizen and no internal rework / completed cases.
    """
    held = tables(log)
    per_case = held.items.group_by("case").aggregate(most=held.items.nth.max())
    joined = held.cases.filter(held.cases.closed).left_join(per_case, "case")
    right = (joined.most == 1) & (joined.stopped_us == 0)
    found = run(joined.aggregate(count=count_where(right), n=joined.count()))
    return wilson(count=found["count"][0].as_py(), n=found["n"][0].as_py())


def _by_activity(log: EventLog) -> pa.Table:
    items = tables(log).items
    repeated = items.filter(items.nth > 1).view()
    rows = repeated.group_by("activity").aggregate(
        cases=count_where(repeated.nth == 2),  # each case that repeats it has exactly one second time
        repeated_items=repeated.count(),
        at_once=count_where(repeated.previous_activity == repeated.activity),
    )
    return named(run(rows.order_by([rows.cases.desc(), "activity"])), log.activities, "activity")


def _loops(log: EventLog) -> pa.Table:
    items = tables(log).items
    repeated = items.filter(items.nth > 1).view()
    per_case = repeated.group_by(
        source=repeated.previous_activity, target=repeated.activity, case=repeated.case
    )
    counted = per_case.aggregate(count=lambda t: t.count())
    rows = counted.group_by(["source", "target"]).aggregate(
        count=counted["count"].sum(), cases=counted.count()
    )
    found = run(rows.order_by([rows["count"].desc(), "source", "target"]))
    return named(found, log.activities, "source", "target")
