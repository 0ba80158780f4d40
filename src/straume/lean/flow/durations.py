"""How long cases take, on the citizen's clock and on the statutory clock, and whether the promise is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.flow.columns import SECOND_US, count_where, quantile_columns
from straume.lean.flow.engine import CASES, run
from straume.lean.flow.intervals import wilson
from straume.lean.flow.survival import Survival, kaplan_meier

Clock = Literal["calendar", "working"]
Whose = Literal["citizen", "statutory"]


@dataclass(frozen=True)
class Durations:
    """Durations of closed cases [s] on one clock. Standard deviation with n − 1; quantiles linearly
    interpolated.
    """

    n: int
    mean_seconds: float
    sd_seconds: float | None  # None: one case only
    median_seconds: float
    p80_seconds: float
    p90_seconds: float
    max_seconds: float
    total_seconds: float


@dataclass(frozen=True)
class CaseDurations:
    """From request to answer. None where no case is closed, for the statutory clock also where nothing
    stops it.
    """

    cases: int
    open_cases: int
    calendar: Durations | None
    working: Durations | None  # working time of the log's calendar
    statutory_calendar: Durations | None  # less the time during which the statutory clock stood
    statutory_working: Durations | None


@dataclass(frozen=True)
class OnTime:
    """Share of cases answered within the deadline, with its 95 % interval."""

    share: float
    low: float
    high: float
    on_time: int  # closed cases within the deadline
    late: int  # closed cases beyond it
    open_late: int  # open cases that are already beyond it
    open_undecided: int  # open cases that may still keep it
    method: Literal["wilson", "kaplan_meier"]


def case_durations(*, log: EventLog) -> CaseDurations:
    """Durations from receipt to the end of the last item, of closed cases."""
    found = run(_summaries, log=log)
    stops = run(_stopped, log=log)["cases"][0].as_py() > 0
    return CaseDurations(
        cases=log.facts.cases,
        open_cases=log.facts.open_cases,
        calendar=_durations(found, "calendar"),
        working=_durations(found, "working"),
        statutory_calendar=_durations(found, "statutory_calendar") if stops else None,
        statutory_working=_durations(found, "statutory_working") if stops else None,
    )


def time_to_answer(*, log: EventLog, clock: Clock = "calendar", whose: Whose = "citizen") -> Survival:
    """Kaplan–Meier curve of the time from receipt to answer [µs].

    An open case counts up to the latest instant of the log.

    Parameters: clock – calendar or working time; whose – the citizen's clock or the statutory one, without
    the stops.
    """
    _check(clock, whose)
    column = {"calendar": "duration_us", "working": "duration_work_us"}[clock]
    stopped = {"calendar": "stopped_us", "working": "stopped_work_us"}[clock]
    rows = run(_by_case, log=log)
    length = rows[column].to_numpy()
    if whose == "statutory":
        length = length - rows[stopped].to_numpy()
    return kaplan_meier(durations=length, ended=rows["closed"].to_numpy())


def on_time(
    *, log: EventLog, deadline_days: float | None, clock: Clock = "calendar", whose: Whose = "citizen"
) -> OnTime | None:
    """Share of cases answered within the legal deadline; None where nothing is known of it.

    Parameters: deadline_days – calendar or working days (as `clock` says), counted from the day after
    receipt to the end of the last day; None: each case's own `due_at`. whose – "statutory" takes off the
    days on which the statutory clock stood.

    Open cases that are already late count as late. Where open cases may still keep the deadline, the share
    is read from the Kaplan–Meier curve with its log-log limits, otherwise it is k/n with the Wilson interval.
    """
    _check(clock, whose)
    rows = run(_by_case, log=log)
    used, allowed = _used_and_allowed(rows, deadline_days, clock, whose)
    known = ~np.isnan(allowed)
    over = (used - allowed)[known]
    ended = rows["closed"].to_numpy()[known]
    if not over.size:
        return None
    late = over > 0
    counts = {
        "on_time": int((ended & ~late).sum()),
        "late": int((ended & late).sum()),
        "open_late": int((~ended & late).sum()),
        "open_undecided": int((~ended & ~late).sum()),
    }
    if counts["open_undecided"] and deadline_days is not None:
        share, low, high = kaplan_meier(durations=used[known], ended=ended).ended_within(deadline_days)
        if counts["on_time"] and not math.isnan(low):
            return OnTime(share, low, high, **counts, method="kaplan_meier")
    decided = wilson(count=counts["on_time"], n=over.size - counts["open_undecided"])
    return OnTime(decided.value, decided.low, decided.high, **counts, method="wilson") if decided else None


def _stopped() -> ibis.Table:
    return CASES.aggregate(cases=count_where(CASES.closed & (CASES.stopped_us > 0)))


def _by_case() -> ibis.Table:
    return CASES.order_by("case")


def _summaries() -> ibis.Table:
    closed = CASES.filter(CASES.closed).view()
    columns = {
        "calendar": closed.duration_us,
        "working": closed.duration_work_us,
        "statutory_calendar": closed.duration_us - closed.stopped_us,
        "statutory_working": closed.duration_work_us - closed.stopped_work_us,
    }
    return closed.aggregate([each for name, value in columns.items() for each in _summary(name, value)])


def _summary(name: str, value: ibis.Value) -> list[ibis.Value]:
    return [
        value.count().name(f"{name}_n"),
        value.mean().name(f"{name}_mean"),
        value.std(how="sample").name(f"{name}_sd"),
        value.quantile([0.5, 0.8, 0.9]).name(f"{name}_quantiles"),
        value.max().name(f"{name}_max"),
        value.sum().name(f"{name}_sum"),
    ]


def _durations(found: pa.Table, name: str) -> Durations | None:
    n = found[f"{name}_n"][0].as_py()
    if not n:
        return None
    median, p80, p90 = (column[0].as_py() for column in quantile_columns(found[f"{name}_quantiles"], 3))
    mean, sd, most, total = (found[f"{name}_{what}"][0].as_py() for what in ("mean", "sd", "max", "sum"))
    return Durations(
        n=n,
        mean_seconds=mean / SECOND_US,
        sd_seconds=sd / SECOND_US if n > 1 else None,
        median_seconds=median,
        p80_seconds=p80,
        p90_seconds=p90,
        max_seconds=most / SECOND_US,
        total_seconds=total / SECOND_US,
    )


def _used_and_allowed(
    rows: pa.Table, deadline_days: float | None, clock: Clock, whose: Whose
) -> tuple[np.ndarray, np.ndarray]:
    """Per case what it used and what it may use (nan: not known), in days, for `due_at` in µs."""
    if deadline_days is None:
        used, stopped = "duration_us", "stopped_us"
        allowed = pc.cast(rows["due_us"], pa.float64()).to_numpy(zero_copy_only=False)
    else:
        used, stopped = f"{clock}_days", f"stopped_{clock}_days"
        allowed = np.full(len(rows), float(deadline_days))
    length = rows[used].to_numpy()
    return (length - rows[stopped].to_numpy() if whose == "statutory" else length), allowed


def _check(clock: str, whose: str) -> None:
    asked = (("clock", clock, ("calendar", "working")), ("whose", whose, ("citizen", "statutory")))
    for option, value, allowed in asked:
        if value not in allowed:
            raise WrongCall("not_one_of", option=option, value=value, allowed=", ".join(allowed))
