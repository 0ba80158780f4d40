"""What has been evaluated in which unit, and when: rows for the page and for the CSV."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.lists import Cell
from straume.web.places.models import Unit
from straume.web.places.registry import evaluations
from straume.web.places.wording import folded, holds


@dataclass(frozen=True)
class CoverageRow:
    unit: Unit
    studies: int
    last_on: date | None
    url: str

    def holds(self, wanted: str) -> bool:
        """Whether the words stand in the unit's or the institution's name."""
        return holds(f"{self.unit.name} {self.unit.institution.name}", wanted)

    def is_among(self, which: str) -> bool:
        """Whether the row belongs to the choice: all, evaluated, not yet."""
        return which not in ("evaluated", "not-yet") or bool(self.studies) == (which == "evaluated")


WHICH = [
    ("all", gettext_lazy("all units")),
    ("evaluated", gettext_lazy("evaluated")),
    ("not-yet", gettext_lazy("not evaluated yet")),
]
COLUMNS = [
    ("institution", gettext_lazy("Institution")),
    ("unit", gettext_lazy("Unit")),
    ("studies", gettext_lazy("Assessments")),
    ("last", gettext_lazy("Last evaluated")),
]


def coverage_rows(units: Iterable[Unit], today: date) -> list[CoverageRow]:
    """One row per unit; what higher apps evaluated there is added up."""
    units = list(units)
    studies: dict[int, int] = {}
    last: dict[int, date] = {}
    urls: dict[int, str] = {}
    for evaluated in evaluations:
        for pk, found in evaluated([unit.pk for unit in units], today).items():
            studies[pk] = studies.get(pk, 0) + found.studies
            if found.last_on and found.last_on > last.get(pk, date.min):
                last[pk] = found.last_on
                urls[pk] = found.url
    return [
        CoverageRow(unit, studies.get(unit.pk, 0), last.get(unit.pk), urls.get(unit.pk, "")) for unit in units
    ]


def sorted_rows(rows: list[CoverageRow], sort: str) -> list[CoverageRow]:
    """By a column's code, "-" before it turns the order; never evaluated stands before the oldest."""
    keys = {
        "institution": place,
        "unit": lambda row: place(row)[::-1],
        "studies": lambda row: (row.studies, *place(row)),
        "last": lambda row: (row.last_on or date.min, *place(row)),
    }
    key = keys.get(sort.removeprefix("-"), keys["institution"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def place(row: CoverageRow) -> tuple[str, str]:
    return folded(row.unit.institution.name), folded(row.unit.name)


def coverage_table(rows: list[CoverageRow]) -> list[list[Cell]]:
    """What the page says, headings first."""
    head: list[Cell] = [str(label) for _code, label in COLUMNS]
    return [head, *(_cells(row) for row in rows)]


def _cells(row: CoverageRow) -> list[Cell]:
    return [row.unit.institution.name, row.unit.name, row.studies, row.last_on or _("not yet")]
