"""Hand-offs: work that passes from one unit to another, and ping-pong, work that comes straight back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import ibis
import pyarrow as pa

from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named, run, spread, spread_columns
from straume.lean.flow.engine import tables


@dataclass(frozen=True)
class Handoffs:
    """Hand-offs between units that directly follow each other in a case; both must be known and differ."""

    count: int
    cases: int  # with at least one
    per_case: float  # mean over all cases
    unknown: int  # successions in which a unit is missing: not counted as hand-offs
    table: pa.Table  # source, target, count, cases, mean/median/p90_seconds, mean/median/p90_working_seconds


@dataclass(frozen=True)
class HandoverCounts:
    """Hand-overs between people as two counts, for checking against published figures; no person appears."""

    pairs: int  # ordered pairs of two different people or units
    count: int  # how often one hands over to another
    successions: (
        int  # ordered pairs with those in which the same one goes on: the published matrices count these
    )


@dataclass(frozen=True)
class PingPong:
    """Work that goes from unit A to unit B and straight back to A (however many items A or B did)."""

    count: int
    cases: int
    table: pa.Table  # unit, other, count, cases


def handoffs(*, log: EventLog) -> Handoffs:
    """Hand-offs between units with the time that passes at each: end of the item before to the start of
    the next.

    Where no start is known, to its end. Most frequent first.
    """
    followed = _followed(log)
    between = followed.filter(
        (followed.source >= 0) & (followed.target >= 0) & (followed.source != followed.target)
    )
    between = between.view()
    per_case = between.group_by(["source", "target", "case"]).aggregate(count=between.count())
    pairs = per_case.group_by(["source", "target"]).aggregate(cases=per_case.count())
    timed = between.group_by(["source", "target"]).aggregate(
        count=between.count(),
        **spread(between.waiting_us, "calendar"),
        **spread(between.waiting_work_us, "working"),
    )
    joined = timed.inner_join(pairs, ["source", "target"])
    found = run(joined.order_by([joined["count"].desc(), "source", "target"]))
    columns = {name: found[name] for name in ("source", "target", "count", "cases")}
    columns |= spread_columns(found, "calendar", "seconds") | spread_columns(
        found, "working", "working_seconds"
    )
    whole = run(followed.aggregate(unknown=count_where((followed.source < 0) | (followed.target < 0))))
    cases = run(
        per_case.aggregate(cases=per_case["case"].nunique(), count=per_case["count"].sum().fill_null(0))
    )
    count = cases["count"][0].as_py()
    return Handoffs(
        count=count,
        cases=cases["cases"][0].as_py(),
        per_case=count / max(len(log.cases), 1),
        unknown=whole["unknown"][0].as_py(),
        table=named(pa.table(columns), log.units, "source", "target"),
    )


def handover_counts(*, log: EventLog, by: Literal["unit", "worker"]) -> HandoverCounts:
    """Different ordered pairs that hand over directly, and how often in all: counts only, also for workers.

    References: van der Aalst, Reijers & Song (2005), CSCW 14, 549–593, doi:10.1007/s10606-005-9005-9.
    """
    if by not in ("unit", "worker"):
        raise WrongCall("not_one_of", value=by, allowed="unit, worker")
    items = tables(log).items
    pairs = items.group_by(source=items[f"previous_{by}"], target=items[by]).aggregate(
        count=lambda t: t.count()
    )
    known = pairs.filter((pairs.source >= 0) & (pairs.target >= 0)).view()
    differ = known.source != known.target
    found = run(
        known.aggregate(
            pairs=count_where(differ),
            count=ibis.ifelse(differ, known["count"], 0).sum().fill_null(0),
            successions=known.count(),
        )
    )
    return HandoverCounts(**{name: found[name][0].as_py() for name in found.column_names})


def ping_pong(*, log: EventLog) -> PingPong:
    """Returns A → B → A between units, with the cases in which they happen. `unit` is A, where the work
    came back to.
    """
    followed = _followed(log)
    between = followed.filter(
        (followed.source >= 0) & (followed.target >= 0) & (followed.source != followed.target)
    )
    in_case = ibis.window(group_by=between["case"], order_by=between["index"])
    moves = between.select(
        "case",
        "source",
        "target",
        then_from=between.source.lead().over(in_case),
        then_to=between.target.lead().over(in_case),
    )
    back = moves.filter((moves.then_to == moves.source) & (moves.then_from == moves.target))
    per_case = back.group_by(["source", "target", "case"]).aggregate(count=lambda t: t.count())
    rows = per_case.group_by(["source", "target"]).aggregate(
        count=per_case["count"].sum(), cases=per_case.count()
    )
    found = run(rows.order_by([rows["count"].desc(), "source", "target"])).rename_columns(
        ["unit", "other", "count", "cases"]
    )
    total = run(
        per_case.aggregate(count=per_case["count"].sum().fill_null(0), cases=per_case["case"].nunique())
    )
    return PingPong(
        count=total["count"][0].as_py(),
        cases=total["cases"][0].as_py(),
        table=named(found, log.units, "unit", "other"),
    )


def _followed(log: EventLog) -> ibis.Table:
    items = tables(log).items
    followed = items.filter(items.previous_activity >= 0)
    return followed.mutate(source=followed.previous_unit, target=followed.unit).view()
