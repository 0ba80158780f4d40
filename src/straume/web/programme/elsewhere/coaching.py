"""Coaching in the submenu, on the first screen, on activities of coaching, and what is due by itself."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from straume.web.accounts.models import User
from straume.web.places import registry as shared
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Duty, Section, SubmenuItem, simulated_badge
from straume.web.programme import coaching_permissions, registry
from straume.web.programme.actions.coaching import erase_finished
from straume.web.programme.actions.coaching_letters import remind_of_topics
from straume.web.programme.elsewhere.structure import has_a_role
from straume.web.programme.models import Activity, CoachingOutcome, CoachingPlace

COACHING = (Activity.Kind.INDIVIDUAL_COACHING, Activity.Kind.GROUP_COACHING)


def register() -> None:
    shared.submenu.register(
        "coaching",
        SubmenuItem(
            gettext_lazy("Coaching"), "programme:coaching", "activities", "coaching", shown=has_a_role
        ),
        order=70,
    )
    shared.home_sections.register("coaching", home_section, order=45)
    shared.kept_about.register("coaching", kept_about, order=55)
    shared.duties.register("erase_coaching", Duty(every=timedelta(hours=1), run=erase_finished))
    shared.duties.register("ask_for_topics", Duty(every=timedelta(hours=1), run=remind_of_topics))
    registry.activity_actions.register("coaching", activity_actions, order=70)


def home_section(person: Person, today: date) -> Section | None:
    """One's own coming sessions; nothing where there are none."""
    sessions = [
        one
        for one in coaching_permissions.coming_sessions(person, today)
        if one.slot
        and (one.coach_id == person.pk or (one.agreement and one.agreement.client_id == person.pk))
    ]
    if not sessions:
        return None
    return Section(
        code="coaching",
        title=_("Coaching"),
        columns=[_("When"), _("Where"), pgettext("coaching", "Topic")],
        rows=[
            [
                Cell(
                    date_format(timezone.localtime(one.slot.starts_at), "DATETIME_FORMAT"),
                    one.get_absolute_url(),
                    badge=simulated_badge(one.is_simulated),
                ),
                Cell(f"{one.entitlement.institution.name}, {one.room}"),
                Cell(_("sent") if one.topic else _("not sent yet")),
            ]
            for one in sessions
            if one.slot
        ],
    )


def activity_actions(activity: Activity, person: Person, today: date) -> list[Action]:
    if activity.kind not in COACHING:
        return []
    return [Action(_("Hours and free times of coaching"), reverse("programme:coaching"))]


def kept_about(person: User, today: date) -> Section:
    """Agreements, coming sessions and places by themselves; of sessions that are over nothing is kept."""
    coming = coaching_permissions.coming_sessions(person, today)
    counts = [
        (_("Coaching agreements in which you are named"), coaching_permissions.agreements_of(person).count()),
        (_("Coming sessions that are yours as client"), coming.filter(agreement__client=person).count()),
        (_("Sessions that you gave as a coach: date and duration"), person.coaching_sessions.count()),
        (_("Places that you hold in groups to come"), CoachingPlace.objects.filter(person=person).count()),
        (
            _("Sentences that you agreed to share"),
            CoachingOutcome.objects.filter(said_by=person, taken_back_on=None).count(),
        ),
    ]
    return Section(
        code="coaching-about-me",
        title=_("Coaching"),
        columns=[_("What"), _("How many")],
        rows=[[Cell(label), Cell(str(count), is_number=True)] for label, count in counts],
    )
