"""Adding people by e-mail, ending their roles, handing over what they owned."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.places import registry
from straume.web.places.models import Handover, Membership, Role
from straume.web.places.registry import Belonging, Handing

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(member, livani) -> User:
    """The administrator of Līvāni."""
    return member("anna", livani, Role.ADMINISTRATOR)


def filled(**changes) -> dict[str, str]:
    form = {
        "email": "Jauna@example.org",
        "name": "Jauna Persona",
        "language": "lv",
        "role": "employee",
        "from_on": "2018-06-06",
    }
    return {key: value for key, value in (form | changes).items() if value is not None}


def test_a_person_is_added_by_address_and_gets_a_letter_in_their_language(
    anna, livani, as_person, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = as_person(anna).post("/institutions/livani/people/add/", filled())
    assert response.headers["Location"] == "/institutions/livani/people/"
    held = Membership.objects.get(person__email="jauna@example.org")
    assert (held.institution, held.role, held.granted_by) == (livani, "employee", anna)
    letter = mail.outbox[0]
    assert letter.to == ["jauna@example.org"]
    assert "Labdien, Jauna Persona!" in letter.body
    assert "http://testserver/sign-in/" in letter.body


def test_who_is_known_already_keeps_their_name(anna, charlie, as_person) -> None:
    as_person(anna).post("/institutions/livani/people/add/", filled(email=charlie.email, name="Other"))
    charlie.refresh_from_db()
    assert charlie.name == "Charlie"
    assert charlie.memberships.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "valid email"),
        ({"name": None}, "required"),
        ({"role": "unit_head"}, "Choose the unit that this person heads."),
        ({"until_on": "2018-01-01"}, "The end lies before the beginning."),
        ({"from_on": "soon"}, "valid date"),
        ({"role": "boss"}, "Select a valid choice"),
    ],
)
def test_a_form_with_a_fault_is_refused_with_words(anna, as_person, changes, words) -> None:
    before = Membership.objects.count()
    response = as_person(anna).post("/institutions/livani/people/add/", filled(**changes))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert (Membership.objects.count(), mail.outbox) == (before, [])


def test_the_same_role_is_not_given_twice(anna, bob, as_person) -> None:
    response = as_person(anna).post("/institutions/livani/people/add/", filled(email=bob.email.upper()))
    assert "has this role here already" in response.content.decode()


def test_a_unit_of_another_institution_is_no_choice(anna, utena, as_person) -> None:
    theirs = utena.units.create(name="Aplinkos skyrius")
    response = as_person(anna).post("/institutions/livani/people/add/", filled(unit=str(theirs.pk)))
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


def test_a_role_ends_on_the_day_that_is_set(anna, bob, livani, as_person) -> None:
    held = bob.memberships.get()
    today = timezone.localdate()
    as_person(anna).post(f"/people/{held.pk}/end/", {"until_on": str(today - timedelta(days=1))})
    assert as_person(bob).get("/institutions/livani/").status_code == 404


def test_the_last_who_runs_the_memberships_stays(anna, as_person, member, livani) -> None:
    held = anna.memberships.get()
    page = as_person(anna).post(f"/people/{held.pk}/end/", {"until_on": "2030-01-01"}).content.decode()
    assert "nobody could add people here" in page
    member("dana", livani, Role.COORDINATOR)
    as_person(anna).post(f"/people/{held.pk}/end/", {"until_on": "2030-01-01"})
    held.refresh_from_db()
    assert held.until_on == date(2030, 1, 1)


def test_who_may_not_sign_in_any_more_is_nobody_to_leave_it_to(anna, as_person, member, livani) -> None:
    User.objects.filter(pk=member("dana", livani, Role.COORDINATOR).pk).update(is_active=False)
    held = anna.memberships.get()
    page = as_person(anna).post(f"/people/{held.pk}/end/", {"until_on": "2030-01-01"}).content.decode()
    assert "nobody could add people here" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_the_same_moment_leave_one(anna, as_person, member, livani) -> None:
    dana = member("dana", livani, Role.COORDINATOR)
    barrier = threading.Barrier(2)

    def leave(person: User) -> None:
        client, address = as_person(person), f"/people/{person.memberships.get().pk}/end/"
        barrier.wait()
        try:
            client.post(address, {"until_on": str(timezone.localdate())})
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(person,)) for person in (anna, dana)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Membership.objects.filter(institution=livani, until_on=None).count() == 1


@pytest.mark.parametrize("action", ["end", "hand-over"])
def test_memberships_of_another_municipality_are_404(anna, charlie, as_person, action) -> None:
    held = charlie.memberships.get()
    assert as_person(anna).get(f"/people/{held.pk}/{action}/").status_code == 404
    assert as_person(anna).post(f"/people/{held.pk}/{action}/", {"until_on": "2020-01-01"}).status_code == 404


@pytest.fixture
def owned_by_bob(bob):
    """A kind of belonging as a higher app would register it."""
    owners = {"Debt recovery": bob, "Tree permit": bob}

    def owned(person, institution):
        return [Belonging("study", "Assessment", t) for t, owner in owners.items() if owner == person]

    def hand_over(from_person, to_person, institution) -> int:
        mine = [title for title, owner in owners.items() if owner == from_person]
        owners.update(dict.fromkeys(mine, to_person))
        return len(mine)

    registry.belongings.register("for-a-test", Handing(owned, hand_over))
    yield owners
    del registry.belongings._entries["for-a-test"]


def test_what_a_leaver_owned_goes_to_a_colleague_and_a_record_says_what(
    owned_by_bob, anna, alice, bob, livani, as_person
) -> None:
    held = bob.memberships.get()
    page = as_person(anna).get(f"/people/{held.pk}/hand-over/").content.decode()
    assert "Debt recovery" in page and "Tree permit" in page
    as_person(anna).post(f"/people/{held.pk}/hand-over/", {"to_person": alice.pk})
    assert set(owned_by_bob.values()) == {alice}
    record = Handover.objects.get()
    assert (record.from_person, record.to_person, record.done_by) == (bob, alice, anna)
    assert record.counts == {"study": 2}


def test_nothing_goes_to_a_stranger_to_a_controller_or_to_the_leaver(
    owned_by_bob, anna, bob, charlie, member, livani, as_person
) -> None:
    dace = member("dace", livani, Role.CONTROLLER)
    held = bob.memberships.get()
    for person in (charlie, dace, bob):
        as_person(anna).post(f"/people/{held.pk}/hand-over/", {"to_person": person.pk})
    assert set(owned_by_bob.values()) == {bob}
    assert not Handover.objects.exists()
