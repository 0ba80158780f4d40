"""Who gets a place, who waits, and how the line moves."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.web.programme.nominating import counts_are_true, quota, registered, somebody, state, with_rule

from straume.web.programme import letters, reasons
from straume.web.programme.actions import registrations, waiting
from straume.web.programme.line import InLine, drawn, in_order
from straume.web.programme.models import Registration

pytestmark = pytest.mark.django_db


def test_who_comes_first_gets_a_place_and_the_next_waits(make_activity, livani):
    activity = with_rule(make_activity(), places=2)
    made = [registered(activity, somebody(name), livani) for name in ("ann", "ben", "cat", "dan")]
    assert [state(one) for one in made] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert letters.position_of(made[3]) == 2
    assert "number 2 in line" in reasons.why(made[3], letters.position_of(made[3]))
    counts_are_true(activity)


def test_a_freed_place_is_offered_to_the_next_and_accepted(make_activity, livani):
    activity = with_rule(make_activity(), places=1)
    first, second, third = (registered(activity, somebody(name), livani) for name in ("ann", "ben", "cat"))
    now = timezone.now()
    assert registrations.cancel(registration=first, reason="by_person", now=now)
    assert [state(one) for one in (first, second, third)] == ["cancelled", "offered", "waiting"]
    assert second.offer_ends_at == now + timedelta(hours=48)
    counts_are_true(activity)
    assert registrations.accept(registration=second, now=now + timedelta(hours=1))
    assert not registrations.accept(registration=second, now=now)  # twice does nothing
    assert state(second) == "confirmed"
    assert "you accepted it" in reasons.why(second, None)
    counts_are_true(activity)


def test_an_offer_that_nobody_answers_goes_on(make_activity, livani):
    activity = with_rule(make_activity(), places=1, offer_hours=24)
    first, second, third = (registered(activity, somebody(name), livani) for name in ("ann", "ben", "cat"))
    now = timezone.now()
    registrations.cancel(registration=first, reason="by_person", now=now)
    assert waiting.settle(activity=activity, now=now + timedelta(hours=23)) == 0
    assert waiting.settle(activity=activity, now=now + timedelta(hours=24)) == 2
    assert [state(second), state(third)] == ["expired", "offered"]
    assert not registrations.accept(registration=second, now=now + timedelta(hours=25))
    assert waiting.settle(activity=activity, now=now + timedelta(hours=25)) == 0  # safe to do twice
    counts_are_true(activity)


def test_an_offer_never_runs_beyond_the_beginning(make_activity, livani):
    activity = with_rule(make_activity(in_days=1), places=1, offer_hours=300)
    first, second = (registered(activity, somebody(name), livani) for name in ("ann", "ben"))
    registrations.cancel(registration=first, reason="by_person", now=timezone.now())
    second.refresh_from_db()
    assert second.offer_ends_at == activity.sessions.get().starts_at


def test_a_quota_holds_its_places_until_its_day(make_activity, livani, utena):
    activity = with_rule(make_activity(), places=3)
    quota(activity, places=2, institution=livani)
    others = [registered(activity, somebody(name), utena) for name in ("ann", "ben")]
    assert [state(one) for one in others] == ["confirmed", "waiting"]  # one place was held for nobody
    own = registered(activity, somebody("cat"), livani)
    assert state(own) == "confirmed"
    assert reasons.why(own, None) == "You have a place: the quota of Līvāni municipality."
    counts_are_true(activity)
    later = timezone.now() + timedelta(days=4)
    assert waiting.settle(activity=activity, now=later)
    assert state(others[1]) == "offered"
    counts_are_true(activity)


def test_a_place_of_a_quota_goes_to_the_next_of_the_same_institution(make_activity, livani, utena):
    activity = with_rule(make_activity(), places=2)
    quota(activity, places=1, institution=livani)
    own = registered(activity, somebody("ann"), livani)
    other = registered(activity, somebody("ben"), utena)
    stranger = registered(activity, somebody("cat"), utena)
    colleague = registered(activity, somebody("dan"), livani)
    assert [state(one) for one in (own, other, stranger, colleague)] == [
        "confirmed",
        "confirmed",
        "waiting",
        "waiting",
    ]
    registrations.cancel(registration=own, reason="by_institution", now=timezone.now())
    assert [state(stranger), state(colleague)] == ["waiting", "offered"]  # earlier, but not of the quota
    counts_are_true(activity)


def test_a_country_has_a_quota_too(make_activity, livani, utena):
    activity = with_rule(make_activity(), places=2)
    quota(activity, places=1, country="lt")
    assert [state(registered(activity, somebody(n), livani)) for n in ("ann", "ben")] == [
        "confirmed",
        "waiting",
    ]
    assert state(registered(activity, somebody("cat"), utena)) == "confirmed"
    counts_are_true(activity)


def test_places_are_collected_and_then_allotted_by_the_rule(make_activity, cycle, livani, utena):
    earlier = make_activity(in_days=3, cycle=cycle, places=5)
    soon = timezone.now() + timedelta(days=1)
    activity = with_rule(
        make_activity(in_days=9, cycle=cycle),
        places=2,
        way="collected",
        allots_at=soon,
        first_by="new",
        seed=7,
    )
    had = somebody("ann")
    Registration.objects.create(
        activity=earlier, person=had, way="delegated", status="confirmed", made_at=timezone.now()
    )
    people = [had, *(somebody(name) for name in ("ben", "cat", "dan"))]
    made = [registered(activity, person, livani) for person in people]
    assert {state(one) for one in made} == {"waiting"}
    assert "allotted on" in reasons.why(made[0], None)
    assert waiting.settle(activity=activity, now=soon)
    new = sorted(made[1:], key=lambda one: drawn(7, one.pk))
    assert [state(one) for one in new] == ["confirmed", "confirmed", "waiting"]  # the draw, drawn again
    assert state(made[0]) == "waiting"
    activity.place_rule.refresh_from_db()
    assert letters.position_of(Registration.objects.get(pk=made[0].pk)) == 2
    counts_are_true(activity)
    late = registered(activity, somebody("eve"), livani, now=soon + timedelta(hours=1))
    assert letters.position_of(Registration.objects.get(pk=late.pk)) == 2  # new, but after those drawn
    assert letters.position_of(Registration.objects.get(pk=made[0].pk)) == 3


def test_the_country_with_fewer_places_comes_first():
    line = [InLine(pk, 1, country, False, False, (1, float(pk), pk)) for pk, country in enumerate("LLLTT")]
    order = in_order(line, orders=["country"], held_by_country={"L": 1})
    assert [one.pk for one in order] == [3, 0, 4, 1, 2]


def test_a_delegate_is_replaced_and_the_place_stays(make_activity, livani):
    activity = with_rule(make_activity(), places=2)
    quota(activity, places=1, institution=livani)
    first, second = somebody("ann"), somebody("ben")
    registration = registered(activity, first, livani)
    waits = [registered(activity, somebody(name), livani) for name in ("cat", "dan")]
    key = uuid.uuid4()
    for _time in range(2):
        coming = registrations.replace(
            registration=registration, person=second, made_by=first, now=timezone.now(), key=key
        )
    assert coming is not None and coming.person == second and coming.quota is not None
    assert state(registration) == "cancelled" and registration.reason == "replaced"
    assert state(waits[1]) == "waiting"
    counts_are_true(activity)


def test_who_cancelled_and_comes_again_stands_at_the_end(make_activity, livani):
    activity = with_rule(make_activity(), places=1)
    _ann, ben, _cat = (registered(activity, somebody(name), livani) for name in ("ann", "ben", "cat"))
    registrations.cancel(registration=ben, reason="by_person", now=timezone.now())
    again = registered(activity, ben.person, livani)
    assert again.pk == ben.pk and state(again) == "waiting"
    assert letters.position_of(again) == 2
    assert again.revision == 2


def test_letters_are_in_the_language_of_the_receiver(
    make_activity, livani, django_capture_on_commit_callbacks
):
    activity = with_rule(make_activity(), places=1)
    with django_capture_on_commit_callbacks(execute=True):
        registered(activity, somebody("ona", "lt"), livani)
    assert mail.outbox[-1].subject.endswith("Švaistymas")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_in_whatever_order_counts_stay_true_and_nobody_overtakes(
    make_activity, livani, utena, seed
):
    """Cancel, accept, decline, expire, come again, in any order."""
    chance = random.Random(seed)
    activity = with_rule(make_activity(in_days=30), places=3, offer_hours=5)
    if seed % 2:
        quota(activity, places=1, institution=livani, days=1)
    now, people = timezone.now(), [somebody(f"p{number}") for number in range(8)]
    for _step in range(40):
        now += timedelta(hours=chance.choice([0, 1, 6]))
        before = [one.pk for one in waiting.line_of(activity)]
        offered_before = set(activity.registrations.exclude(status="waiting").values_list("pk", flat=True))
        person = chance.choice(people)
        there = activity.registrations.filter(person=person).first()
        what = chance.choice(["register", "cancel", "accept", "decline", "time"])
        if what == "register":
            registered(activity, person, chance.choice([livani, utena]), now=now)
        elif what == "time":
            waiting.settle(activity=activity, now=now)
        elif there is not None:
            match what:
                case "cancel":
                    registrations.cancel(registration=there, reason="by_person", now=now)
                case "accept":
                    registrations.accept(registration=there, now=now)
                case "decline":
                    registrations.decline(registration=there, now=now)
        activity = type(activity).objects.select_related("place_rule", "work_package").get(pk=activity.pk)
        counts_are_true(activity)
        if not activity.quotas.filter(released_at=None).exists():
            still = [one.pk for one in waiting.line_of(activity) if one.pk in before]
            moved = [
                pk
                for pk in before
                if pk not in offered_before and Registration.objects.get(pk=pk).status == "offered"
            ]
            assert all(before.index(up) < before.index(left) for up in moved for left in still)
            free = activity.places - activity.taken - activity.held
            assert not (free and waiting.line_of(activity))
