"""A new installation gets its first institution and its first administrator at the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from straume.web.places.models import Institution, Membership

pytestmark = pytest.mark.django_db
NAMES = {"name_lv": "Līvānu novads", "name_lt": "Lyvanų savivaldybė", "name_en": "Līvāni municipality"}


def run(*words: str, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_signs_in_and_adds_others(as_person) -> None:
    run("add_institution", "livani", country="lv", **NAMES)
    run("grant", "anna@example.lv", "livani", "administrator", name="Anna Vītola")
    held = Membership.objects.get()
    assert (held.person.language, held.institution.timezone) == ("lv", "Europe/Riga")
    assert as_person(held.person).get("/institutions/livani/people/add/").status_code == 200


def test_a_role_is_not_given_twice(livani, bob) -> None:
    assert "already" in run("grant", bob.email, "livani", "employee")
    assert bob.memberships.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("grant", "a@example.lv", "nowhere", "leader"), "no institution “nowhere”"),
        (("grant", "a@example.lv", "livani", "leader"), "give the name too"),
    ],
)
def test_what_is_missing_is_said(livani, words, said) -> None:
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_an_address_is_taken_once(livani) -> None:
    with pytest.raises(CommandError, match="already exists"):
        run("add_institution", "livani", country="lv", **NAMES)
    assert Institution.objects.count() == 1
