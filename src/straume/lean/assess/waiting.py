"""Why work waits, as an assessment tells it: by cause, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pyarrow as pa

from straume.lean.assess.records import Cause, CauseFigures, WaitingCauses, WaitingOf
from straume.lean.events.log import EventLog
from straume.lean.flow.causes.explain import SHORTEST_DAYS, YEAR_DAYS, Explanation, explain
from straume.lean.flow.causes.split import split
from straume.lean.flow.engine import ElsewhereMeasured

CAUSES: tuple[Cause, ...] = get_args(Cause)
HOUR_SECONDS = 3600.0
Named = Callable[[dict[str, Any]], dict[str, Any]]


def waiting_causes(log: EventLog) -> tuple[WaitingCauses | None, str]:
    """The causes of waiting of a log, or None and why this log cannot show them.

    They are withheld where no start is known (`no_start`), where most are unknown (`few_starts`), and
    where most entries are dates without a time (`date_only`): of such a day nobody knows how it was spent.
    A log whose causes are filled in already (by calendars of its workers, say) is told by those.
    References: docs/methods/waiting-causes.md.
    """
    facts = log.facts
    if facts.start_unknown == facts.work_items:
        return None, "no_start"
    if facts.start_unknown >= 0.5 * facts.work_items:
        return None, "few_starts"
    if facts.date_only > 0.5 * facts.work_items:
        return None, "date_only"
    return _told(explain(_split(log), loaded=log)), ""


def _split(log: EventLog) -> EventLog:
    if isinstance(log, ElsewhereMeasured):
        log.split_causes()
        return log
    return log if log.items["batching_us"].null_count < len(log.items) else split(log)


def _told(found: Explanation) -> WaitingCauses:
    return WaitingCauses(
        cases=found.cases,
        items=found.items,
        unknown_items=found.unknown_items,
        estimated_share=_share(found.estimated_seconds, found.waiting_seconds),
        years=found.span_days / YEAR_DAYS if found.span_days >= SHORTEST_DAYS else None,
        waiting_hours=found.waiting_seconds / HOUR_SECONDS,
        touch_hours=found.touch_seconds / HOUR_SECONDS,
        efficiency=found.efficiency,
        causes=tuple(_cause(name, found) for name in CAUSES),
        steps=_groups(found.by_step, lambda row: {"step": row["step"]}),
        edges=_groups(found.by_edge, lambda row: {"source": row["source"], "step": row["target"]}),
        units=_groups(found.by_unit, lambda row: {"unit": row["unit"], "workers": row["workers"] or None}),
        weeks=_groups(found.by_week, lambda row: {"week": _week(row["monday"])}),
    )


def _cause(name: Cause, found: Explanation) -> CauseFigures:
    cause = found.causes[name]
    return CauseFigures(
        cause=name,
        hours=cause.seconds / HOUR_SECONDS,
        share=cause.share,
        hours_per_year=cause.hours_a_year,
        days_per_case=cause.days_a_case,
        efficiency_without=cause.efficiency_without,
    )


def _groups(rows: pa.Table, named: Named) -> tuple[WaitingOf, ...]:
    return tuple(_group(row, named) for row in rows.to_pylist())


def _group(row: dict[str, Any], named: Named) -> WaitingOf:
    return WaitingOf(
        items=row["count"],
        cases=row["cases"],
        waiting_hours=row["waiting_seconds"] / HOUR_SECONDS,
        estimated_share=_share(row["estimated_seconds"], row["waiting_seconds"]),
        hours={name: row[f"{name}_seconds"] / HOUR_SECONDS for name in CAUSES},
        **named(row),
    )


def _week(monday: Any) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
