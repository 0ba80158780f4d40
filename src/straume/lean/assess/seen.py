"""The log as the findings look at it: arrays in the order of the cases, and what the source lets one say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from straume.lean.assess.records import Certainty, Estimate, Finding
from straume.lean.assess.thresholds import HIGH_CASES, HIGH_HALF_WIDTH, MEDIUM_CASES, MEDIUM_HALF_WIDTH
from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.from_log import SHORTEST_PERIOD_DAYS

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
HOUR_US = 3_600_000_000


@dataclass(frozen=True, eq=False)
class Seen:
    """One log in arrays, a place per piece of work; instants [µs UTC], `touch` is NaN where unknown."""

    log: EventLog
    case: Ints
    activity: Ints
    unit: Ints
    worker: Ints
    nth: Ints
    enabled: Ints
    at: Ints  # start, where unknown the end
    end: Ints
    waiting_work: Ints  # [µs working time]
    touch_work: Floats  # [µs working time]
    first: Bools
    received: Ints  # by case
    closed: Bools
    last: Ints
    channel: npt.NDArray[np.object_]
    outcome: npt.NDArray[np.object_]

    @classmethod
    def of(cls, log: EventLog) -> Seen:
        items = log.items
        order = np.lexsort((_ints(items["index"]), _ints(items["case"])))
        rows = {
            name: _ints(items[name])[order]
            for name in ("case", "activity", "unit", "worker", "nth", "enabled_at")
        }
        end = _ints(items["end_at"])[order]
        known = pc.is_valid(items["start_at"]).to_numpy()[order]
        start = pc.fill_null(items["start_at"], 0).to_numpy()[order]
        touch = pc.fill_null(items["processing_work_us"], 0).to_numpy()[order].astype(np.float64)
        cases = log.cases.sort_by("case")
        return cls(
            log=log,
            case=rows["case"],
            activity=rows["activity"],
            unit=rows["unit"],
            worker=rows["worker"],
            nth=rows["nth"],
            enabled=rows["enabled_at"],
            at=np.where(known, start, end),
            end=end,
            waiting_work=_ints(items["waiting_work_us"])[order],
            touch_work=np.where(known, touch, np.nan),
            first=np.diff(rows["case"], prepend=-1) != 0,
            received=_ints(cases["received_at"]),
            closed=cases["closed"].to_numpy(),
            last=_ints(cases["last_at"]),
            channel=np.array(cases["channel"].to_pylist(), dtype=object),
            outcome=np.array(cases["outcome"].to_pylist(), dtype=object),
        )

    @property
    def cases(self) -> int:
        return len(self.received)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar.from_dict(self.log.calendar)

    @cached_property
    def starts_known(self) -> bool:
        """Whether most items have a start: below that waiting holds work too and no figure says "waits"."""
        return bool(np.isfinite(self.touch_work).mean() > 0.5) if len(self.case) else False

    def starts_known_of(self, rows: Bools) -> bool:
        """The same of some items: a log may know the starts of one step and not of another."""
        return bool(np.isfinite(self.touch_work[rows]).mean() > 0.5) if rows.any() else False

    @property
    def estimated_share(self) -> float:
        facts = self.log.facts
        known = facts.start_recorded + facts.start_paired + facts.start_estimated
        return facts.start_estimated / known if known else 0.0

    @property
    def date_only_share(self) -> float:
        facts = self.log.facts
        return facts.date_only / facts.work_items if facts.work_items else 0.0

    @cached_property
    def knows_receipts(self) -> bool:
        first_at = self.at[self.first]
        return bool((self.received[self.case[self.first]] < first_at).any())

    @cached_property
    def years(self) -> float:
        """Length of the period, at least a month, so that a short log promises no big year."""
        if not self.cases:
            return 1.0
        span = max(int(self.received.max()), int(self.last.max())) - int(self.received.min())
        return max(span / DAY_US / 365.25, 1 / 12)

    @cached_property
    def arrival_years(self) -> float:
        """Years in which the cases came in: their number over the arrivals a year, as `from_log` has them.

        The work that follows the last arrival belongs to these years, so a log of the cases of one year that
        is followed to its end has the work of one year. Of a log whose cases came within four weeks: `years`.
        """
        if self.cases < 2:
            return self.years
        days = (int(self.received.max()) - int(self.received.min())) / DAY_US
        arrivals = days * self.cases / (self.cases - 1) / 365.25
        return arrivals if days >= SHORTEST_PERIOD_DAYS else self.years

    @cached_property
    def working_day_us(self) -> float:
        return WorkingTime.of(self.log.calendar).minutes_per_day * 60_000_000

    @cached_property
    def waiting_days(self) -> Floats:
        return (self.at - self.enabled) / DAY_US

    @cached_property
    def previous(self) -> Ints:
        return self._before(self.activity)

    @cached_property
    def previous_unit(self) -> Ints:
        return self._before(self.unit)

    @cached_property
    def case_days(self) -> float:
        """Mean days from request to answer of the cases that have ended."""
        days = (self.last - self.received)[self.closed] / DAY_US
        return float(days.mean()) if len(days) else 0.0

    @cached_property
    def first_place(self) -> Ints:
        """For each item the row at which its activity happened first in its case."""
        place = np.arange(len(self.case))
        repeats = np.zeros(self.cases, np.bool_)
        repeats[self.case[self.nth > 1]] = True
        rows = np.flatnonzero(repeats[self.case])  # elsewhere each is the first
        key = self.case[rows] * (int(self.activity.max(initial=0)) + 1) + self.activity[rows]
        _, where, back = np.unique(key, return_index=True, return_inverse=True)
        place[rows] = rows[where][back]
        return place

    @cached_property
    def goes_back(self) -> Bools:
        """Items by which a case returns: done before, and earlier than what comes right before it now."""
        before = np.append(np.int64(0), self.first_place[:-1]) if len(self.case) else self.first_place
        back: Bools = (self.nth > 1) & ~self.first & (self.first_place <= before)
        return back

    @property
    def every(self) -> Bools:
        """All items."""
        return np.ones(len(self.case), np.bool_)

    def name(self, activity: int) -> str:
        return self.log.activities[activity]

    def unit_name(self, unit: int) -> str:
        return self.log.units[unit]

    def hours_per_year(self, rows: Bools) -> float | None:
        """Working hours a year that these items take; None where too few of them have a known touch time.

        All work that was done, that of open cases too, over the years in which the cases came in.
        """
        known = np.isfinite(self.touch_work) & rows
        if not rows.any() or known.sum() < 0.5 * rows.sum() or self.date_only_share > 0.5:
            return None
        mean_hours = float(self.touch_work[known].mean()) / HOUR_US
        return mean_hours * int(rows.sum()) / self.arrival_years

    def sum_per_case(self, rows: Bools, values: Floats) -> Floats:
        """Sum of the values of these items by case, for the cases that have any of them."""
        touched = np.zeros(self.cases, np.bool_)
        touched[self.case[rows]] = True
        sums = np.bincount(self.case[rows], weights=values[rows], minlength=self.cases).astype(np.float64)
        return sums[touched]

    def count_cases(self, rows: Bools) -> int:
        return int(np.count_nonzero(np.diff(self.case[rows], prepend=-1)))  # cases stand together

    def mostly(self, codes: Ints) -> tuple[int, float]:
        """The most frequent code and its share; −1 where there is none."""
        if not len(codes):
            return -1, 0.0
        counts = np.bincount(codes + 1)
        return int(counts.argmax()) - 1, float(counts.max() / len(codes))

    def finding(
        self,
        code: str,
        *,
        touched: int,
        days: Estimate | None,
        counts: Mapping[str, float | int | str],
        step: int | None = None,
        unit: int | None = None,
        edge: tuple[int, int] | None = None,
        hours: float | None = None,
        of: int | None = None,
        cap: Certainty = "high",
        effect: Estimate | None = None,
        score: float | None = None,
    ) -> Finding:
        """A finding with certainty and rank; `effect` is the figure whose interval counts, else the days."""
        cases = self.cases if of is None else of
        weight = (days.value if days is not None else 0.0) * touched / max(1, self.cases)
        return Finding(
            code=code,
            step=self.name(step) if step is not None else None,
            edge=(self.name(edge[0]), self.name(edge[1])) if edge is not None else None,
            unit=self.unit_name(unit) if unit is not None and unit >= 0 else None,
            cases_touched=touched,
            cases=cases,
            hours_per_year=hours,
            days_per_case=days,
            certainty=self.how_sure(touched, effect or days, cap),
            counts=dict(counts),
            score=weight if score is None else score,
        )

    def how_sure(self, touched: int, effect: Estimate | None, cap: Certainty) -> Certainty:
        if self.estimated_share > 0.5 or cap == "low":
            return "low"
        width = _half_width(effect)
        if (
            touched >= HIGH_CASES
            and width <= HIGH_HALF_WIDTH
            and cap == "high"
            and self.date_only_share <= 0.5
        ):
            return "high"
        return "medium" if touched >= MEDIUM_CASES and width <= MEDIUM_HALF_WIDTH else "low"

    def _before(self, codes: Ints) -> Ints:
        before = np.append(np.int64(-1), codes[:-1])[: len(codes)]
        return np.where(self.first, -1, before)


def distinct(codes: Ints) -> Ints:
    """The values that occur, in their order; for codes and days, which lie close together."""
    if not len(codes):
        return np.zeros(0, np.int64)
    lowest = int(codes.min())
    return np.flatnonzero(np.bincount(codes - lowest)) + lowest


def _half_width(effect: Estimate | None) -> float:
    """Half the interval against the figure; without an interval as wide as can be."""
    if effect is None or effect.low is None or effect.high is None or effect.value == 0:
        return 1.0
    return (effect.high - effect.low) / 2 / abs(effect.value)


def _ints(column: object) -> Ints:
    values: Ints = column.to_numpy().astype(np.int64)  # type: ignore[attr-defined]
    return values
