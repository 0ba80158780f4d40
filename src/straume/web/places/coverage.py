"""What has been evaluated in which unit, and when: rows for the page and for the CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def as_csv(rows: list[CoverageRow], today: date) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="straume-units-{today.isoformat()}.csv"'
    response.write("\ufeff")  # a byte-order mark: spreadsheets then read the letters right
    table = csv.writer(response, delimiter=";", lineterminator="\r\n")
    table.writerow([str(label) for _code, label in COLUMNS])
    for row in rows:
        last = date_format(row.last_on, "Y-m-d") if row.last_on else _("not yet")
        table.writerow([safe(row.unit.institution.name), safe(row.unit.name), row.studies, last])
    return response


def safe(text: str) -> str:
    """A name that begins like a formula stays text in a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
