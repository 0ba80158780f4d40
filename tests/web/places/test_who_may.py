"""The functions of places.permissions, by role and by day; docs/operations/roles.md says the same."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from straume.web.places import permissions
from straume.web.places.models import Role

pytestmark = pytest.mark.django_db
TODAY = date(2018, 6, 6)
ROLES_PAGE = Path(__file__).resolve().parents[3] / "docs" / "operations" / "roles.md"


def test_a_stranger_finds_nothing(livani, charlie) -> None:
    for ask in (
        permissions.may_see_institution,
        permissions.may_see_inside,
        permissions.may_run_units,
        permissions.may_run_memberships,
    ):
        with pytest.raises(Http404) as refusal:
            ask(charlie, livani, TODAY)
        assert str(refusal.value).endswith(".")


def test_nobody_signed_in_finds_nothing(livani) -> None:
    with pytest.raises(Http404):
        permissions.may_see_institution(AnonymousUser(), livani, TODAY)
    assert not permissions.visible_institutions(AnonymousUser(), TODAY).exists()


def test_a_member_sees_the_inside(livani, bob) -> None:
    assert permissions.may_see_inside(bob, livani, TODAY) == livani


def test_a_lead_bodys_coordinator_sees_that_things_exist_but_not_their_inside(livani, coordinator) -> None:
    assert permissions.may_see_institution(coordinator, livani, TODAY) == livani
    with pytest.raises(PermissionDenied):
        permissions.may_see_inside(coordinator, livani, TODAY)
    with pytest.raises(PermissionDenied):
        permissions.may_run_units(coordinator, livani, TODAY)
    assert not permissions.is_coordinator_of(coordinator, livani, TODAY)


def test_a_coordinator_of_a_municipality_sees_only_their_own(livani, utena, member) -> None:
    dana = member("dana", utena, Role.COORDINATOR)
    with pytest.raises(Http404):
        permissions.may_see_institution(dana, livani, TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.UNIT_HEAD])
def test_only_coordinators_and_administrators_run_units_and_people(livani, member, role) -> None:
    person = member("dana", livani, role)
    runs = role in (Role.COORDINATOR, Role.ADMINISTRATOR)
    for ask in (permissions.may_run_units, permissions.may_run_memberships):
        if runs:
            assert ask(person, livani, TODAY) == livani
        else:
            with pytest.raises(PermissionDenied) as refusal:
                ask(person, livani, TODAY)
            assert "administrator" in str(refusal.value)  # the sentence says which roles may


def test_a_controller_is_in_no_set_that_writes() -> None:
    for name in dir(permissions):
        if name.startswith("RUNS_"):
            assert Role.CONTROLLER not in getattr(permissions, name), name


def test_an_outside_practitioner_has_several_institutions_until_a_day(livani, utena, member) -> None:
    for place in (livani, utena):
        tomas = member("tomas", place, Role.FACILITATOR, until_on=date(2019, 4, 30))
    assert set(permissions.institutions_of(tomas, date(2019, 4, 30))) == {livani, utena}
    assert not permissions.institutions_of(tomas, date(2019, 5, 1)).exists()
    with pytest.raises(Http404):
        permissions.may_see_institution(tomas, livani, date(2019, 5, 1))


def test_a_role_that_begins_tomorrow_gives_nothing_today(livani, member) -> None:
    dana = member("dana", livani, Role.LEADER, from_on=date(2018, 6, 7))
    assert permissions.roles_in(dana, livani, TODAY) == frozenset()
    assert permissions.roles_in(dana, livani, date(2018, 6, 7)) == {"leader"}


def test_members_with_finds_those_who_hold_a_role_today(livani, utena, member, alice) -> None:
    member("dana", livani, Role.FACILITATOR, until_on=date(2018, 1, 1))
    # a role elsewhere today and an ended one here must not add up
    member("dana", utena, Role.FACILITATOR)
    assert list(permissions.members_with(livani, [Role.FACILITATOR], TODAY)) == [alice]


def test_the_documented_table_says_what_the_code_does() -> None:
    text = ROLES_PAGE.read_text(encoding="utf-8")
    rows = {cells[0]: cells[1:] for cells in table(text)}
    head = rows["action"]
    for action, roles in {
        "change units, posts, hours, terms": permissions.RUNS_UNITS,
        "add and end people, hand over": permissions.RUNS_MEMBERSHIPS,
    }.items():
        said = {role for role, mark in zip(head, rows[action], strict=True) if mark == "yes"}
        assert said == {role.value.replace("_", " ") for role in roles}


def table(text: str) -> list[list[str]]:
    lines = [
        line for line in text.splitlines() if line.startswith("|") and not re.match(r"\|[-| ]+\|$", line)
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
