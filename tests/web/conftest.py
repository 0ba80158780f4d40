"""People in tests: alice (here), bob (her institution), charlie (another municipality)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit

LONG_AGO = date(2017, 5, 1)


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    """Pages of the tests speak English unless a test says otherwise."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def livani(db) -> Institution:
    return Institution.objects.create(
        name_lv="Līvānu novada pašvaldība",
        name_lt="Lyvanų savivaldybė",
        name_en="Līvāni municipality",
        slug="livani",
        country="lv",
        kind="municipality",
        tier="involved",
        timezone="Europe/Riga",
    )


@pytest.fixture
def utena(db) -> Institution:
    return Institution.objects.create(
        name_lv="Utenas rajona pašvaldība",
        name_lt="Utenos rajono savivaldybė",
        name_en="Utena district municipality",
        slug="utena",
        country="lt",
        kind="municipality",
        tier="involved",
        timezone="Europe/Vilnius",
    )


@pytest.fixture
def lead_body(db) -> Institution:
    return Institution.objects.create(
        name_lv="Latgales plānošanas reģions",
        name_lt="Latgalos planavimo regionas",
        name_en="Latgale Planning Region",
        slug="latgale",
        country="lv",
        kind="planning_region",
        tier="partner",
        timezone="Europe/Riga",
    )


@pytest.fixture
def taxes(livani: Institution) -> Unit:
    return Unit.objects.create(institution=livani, name="Nodokļu nodaļa")


@pytest.fixture
def member(db) -> Callable[..., User]:
    """member("alice", livani, "facilitator") → the person with that role since long ago."""

    def make(name: str, institution: Institution, role: str, *, unit: Unit | None = None, **fields) -> User:
        email = f"{name}@example.org"
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=name.title()
        )
        fields.setdefault("from_on", LONG_AGO)
        Membership.objects.create(person=person, institution=institution, role=role, unit=unit, **fields)
        return person

    return make


@pytest.fixture
def alice(member, livani: Institution) -> User:
    """A lean practitioner of Līvāni."""
    return member("alice", livani, Role.FACILITATOR)


@pytest.fixture
def bob(member, livani: Institution) -> User:
    """An employee of Līvāni."""
    return member("bob", livani, Role.EMPLOYEE)


@pytest.fixture
def charlie(member, utena: Institution) -> User:
    """A lean practitioner of another municipality."""
    return member("charlie", utena, Role.FACILITATOR)


@pytest.fixture
def coordinator(member, lead_body: Institution) -> User:
    """The coordinator of a lead body."""
    return member("dana", lead_body, Role.COORDINATOR)


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """as_person(alice) → a client that is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
