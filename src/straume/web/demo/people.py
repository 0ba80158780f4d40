"""The cast of the demo: one person per role, none of them real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Model

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit


@dataclass(frozen=True)
class Part:
    """Who plays a role: name, language, and the institutions in which they hold it."""

    name: str
    language: str
    where: str  # said beside the link
    role: Role
    institutions: tuple[str, ...]  # slugs
    unit: str = ""
    until_on: date | None = None


BEGAN_ON = date(2017, 5, 1)
OUTSIDER_LEAVES_ON = date(2030, 4, 30)

CAST: dict[str, Part] = {
    "coordinator": Part("Ilze Ozola", "lv", "Latgales plānošanas reģions", Role.COORDINATOR, ("latgale",)),
    "facilitator": Part("Jānis Kalniņš", "lv", "Līvāni, Aglona", Role.FACILITATOR, ("livani", "aglona")),
    "unit_head": Part(
        "Anna Vītola", "lv", "Līvāni, Nodokļu nodaļa", Role.UNIT_HEAD, ("livani",), unit="Nodokļu nodaļa"
    ),
    "employee": Part(
        "Pēteris Krūmiņš", "lv", "Līvāni, Nodokļu nodaļa", Role.EMPLOYEE, ("livani",), unit="Nodokļu nodaļa"
    ),
    "leader": Part("Andris Bērziņš", "lv", "Līvāni", Role.LEADER, ("livani",)),
    "finance": Part("Inese Liepa", "lv", "Līvāni", Role.FINANCE, ("livani",)),
    "administrator": Part("Māris Zariņš", "lv", "Līvāni", Role.ADMINISTRATOR, ("livani",)),
    "controller": Part("Dace Eglīte", "lv", "Latgales plānošanas reģions", Role.CONTROLLER, ("latgale",)),
    "coach": Part("Rasa Jankauskienė", "lt", "Utena, Anykščiai", Role.COACH, ("utena", "anyksciai")),
    "outside_practitioner": Part(
        "Tomas Petrauskas",
        "lt",
        "Utena, Anykščiai, Preiļi",
        Role.FACILITATOR,
        ("utena", "anyksciai", "preili"),
        until_on=OUTSIDER_LEAVES_ON,
    ),
    "lithuanian_coordinator": Part(
        "Jūratė Kazlauskienė", "lt", "Euroregionas „Ežerų kraštas“", Role.COORDINATOR, ("ezeru-krastas",)
    ),
    "lithuanian_facilitator": Part("Vytautas Stankevičius", "lt", "Utena", Role.FACILITATOR, ("utena",)),
    "lithuanian_unit_head": Part(
        "Daiva Urbonienė",
        "lt",
        "Utena, Aplinkos apsaugos skyrius",
        Role.UNIT_HEAD,
        ("utena",),
        unit="Aplinkos apsaugos skyrius",
    ),
}


def email_of(role: str) -> str:
    return f"{role.replace('_', '-')}@demo.example"


def seed(today: date) -> None:
    for role, part in CAST.items():
        person = person_for(role, part)
        for slug in part.institutions:
            give(person, part, slug)


def person_for(role: str, part: Part) -> User:
    email = email_of(role)
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create_user(email, name=part.name, language=part.language)
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    return person


def give(person: User, part: Part, slug: str) -> Model:
    institution = Institution.objects.get(slug=slug)
    unit = Unit.objects.get(institution=institution, name=part.unit) if part.unit else None
    membership, _made = Membership.objects.get_or_create(
        person=person,
        institution=institution,
        role=part.role,
        unit=unit,
        defaults={"from_on": BEGAN_ON, "until_on": part.until_on},
    )
    return membership
