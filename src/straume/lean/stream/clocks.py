"""Two clocks, and the one explicit way between working minutes and minutes that never stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from straume.lean.errors import ClockMismatch, WrongCall
from straume.lean.stream.records import Clock, Span

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


@dataclass(frozen=True)
class WorkingTime:
    """What a working day and a working week are where the service is given: net minutes, breaks taken off."""

    minutes_per_day: float = 480.0
    days_per_week: float = 5.0

    def __post_init__(self) -> None:
        if not (0 < self.minutes_per_day <= MINUTES_PER_DAY and 0 < self.days_per_week <= 7):
            raise WrongCall("working_time_impossible", minutes=self.minutes_per_day, days=self.days_per_week)

    @classmethod
    def of(cls, calendar: Mapping[str, Any] | None) -> WorkingTime:
        """From a WorkCalendar in JSON form (its open hours) or from `to_dict`; {} is 5 days of 480 min."""
        calendar = calendar or {}
        if "minutes_per_day" in calendar:
            return cls(float(calendar["minutes_per_day"]), float(calendar.get("days_per_week", 5.0)))
        if "weekly" not in calendar:
            return cls()
        open_minutes = [sum(_minutes(b) - _minutes(a) for a, b in day) for day in calendar["weekly"].values()]
        days = [minutes for minutes in open_minutes if minutes > 0]
        if not days:
            raise WrongCall("calendar_never_open")
        return cls(sum(days) / len(days), float(len(days)))

    def to_dict(self) -> dict[str, float]:
        return {"minutes_per_day": self.minutes_per_day, "days_per_week": self.days_per_week}

    @property
    def minutes_per_week(self) -> float:
        return self.minutes_per_day * self.days_per_week

    @property
    def working_share(self) -> float:
        """Working minutes per calendar minute, over whole weeks."""
        return self.minutes_per_week / MINUTES_PER_WEEK


def convert(minutes: float, *, source: Clock, target: Clock, working: WorkingTime | None) -> float:
    """Minutes of one clock as the minutes of the other that fall into the same stretch of whole weeks.

    Raises ClockMismatch where the clocks differ and nobody said how long a working week is.
    """
    if source == target or minutes == 0:
        return minutes
    if working is None:
        raise ClockMismatch("clock_mismatch", source=source, target=target)
    return minutes * working.working_share if target == "working" else minutes / working.working_share


def expected(span: Span | None, *, clock: Clock, working: WorkingTime | None) -> float | None:
    """Mean of a span on the clock that is asked for; None where the span is unknown."""
    if span is None:
        return None
    return convert(span.expected_minutes, source=span.clock, target=clock, working=working)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
