"""How the places of coming activities are given, with quotas, a full training and its waiting list.

The people are the made-up ones of `guests.py`; nobody is real. One training is scarce: its free places are
taken, three people wait, Līvāni has one place of its quota left. One visit collects people until a day. One
workshop is held today, and its people are expected.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils.timezone import get_default_timezone
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.demo.guests import guests
from straume.web.demo.people import email_of
from straume.web.places.models import Institution
from straume.web.programme.models import Activity, PlaceRule, Quota, Registration

SCARCE, VISIT, CONFERENCE = "A3 in practice", "Visit to Utena", "A service that flows"
SEED = 2018
TO_CONFERENCE, TODAY = 120, 26


def seed(today: date) -> None:
    people = simulated_people()
    coming = Activity.objects.filter(status=Activity.Status.ANNOUNCED, places__gt=0, from_on__gte=today)
    for activity in coming.order_by("from_on"):
        if SCARCE in title_of(activity):
            scarce(activity, people, today)
        elif VISIT in title_of(activity):
            collected(activity, people, today)
        else:
            is_open = CONFERENCE in title_of(activity)
            PlaceRule.objects.create(activity=activity, takes_applications=True, takes_public=is_open)
            if is_open:
                confirm(activity, with_cast(people[:TO_CONFERENCE]), at(today, -5))
            elif activity.from_on == today:  # at the door of which the check-in can be tried
                confirm(activity, people[40 : 40 + TODAY], at(today, -5))


def title_of(activity: Activity) -> str:
    with override("en"):
        return str(activity.title)


def simulated_people() -> list[tuple[User, Institution]]:
    """Those whom the attendance of the past made up, where they are; else new ones."""
    there = list(
        User.objects.filter(email__startswith="guest-", email__endswith="@demo.example").order_by("pk")
    )
    if not there:
        return guests()
    theirs: dict[int, Institution] = {
        one.person_id: one.institution
        for one in Registration.objects.filter(person__in=there).select_related("institution")
        if one.institution is not None
    }
    return [(person, theirs[person.pk]) for person in there if person.pk in theirs]


def with_cast(people: list[tuple[User, Institution]]) -> list[tuple[User, Institution]]:
    """The employee of the demo's cast goes too, so that their own pages show something."""
    employee = User.objects.filter(email=email_of("employee")).first()
    return [*people, (employee, Institution.objects.get(slug="livani"))] if employee else people


def scarce(activity: Activity, people: list[tuple[User, Institution]], today: date) -> None:
    """Twelve places: two quotas of two, eight for who comes first; three wait."""
    PlaceRule.objects.create(
        activity=activity,
        first_by=PlaceRule.Order.NEW_FIRST,
        takes_applications=True,
        changes_until_at=at(activity.from_on, -2),
        seed=SEED,
        note_lv="Paņemiet līdzi vienu savas iestādes problēmu.",
        note_lt="Atsineškite vieną savo įstaigos problemą.",
        note_en="Bring one problem of your own institution.",
    )
    for slug, own in (("livani", 1), ("utena", 2)):
        institution = Institution.objects.get(slug=slug)
        quota = Quota.objects.create(
            activity=activity,
            institution=institution,
            places=2,
            held_until_on=activity.from_on - timedelta(days=3),
            is_simulated=True,
        )
        Activity.objects.filter(pk=activity.pk).update(held=F("held") + quota.places)
        confirm(activity, of(people, institution)[:own], at(today, -4), quota=quota)
    activity.refresh_from_db()
    free = activity.places - activity.taken - activity.held
    others = [pair for pair in people if pair[1].slug not in ("livani", "utena")]
    confirm(activity, others[:free], at(today, -3))
    write(activity, others[free : free + 3], at(today, -2), "waiting", "", None)


def collected(activity: Activity, people: list[tuple[User, Institution]], today: date) -> None:
    """More ask than there are places; they are allotted on a day, in turn of the countries."""
    until = at(max(activity.from_on - timedelta(days=7), today + timedelta(days=1)), 0)
    PlaceRule.objects.create(
        activity=activity,
        way=PlaceRule.Way.COLLECTED,
        first_by=PlaceRule.Order.COUNTRY,
        takes_applications=True,
        closes_at=until,
        allots_at=until,
        seed=SEED,
    )
    write(activity, people[30 : 30 + activity.places + 6], at(today, -1), "waiting", "", None)


def of(people: list[tuple[User, Institution]], institution: Institution) -> list[tuple[User, Institution]]:
    return [pair for pair in people if pair[1] == institution]


def confirm(
    activity: Activity, people: list[tuple[User, Institution]], made_at: datetime, quota: Quota | None = None
) -> None:
    """Places for these people, counted where places are counted."""
    write(activity, people, made_at, "confirmed", "quota" if quota else "free", quota)
    number = len(people)
    Activity.objects.filter(pk=activity.pk).update(
        taken=F("taken") + number, held=F("held") - (number if quota else 0)
    )
    if quota:
        Quota.objects.filter(pk=quota.pk).update(taken=F("taken") + number)


def write(
    activity: Activity,
    people: list[tuple[User, Institution]],
    made_at: datetime,
    status: str,
    reason: str,
    quota: Quota | None,
) -> None:
    Registration.objects.bulk_create(
        Registration(
            activity=activity,
            person=person,
            institution=institution,
            way=Registration.Way.DELEGATED,
            status=status,
            reason=reason,
            quota=quota,
            made_at=made_at + timedelta(minutes=number),
            is_simulated=True,
            idempotency_key=uuid.uuid4(),
        )
        for number, (person, institution) in enumerate(people)
    )


def at(day: date, in_days: int) -> datetime:
    return datetime.combine(day + timedelta(days=in_days), time(12), tzinfo=get_default_timezone())
