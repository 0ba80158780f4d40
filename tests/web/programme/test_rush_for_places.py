"""Many at the same moment for few places: never one too many, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from django.utils import timezone
from tests.web.programme.nominating import counts_are_true, quota, registered, somebody, state, with_rule

from straume.web.programme import outbox
from straume.web.programme.actions import registrations, seats
from straume.web.programme.models import Activity, Registration

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


@pytest.fixture(autouse=True)
def _without_letters(monkeypatch) -> None:
    """The worker writes them; here they would take most of the time."""
    monkeypatch.setattr(outbox, "wake", lambda: None)


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """All of them, eight at a time and those together; what any of them raised is raised here."""
    barrier, answers, faults = threading.Barrier(THREADS), [], []

    def some(mine: Sequence[Callable[[], Any]]) -> None:
        barrier.wait()
        try:
            answers.extend([work() for work in mine])
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=some, args=(works[number::THREADS],)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


def asking(activity, people, institution) -> list[Callable[[], Any]]:
    return [lambda person=person: registered(activity, person, institution) for person in people]


def test_sixty_ask_for_seven_places(make_activity, livani):
    activity = with_rule(make_activity(), places=7)
    people = [somebody(f"p{number}") for number in range(60)]
    at_once(asking(activity, people, livani))
    counts_are_true(activity)
    assert activity.taken == 7
    assert activity.registrations.filter(status="waiting").count() == 53


def test_a_quota_is_not_overbooked_either(make_activity, livani, utena):
    activity = with_rule(make_activity(), places=8)
    quota(activity, places=5, institution=livani)
    theirs, others = ([somebody(f"{name}{number}") for number in range(20)] for name in "ab")
    works = [
        work
        for pair in zip(asking(activity, theirs, livani), asking(activity, others, utena), strict=True)
        for work in pair
    ]
    at_once(works)
    counts_are_true(activity)
    assert (activity.taken, activity.held) == (8, 0)
    assert activity.quotas.get().taken == 5


def test_fifty_identical_submits_make_one_registration(make_activity, livani):
    activity, person, key = with_rule(make_activity(), places=7), somebody("ann"), uuid.uuid4()
    answers = at_once([lambda: registered(activity, person, livani, key=key) for _time in range(50)])
    assert len({one.pk for one in answers}) == Registration.objects.count() == 1
    counts_are_true(activity)
    assert activity.taken == 1


def test_cancelling_and_asking_at_the_same_moment_lose_no_place(make_activity, livani):
    activity = with_rule(make_activity(), places=8)
    there = [registered(activity, somebody(f"in{number}"), livani) for number in range(8)]
    coming = [somebody(f"new{number}") for number in range(16)]
    leaving = [
        lambda one=one: registrations.cancel(registration=one, reason="by_person", now=timezone.now())
        for one in there
    ]
    at_once([*leaving, *asking(activity, coming, livani)])
    counts_are_true(activity)
    assert activity.taken == 8  # each freed place was offered or given: nobody waits beside an empty chair
    assert activity.registrations.filter(status="waiting").count() == 8


def test_an_offer_is_answered_once(make_activity, livani):
    activity = with_rule(make_activity(), places=1)
    first, second, third = (registered(activity, somebody(name), livani) for name in ("ann", "ben", "cat"))
    registrations.cancel(registration=first, reason="by_person", now=timezone.now())
    second.refresh_from_db()
    now = timezone.now()
    works: list[Callable[[], Any]] = [
        lambda: registrations.accept(registration=second, now=now),
        lambda: registrations.decline(registration=second, now=now),
    ]
    answers = at_once(works * 6)
    assert answers.count(True) == 1
    counts_are_true(activity)
    assert state(second) in ("confirmed", "declined")
    assert (state(third) == "offered") == (second.status == "declined")


def read_then_write(activity_pk: int) -> bool:
    """What the guard replaces: look whether a place is free, then write that one is taken."""
    shown = Activity.objects.get(pk=activity_pk)
    everybody_looked.wait()
    if shown.taken >= shown.places - shown.held:
        return False
    Activity.objects.filter(pk=activity_pk).update(taken=shown.taken + 1)
    return True


everybody_looked = threading.Barrier(THREADS)


def test_without_the_guard_there_are_more_people_than_places(make_activity, livani, monkeypatch):
    """The same rush with plain read-then-write: all look, then all write. This is what the guard prevents."""
    activity = with_rule(make_activity(), places=1)
    got = at_once([lambda: read_then_write(activity.pk) for _person in range(THREADS)])
    assert got.count(True) == THREADS  # eight people hold the one place
    activity.refresh_from_db()
    assert activity.taken == 1  # and the counter does not even know
    Activity.objects.filter(pk=activity.pk).update(taken=0)
    got = at_once([lambda: seats.take_free(activity.pk) for _person in range(THREADS)])
    assert got.count(True) == 1


def test_the_database_refuses_one_too_many(make_activity, livani):
    activity = with_rule(make_activity(), places=1)
    with pytest.raises(IntegrityError):
        Activity.objects.filter(pk=activity.pk).update(taken=F("taken") + 2)
