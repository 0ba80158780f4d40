"""People and hours of coaching for tests: a coach and a sponsor of Utena, charlie as the client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role
from straume.web.programme.actions import coaching
from straume.web.programme.models import CoachingAgreement, CoachingEntitlement, CoachingSlot, Project


@dataclass(frozen=True)
class Coached:
    coach: User
    sponsor: User
    client: User
    entitlement: CoachingEntitlement
    agreement: CoachingAgreement

    def slot(self, starts_at: datetime) -> CoachingSlot:
        return coaching.open_slot(coach=self.coach, starts_at=starts_at)

    def wish(self, **values) -> coaching.Wish:
        return coaching.Wish(entitlement=self.entitlement, room="201", agreement=self.agreement, **values)


def person(name: str, institution: Institution, role: str) -> User:
    made = User.objects.create_user(f"{name}@example.org", name=name.title())
    Membership.objects.create(person=made, institution=institution, role=role, from_on=date(2017, 5, 1))
    return made


def coached(utena: Institution, charlie: User, *, hours: int = 56) -> Coached:
    project = Project.objects.filter(code="COACHED").first() or Project.objects.create(
        code="COACHED",
        name="Coached",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur=1,
        stated_eu_eur=1,
    )
    coach, sponsor = person("rasa", utena, Role.COACH), person("boss", utena, Role.LEADER)
    return Coached(
        coach=coach,
        sponsor=sponsor,
        client=charlie,
        entitlement=CoachingEntitlement.objects.create(
            project=project, institution=utena, minutes=hours * 60
        ),
        agreement=CoachingAgreement.objects.create(
            institution=utena,
            coach=coach,
            client=charlie,
            sponsor=sponsor,
            shares="sentence",
            client_agreed_on=project.from_on,
            coach_agreed_on=project.from_on,
            sponsor_agreed_on=project.from_on,
        ),
    )


def in_days(now: datetime, days: int) -> datetime:
    """At nine o'clock so many days from now."""
    return (now + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
