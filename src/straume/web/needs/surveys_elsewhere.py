"""What surveys add to pages below them: submenu, duties, first screen, search, what is kept about one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.needs.actions import closing, letters
from straume.web.needs.models import Invitation, Questionnaire, Wave, WaveChange
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import (
    Cell,
    Duty,
    Hit,
    Section,
    SubmenuItem,
    duties,
    home_sections,
    kept_about,
    searches,
    simulated_badge,
    submenu,
)
from straume.web.places.wording import holds
from straume.words import format as words_format


def register() -> None:
    item = SubmenuItem(
        label=gettext_lazy("Surveys"),
        url_name="needs:waves",
        nav="activities",
        code="surveys",
        family="needs",
        shown=lambda person, today: memberships_of(person, today).exists(),
    )
    submenu.register("surveys", item, order=25)
    searches.register("surveys", find_waves, order=41)
    home_sections.register("surveys", open_now, order=40)
    kept_about.register("surveys", kept, order=41)
    duties.register("surveys: closing", Duty(every=timedelta(minutes=5), run=closing.settle_those_over))
    duties.register("surveys: letters", Duty(every=timedelta(minutes=1), run=letters.send_those_due))
    duties.register("surveys: erasing", Duty(every=timedelta(days=1), run=closing.erase_old_invitations))


def find_waves(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not memberships_of(person, today).exists():
        return []
    found = [one for one in Wave.objects.all() if holds(one.name, words)]
    return [Hit(one.name, one.get_absolute_url(), _("Survey"), _day(one.opens_on)) for one in found[:at_most]]


def open_now(person: Person, today: date) -> Section | None:
    """Surveys that everybody with a role may answer by their open link."""
    if not memberships_of(person, today).exists():
        return None
    found = Wave.objects.filter(
        source=Wave.Source.ASKED_HERE, settled_on=None, opens_on__lte=today, closes_on__gte=today
    ).exclude(link_code="")
    rows = [
        [
            Cell(
                one.name,
                reverse("needs:open_link", args=[one.link_code]),
                badge=simulated_badge(one.is_simulated),
            ),
            Cell(_day(one.closes_on)),
        ]
        for one in found
    ]
    if not rows:
        return None
    return Section("surveys", _("Surveys to answer"), [_("Survey"), _("Open until")], rows)


def kept(person: User, today: date) -> Section | None:
    """That somebody was invited, and what they ran; never what they answered: nobody can tell."""
    invited = Invitation.objects.filter(email__iexact=person.email).select_related("wave")
    rows = [[Cell(_invited(one)), Cell(one.wave.name, one.wave.get_absolute_url())] for one in invited]
    made = Questionnaire.objects.filter(made_by=person)
    rows += [[Cell(_("made the questionnaire")), Cell(one.title)] for one in made]
    changed = WaveChange.objects.filter(made_by=person).select_related("wave")
    rows += [
        [Cell(str(one.get_kind_display())), Cell(one.wave.name, one.wave.get_absolute_url())]
        for one in changed
    ]
    if not rows:
        return None
    return Section("kept-surveys", _("Surveys"), [_("What"), _("Survey")], rows)


def _invited(invitation: Invitation) -> str:
    if invitation.has_answered:
        return _("was invited and answered; what was answered cannot be found")
    return _("was invited")


def _day(day: date) -> str:
    return words_format.date(day, (get_language() or "en")[:2])
