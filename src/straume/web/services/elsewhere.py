"""What the catalogue adds to the pages below it: menu, unit, institution, search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.models import Institution, Unit
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import (
    Action,
    Cell,
    Hit,
    MenuItem,
    Section,
    institution_sections,
    menu,
    searches,
    simulated_badge,
    unit_sections,
)
from straume.web.services import permissions
from straume.web.services.catalogue import Row, deadline_said, rows_of, shown_count
from straume.web.services.models import Offer


def register() -> None:
    item = MenuItem(
        label=gettext_lazy("Services"),
        url_name="services:services",
        section="services",
        shown=lambda person, today: memberships_of(person, today).exists(),
    )
    menu.register("services", item, order=10)
    unit_sections.register("services", services_of_unit, order=10)
    institution_sections.register("services", services_of_institution, order=10)
    searches.register("services", find_services, order=30)


def services_of_unit(unit: Unit, person: Person, today: date) -> Section:
    offers = Offer.objects.filter(unit=unit)
    return _section("services", offers, person, unit.institution, today)


def services_of_institution(institution: Institution, person: Person, today: date) -> Section:
    offers = Offer.objects.filter(institution=institution)
    return _section("services", offers, person, institution, today)


def find_services(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not memberships_of(person, today).exists():
        return []
    found: list[Row] = [row for row in rows_of(seen=frozenset()) if row.holds(words)]
    return [
        Hit(
            str(row.service),
            row.service.get_absolute_url(),
            _("Service"),
            str(row.service.get_theme_display()),
        )
        for row in found[:at_most]
    ]


def _section(code: str, offers: object, person: Person, institution: Institution, today: date) -> Section:
    from django.urls import reverse

    listed = offers.select_related("service", "institution").order_by("service__name")  # type: ignore[attr-defined]
    may_edit = permissions.places_to_offer_in(person, today).filter(pk=institution.pk).exists()
    return Section(
        code=code,
        title=_("Services"),
        columns=[_("Service"), _("Deadline"), _("Cases a year")],
        rows=[_cells(offer) for offer in listed],
        empty=_("No service is written down here yet. Choose one in the catalogue and offer it."),
        action=Action(_("Open the catalogue"), reverse("services:services")) if may_edit else None,
    )


def _cells(offer: Offer) -> list[Cell]:
    deadline = offer.deadline()
    latest = offer.demand.order_by("-year").first()
    return [
        Cell(str(offer.service), offer.get_absolute_url()),
        Cell(deadline_said(deadline) if deadline else "–"),
        Cell(
            shown_count(latest.cases) if latest else "–",
            is_number=True,
            badge=simulated_badge(latest is not None and latest.is_simulated),
        ),
    ]
