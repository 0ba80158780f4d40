"""What places itself adds to the shared pages: search, the first screen, what is kept about a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places.models import Membership, Unit, UnsentLetter
from straume.web.places.permissions import Person, memberships_of, visible_institutions
from straume.web.places.registry import Cell, Hit, Section
from straume.web.places.wording import holds


def find_institutions(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    """By name in any of the three languages."""
    found = [
        Hit(institution.name, institution.get_absolute_url(), institution.get_kind_display())
        for institution in visible_institutions(person, today)
        if holds(institution.every_name(), words)
    ]
    return found[:at_most]


def find_units(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    seen = visible_institutions(person, today)
    found = [
        Hit(unit.name, unit.get_absolute_url(), unit.get_kind_display(), unit.institution.name)
        for unit in Unit.objects.filter(institution__in=seen).select_related("institution")
        if holds(f"{unit.name} {unit.institution.name}", words)
    ]
    return found[:at_most]


def my_units(person: Person, today: date) -> Section:
    """The units of one's memberships; for those of a whole institution, its top units."""
    held = memberships_of(person, today)
    top_of = held.filter(unit__isnull=True).values("institution")
    condition = Q(memberships__in=held) | Q(institution__in=top_of, parent__isnull=True)
    units = Unit.objects.filter(condition, Q(until_on__isnull=True) | Q(until_on__gte=today))
    rows = [
        [
            Cell(unit.name, unit.get_absolute_url()),
            Cell(unit.institution.name, unit.institution.get_absolute_url()),
        ]
        for unit in units.select_related("institution").distinct()
    ]
    return Section(
        code="my-units",
        title=_("My units"),
        columns=[_("Unit"), _("Institution")],
        rows=rows,
        empty=_("No unit yet. The administrator of your institution draws the tree of units."),
    )


def memberships_kept(person: User, today: date) -> Section:
    rows = [
        [
            Cell(held.institution.name, held.institution.get_absolute_url()),
            Cell(held.get_role_display()),
            Cell(held.unit.name if held.unit else "–"),
            Cell(date_format(held.from_on, "SHORT_DATE_FORMAT")),
            Cell(date_format(held.until_on, "SHORT_DATE_FORMAT") if held.until_on else "–"),
            Cell(held.granted_by.name if held.granted_by else "–"),
        ]
        for held in Membership.objects.filter(person=person).select_related(
            "institution", "unit", "granted_by"
        )
    ]
    return Section(
        code="memberships",
        title=_("Roles"),
        columns=[_("Institution"), _("Role"), _("Unit"), _("From"), _("Until"), _("Granted by")],
        rows=rows,
        empty=_("You have no role yet."),
    )


def letters_kept(person: User, today: date) -> Section | None:
    waiting = UnsentLetter.objects.filter(to__iexact=person.email).count()
    if not waiting:
        return None
    return Section(
        code="letters",
        title=_("Letters to you that the mail server did not take yet"),
        columns=[_("Letters")],
        rows=[[Cell(str(waiting), is_number=True)]],
    )
