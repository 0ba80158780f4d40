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

ROUTINE_SHARE = 0.8  # of the closed cases: what four of five have is the usual way, not an exception
ROUTINE_CASES = 5  # below, all of them may have been returned


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


@dataclass(frozen=True)
class FirstTimeRight(Share):
    """The share, and whether it leaves the stops of the statutory clock out."""

    stops_are_routine: bool = False


def rework(*, log: EventLog) -> Rework:
    """Cases with repeated activities, by activity (by cases, most first) and by what the repetition
    directly follows.

    Whether a repetition is a mistake, a second signature or the way of the law, people say.
    """
    total = run(_total, log=log)
    return Rework(
        cases=log.facts.cases,
        cases_with_rework=total["cases"][0].as_py(),
        repeated_items=total["items"][0].as_py(),
        activities=named(run(_by_activity, log=log), log.activities, "activity"),
        loops=named(run(_loops, log=log), log.activities, "source", "target"),
    )


def first_time_right(*, log: EventLog) -> FirstTimeRight | None:
    """Share of closed cases with no repeated activity and no return to the citizen (a stop of the
    statutory clock).

    A stop that nearly every case has belongs to the way of the service (the neighbours' consent, a payment)
    and shows no return: where at least ROUTINE_SHARE of ROUTINE_CASES or more closed cases have one, stops
    are left out and the record says so. None where no case is closed. Wilson interval. Lean-domain
    formula 6: cases completed with no return to citizen and no internal rework / completed cases.
    """
    found = run(_right, log=log).to_pylist()[0]
    routine = found["n"] >= ROUTINE_CASES and found["stopped"] >= ROUTINE_SHARE * found["n"]
    share = wilson(count=found["once" if routine else "right"], n=found["n"])
    return None if share is None else FirstTimeRight(**vars(share), stops_are_routine=routine)


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
    once = joined.most == 1
    return joined.aggregate(
        once=count_where(once),
        right=count_where(once & (joined.stopped_us == 0)),
        stopped=count_where(joined.stopped_us > 0),
        n=joined.count(),
    )
