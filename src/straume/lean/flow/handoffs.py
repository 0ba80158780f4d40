"""Hand-offs: work that passes from one unit to another, and ping-pong, work that comes straight back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import ibis
import pyarrow as pa

from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.flow.columns import count_where, named, spread, spread_columns
from straume.lean.flow.engine import ITEMS, run


@dataclass(frozen=True)
class Handoffs:
    """Hand-offs between units that directly follow each other in a case; both must be known and differ."""

    count: int
    cases: int  # with at least one
    per_case: float  # mean over all cases
    unknown: int  # successions in which a unit is missing: not counted as hand-offs
    table: pa.Table  # source, target, count, cases; most frequent first


@dataclass(frozen=True)
class HandoverCounts:
    """Hand-overs between people as two counts, for checking against published figures; no person appears."""

    pairs: int  # ordered pairs of two different people or units
    count: int  # how often one hands over to another
    successions: int  # ordered pairs, the same one going on included: published matrices count these


@dataclass(frozen=True)
class PingPong:
    """Work that goes from unit A to unit B and straight back to A (however many items A or B did)."""

    count: int
    cases: int
    table: pa.Table  # unit, other, count, cases


def handoffs(*, log: EventLog) -> Handoffs:
    """Hand-offs between units: how many, in how many cases, between which."""
    found, total = run(_handoffs, log=log), run(_handoffs_in_all, log=log)
    count = total["count"][0].as_py()
    return Handoffs(
        count=count,
        cases=total["cases"][0].as_py(),
        per_case=count / max(log.facts.cases, 1),
        unknown=total["unknown"][0].as_py(),
        table=named(found, log.units, "source", "target"),
    )


def handoff_times(*, log: EventLog) -> pa.Table:
    """Time that passes at each hand-off: end of the item before to the start of the next.

    Where no start is known, to its end. Returns: one row per pair of units in the order of `handoffs`:
    source, target, count; mean, median and p90 [s] in calendar and in working time (the target's calendar).
    """
    found = run(_handoff_times, log=log)
    columns = {name: found[name] for name in ("source", "target", "count")}
    columns |= spread_columns(found, "calendar", "seconds")
    columns |= spread_columns(found, "working", "working_seconds")
    return named(pa.table(columns), log.units, "source", "target")


def handover_counts(*, log: EventLog, by: Literal["unit", "worker"]) -> HandoverCounts:
    """Different ordered pairs that hand over directly, and how often in all: counts only, also for workers.

    References: van der Aalst, Reijers & Song (2005), CSCW 14, 549–593, doi:10.1007/s10606-005-9005-9.
    """
    if by not in ("unit", "worker"):
        raise WrongCall("not_one_of", option="by", value=by, allowed="unit, worker")
    found = run({"unit": _between_units, "worker": _between_workers}[by], log=log)
    return HandoverCounts(**{name: found[name][0].as_py() for name in found.column_names})


def ping_pong(*, log: EventLog) -> PingPong:
    """Work that goes A → B → A between units; in the table `unit` is A, where it came back to."""
    found, total = run(_returns, log=log), run(_returns_in_all, log=log)
    return PingPong(
        count=total["count"][0].as_py(),
        cases=total["cases"][0].as_py(),
        table=named(found, log.units, "unit", "other"),
    )


def _followed() -> ibis.Table:
    followed = ITEMS.filter(ITEMS.previous_activity >= 0)
    return followed.mutate(source=followed.previous_unit, target=followed.unit).view()


def _between() -> ibis.Table:
    rows = _followed()
    return rows.filter((rows.source >= 0) & (rows.target >= 0) & (rows.source != rows.target)).view()


def _handoffs() -> ibis.Table:
    between = _between()
    rows = between.group_by(["source", "target"]).aggregate(
        count=between.count(), cases=count_where(between.new_handoff)
    )
    return rows.order_by([rows["count"].desc(), "source", "target"])


def _handoff_times() -> ibis.Table:
    between = _between()
    rows = between.group_by(["source", "target"]).aggregate(
        count=between.count(),
        **spread(between.between_us, "calendar"),
        **spread(between.between_work_us, "working"),
    )
    return rows.order_by([rows["count"].desc(), "source", "target"])


def _handoffs_in_all() -> ibis.Table:
    rows = _followed()
    unknown = (rows.source < 0) | (rows.target < 0)
    moved = (rows.source >= 0) & (rows.target >= 0) & (rows.source != rows.target)
    return rows.aggregate(
        count=count_where(moved), cases=count_where(rows.first_handoff), unknown=count_where(unknown)
    )


def _between_units() -> ibis.Table:
    return _pair_counts(ITEMS.previous_unit, ITEMS.unit)


def _between_workers() -> ibis.Table:
    return _pair_counts(ITEMS.previous_worker, ITEMS.worker)


def _pair_counts(source: ibis.Value, target: ibis.Value) -> ibis.Table:
    pairs = ITEMS.group_by(source=source, target=target).aggregate(count=lambda t: t.count())
    known = pairs.filter((pairs.source >= 0) & (pairs.target >= 0)).view()
    differ = known.source != known.target
    return known.aggregate(
        pairs=count_where(differ),
        count=ibis.ifelse(differ, known["count"], 0).sum().fill_null(0),
        successions=known.count(),
    )


def _returns_by_case() -> ibis.Table:
    between = _between()
    in_case = ibis.window(group_by=between["case"], order_by=between["index"])
    moves = between.select(
        "case",
        unit=between.source,
        other=between.target,
        then_from=between.source.lead().over(in_case),
        then_to=between.target.lead().over(in_case),
    )
    back = moves.filter((moves.then_to == moves.unit) & (moves.then_from == moves.other))
    return back.group_by(["unit", "other", "case"]).aggregate(count=lambda t: t.count())


def _returns() -> ibis.Table:
    per_case = _returns_by_case()
    rows = per_case.group_by(["unit", "other"]).aggregate(
        count=per_case["count"].sum(), cases=per_case.count()
    )
    return rows.order_by([rows["count"].desc(), "unit", "other"])


def _returns_in_all() -> ibis.Table:
    per_case = _returns_by_case()
    return per_case.aggregate(count=per_case["count"].sum().fill_null(0), cases=per_case["case"].nunique())
