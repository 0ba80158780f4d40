"""The list of institutions: rows for the page and for the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.models import Institution
from straume.web.places.wording import folded, holds

COLUMNS = (
    Column("name", gettext_lazy("Institution")),
    Column("country", gettext_lazy("Country")),
    Column("tier", gettext_lazy("Takes part as")),
    Column("until", gettext_lazy("Until")),
    Column("units", gettext_lazy("Units"), is_number=True),
)


@dataclass(frozen=True)
class InstitutionRow:
    institution: Institution
    units: int

    def holds(self, wanted: str) -> bool:
        """Its name in any of the languages, its country and its tier."""
        one = self.institution
        said = [one.name, one.every_name(), str(one.get_country_display()), str(one.get_tier_display())]
        return holds(" ".join(said), wanted)


def institution_rows(institutions: QuerySet[Institution], asked: Asked) -> list[InstitutionRow]:
    """Those that hold the words and lie in the country, in the order asked for; of equals by name."""
    counted = institutions.annotate(unit_count=Count("units", distinct=True))
    rows = [InstitutionRow(one, one.unit_count) for one in counted]
    country = asked.choices.get("country", "")
    chosen = [
        row for row in rows if row.holds(asked.q) and (not country or row.institution.country == country)
    ]
    chosen.sort(key=lambda row: folded(row.institution.name))
    keys: dict[str, Any] = {
        "name": lambda row: folded(row.institution.name),
        "country": lambda row: row.institution.country,
        "tier": lambda row: row.institution.tier,
        "units": lambda row: row.units,
        "until": lambda row: str(row.institution.until_on or "9999"),
    }
    chosen.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return chosen


def institution_table(rows: Iterable[InstitutionRow]) -> list[list[Cell]]:
    """What the list says, headings first."""
    head: list[Cell] = [str(column.label) for column in COLUMNS]
    return [head, *(_cells(row) for row in rows)]


def _cells(row: InstitutionRow) -> list[Cell]:
    one = row.institution
    country, tier = str(one.get_country_display()), str(one.get_tier_display())
    return [one.name, country, tier, one.until_on, row.units]
