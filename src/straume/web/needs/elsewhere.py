"""What needs add to the pages below them: submenu, first screen, search, what is kept about a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.needs import permissions
from straume.web.needs.models import Need, NeedChange, NeedMerge
from straume.web.needs.needs_list import NeedRow
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import (
    Action,
    Cell,
    Hit,
    Section,
    SubmenuItem,
    home_sections,
    kept_about,
    searches,
    simulated_badge,
    submenu,
)

NEWEST = 5


def register() -> None:
    item = SubmenuItem(
        label=gettext_lazy("Needs"),
        url_name="needs:needs",
        nav="activities",
        code="needs",
        shown=lambda person, today: memberships_of(person, today).exists(),
    )
    submenu.register("needs", item, order=20)
    searches.register("needs", find_needs, order=40)
    home_sections.register("needs", newest_needs, order=45)
    kept_about.register("needs", kept, order=40)


def find_needs(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not memberships_of(person, today).exists():
        return []
    found = [need for need in Need.objects.filter(merge=None) if NeedRow(need, None).holds(words)]
    return [
        Hit(str(need), need.get_absolute_url(), _("Need"), str(need.get_kind_display()))
        for need in found[:at_most]
    ]


def newest_needs(person: Person, today: date) -> Section | None:
    """For those who run surveys: what was named last and is not agreed on yet."""
    if not permissions.runs_surveys(person, today):
        return None
    found = Need.objects.filter(merge=None, status=Need.Status.NAMED)[:NEWEST]
    return Section(
        code="needs",
        title=_("Needs to agree on"),
        columns=[_("Need"), _("Kind"), _("Named on")],
        rows=[
            [
                Cell(str(need), need.get_absolute_url(), badge=simulated_badge(need.is_simulated)),
                Cell(need.get_kind_display()),
                Cell(date_format(need.named_on, "SHORT_DATE_FORMAT")),
            ]
            for need in found
        ],
        empty=_("Every need that was named is agreed on or dropped."),
        action=Action(_("All needs"), reverse("needs:needs")),
    )


def kept(person: User, today: date) -> Section | None:
    """Needs that the person named, and what they changed on needs."""
    named = [
        (need.named_on, _("named a need"), str(need), need.get_absolute_url())
        for need in Need.objects.filter(named_by=person)
    ]
    changed = [
        (one.made_on, str(one.get_status_display()), str(one.need), one.need.get_absolute_url())
        for one in NeedChange.objects.filter(made_by=person).select_related("need")
    ]
    merged = [
        (one.made_on, _("said that two needs are the same"), str(one.gone), one.kept.get_absolute_url())
        for one in NeedMerge.objects.filter(made_by=person).select_related("gone", "kept")
    ]
    every = sorted([*named, *changed, *merged], key=lambda row: row[0], reverse=True)
    if not every:
        return None
    return Section(
        code="kept-needs",
        title=_("Needs"),
        columns=[_("On"), _("What"), _("Need")],
        rows=[
            [Cell(date_format(on, "SHORT_DATE_FORMAT")), Cell(what), Cell(need, url)]
            for on, what, need, url in every
        ],
    )
