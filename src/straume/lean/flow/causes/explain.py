"""Causes of waiting in a whole log: by step, edge, unit and week, and what each of them costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import Withheld
from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog, Flag
from straume.lean.flow.causes.split import CAUSES
from straume.lean.flow.columns import count_where, named
from straume.lean.flow.engine import ElsewhereMeasured, run
from straume.lean.flow.prepare import in_order
from straume.lean.flow.sequences import Codes, first_of_pair_in_case

YEAR_DAYS = 365.25
SHORTEST_DAYS = 28  # from a shorter log nothing is said of a year
_THURSDAY = 3  # weekday of 1 January 1970, Monday 0
_SUMS = tuple(f"{cause}_us" for cause in CAUSES)
PLACED_COLUMNS = {
    **dict.fromkeys(("previous", "activity", "unit", "worker"), "int32"),
    **dict.fromkeys(("new_step", "new_edge", "new_unit", "new_week", "estimated"), "boolean"),
    **dict.fromkeys(("week", "touch_us", "estimated_us"), "int64"),
}
COLUMNS = {**PLACED_COLUMNS, **dict.fromkeys(_SUMS, "int64")}
ROWS = ibis.table(COLUMNS, name="causes")


@dataclass(frozen=True)
class Cause:
    """One cause of waiting in the whole log; elapsed time, nights and weekends included."""

    seconds: float
    share: float  # of all waiting
    hours_a_year: float | None  # None: the log is shorter than SHORTEST_DAYS
    days_a_case: float
    efficiency_without: float | None  # cycle efficiency had nothing waited for this cause


@dataclass(frozen=True)
class Explanation:
    """Where the waiting of a log comes from. Tables hold seconds of each cause; the smallest group is a unit.

    by_step : step, count, cases; by_edge : source (whose completion enabled the work), target, count, cases;
    by_unit : unit (null: not named), workers (how many; 0: the log names nobody), count, cases; by_week :
    monday (date), count, cases; each followed by `waiting_seconds`, `estimated_seconds` (of these: before
    work whose start is estimated) and `<cause>_seconds`, most waiting first (weeks in their order).
    """

    cases: int
    items: int  # pieces of work whose start is known: only these can be explained
    unknown_items: int
    estimated_share: float  # of the explained pieces of work: their start is estimated
    span_days: float
    waiting_seconds: float
    estimated_seconds: float  # of these: before work whose start is estimated
    touch_seconds: float
    efficiency: float | None  # touch ÷ (touch + waiting), elapsed time
    causes: Mapping[str, Cause]
    by_step: pa.Table
    by_edge: pa.Table
    by_unit: pa.Table
    by_week: pa.Table


def explain(log: EventLog, *, loaded: EventLog | None = None) -> Explanation:
    """Sum up the causes of a log that `split` has filled in.

    `loaded`: the log before that where others measure it too, so that the engine holds it only once.
    Raises Withheld `causes_need_starts` where the start of no piece of work is known.
    """
    given = {} if isinstance(log, ElsewhereMeasured) else {"causes": _rows(log)}
    held = loaded if loaded is not None else log
    total = run(_total, log=held, **given).to_pylist()[0]
    items = total["items"]
    if not items:
        raise Withheld("causes_need_starts")
    seconds = {cause: total[f"{cause}_us"] / 1e6 for cause in CAUSES}
    waiting, touch = sum(seconds.values()), total["touch_us"] / 1e6
    span_days = (log.facts.last_at - log.facts.first_at) / DAY_US
    return Explanation(
        cases=log.facts.cases,
        items=items,
        unknown_items=log.facts.work_items - items,
        estimated_share=total["estimated_items"] / items,
        span_days=span_days,
        waiting_seconds=waiting,
        estimated_seconds=total["estimated_us"] / 1e6,
        touch_seconds=touch,
        efficiency=_efficiency(touch, waiting),
        causes={
            cause: Cause(
                seconds=each,
                share=each / waiting if waiting else 0.0,
                hours_a_year=each / 3600 * YEAR_DAYS / span_days if span_days >= SHORTEST_DAYS else None,
                days_a_case=each / 86_400 / log.facts.cases,
                efficiency_without=_efficiency(touch, waiting - each),
            )
            for cause, each in seconds.items()
        },
        by_step=_table(named(run(_by_step, log=held, **given), log.activities, "step")),
        by_edge=_table(named(run(_by_edge, log=held, **given), log.activities, "source", "target")),
        by_unit=_table(named(run(_by_unit, log=held, **given), log.units, "unit")),
        by_week=_table(_dated(run(_by_week, log=held, **given))),
    )


def _efficiency(touch: float, waiting: float) -> float | None:
    return touch / (touch + waiting) if touch + waiting > 0 else None


def _rows(log: EventLog) -> pa.Table:
    """What the expressions read: one row per piece of work whose causes are known."""
    items = in_order(log.items)
    known = items["batching_us"].is_valid()
    rows = placed_rows(log, known=known)
    causes = items.filter(known) if items["batching_us"].null_count else items
    for name in _SUMS:
        rows = rows.append_column(name, causes[name])
    return rows


def placed_rows(log: EventLog, *, known: pa.ChunkedArray) -> pa.Table:
    """What those rows say without the causes, case by case: of the items in their order that are `known`.

    `previous` is the step whose completion enabled the work (UNKNOWN: it was enabled by the request);
    `new_…` marks the first row of its case in that group, so that the cases of a group are their sum.
    """
    items = in_order(log.items)
    source = _enabled_by(items)
    if not pc.all(known).as_py():
        items, source = items.filter(known), source[known.to_numpy()]
    case, activity = (items[name].to_numpy() for name in ("case", "activity"))
    start, unit = items["start_at"].to_numpy(), items["unit"].to_numpy()
    day = WorkCalendar.from_dict(log.calendar).local_day(start)
    monday = day - (day + _THURSDAY) % 7
    week = ((monday - monday.min(initial=0)) // 7).astype(np.int32)
    estimated = (items["flags"].to_numpy() & int(Flag.START_ESTIMATED)) > 0
    waiting = start - np.minimum(items["enabled_at"].to_numpy(), start)
    one = np.zeros(len(case), np.int32)
    return pa.table(
        {
            "previous": source,
            "activity": activity,
            "unit": unit,
            "worker": items["worker"],
            "new_step": first_of_pair_in_case(case=case, source=one, target=activity),
            "new_edge": first_of_pair_in_case(case=case, source=source, target=activity),
            "new_unit": first_of_pair_in_case(case=case, source=one, target=unit + 1),
            "new_week": first_of_pair_in_case(case=case, source=one, target=week),
            "week": monday,
            "touch_us": items["end_at"].to_numpy() - start,
            "estimated": estimated,
            "estimated_us": np.where(estimated, waiting, 0),
        }
    )


def _enabled_by(items: pa.Table) -> Codes:
    """Of each row the activity whose completion enabled it: mostly that of the row before it."""
    case, activity, end, enabled = (
        items[name].to_numpy() for name in ("case", "activity", "end_at", "enabled_at")
    )
    source = np.full(len(case), UNKNOWN, np.int32)
    rows, before = np.arange(len(case)), np.arange(-1, len(case) - 1)
    while len(rows):
        inside = (before >= 0) & (case[np.maximum(before, 0)] == case[rows])
        rows, before = rows[inside], before[inside]
        enables = end[before] == enabled[rows]
        source[rows[enables]] = activity[before[enables]]
        rows, before = rows[~enables], before[~enables] - 1
    return source


def _sums(rows: ibis.Table, *by: str, new: str, **more: ibis.Value) -> ibis.Table:
    waiting = sum(rows[name].sum() for name in _SUMS)
    return rows.group_by(list(by)).aggregate(
        **more,
        count=rows.count(),
        cases=count_where(rows[new]),
        waiting_us=waiting,
        estimated_us=rows["estimated_us"].sum(),
        **{name: rows[name].sum() for name in _SUMS},
    )


def _total() -> ibis.Table:
    return ROWS.aggregate(
        items=ROWS.count(),
        estimated_items=count_where(ROWS.estimated),
        **{name: ROWS[name].sum() for name in ("touch_us", "estimated_us", *_SUMS)},
    )


def _by_step() -> ibis.Table:
    found = _sums(ROWS.mutate(step=ROWS.activity).view(), "step", new="new_step")
    return found.order_by([found.waiting_us.desc(), "step"])


def _by_edge() -> ibis.Table:
    pairs = ROWS.filter(ROWS.previous >= 0)
    found = _sums(
        pairs.mutate(source=pairs.previous, target=pairs.activity).view(), "source", "target", new="new_edge"
    )
    return found.order_by([found.waiting_us.desc(), "source", "target"])


def _by_unit() -> ibis.Table:
    rows = ROWS.view()
    found = _sums(rows, "unit", new="new_unit", workers=rows.worker.nullif(UNKNOWN).nunique())
    return found.order_by([found.waiting_us.desc(), "unit"])


def _by_week() -> ibis.Table:
    found = _sums(ROWS.view(), "week", new="new_week")
    return found.order_by("week")


def _dated(rows: pa.Table) -> pa.Table:
    monday = rows["week"].cast(pa.int32()).cast(pa.date32())
    return rows.drop_columns(["week"]).add_column(0, "monday", monday)


def _table(rows: pa.Table) -> pa.Table:
    for name in ("waiting_us", "estimated_us", *_SUMS):
        place = rows.column_names.index(name)
        floats = pc.cast(
            rows[name], pa.float64(), safe=False
        )  # 285 years of waiting in all are past 2**53 µs
        rows = rows.set_column(place, f"{name.removesuffix('_us')}_seconds", pc.divide(floats, 1e6))
    return rows
