"""A month of activities, week by week."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from straume.web.programme.activity_list import ActivityRow


@dataclass(frozen=True)
class Day:
    on: date
    is_in_month: bool
    is_today: bool
    rows: tuple[ActivityRow, ...]


def month_of(word: str, today: date) -> date:
    """ "2018-05" → 1 May 2018; what is no month is the month of today."""
    try:
        return date.fromisoformat(f"{word}-01")
    except ValueError:
        return today.replace(day=1)


def weeks_of(first: date, rows: Iterable[ActivityRow], today: date) -> list[list[Day]]:
    """Weeks from Monday to Sunday, each day with what is held on it."""
    held = list(rows)

    def day(on: date) -> Day:
        here = tuple(row for row in held if row.activity.from_on <= on <= row.activity.until_on)
        return Day(on=on, is_in_month=on.month == first.month, is_today=on == today, rows=here)

    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[day(on) for on in week] for week in weeks]


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
