"""Delegating, applying, cancelling and replacing on the pages; who sees which names."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.web.programme.nominating import counts_are_true, quota, registered, somebody, state, with_rule

from straume.web.accounts.models import User
from straume.web.places.actions import belongings_of, hand_over
from straume.web.places.models import Role
from straume.web.programme.actions import registrations, waiting
from straume.web.programme.models import Activity, ActivityGroup, PlaceRule, Quota, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(member, livani) -> User:
    return member("erika", livani, Role.LEADER)


@pytest.fixture
def training(make_activity):
    return with_rule(make_activity(), places=3, takes_applications=True, note_en="Bring a case.")


def url(activity, what: str) -> str:
    return f"/programme/activities/{activity.pk}/{what}/"


def test_the_rule_stands_on_the_page_before_anybody_applies(training, bob, as_person):
    page = as_person(bob).get(training.get_absolute_url()).content.decode()
    assert "Who comes first gets a place; then a waiting list begins." in page
    assert "Bring a case." in page
    assert url(training, "apply") in page


def test_several_people_are_delegated_at_once_and_the_form_sent_twice_does_it_once(
    training, livani, alice, bob, head, as_person, django_capture_on_commit_callbacks
):
    quota(training, places=2, institution=livani)
    said = {
        "key": str(uuid.uuid4()),
        "colleagues": [alice.pk, bob.pk],
        "name_1": "Jana Jauna",
        "email_1": "jana@livani.example.org",
        "language_1": "lv",
    }
    client = as_person(head)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url(training, "delegate"), said).status_code == 302
    client.post(url(training, "delegate"), said)
    made = Registration.objects.filter(activity=training)
    assert sorted(made.values_list("status", flat=True)) == ["confirmed"] * 3
    assert set(made.values_list("institution", flat=True)) == {livani.pk}
    assert made.filter(quota__isnull=False).count() == 2
    counts_are_true(training)
    jana = User.objects.get(email="jana@livani.example.org")
    assert not jana.has_usable_password() and not jana.memberships.exists()
    assert len(mail.outbox) == 3
    assert as_person(jana).get("/programme/mine/").status_code == 200  # without any role


def test_a_form_without_people_says_so(training, head, as_person):
    page = as_person(head).post(url(training, "delegate"), {"name_1": "Jana"})
    assert "Write the e-mail address" in page.content.decode()
    page = as_person(head).post(url(training, "delegate"), {})
    assert "Tick a colleague" in page.content.decode()


def test_an_employee_does_not_delegate(training, bob, as_person):
    assert as_person(bob).get(url(training, "delegate")).status_code == 403


def test_each_institution_sees_its_own_people_and_the_organiser_all(
    training, livani, utena, head, coordinator, member, as_person
):
    registered(training, somebody("ilona"), livani)
    registered(training, somebody("vaida"), utena)
    page = as_person(head).get(url(training, "participants")).content.decode()
    assert "Ilona" in page and "Vaida" not in page
    table = as_person(head).get(url(training, "participants") + "?format=csv").content.decode()
    assert "Ilona" in table and "Vaida" not in table
    page = as_person(coordinator).get(url(training, "participants")).content.decode()
    assert "Ilona" in page and "Vaida" in page
    other = member("daiva", utena, Role.LEADER)
    theirs = Registration.objects.get(person__name="Ilona")
    assert as_person(other).get(f"/programme/registrations/{theirs.pk}/").status_code == 404


def test_a_place_in_line_is_told_to_the_person_alone(training, livani, head, bob, coordinator, as_person):
    for name in ("ann", "ben", "cat"):
        registered(training, somebody(name), livani)
    mine = registered(training, bob, livani)
    address = f"/programme/registrations/{mine.pk}/"
    assert "number 1 in line" in as_person(bob).get(address).content.decode()
    for person in (head, coordinator):
        assert "number 1" not in as_person(person).get(address).content.decode()


def test_somebody_applies_says_what_they_eat_and_cancels(training, livani, bob, coordinator, as_person):
    client = as_person(bob)
    said = {"key": str(uuid.uuid4()), "institution": livani.pk, "diet": "Vegetarian"}
    assert client.post(url(training, "apply"), said).status_code == 302
    made = Registration.objects.get(person=bob)
    page = as_person(coordinator).get(url(training, "catering")).content.decode()
    assert "Vegetarian: 1" in page and "Bob" not in page
    assert as_person(bob).get(url(training, "catering")).status_code == 403
    assert client.get(f"/programme/registrations/{made.pk}/cancel/").status_code == 200
    assert state(made) == "confirmed"  # asked first
    client.post(f"/programme/registrations/{made.pk}/cancel/")
    assert state(made) == "cancelled" and made.diet == ""


def test_where_no_rule_of_places_stands_one_sees_the_registration_and_no_needs(make_activity, bob, as_person):
    held = make_activity()
    made = Registration.objects.create(
        activity=held, person=bob, way="delegated", status="confirmed", made_at=timezone.now()
    )
    page = as_person(bob).get(f"/programme/registrations/{made.pk}/")
    assert page.status_code == 200 and "What you eat and need" not in page.content.decode()
    assert held.title in as_person(bob).get("/programme/mine/").content.decode()


def test_an_organiser_cancels_with_a_reason(training, livani, bob, coordinator, as_person):
    made = registered(training, bob, livani)
    address = f"/programme/registrations/{made.pk}/cancel/"
    assert "Say why" in as_person(coordinator).post(address, {"reason": ""}).content.decode()
    as_person(coordinator).post(address, {"reason": "The room is too small."})
    assert state(made) == "cancelled"
    page = as_person(bob).get(f"/programme/registrations/{made.pk}/").content.decode()
    assert "The room is too small." in page


def test_after_the_stated_hour_nobody_cancels_but_the_organiser(training, livani, bob, head, as_person):
    PlaceRule.objects.update(changes_until_at=timezone.now())
    made = registered(training, bob, livani)
    for person in (bob, head):
        assert as_person(person).post(f"/programme/registrations/{made.pk}/cancel/").status_code == 403
        assert as_person(person).get(f"/programme/registrations/{made.pk}/replace/").status_code == 403


def test_the_institution_puts_another_in_the_place(training, livani, alice, bob, head, as_person):
    made = registered(training, bob, livani)
    said = {"key": str(uuid.uuid4()), "colleague": alice.pk}
    as_person(head).post(f"/programme/registrations/{made.pk}/replace/", said)
    assert state(made) == "cancelled"
    assert Registration.objects.get(person=alice).status == "confirmed"
    counts_are_true(training)


def test_an_offer_is_accepted_by_its_link_without_signing_in(
    training, livani, client, django_capture_on_commit_callbacks
):
    people = [registered(training, somebody(name), livani) for name in ("ann", "ben", "cat", "dan")]
    with django_capture_on_commit_callbacks(execute=True):
        registrations.cancel(registration=people[0], reason="by_person", now=timezone.now())
    letter = next(one for one in mail.outbox if one.to == [people[3].person.email])
    link = re.search(r"http://[^/]+(/\S+/offers/\S+/)", letter.body)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert state(people[3]) == "offered"  # opening it answers nothing
    client.post(link[1], {"accept": "1"})
    assert state(people[3]) == "confirmed"
    assert "you accepted it" in client.get(link[1]).content.decode()
    assert client.get(link[1].replace("/offers/", "/offers/x")).status_code == 404


def test_organisers_state_the_rule_and_hold_places(make_activity, livani, coordinator, as_person):
    activity = make_activity(status="announced")
    said = {
        "places": 5, "way": "first_come", "first_by": "country", "then_by": "", "offer_hours": 24, "seed": 3,
        "keeps_needs_days": 7, "takes_delegates": "on",
    }  # fmt: skip
    assert as_person(coordinator).post(url(activity, "places"), said).status_code == 302
    held = {"holder": livani.pk, "places": 4, "held_until_on": str(activity.from_on)}
    assert as_person(coordinator).post(url(activity, "quotas"), held).status_code == 302
    held = {"holder": "lt", "places": 2, "held_until_on": str(activity.from_on)}
    page = as_person(coordinator).post(url(activity, "quotas"), held).content.decode()
    assert "Only 1 places are free" in page
    said["places"] = 3
    assert (
        "There cannot be fewer" in as_person(coordinator).post(url(activity, "places"), said).content.decode()
    )
    activity.refresh_from_db()
    assert (activity.places, activity.held) == (5, 4)
    quota_pk = activity.quotas.get().pk
    asked = as_person(coordinator).get(url(activity, "quotas") + f"?end={quota_pk}").content.decode()
    assert "Hold no more places for Līvāni municipality?" in asked
    activity.refresh_from_db()
    assert activity.held == 4  # asked first
    as_person(coordinator).post(url(activity, "quotas"), {"end": quota_pk})
    activity.refresh_from_db()
    assert activity.held == 0


def test_groups_are_made_even_and_people_moved_by_hand(training, livani, utena, coordinator, as_person):
    made = [registered(training, somebody(f"p{n}"), [livani, utena][n % 2]) for n in range(3)]
    as_person(coordinator).post(url(training, "groups"), {"make": "1", "number": 2})
    sizes = sorted(group.registrations.count() for group in training.groups.all())
    assert sizes == [1, 2]
    for group in training.groups.all():  # people of both countries in each
        countries = [one.institution.country for one in group.registrations.select_related("institution")]
        assert abs(countries.count("lv") - countries.count("lt")) <= 1
    target = training.groups.last()
    as_person(coordinator).post(url(training, "groups"), {"move": "1", f"group_{made[0].pk}": target.pk})
    made[0].refresh_from_db()
    assert made[0].group == target


def test_a_leaver_s_coming_places_go_to_the_successor(training, livani, alice, bob):
    made = registered(training, bob, livani)
    assert [one.title for one in belongings_of(bob, livani)] == ["Waste"]
    hand_over(institution=livani, from_person=bob, to_person=alice, done_by=alice, now=timezone.now())
    assert state(made) == "cancelled"
    assert Registration.objects.get(person=alice).status == "confirmed"
    counts_are_true(training)


def test_needs_are_erased_some_days_after_the_activity(training, livani, bob):
    made = registered(training, bob, livani)
    Registration.objects.update(diet="Vegetarian", access="No steps")
    late = timezone.now() + timedelta(days=14)
    assert waiting.erase_needs(now=late) == 0
    assert waiting.erase_needs(now=late + timedelta(days=1)) == 1
    made.refresh_from_db()
    assert (made.diet, made.access) == ("", "")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("place_rule", {"way": "collected"}),
        ("place_rule", {"then_by": "new"}),
        ("place_rule", {"offer_hours": 0}),
        ("place_rule", {"offer_hours": 337}),
        ("quotas", {"places": 0}),
        ("quotas", {"taken": 3}),
        ("quotas", {"country": "lv"}),
        ("quotas", {"institution": None}),
        ("groups", {"name": ""}),
        ("activity", {"taken": 2, "held": 2}),
    ],
)
def test_the_database_keeps_what_must_be_true(training, livani, field, values):
    quota(training, places=2, institution=livani)
    ActivityGroup.objects.create(activity=training, name="A")
    models = {"place_rule": PlaceRule, "quotas": Quota, "groups": ActivityGroup, "activity": Activity}
    with pytest.raises(IntegrityError), transaction.atomic():
        models[field].objects.update(**values)


def test_one_quota_for_each_and_a_waiting_person_holds_none(training, livani, bob):
    made = quota(training, places=1, institution=livani)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.create(activity=training, institution=livani, places=1, held_until_on=training.from_on)
    registration = registered(training, bob, livani)
    assert registration.quota == made
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(status="waiting")
