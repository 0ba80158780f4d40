"""Arrivals and answers over time, in periods that can be read: weeks, months where these are too small.

A page shows one of them alone: beside the number of a month a small week could be had by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from straume.lean.assess.records import Assessment, WeekFigures
from straume.lean.protect import shown, shown_parts
from straume.web.studies.figures import FEW, Column, Table, few, few_note
from straume.words import periods as words
from straume.words.periods import Unit

MOST_PERIODS = 78  # a year and a half of weeks; beyond, the points of a line on a page run into one another
MOST_HIDDEN = 0.25  # of the numbers: a line with more gaps than this tells nothing
UNITS: tuple[Unit, ...] = ("week", "month", "quarter")


@dataclass(frozen=True)
class ShownPeriod:
    """A period as it may be drawn; None: fewer than five cases, or hidden for their sake."""

    name: str  # 2018-W07, 2018-03, 2018-Q1
    from_on: date  # the Monday with which its first week begins
    arrived: int | None
    ended: int | None
    in_progress: int | None  # at its end


@dataclass(frozen=True)
class Periods:
    unit: Unit
    rows: tuple[ShownPeriod, ...]

    @property
    def hides(self) -> bool:
        return any(None in (row.arrived, row.ended, row.in_progress) for row in self.rows)


def shown_periods(assessment: Assessment) -> Periods:
    """The finest periods that can be read; the coarsest where none can, as long as there are two of them."""
    made = [Periods(unit, _protected(_joined(assessment.weeks, unit))) for unit in UNITS]
    drawable = [periods for periods in made if len(periods.rows) > 1] or made[:1]
    return next((periods for periods in drawable if _is_legible(periods)), drawable[-1])


def periods_table(assessment: Assessment, lang: str) -> Table:
    """The same numbers as in the picture."""
    found = shown_periods(assessment)
    named = words.column_names(found.unit, lang)
    columns = (
        Column("period", named["period"], "text"),
        Column("arrived", named["arrived"], "count"),
        Column("ended", named["ended"], "count"),
        Column("in_progress", named["in_progress"], "count"),
    )
    rows = tuple((row.name, few(row.arrived), few(row.ended), few(row.in_progress)) for row in found.rows)
    hidden = any(FEW in row for row in rows)
    return Table("weeks", words.heading(found.unit, lang), columns, rows, few_note(hidden))


def _is_legible(periods: Periods) -> bool:
    numbers = [count for row in periods.rows for count in (row.arrived, row.ended)]
    return len(periods.rows) <= MOST_PERIODS and numbers.count(None) <= MOST_HIDDEN * len(numbers)


def _joined(weeks: Iterable[WeekFigures], unit: Unit) -> list[tuple[str, date, int, int, int]]:
    """Name, first day, arrived, ended, in progress at the end. A week lies in the month of its Thursday."""
    placed = [(_monday(week.week), week) for week in weeks]
    found = []
    for name, group in groupby(placed, key=lambda one: _name(one[0], unit)):
        inside = list(group)
        arrived, ended = sum(week.arrived for _, week in inside), sum(week.ended for _, week in inside)
        found.append((name, inside[0][0], arrived, ended, inside[-1][1].in_progress))
    return found


def _protected(joined: Sequence[tuple[str, date, int, int, int]]) -> tuple[ShownPeriod, ...]:
    """Periods sum to the cases of the log: no lone small one may be left."""
    arrived, ended = shown_parts([one[2] for one in joined]), shown_parts([one[3] for one in joined])
    return tuple(
        ShownPeriod(name, from_on, came, went, shown(in_progress))
        for (name, from_on, _, _, in_progress), came, went in zip(joined, arrived, ended, strict=True)
    )


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)


def _name(monday: date, unit: Unit) -> str:
    if unit == "week":
        year, week, _ = monday.isocalendar()
        return f"{year}-W{week:02}"
    thursday = monday + timedelta(days=3)
    if unit == "month":
        return f"{thursday.year}-{thursday.month:02}"
    return f"{thursday.year}-Q{(thursday.month + 2) // 3}"
