"""The list of services: found, sorted, and as a table for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from straume.lean.protect import is_small
from straume.web.places.lists import Cell
from straume.web.places.wording import folded, holds
from straume.web.services.models import Deadline, Offer, PublicService, YearlyDemand
from straume.words.catalog import known
from straume.words.format import number as number_said

SORTS = {
    "name": pgettext_lazy("service", "Name"),
    "theme": gettext_lazy("Thematic area"),
    "places": pgettext_lazy("municipalities", "Places"),
    "demand": gettext_lazy("Cases a year"),
}


@dataclass(frozen=True)
class Row:
    """One service in the list: in how many places, and the demand of those whose demand the reader sees."""

    service: PublicService
    places: int
    countries: tuple[str, ...]
    demand: int | None  # cases a year in all places together; None where the reader sees none
    demand_places: int
    is_simulated: bool
    deadlines: tuple[tuple[str, Deadline], ...]  # country → deadline

    @property
    def demand_shown(self) -> str:
        return shown_count(self.demand) if self.demand is not None else ""

    def holds(self, wanted: str) -> bool:
        service = self.service
        every = [
            getattr(service, f"{name}_{lang}") or ""
            for name in ("name", "keywords", "description")
            for lang in ("lv", "lt", "en")
        ]
        return holds(" ".join([*every, service.identifier]), wanted)


def shown_count(number: int) -> str:
    """A number of cases, or that there are fewer than five."""
    return _("fewer than five") if is_small(number) else number_said(number, known(get_language() or ""), 0)


def rows_of(*, seen: frozenset[int]) -> list[Row]:
    """Every service. `seen`: institutions whose demand the reader sees."""
    demand = Prefetch("demand", queryset=YearlyDemand.objects.order_by("-year"))
    offers = Prefetch("offers", queryset=Offer.objects.select_related("institution").prefetch_related(demand))
    services = PublicService.objects.prefetch_related(offers, "country_deadlines")
    return [_row(service, seen) for service in services]


def found(
    rows: Sequence[Row], *, q: str = "", theme: str = "", country: str = "", sort: str = "name"
) -> list[Row]:
    """The rows that hold the words, the theme and the country, in the order asked for."""
    chosen = [
        row
        for row in rows
        if row.holds(q)
        and (not theme or row.service.theme == theme)
        and (not country or country in row.countries)
    ]
    chosen.sort(key=lambda row: folded(str(row.service)))
    key = sort.removeprefix("-")
    keys: dict[str, Any] = {
        "theme": lambda row: folded(str(row.service.get_theme_display())),
        "places": lambda row: row.places,
        "demand": lambda row: -1 if row.demand is None else row.demand,
    }
    if key in keys:
        chosen.sort(key=keys[key], reverse=sort.startswith("-"))
    elif sort == "-name":
        chosen.reverse()
    return chosen


def deadline_said(deadline: Deadline) -> str:
    """By when: "30 calendar days", "20 working days"."""
    if deadline.clock == "working":
        words = ngettext("%(days)s working day", "%(days)s working days", deadline.days)
    else:
        words = ngettext("%(days)s calendar day", "%(days)s calendar days", deadline.days)
    return words % {"days": deadline.days}


def duration_said(text: str) -> str:
    """A duration as people say it: P25D → "25 days"; what is mixed in another way stays as it is written."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", text)
    if not found or not any(found.groups()):
        return text
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    said = [
        ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else "",
        ngettext("%(n)s month", "%(n)s months", months) % {"n": months} if months else "",
        ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks} if weeks else "",
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes else "",
    ]
    return ", ".join(part for part in said if part)


def table_of(rows: Sequence[Row]) -> list[list[Cell]]:
    """What the list says, one row per service, for a spreadsheet; head first."""
    head: list[Cell] = [
        _("Identifier"), pgettext("service", "Name"), _("Thematic area"), _("Status"),
        pgettext("municipalities", "Places"), _("Deadline in Latvia"),
        _("Deadline in Lithuania"), _("Cases a year"), _("Simulated"), _("Number in Latvia’s catalogue"),
        _("Number in PASIS"),
    ]  # fmt: skip
    return [head, *(_cells(row) for row in rows)]


def _row(service: PublicService, seen: frozenset[int]) -> Row:
    offers = list(service.offers.all())
    latest = [next(iter(offer.demand.all()), None) for offer in offers if offer.institution_id in seen]
    known = [demand for demand in latest if demand is not None]
    countries = tuple(sorted({offer.institution.country for offer in offers}))
    deadlines = [(country, service.deadline(country)) for country in countries or ("lv", "lt")]
    return Row(
        service=service,
        places=len(offers),
        countries=countries,
        demand=sum(demand.cases for demand in known) if known else None,
        demand_places=len(known),
        is_simulated=any(demand.is_simulated for demand in known),
        deadlines=tuple((country, deadline) for country, deadline in deadlines if deadline is not None),
    )


def _cells(row: Row) -> list[Cell]:
    service, deadlines = row.service, dict(row.deadlines)
    said = [deadline_said(deadlines[country]) if country in deadlines else "" for country in ("lv", "lt")]
    demand: str | int = "" if row.demand is None else row.demand_shown if is_small(row.demand) else row.demand
    return [
        service.identifier, str(service), str(service.get_theme_display()),
        str(service.get_status_display()), row.places, *said, demand, _("yes") if row.is_simulated else "",
        service.lv_catalogue_id, service.lt_pasis_id,
    ]  # fmt: skip
