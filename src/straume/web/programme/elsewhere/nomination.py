"""Places on the page of an activity, on the first screen, in "what is kept about me"; what is due."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.places import registry
from straume.web.places.models import Institution
from straume.web.places.permissions import Person
from straume.web.places.registry import (
    Action,
    Belonging,
    Cell,
    Duty,
    Handing,
    Section,
    SubmenuItem,
    simulated_badge,
)
from straume.web.programme import nomination, outbox, permissions, reasons, said
from straume.web.programme.actions import registrations, waiting
from straume.web.programme.models import Activity, Quota, Registration
from straume.web.programme.registry import activity_actions, activity_sections, session_changes
from straume.web.programme.session_letters import tell_of_session

Way = Registration.Way


def register() -> None:
    activity_sections.register("places", places_of, order=10)
    activity_actions.register("places", actions_of, order=10)
    session_changes.register("invitations", tell_of_session)
    registry.home_sections.register("my-activities", my_coming, order=15)
    registry.kept_about.register("registrations", registrations_kept, order=40)
    registry.submenu.register(
        "mine",
        SubmenuItem(
            gettext_lazy("My activities"),
            "programme:my_activities",
            "activities",
            "mine",
            shown=signed_in,
            family="activities",
        ),
        order=40,
    )
    registry.belongings.register("places", Handing(coming_places, hand_places_over), order=60)
    every_minute = timedelta(minutes=1)
    registry.duties.register("waiting-lists", Duty(every=every_minute, run=_of(waiting.settle_all)))
    registry.duties.register("letters", Duty(every=every_minute, run=outbox.send_again))
    registry.duties.register("needs-of-guests", Duty(every=timedelta(hours=12), run=_of(waiting.erase_needs)))


def _of(function: Callable[..., int]) -> Callable[[datetime], int]:
    return lambda now: function(now=now)


def signed_in(person: Person, today: date) -> bool:
    return person.is_authenticated


def places_of(activity: Activity, person: Person, today: date) -> Section | None:
    """The rule in words, before anybody applies; and one's own registration."""
    if nomination.rule_of(activity) is None:
        return None
    rows = [[Cell(sentence)] for sentence in reasons.rule_in_words(activity)]
    rows += [
        [Cell(_("%(holder)s: %(left)s of %(places)s places free, held until %(day)s.") % _quota_words(quota))]
        for quota in activity.quotas.filter(released_at=None).select_related("institution")
    ]
    mine = activity.registrations.filter(person=person.pk).exclude(status="cancelled").first()
    if mine is not None:
        address = reverse("programme:registration", args=[mine.pk])
        rows.insert(
            0, [Cell(_("Your registration: %(state)s") % {"state": mine.get_status_display()}, address)]
        )
    return Section(code="places", title=_("How places are given"), columns=[_("Rule")], rows=rows)


def _quota_words(quota: Quota) -> dict[str, object]:
    return {
        "holder": quota.holder,
        "left": quota.places - quota.taken,
        "places": quota.places,
        "day": reasons.day(quota.held_until_on),
    }


def actions_of(activity: Activity, person: Person, today: date) -> list[Action]:
    now = timezone.now()
    found = []
    delegates = permissions.delegates_from(person, today).exists()
    runs = permissions.runs_programme(person, today)
    if delegates and not nomination.why_closed(activity, Way.DELEGATED, now):
        found.append(Action(_("Delegate people"), reverse("programme:delegate", args=[activity.pk])))
    is_in = activity.registrations.filter(person=person.pk, status__in=registrations.IN).exists()
    if not is_in and not nomination.why_closed(activity, Way.APPLIED, now):
        found.append(Action(_("Apply for a place"), reverse("programme:apply", args=[activity.pk])))
    if runs or delegates:
        found.append(Action(_("Participants"), reverse("programme:participants", args=[activity.pk])))
    if runs:
        found.append(Action(_("How places are given"), reverse("programme:place_rule", args=[activity.pk])))
        found.append(Action(_("Quotas"), reverse("programme:quotas", args=[activity.pk])))
    return found


def my_coming(person: Person, today: date) -> Section | None:
    """The next activities of the person, with what is to be done about them."""
    if not person.is_authenticated:
        return None
    coming = (
        Registration.objects.filter(person=person, activity__until_on__gte=today, status__in=registrations.IN)
        .select_related("activity")
        .order_by("activity__from_on")[:5]
    )
    if not coming:
        return None
    rows = [
        [
            Cell(
                str(one.activity),
                reverse("programme:registration", args=[one.pk]),
                badge=simulated_badge(one.is_simulated),
            ),
            Cell(said.days(one.activity)),
            Cell(one.get_status_display()),
        ]
        for one in coming
    ]
    return Section(
        code="my-activities",
        title=_("My activities"),
        columns=[_("Activity"), _("When"), _("State")],
        rows=rows,
        action=Action(_("All my activities"), reverse("programme:my_activities")),
    )


def registrations_kept(person: User, today: date) -> Section:
    found = Registration.objects.filter(person=person).select_related("activity", "institution", "made_by")
    rows = [
        [
            Cell(str(one.activity), reverse("programme:registration", args=[one.pk])),
            Cell(one.institution.name if one.institution else "–"),
            Cell(one.get_status_display()),
            Cell("; ".join(text for text in (one.diet, one.access) if text) or "–"),
            Cell(date_format(localdate(one.made_at), "SHORT_DATE_FORMAT")),
            Cell(one.made_by.name if one.made_by else "–"),
        ]
        for one in found
    ]
    return Section(
        code="registrations",
        title=_("Registrations for activities"),
        columns=[
            _("Activity"), _("Institution"), _("State"), _("Diet and access, erased after the activity"),
            _("Written down"), _("Written down by"),
        ],
        rows=rows,
        empty=_("You were not registered for an activity."),
    )  # fmt: skip


def places_ahead(person: User, institution: Institution) -> QuerySet[Registration]:
    """Places in activities that are still to come, which the person holds for the institution."""
    return Registration.objects.filter(
        person=person,
        institution=institution,
        status=Registration.Status.CONFIRMED,
        activity__from_on__gt=timezone.localdate(),
    ).select_related("activity", "institution", "quota", "group")


def coming_places(person: User, institution: Institution) -> list[Belonging]:
    return [
        Belonging(
            kind="place",
            kind_label=_("Place in an activity"),
            title=str(one.activity),
            url=reverse("programme:registration", args=[one.pk]),
        )
        for one in places_ahead(person, institution)
    ]


def hand_places_over(leaver: User, successor: User, institution: Institution) -> int:
    """The successor comes instead; where they have a place already, the leaver's goes to the next in line."""
    now, handed = timezone.now(), 0
    for one in places_ahead(leaver, institution):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"hand-over {one.pk} {successor.pk}")
        coming = registrations.replace(
            registration=one, person=successor, made_by=successor, now=now, key=key
        )
        if coming is None:
            registrations.cancel(registration=one, reason="by_institution", now=now)
        else:
            handed += 1
    return handed
