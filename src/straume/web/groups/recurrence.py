"""The days on which a meeting comes again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

AT_MOST = 60  # five years of months, a year of weeks


def days(*, step: str, every: int, weekday: int, nth: int, from_on: date, until_on: date) -> list[date]:
    """Every n weeks on a weekday (0 is Monday), or every n months on its nth such day (−1: the last)."""
    found = _weeks(every, weekday, from_on) if step == "weeks" else _months(every, weekday, nth, from_on)
    kept: list[date] = []
    for day in found:
        if day > until_on or len(kept) == AT_MOST:
            break
        kept.append(day)
    return kept


def _weeks(every: int, weekday: int, from_on: date) -> Iterator[date]:
    day = from_on + timedelta(days=(weekday - from_on.weekday()) % 7)
    while True:
        yield day
        day += timedelta(weeks=every)


def _months(every: int, weekday: int, nth: int, from_on: date) -> Iterator[date]:
    year, month = from_on.year, from_on.month
    while True:
        day = nth_of_month(year, month, weekday, nth)
        if day >= from_on:
            yield day
        month += every
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def nth_of_month(year: int, month: int, weekday: int, nth: int) -> date:
    if nth == -1:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
