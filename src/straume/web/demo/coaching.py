"""Coaching of LLI-59: 560 hours, 70 days, 08.06.2018–03.2019 are of the record; the rest is simulated.

Who had how many hours, people beside the cast (a coach in Latgale, a head in Utena), the sessions, the free
times and the sentence are made up.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from straume.web.accounts.models import User
from straume.web.demo.people import BEGAN_ON, email_of
from straume.web.places.models import Institution, Membership, Role
from straume.web.programme.actions import coaching
from straume.web.programme.models import (
    CoachingAgreement,
    CoachingEntitlement,
    CoachingOutcome,
    CoachingSession,
    Project,
)
from straume.web.programme.models.coaching import SESSION_MINUTES

LATVIAN_HOURS, LITHUANIAN_HOURS = 40, 80  # ten and two municipalities: 560 hours, 70 days
FIRST_ON, LAST_ON = date(2018, 6, 8), date(2019, 3, 29)
COACHED_BY_THE_CAST = ("utena", "anyksciai")
HELD = {LATVIAN_HOURS: 26, LITHUANIAN_HOURS: 40}  # sessions of ninety minutes
FREE = ((5, 7), (5, 11), (6, 7), (12, 7), (12, 9), (13, 12))  # in so many days, at so many hours UTC


def seed(today: date) -> None:
    project = Project.objects.get(code="LLI-59")
    rasa = User.objects.get(email=email_of("coach"))
    ligita = somebody("Ligita Lāce", "coach-latgale", "lv")
    for institution in Institution.objects.on(FIRST_ON).filter(country="lv", tier="involved"):
        give_role(ligita, institution, Role.COACH)
        past(project, institution, ligita, LATVIAN_HOURS)
    for institution in Institution.objects.filter(slug__in=COACHED_BY_THE_CAST):
        past(project, institution, rasa, LITHUANIAN_HOURS)
    coming(rasa, today)


def somebody(name: str, code: str, language: str) -> User:
    email = f"{code}@demo.example"
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=name, language=language
    )


def give_role(person: User, institution: Institution, role: Role) -> None:
    Membership.objects.get_or_create(
        person=person, institution=institution, role=role, unit=None, defaults={"from_on": BEGAN_ON}
    )


def past(project: Project, institution: Institution, coach: User, hours: int) -> None:
    """Sessions that are over: date, duration, municipality, as they are kept."""
    held = HELD[hours]
    entitlement = CoachingEntitlement.objects.create(
        project=project,
        institution=institution,
        minutes=hours * 60,
        booked_minutes=held * SESSION_MINUTES,
        is_simulated=True,
    )
    days = (LAST_ON - FIRST_ON).days
    CoachingSession.objects.bulk_create(
        CoachingSession(
            entitlement=entitlement,
            coach=coach,
            on=on_a_working_day(FIRST_ON + timedelta(days=days * number // (held - 1))),
            is_erased=True,
            is_simulated=True,
        )
        for number in range(held)
    )


def on_a_working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def coming(coach: User, today: date) -> None:
    """Free times around today, one session booked for a client and one for a group."""
    slots = []
    for days, hour in FREE:
        day = today + timedelta(days=days)
        day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
        starts_at = datetime.combine(day, time(hour), tzinfo=UTC)
        try:
            slots.append(coaching.open_slot(coach=coach, starts_at=starts_at))
        except coaching.Refused:  # two days of the list fell on one Monday
            continue
    utena = Institution.objects.get(slug="utena")
    client = User.objects.get(email=email_of("lithuanian_unit_head"))
    sponsor = somebody("Algirdas Rimkus", "leader-utena", "lt")
    give_role(sponsor, utena, Role.LEADER)
    agreement = CoachingAgreement.objects.create(
        institution=utena,
        coach=coach,
        client=client,
        sponsor=sponsor,
        shares="sentence",
        client_agreed_on=today - timedelta(days=30),
        coach_agreed_on=today - timedelta(days=28),
        sponsor_agreed_on=today - timedelta(days=27),
        idempotency_key=uuid.uuid4(),
    )
    entitlement = CoachingEntitlement.objects.get(institution=utena)
    now = datetime.combine(today, time(6), tzinfo=UTC)
    alone = coaching.Wish(entitlement=entitlement, room="Utenio a. 4, 210", agreement=agreement)
    group = coaching.Wish(
        entitlement=entitlement, room="Utenio a. 4, salė", topic="Kaip vesti „asaichi“", places=8
    )
    for slot, wish in zip(slots, (alone, group), strict=False):
        coaching.book(slot=slot, wish=wish, by=client, key=uuid.uuid4(), now=now)
    CoachingSession.objects.filter(is_erased=False).update(is_simulated=True)
    CoachingOutcome.objects.create(
        institution=utena,
        said_by=client,
        sentence="Prieš atsakydama pirmiausia paklausiu, ką jau bandė kolegos.",
        agreed_on=today - timedelta(days=5),
        is_simulated=True,
    )
