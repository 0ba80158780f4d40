"""Rework: activities that happen again in the same case, the loops that lead there, and cases that needed
neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named
from straume.lean.flow.engine import CASES, ITEMS, run
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
    total = run(_total, log=log)
    return Rework(
        cases=len(log.cases),
        cases_with_rework=total["cases"][0].as_py(),
        repeated_items=total["items"][0].as_py(),
        activities=named(run(_by_activity, log=log), log.activities, "activity"),
        loops=named(run(_loops, log=log), log.activities, "source", "target"),
    )


def first_time_right(*, log: EventLog) -> Share | None:
    """Share of closed cases with no repeated activity and no return to the citizen (a stop of the
    statutory clock).

    None where no case is closed. Wilson interval. Lean-domain formula 6: cases completed with no return to
    citizen and no internal rework / completed cases.
    """
    found = run(_right, log=log)
    return wilson(count=found["count"][0].as_py(), n=found["n"][0].as_py())


def _repeated() -> ibis.Table:
    return ITEMS.filter(ITEMS.nth > 1).view()


def _total() -> ibis.Table:
    repeated = _repeated()
    by_case = repeated.group_by("case").aggregate(items=repeated.count())
    return by_case.aggregate(cases=by_case.count(), items=by_case["items"].sum().fill_null(0))


def _by_activity() -> ibis.Table:
    repeated = _repeated()
    rows = repeated.group_by("activity").aggregate(
        cases=count_where(repeated.nth == 2),  # each case that repeats it has exactly one second time
        repeated_items=repeated.count(),
        at_once=count_where(repeated.previous_activity == repeated.activity),
    )
    return rows.order_by([rows.cases.desc(), "activity"])


def _loops() -> ibis.Table:
    repeated = _repeated()
    per_case = repeated.group_by(
        source=repeated.previous_activity, target=repeated.activity, case=repeated.case
    )
    counted = per_case.aggregate(count=lambda t: t.count())
    rows = counted.group_by(["source", "target"]).aggregate(
        count=counted["count"].sum(), cases=counted.count()
    )
    return rows.order_by([rows["count"].desc(), "source", "target"])


def _right() -> ibis.Table:
    per_case = ITEMS.group_by("case").aggregate(most=ITEMS.nth.max())
    joined = CASES.filter(CASES.closed).left_join(per_case, "case")
    right = (joined.most == 1) & (joined.stopped_us == 0)
    return joined.aggregate(count=count_where(right), n=joined.count())
