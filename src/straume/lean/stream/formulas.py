"""The formulas of value stream measures, each by itself (docs/methods/value-stream-measures.md)."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from straume.lean.errors import WrongCall
from straume.lean.stream.clocks import WorkingTime, convert
from straume.lean.stream.records import Clock

PRODUCTIVE_HOURS_PER_YEAR = 1700.0  # paid hours less holidays, leave, sickness, duties; LV and LT 1,650–1,750
TARGET_UTILISATION = 0.85
WORKING_WEEKS_PER_YEAR = 50.0  # 250 working days at five days a week: public holidays taken off


def activity_ratio(
    *,
    touch_minutes: float,
    touch_clock: Clock,
    lead_minutes: float,
    lead_clock: Clock,
    working: WorkingTime | None = None,
) -> float:
    """Share of the lead time in which somebody works on the case [0..1].

    Parameters: both durations [min] with the clock they were measured on; working – how long a working week
    is, which alone may convert one clock into the other. Raises: ClockMismatch where they differ without it.
    References: Martin & Osterling, Metrics-Based Process Mapping (2012).
    """
    if lead_minutes <= 0:
        raise WrongCall("lead_time_not_positive", minutes=lead_minutes)
    return convert(touch_minutes, source=touch_clock, target=lead_clock, working=working) / lead_minutes


def rolled_yield(shares: Iterable[float]) -> float:
    """Share of cases that pass every step without being corrected: the product of %C&A [0..1]."""
    return prod(shares)


def expected_passes(*, rework_share: float) -> float:
    """Mean passes of a step of whose output the share r comes back each time: 1 / (1 − r)."""
    if not 0 <= rework_share < 1:
        raise WrongCall("rework_share_impossible", share=rework_share)
    return 1 / (1 - rework_share)


def takt_minutes(*, available_minutes: float, demand: float) -> float:
    """Working minutes between two cases if demand is to be met: available minutes / cases of the period."""
    if demand <= 0:
        raise WrongCall("demand_not_positive", demand=demand)
    return available_minutes / demand


def capacity_cases(*, staff: float, available_minutes: float, touch_minutes: float) -> float:
    """Cases that people can do in the period: staff × available minutes of each / touch minutes of a case."""
    if touch_minutes <= 0:
        raise WrongCall("touch_not_positive", minutes=touch_minutes)
    return staff * available_minutes / touch_minutes


def utilisation(*, demand: float, capacity: float) -> float:
    """Share of the capacity that demand takes; over 1 the queue grows without end."""
    if capacity <= 0:
        raise WrongCall("capacity_not_positive", capacity=capacity)
    return demand / capacity


def queue_factor(*, utilisation: float) -> float:
    """How the queue grows with utilisation, ρ / (1 − ρ) (M/M/1): 0.7 → 2.3, 0.9 → 9."""
    if not 0 <= utilisation < 1:
        raise WrongCall("utilisation_impossible", utilisation=utilisation)
    return utilisation / (1 - utilisation)


def required_hours(*, demand: float, touch_minutes: float) -> float:
    """Working hours that the demand of the period takes."""
    return demand * touch_minutes / 60


def required_fte(*, hours: float, productive_hours: float, target_utilisation: float = 1.0) -> float:
    """Full-time equivalents for `hours` of work a year at the utilisation that leaves room for variation."""
    if productive_hours <= 0 or not 0 < target_utilisation <= 1:
        raise WrongCall("productive_hours_impossible", hours=productive_hours, target=target_utilisation)
    return hours / productive_hours / target_utilisation


def work_in_progress(*, throughput_per_day: float, lead_time_days: float) -> float:
    """Cases under way: throughput × lead time, in stable periods (Little 1961, doi:10.1287/opre.9.3.383)."""
    return throughput_per_day * lead_time_days


def lead_time_from_progress(*, in_progress: float, throughput_per_day: float) -> float:
    """Little's law the other way: days a case takes where `in_progress` cases are under way."""
    if throughput_per_day <= 0:
        raise WrongCall("throughput_not_positive", throughput=throughput_per_day)
    return in_progress / throughput_per_day
