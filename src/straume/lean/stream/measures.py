"""All measures of a value stream in one go, the two clocks kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from straume.lean.errors import ClockMismatch
from straume.lean.stream import formulas
from straume.lean.stream.clocks import MINUTES_PER_DAY, WorkingTime, convert
from straume.lean.stream.critical_path import CriticalPath, critical_path, rework_routes
from straume.lean.stream.handoffs import handoffs_of_usual_way, handoffs_per_case
from straume.lean.stream.records import Clock, Span, Step, StreamMeasures, ValueStream

Part = Literal["touch", "wait", "between"]


def measure(
    stream: ValueStream,
    *,
    calendar: Mapping[str, object] | None = None,
    clock: Clock | None = None,
    productive_hours_per_year: float = formulas.PRODUCTIVE_HOURS_PER_YEAR,
    target_utilisation: float = formulas.TARGET_UTILISATION,
    working_weeks_per_year: float = formulas.WORKING_WEEKS_PER_YEAR,
) -> StreamMeasures:
    """Lead time, work, ratios, yield, load, cost and complexity of a value stream.

    Parameters: calendar – JSON form of a WorkCalendar or of WorkingTime (`stream.calendar` as a rule), which
    alone may convert one clock into the other; clock – of the ratios (default: that of the spans where they
    all agree, otherwise working time); productive_hours_per_year [h] of one full-time equivalent;
    target_utilisation [0..1] of `required_fte`; working_weeks_per_year – for takt.
    Returns: StreamMeasures; a figure that the input does not allow is None and `missing` says why.
    Raises: ClockMismatch where spans stand on two clocks and no calendar is given.
    References: docs/methods/value-stream-measures.md.
    """
    work = _Work(
        stream,
        None if calendar is None else WorkingTime.of(calendar),
        clock or _common_clock(stream),
        productive_hours_per_year,
        target_utilisation,
        working_weeks_per_year,
    )
    return work.measured()


@dataclass
class _Work:
    stream: ValueStream
    working: WorkingTime | None
    clock: Clock
    productive_hours: float
    target_utilisation: float
    weeks_per_year: float
    missing: dict[str, str] = field(default_factory=dict)

    def measured(self) -> StreamMeasures:
        steps = self.stream.steps
        lead = {step.key: self._lead(step, self.clock) * step.visits for step in steps}
        path = critical_path(self.stream, lead)
        minutes = self._process_minutes()
        lead_minutes = self._lead_minutes(lead, path)
        lead_days = self._lead_days(path, lead_minutes)
        hours = self._required_hours(minutes)
        capacity = self._capacity_by_unit()
        return StreamMeasures(
            lead_time_days=lead_days,
            process_minutes=minutes,
            activity_ratio=self._ratio("activity_ratio", self._path_touch(path), lead_minutes),
            process_cycle_efficiency=self._efficiency(path, lead_minutes),
            rolled_yield=self._rolled_yield(),
            takt_minutes=self._takt(),
            required_hours_per_year=hours,
            direct_cost_eur_per_case=self._cost(),
            work_in_progress=self._in_progress(lead_days),
            steps=len(steps),
            handoffs=handoffs_of_usual_way(self.stream),
            loops=len(rework_routes(self.stream)),
            critical_path=path.steps,
            utilisation_by_unit=self._utilisation(capacity),
            capacity_by_unit=capacity,
            clock=self.clock,
            lead_time_minutes=lead_minutes,
            path_process_minutes=self._path_touch(path),
            value_minutes=self._value_touch(path),
            required_fte=self._required_fte(hours),
            capacity_by_step=self._capacity_by_step(),
            parallel=path.choices,
            missing=self.missing,
            without_touch=tuple(step.key for step in steps if step.touch is None),
            without_wait=tuple(step.key for step in steps[1:] if step.wait is None and step.between is None),
            without_quality=tuple(step.key for step in steps if step.complete_accurate is None),
            handoffs_per_case=handoffs_per_case(self.stream),
        )

    def _lead(self, step: Step, clock: Clock) -> float:
        """Expected minutes from when one occurrence of the step could begin until it is done."""
        if step.between is not None:
            return self._on(step, "between", clock) or 0.0
        return (self._on(step, "wait", clock) or 0.0) + (self._on(step, "touch", clock) or 0.0)

    def _on(self, step: Step, part: Part, clock: Clock) -> float | None:
        span: Span | None = getattr(step, part)
        if span is None:
            return None
        other = step.other_clock.get(part)
        if span.clock != clock and other is not None and other.clock == clock:
            return other.expected_minutes
        return convert(span.expected_minutes, source=span.clock, target=clock, working=self.working)

    def _process_minutes(self) -> float | None:
        """Minutes of work on the mean case: what people do is never converted, whatever its clock."""
        touched = [step for step in self.stream.steps if step.touch is not None]
        if not touched:
            return self._none("process_minutes", "touch_unknown")
        return sum(step.touch.expected_minutes * step.visits for step in touched if step.touch)

    def _lead_minutes(self, lead: Mapping[str, float], path: CriticalPath) -> float | None:
        if not any(step.wait or step.between for step in self.stream.steps):
            self._none("lead_time_days", "waiting_unknown")
            return self._none("lead_time_minutes", "waiting_unknown")
        return sum(lead[key] for key in path.steps)

    def _lead_days(self, path: CriticalPath, lead_minutes: float | None) -> float | None:
        """Calendar days: each part from its calendar clock where it is known, converted where not."""
        if lead_minutes is None:
            return None
        on_path = [step for step in self.stream.steps if step.key in path.steps]
        try:
            minutes = sum(self._lead(step, "calendar") * step.visits for step in on_path)
        except ClockMismatch:
            return self._none("lead_time_days", "calendar_unknown")
        return minutes / MINUTES_PER_DAY

    def _path_touch(self, path: CriticalPath) -> float | None:
        return self._touch([step for step in self.stream.steps if step.key in path.steps])

    def _value_touch(self, path: CriticalPath) -> float | None:
        on_path = [step for step in self.stream.steps if step.key in path.steps and step.touch]
        if not on_path or any(step.value_class is None for step in on_path):
            return None
        return self._touch([step for step in on_path if step.value_class == "value"]) or 0.0

    def _touch(self, steps: list[Step]) -> float | None:
        known = [step for step in steps if step.touch is not None]
        if not known:
            return None
        return sum((self._on(step, "touch", self.clock) or 0.0) * step.visits for step in known)

    def _ratio(self, name: str, part: float | None, whole: float | None) -> float | None:
        if part is None:
            return self._none(name, "touch_unknown")
        if whole is None:
            return self._none(name, "waiting_unknown")
        if whole <= 0:
            return self._none(name, "lead_time_nought")
        return part / whole

    def _efficiency(self, path: CriticalPath, lead_minutes: float | None) -> float | None:
        name = "process_cycle_efficiency"
        if self._path_touch(path) is None:
            return self._none(name, "touch_unknown")
        value = self._value_touch(path)
        if value is None:
            return self._none(name, "not_judged")
        return self._ratio(name, value, lead_minutes)

    def _rolled_yield(self) -> float | None:
        """Product over the steps; one that only a share of cases takes spoils no more than that share."""
        known = [step for step in self.stream.steps if step.complete_accurate is not None]
        if not known:
            return self._none("rolled_yield", "quality_unknown")
        return formulas.rolled_yield(1 - step.share * (1 - (step.complete_accurate or 0.0)) for step in known)

    def _takt(self) -> float | None:
        demand = self.stream.demand_per_year
        if not demand:
            return self._none("takt_minutes", "demand_unknown")
        week = (self.working or WorkingTime.of(self.stream.calendar)).minutes_per_week
        return formulas.takt_minutes(available_minutes=self.weeks_per_year * week, demand=demand)

    def _required_hours(self, minutes: float | None) -> float | None:
        if minutes is None:
            return self._none("required_hours_per_year", "touch_unknown")
        if not self.stream.demand_per_year:
            return self._none("required_hours_per_year", "demand_unknown")
        return formulas.required_hours(demand=self.stream.demand_per_year, touch_minutes=minutes)

    def _required_fte(self, hours: float | None) -> float | None:
        if hours is None:
            return None
        return formulas.required_fte(
            hours=hours, productive_hours=self.productive_hours, target_utilisation=self.target_utilisation
        )

    def _capacity_by_unit(self) -> dict[str, float]:
        """Cases a year that each unit could do if it did nothing else; without staff or work: left out."""
        result = {}
        for unit in self.stream.units:
            mine = [step for step in self.stream.steps if step.unit == unit.name and step.touch]
            minutes = sum(step.touch.expected_minutes * step.visits for step in mine if step.touch)
            if unit.staff and minutes > 0:
                result[unit.name] = self._capacity(unit.staff, minutes)
        return result

    def _capacity_by_step(self) -> dict[str, float]:
        return {
            step.key: self._capacity(step.staff, step.touch.expected_minutes * step.visits)
            for step in self.stream.steps
            if step.staff and step.touch and step.touch.expected_minutes * step.visits > 0
        }

    def _capacity(self, staff: float, minutes: float) -> float:
        return formulas.capacity_cases(
            staff=staff, available_minutes=self.productive_hours * 60, touch_minutes=minutes
        )

    def _utilisation(self, capacity: Mapping[str, float]) -> dict[str, float]:
        demand = self.stream.demand_per_year
        if demand is None:
            return {}
        return {unit: formulas.utilisation(demand=demand, capacity=cases) for unit, cases in capacity.items()}

    def _cost(self) -> float | None:
        """Direct labour: each step's minutes at the rate of its grade, or of its unit [EUR per case]."""
        rates = {unit.name: unit.rate_eur_per_hour for unit in self.stream.units}
        total = 0.0
        if all(step.touch is None for step in self.stream.steps):
            return self._none("direct_cost_eur_per_case", "touch_unknown")
        for step in self.stream.steps:
            if step.touch is None:
                continue
            rate = step.rate_eur_per_hour if step.rate_eur_per_hour is not None else rates.get(step.unit)
            if rate is None:
                return self._none("direct_cost_eur_per_case", "rate_unknown")
            total += step.touch.expected_minutes * step.visits * rate / 60
        return total

    def _in_progress(self, lead_days: float | None) -> float | None:
        if lead_days is None:
            return self._none("work_in_progress", "lead_time_unknown")
        if not self.stream.demand_per_year:
            return self._none("work_in_progress", "demand_unknown")
        per_day = self.stream.demand_per_year / 365.25
        return formulas.work_in_progress(throughput_per_day=per_day, lead_time_days=lead_days)

    def _none(self, name: str, code: str) -> float | None:
        self.missing[name] = code
        return None


def _common_clock(stream: ValueStream) -> Clock:
    clocks = {
        span.clock
        for step in stream.steps
        for span in ((step.between,) if step.between else (step.touch, step.wait))
        if span is not None and span.expected_minutes > 0
    }
    return "calendar" if clocks == {"calendar"} else "working"
