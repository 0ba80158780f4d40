"""What practice cards add to pages below them: need, activity, institution, search, what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.groups import card_permissions
from straume.web.groups.action_list import every_word
from straume.web.groups.card_list import TEXTS
from straume.web.groups.models import Adoption, Meeting, PracticeCard
from straume.web.needs.models import Need
from straume.web.needs.registry import need_sections
from straume.web.places import registry
from straume.web.places.models import Institution
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import Action, Cell, Hit, Section, simulated_badge
from straume.web.places.wording import holds
from straume.web.programme.models import Activity
from straume.web.programme.registry import activity_sections, visit_cards

VISITS = frozenset({Activity.Kind.VISIT_INSIDE, Activity.Kind.VISIT_ABROAD})


def register() -> None:
    need_sections.register("cards", of_need, order=60)
    activity_sections.register("cards", of_activity, order=60)
    activity_sections.register("group-meetings", meetings_of_activity, order=65)
    visit_cards.register("cards", published_of_visit)
    registry.institution_sections.register("cards", of_institution, order=50)
    registry.institution_sections.register("adoptions", taken_up_in, order=55)
    registry.searches.register("cards", find, order=55)
    registry.kept_about.register("cards", kept_about, order=65)


def row(card: Any) -> list[Cell]:
    badge = _("draft") if not card.is_published else simulated_badge(card.is_simulated)
    return [
        Cell(card.title, card.get_absolute_url(), badge=badge),
        Cell(card.institution.name),
        Cell(str(card.get_tool_display())),
    ]


def section(cards: Any, *, empty: str, action: Action | None = None) -> Section:
    columns = [_("Practice card"), _("Institution"), _("Lean tool")]
    rows = [row(card) for card in cards]
    return Section("cards", _("Practice cards"), columns, rows, empty=empty, action=action)


def of_need(need: Need, person: Person, today: date) -> Section | None:
    cards = card_permissions.visible_cards(person, today).filter(needs=need)
    return section(cards, empty=_("No practice card answers this need yet."))


def of_activity(activity: Activity, person: Person, today: date) -> Section | None:
    """Of visits always, for each visit asks for cards; of other activities where there are some."""
    cards = card_permissions.visible_cards(person, today).filter(activity=activity)
    is_visit = activity.kind in VISITS
    if not is_visit and not cards.exists():
        return None
    writes = card_permissions.writes_in(person, today).exists()
    address = f"{reverse('groups:add_card')}?activity={activity.pk}"
    action = Action(_("Write a practice card"), address) if is_visit and writes else None
    return section(cards, empty=_("No practice card came of this visit yet."), action=action)


def meetings_of_activity(activity: Activity, person: Person, today: date) -> Section | None:
    if activity.kind != Activity.Kind.GROUP_MEETING:
        return None
    meetings = Meeting.objects.filter(activity=activity).select_related("group")
    rows = [
        [
            Cell(str(one), one.get_absolute_url(), badge=simulated_badge(one.is_simulated)),
            Cell(str(one.group), one.group.get_absolute_url()),
            Cell(date_format(timezone.localtime(one.starts_at), "SHORT_DATETIME_FORMAT")),
        ]
        for one in meetings
    ]
    columns = [_("Meeting"), _("Working group"), _("When")]
    return Section(
        "group-meetings",
        _("Meeting of a working group"),
        columns,
        rows,
        empty=_("No working group has tied its meeting to this activity yet."),
    )


def published_of_visit(activity: Activity) -> Iterable[tuple[str, str]]:
    cards = PracticeCard.objects.filter(activity=activity, publications__withdrawn_at__isnull=True)
    for card in cards.exclude(publications=None).distinct():
        yield card.title, card.get_absolute_url()


def of_institution(institution: Institution, person: Person, today: date) -> Section | None:
    if not memberships_of(person, today).exists():
        return None
    cards = card_permissions.visible_cards(person, today).filter(institution=institution)
    writes = card_permissions.writes_in(person, today).filter(pk=institution.pk).exists()
    action = Action(_("Write a practice card"), reverse("groups:add_card")) if writes else None
    return section(cards, empty=_("This institution has given no practice card yet."), action=action)


def taken_up_in(institution: Institution, person: Person, today: date) -> Section | None:
    if not memberships_of(person, today).exists():
        return None
    found = card_permissions.visible_adoptions(person, today).filter(institution=institution)
    rows = [
        [
            Cell(one.card.title, one.get_absolute_url(), badge=simulated_badge(one.is_simulated)),
            Cell(one.card.institution.name),
            Cell(str(one.get_state_display())),
        ]
        for one in found
    ]
    columns = [_("Practice card"), _("From"), _("State")]
    empty = _("This institution has taken up no practice of others yet.")
    return Section("adoptions", _("Practices taken up"), columns, rows, empty=empty)


def find(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not memberships_of(person, today).exists():
        return []
    found = [
        Hit(card.title, card.get_absolute_url(), _("Practice card"), card.institution.name)
        for card in card_permissions.visible_cards(person, today)
        if holds(" ".join(every_word(card, name) for name in TEXTS), words)
    ]
    return found[:at_most]


def kept_about(person: User, today: date) -> Section | None:
    """Only to themselves: what they wrote, published or took up; no name stands on a card."""
    counts = [
        (_("Practice cards that you wrote"), PracticeCard.objects.filter(made_by=person).count()),
        (_("Adoptions that you wrote down"), Adoption.objects.filter(made_by=person).count()),
        (
            _("Cards that you published or took back"),
            PracticeCard.objects.filter(
                Q(publications__published_by=person) | Q(publications__withdrawn_by=person)
            )
            .distinct()
            .count(),
        ),
    ]
    rows = [[Cell(label), Cell(str(count), is_number=True)] for label, count in counts if count]
    if not rows:
        return None
    return Section("cards-about-me", _("Practice cards"), [_("What"), _("How many")], rows)
