"""Coaching: booked once, hours never overdrawn, and nothing kept of it but date and duration."""

from __future__ import annotations

import itertools
import threading
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from straume.web.places.models import Membership, Role
from straume.web.programme.actions import coaching, coaching_agreements
from straume.web.programme.actions.coaching_letters import remind_of_topics
from straume.web.programme.models import (
    CoachingEntitlement,
    CoachingOutcome,
    CoachingPlace,
    CoachingSession,
    CoachingSlot,
)
from web.programme.coached import coached, in_days, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def there(utena, charlie):
    return coached(utena, charlie)


@pytest.fixture
def booked(there, now):
    slot = there.slot(in_days(now, 10))
    return coaching.book(slot=slot, wish=there.wish(), by=there.client, key=uuid.uuid4(), now=now)


def at_once(calls) -> list:
    """Each call in a thread of its own; what it returned, or the refusal."""
    barrier, answers = threading.Barrier(len(calls)), []

    def one(call) -> None:
        barrier.wait()
        try:
            answers.append(call())
        except coaching.Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(calls)  # none broke off
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_book_one_time_at_once_one_has_it(there, now) -> None:
    slot = there.slot(in_days(now, 10))
    answers = at_once(
        [
            lambda: coaching.book(slot=slot, wish=there.wish(), by=there.client, key=uuid.uuid4(), now=now)
            for _number in range(8)
        ]
    )
    assert sum(isinstance(one, CoachingSession) for one in answers) == 1
    assert CoachingSession.objects.count() == 1
    assert CoachingEntitlement.objects.get().booked_minutes == 90


@pytest.mark.django_db(transaction=True)
def test_hours_are_not_overdrawn_when_all_book_at_once(utena, charlie, now) -> None:
    there = coached(utena, charlie, hours=5)  # three sessions and half an hour
    slots = [there.slot(in_days(now, 10 + number)) for number in range(8)]
    turn = itertools.count()
    answers = at_once(
        [
            lambda: coaching.book(
                slot=slots[next(turn)], wish=there.wish(), by=there.client, key=uuid.uuid4(), now=now
            )
            for _number in range(8)
        ]
    )
    assert sum(isinstance(one, CoachingSession) for one in answers) == 3
    assert CoachingEntitlement.objects.get().booked_minutes == 270
    assert CoachingSlot.objects.filter(is_taken=True).count() == 3  # a refused booking leaves its time free


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_is_one_booking(there, now) -> None:
    slot, key = there.slot(in_days(now, 10)), uuid.uuid4()
    answers = at_once(
        [
            lambda: coaching.book(slot=slot, wish=there.wish(), by=there.client, key=key, now=now)
            for _number in range(8)
        ]
    )
    assert {getattr(one, "pk", None) for one in answers} == {CoachingSession.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_places_of_a_group_are_not_overbooked(there, utena, now) -> None:
    wish = coaching.Wish(entitlement=there.entitlement, room="201", places=3)
    session = coaching.book(
        slot=there.slot(in_days(now, 10)), wish=wish, by=there.sponsor, key=uuid.uuid4(), now=now
    )
    people = iter([person(f"member{number}", utena, Role.EMPLOYEE) for number in range(8)])
    answers = at_once([lambda: coaching.join(session=session, person=next(people)) for _number in range(8)])
    assert sum(one is None for one in answers) == CoachingPlace.objects.count() == 3


def test_a_coach_is_in_one_place_at_a_time(there, now) -> None:
    there.slot(in_days(now, 10))
    for minutes in (-60, 0, 60):
        with pytest.raises(coaching.Refused, match="overlaps"):
            there.slot(in_days(now, 10) + timedelta(minutes=minutes))
    there.slot(in_days(now, 10) + timedelta(minutes=90))
    assert CoachingSlot.objects.count() == 2


def test_with_notice_the_hours_come_back_later_they_are_used_up(there, booked, now) -> None:
    late = coaching.book(
        slot=there.slot(in_days(now, 20)), wish=there.wish(), by=there.client, key=uuid.uuid4(), now=now
    )
    assert coaching.cancel(session=booked, by=there.client, now=now)
    assert CoachingSlot.objects.filter(is_taken=False).count() == 1
    assert not coaching.cancel(session=late, by=there.client, now=late.slot.starts_at - timedelta(hours=47))
    assert CoachingEntitlement.objects.get().booked_minutes == 90
    kept = CoachingSession.objects.get()
    assert (kept.is_lost, kept.agreement, kept.slot) == (True, None, None)
    with pytest.raises(coaching.Refused):
        coaching.cancel(session=late, by=there.client, now=now)


def test_the_coach_who_cancels_costs_nobody_hours(there, booked) -> None:
    assert coaching.cancel(session=booked, by=there.coach, now=booked.slot.starts_at - timedelta(hours=1))
    assert CoachingEntitlement.objects.get().booked_minutes == 0
    assert not CoachingSession.objects.exists()


def test_a_session_moves_and_its_old_time_is_free_again(there, booked, now) -> None:
    old, new = booked.slot, there.slot(in_days(now, 12))
    coaching.move(session=booked, to=new, by=there.client, now=now)
    booked.refresh_from_db()
    old.refresh_from_db()
    assert (booked.slot, booked.on, booked.sequence) == (new, timezone.localdate(new.starts_at), 1)
    assert not old.is_taken
    assert CoachingEntitlement.objects.get().booked_minutes == 90


def test_a_day_after_it_only_date_duration_and_municipality_are_left(there, booked, now) -> None:
    coaching.say_topic(session=booked, topic="My quarrel with the deputy", now=now)
    ends_at = booked.slot.ends_at
    assert coaching.erase_finished(ends_at + timedelta(hours=23)) == 0
    assert coaching.erase_finished(ends_at + timedelta(hours=24)) == 1
    assert coaching.erase_finished(ends_at + timedelta(hours=24)) == 0
    row = CoachingSession.objects.values().get()
    told = {name: value for name, value in row.items() if value not in (None, "", 0, False)}
    assert set(told) == {"id", "entitlement_id", "coach_id", "on", "minutes", "is_erased"}
    assert not CoachingSlot.objects.exists()


def test_the_database_refuses_to_keep_a_topic_of_an_erased_session(booked) -> None:
    with transaction.atomic():
        coaching.erase(booked)
    for fields in ({"topic": "x"}, {"room": "201"}, {"taken": 1, "places": 1}, {"form": "group"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoachingSession.objects.filter(pk=booked.pk).update(**fields)


def test_there_is_no_field_for_notes() -> None:
    names = {field.name for field in CoachingSession._meta.get_fields()}
    assert not {name for name in names if "note" in name or "said" in name or "text" in name}


def test_the_topic_is_asked_for_once_and_a_late_one_is_said_not_refused(there, booked, now) -> None:
    begins = booked.slot.starts_at
    assert remind_of_topics(begins - timedelta(days=5)) == 0
    assert remind_of_topics(begins - timedelta(days=4)) == 1
    assert remind_of_topics(begins - timedelta(days=3)) == 0
    assert [message.to for message in mail.outbox] == [[there.client.email]]
    coaching.say_topic(session=booked, topic="Delegating", now=begins - timedelta(days=1))
    booked.refresh_from_db()
    assert booked.topic_is_late()


def test_letters_name_neither_topic_nor_client_and_carry_the_calendar(
    there, now, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        session = coaching.book(
            slot=there.slot(in_days(now, 10)),
            wish=there.wish(topic="My quarrel"),
            by=there.client,
            key=uuid.uuid4(),
            now=now,
        )
    with django_capture_on_commit_callbacks(execute=True):
        coaching.cancel(session=session, by=there.coach, now=now)
    assert {message.to[0] for message in mail.outbox} == {there.coach.email, there.client.email}
    for message in mail.outbox:
        calendar = message.attachments[0].content
        assert "METHOD:REQUEST" in calendar or "METHOD:CANCEL" in calendar
        for text in (message.subject, message.body, calendar.replace(there.client.email, "")):
            assert "quarrel" not in text
            assert "Charlie" not in text


def test_a_sentence_is_shared_with_consent_and_gone_when_taken_back(there, sponsor_page, today) -> None:
    shared = coaching_agreements.share(
        agreement=there.agreement, sentence="I ask before I answer.", key=uuid.uuid4(), today=today
    )
    assert "I ask before I answer." in sponsor_page()
    assert "Charlie" not in sponsor_page().split("What clients agreed to share")[1]
    assert coaching_agreements.take_back(outcome=shared, today=today)
    assert "I ask before I answer." not in sponsor_page()
    assert CoachingOutcome.objects.get().sentence == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        CoachingOutcome.objects.update(sentence="again")


def test_where_nothing_is_to_be_shared_no_sentence_is_kept(there, today) -> None:
    there.agreement.shares = "nothing"
    with pytest.raises(coaching.Refused):
        coaching_agreements.share(agreement=there.agreement, sentence="x", key=uuid.uuid4(), today=today)


@pytest.fixture
def sponsor_page(there, as_person):
    return lambda: as_person(there.sponsor).get("/programme/coaching/").content.decode()


def test_hours_that_may_be_one_persons_are_told_in_whole_days(there, booked, sponsor_page) -> None:
    assert "up to 8 h (1 d)" in sponsor_page()
    assert "at least 48 h (6 d)" in sponsor_page()
    assert "1.5 h" not in sponsor_page()


def test_a_lone_line_in_use_is_not_to_be_had_from_the_sum(
    there, booked, livani, coordinator, as_person
) -> None:
    other = CoachingEntitlement.objects.create(
        project=there.entitlement.project, institution=livani, minutes=3360
    )

    def used() -> list[str]:
        rows = as_person(coordinator).get("/programme/coaching/?format=csv").content.decode("utf-8-sig")
        return [line.split(";")[2] for line in rows.splitlines()[1:]]

    assert used() == ["up to 8 h (1 d)", "0 h (0 d)", "up to 8 h (1 d)"]
    CoachingEntitlement.objects.filter(pk=other.pk).update(booked_minutes=900)
    assert used() == ["up to 8 h (1 d)", "up to 16 h (2 d)", "16.5 h (2.1 d)"]


def test_only_the_coach_sees_names_and_strangers_nothing(
    there, booked, alice, bob, utena, as_person, coordinator
) -> None:
    address = booked.get_absolute_url()
    assert "Charlie" in as_person(there.coach).get(address).content.decode()
    for one in (alice, coordinator, there.sponsor):
        assert as_person(one).get(address).status_code == 404
    Membership.objects.create(person=bob, institution=utena, role=Role.EMPLOYEE, from_on="2017-05-01")
    assert as_person(bob).get(address).status_code == 404
    page = as_person(there.sponsor).get("/programme/coaching/").content.decode()
    assert "201" not in page  # an individual session is not on the sponsor's list


def test_the_three_agree_and_the_end_deletes_the_names(there, booked, as_person, now) -> None:
    address = there.agreement.get_absolute_url()
    as_person(there.client).post(f"{address}end/")
    there.agreement.refresh_from_db()  # a session is still booked
    coaching.cancel(session=booked, by=there.client, now=now)
    as_person(there.client).post(f"{address}end/")
    assert not type(there.agreement).objects.exists()


def test_a_client_books_on_the_page_and_a_group_is_booked_by_who_delegates(there, now, as_person) -> None:
    slot, other = there.slot(in_days(now, 10)), there.slot(in_days(now, 11))
    key = str(uuid.uuid4())
    said = {"agreement": there.agreement.pk, "room": "Maironio 4, 201", "topic": "", "key": key}
    response = as_person(there.client).post(f"/programme/coaching/times/{slot.pk}/individual/", said)
    session = CoachingSession.objects.get()
    assert response.headers["Location"] == session.get_absolute_url()
    group = {
        "institution": there.entitlement.institution_id,
        "room": "Salė",
        "places": 6,
        "key": uuid.uuid4(),
    }
    as_person(there.sponsor).post(f"/programme/coaching/times/{other.pk}/group/", group)
    assert CoachingSession.objects.filter(form="group", places=6).count() == 1
    refused = as_person(there.client).post(f"/programme/coaching/times/{other.pk}/individual/", said)
    assert refused.status_code == 404  # taken: it is no free time any more


def test_a_coach_opens_a_time_and_takes_it_back_on_the_page(there, now, as_person) -> None:
    client, day = as_person(there.coach), in_days(now, 30).date().isoformat()
    client.post("/programme/coaching/times/open/", {"on": day, "at": "09:30"})
    slot = CoachingSlot.objects.get()
    assert timezone.localtime(slot.starts_at).strftime("%H:%M") == "09:30"
    twice = client.post("/programme/coaching/times/open/", {"on": day, "at": "10:00"}).content.decode()
    assert "overlaps" in twice
    client.post(f"/programme/coaching/times/{slot.pk}/withdraw/")
    assert not CoachingSlot.objects.exists()


def test_a_colleague_takes_a_place_in_a_group_and_gives_it_back(there, bob, utena, now, as_person) -> None:
    Membership.objects.create(person=bob, institution=utena, role=Role.EMPLOYEE, from_on="2017-05-01")
    wish = coaching.Wish(entitlement=there.entitlement, room="201", places=2)
    group = coaching.book(
        slot=there.slot(in_days(now, 10)), wish=wish, by=there.sponsor, key=uuid.uuid4(), now=now
    )
    client, address = as_person(bob), group.get_absolute_url()
    for _twice in range(2):
        client.post(f"{address}place/")
    group.refresh_from_db()
    assert (group.taken, CoachingPlace.objects.count()) == (1, 1)
    assert "Bob" in as_person(there.coach).get(address).content.decode()
    assert "Bob" not in as_person(there.sponsor).get(address).content.decode().split("<main")[1]
    client.post(f"{address}place/", {"leave": "1"})
    group.refresh_from_db()
    assert (group.taken, CoachingPlace.objects.count()) == (0, 0)
