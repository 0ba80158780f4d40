"""What phones send from the door is written once, whoever sends it and however often."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.programme import tickets
from straume.web.programme.actions import attendance as actions
from straume.web.programme.models import (
    Activity,
    Attendance,
    AttendanceChange,
    CheckInHelper,
    Registration,
    WalkIn,
)
from web.programme.attending import NOON, registered, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(livani):
    return training(title="Lean apmācība")


@pytest.fixture
def place(activity, bob, livani) -> Registration:
    return registered(activity, bob, livani)


@pytest.fixture
def phone(as_person, coordinator):
    return as_person(coordinator)


def entry(session, registration=None, **more):
    made = {"key": str(uuid.uuid4()), "session": session.pk, "at": timezone.now().isoformat()}
    return made | ({"registration": registration.pk} if registration else {}) | more


def send(client, activity, *entries, sent_at=None):
    body = {"sent_at": (sent_at or timezone.now()).isoformat(), "entries": entries}
    url = reverse("programme:check_in_sent", args=[activity.pk])
    return client.post(url, json.dumps(body), content_type="application/json")


def states(answer) -> list[str]:
    return [one["state"] for one in answer.json()["results"]]


def test_the_same_message_twice_and_the_same_person_by_two_phones_are_one_attendance(phone, activity, place):
    session = activity.sessions.first()
    said = entry(session, place, how="qr")
    assert states(send(phone, activity, said)) == ["in"]
    assert states(send(phone, activity, said)) == ["already"]
    assert states(send(phone, activity, entry(session, place))) == ["already"]
    assert Attendance.objects.get().how == "qr"
    here = send(phone, activity).json()["state"]["here"]
    assert list(here[str(session.pk)]) == [str(place.pk)]


def test_a_phone_whose_clock_is_wrong_is_put_right_by_what_its_clock_says_now(phone, activity, place):
    session, ahead = activity.sessions.first(), timedelta(hours=5)
    clock = timezone.now() + ahead
    said = entry(session, place) | {"at": (clock - timedelta(minutes=10)).isoformat()}
    send(phone, activity, said, sent_at=clock)
    ago = timezone.now() - Attendance.objects.get().came_at
    assert timedelta(minutes=9) < ago < timedelta(minutes=11)


def test_what_was_taken_back_by_hand_does_not_come_back_from_a_phone(phone, activity, place, coordinator):
    session = activity.sessions.first()
    said = entry(session, place)
    send(phone, activity, said)
    actions.correct(
        session=session,
        registration=place,
        came=False,
        reason="Wrong person",
        by=coordinator,
        now=timezone.now(),
    )
    earlier = entry(session, place) | {"at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    assert states(send(phone, activity, said, earlier)) == ["corrected", "corrected"]
    assert not Attendance.objects.exists()
    assert AttendanceChange.objects.get().reason == "Wrong person"
    # somebody who really comes afterwards is taken
    assert states(send(phone, activity, entry(session, place))) == ["in"]


def test_other_activities_and_cancelled_places_are_told_apart(phone, activity, place, alice, livani):
    session = activity.sessions.first()
    other = training(title="Cita")
    elsewhere = registered(other, alice, livani)
    gone = registered(activity, alice, livani, status="cancelled")
    answer = send(
        phone, activity, entry(session, elsewhere), entry(other.sessions.first(), place), entry(session, gone)
    )
    assert states(answer) == ["unknown_person", "unknown_session", "no_place"]
    assert not Attendance.objects.exists()


NOT_OURS = {
    "empty": b"",
    "list": b"[]",
    "no time": b'{"entries": []}',
    "no real time": b'{"sent_at": "x", "entries": []}',
    "no real key": b'{"sent_at": "2018-06-06T09:00:00Z", "entries": [{"key": "1", "session": 1}]}',
}


@pytest.mark.parametrize("body", NOT_OURS.values(), ids=NOT_OURS)
def test_what_no_page_of_ours_sends_is_refused(phone, activity, body):
    url = reverse("programme:check_in_sent", args=[activity.pk])
    assert phone.post(url, body, content_type="application/json").status_code == 400


def test_somebody_without_a_registration_is_noted_once_and_completed_later(
    phone, activity, livani, coordinator
):
    Activity.objects.filter(pk=activity.pk).update(places=2, held=2)  # held for others
    session = activity.sessions.first()
    said = entry(session, name="Zane Kalna", institution="Dagdas novads")
    assert states(send(phone, activity, said)) == ["in"]
    assert states(send(phone, activity, said)) == ["already"]
    noted = WalkIn.objects.get()
    url = reverse("programme:walk_in", args=[activity.pk, noted.pk])
    form = {
        "name": "Zane Kalna",
        "email": "zane@example.org",
        "language": "lv",
        "institution": livani.pk,
        "post": "",
    }
    assert phone.post(url, form).status_code == 302
    activity.refresh_from_db()
    noted.refresh_from_db()
    assert (activity.taken, activity.places) == (1, 3)  # who was there had a chair
    assert Attendance.objects.get().registration.person == User.objects.get(email="zane@example.org")
    assert noted.name == noted.institution == ""
    assert phone.get(url).status_code == 404
    # noted at another door as well: the second completion finds the first
    send(phone, activity, entry(session, name="Zane K."))
    again = WalkIn.objects.get(settled_at=None)
    phone.post(reverse("programme:walk_in", args=[activity.pk, again.pk]), form)
    assert Attendance.objects.count() == Registration.objects.filter(activity=activity).count() == 1


def test_a_note_made_by_mistake_is_set_aside_with_its_reason(phone, activity, coordinator):
    send(phone, activity, entry(activity.sessions.first(), name="Zane"))
    noted = WalkIn.objects.get()
    url = reverse("programme:walk_in", args=[activity.pk, noted.pk])
    assert "Why?" in phone.post(url, {"set_aside": "yes"}).content.decode()
    phone.post(url, {"set_aside": "yes", "aside-reason": "Came only to ask"})
    noted.refresh_from_db()
    assert (noted.name, noted.set_aside_because) == ("", "Came only to ask")


def test_a_correction_needs_a_reason_and_a_second_submit_changes_nothing(phone, activity, place):
    session = activity.sessions.first()
    url = reverse("programme:attendance_correct", args=[activity.pk])
    url += f"?session={session.pk}&registration={place.pk}"
    assert "Say why" in phone.post(url, {"came": "yes", "reason": ""}).content.decode()
    for _time in range(2):
        phone.post(url, {"came": "yes", "reason": "Signed on paper"})
    assert Attendance.objects.get().how == "hand"
    assert AttendanceChange.objects.count() == 1
    page = phone.get(reverse("programme:attendance", args=[activity.pk])).content.decode()
    assert "Signed on paper" in page


def test_who_may_check_in_and_who_sees_names(as_person, activity, place, alice, charlie, member, lead_body):
    controller = member("carla", lead_body, "controller")
    door, who = (reverse(f"programme:{name}", args=[activity.pk]) for name in ("check_in", "attendance"))
    for stranger in (alice, charlie):
        assert [as_person(stranger).get(url).status_code for url in (door, who)] == [403, 403]
        assert send(as_person(stranger), activity).status_code == 403
    assert [as_person(controller).get(url).status_code for url in (door, who)] == [403, 200]
    nobody = User.objects.create_user("helper@example.org", name="Helper")
    assert as_person(nobody).get(door).status_code == 404
    CheckInHelper.objects.create(activity=activity, person=nobody, named_at=NOON)
    assert as_person(nobody).get(door).status_code == 200
    assert as_person(nobody).get(reverse("programme:check_in", args=[training().pk])).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInHelper.objects.create(activity=activity, person=nobody, named_at=NOON)


def test_a_ticket_is_signed_and_typed_as_people_type(place):
    text = tickets.ticket_text(place)
    assert tickets.read_ticket(text) == tickets.Ticket(place.activity_id, place.pk)
    assert tickets.read_ticket(text.lower()) is not None
    forged = text.replace(f":{place.pk}:", f":{place.pk + 1}:")
    assert tickets.read_ticket(forged) is None
    assert tickets.read_ticket("https://example.org") is None
    code = tickets.short_code(place)
    assert len(code) == 8
    assert tickets.typed(f" {tickets.spoken(code).lower()} ") == code
    assert tickets.typed("o0il-u") == "0011V"


def test_the_person_finds_the_ticket_and_what_is_kept(phone, as_person, activity, place, bob):
    mine = as_person(bob)
    assert "Ticket" not in mine.get("/").content.decode()  # what is over needs none
    Activity.objects.filter(pk=activity.pk).update(until_on=timezone.localdate())
    assert "Ticket" in mine.get("/").content.decode()
    page = mine.get(reverse("programme:my_tickets")).content.decode()
    assert tickets.spoken(tickets.short_code(place)) in page and "<svg" in page
    send(phone, activity, entry(activity.sessions.first(), place, how="qr"))
    kept = mine.get(reverse("my_data")).content.decode()
    assert "QR code" in kept and "Day 6" in kept
    other = as_person(User.objects.create_user("zane@example.org", name="Zane"))
    assert (
        tickets.spoken(tickets.short_code(place))
        not in other.get(reverse("programme:my_tickets")).content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_the_same_moment_make_one_attendance(activity, place, coordinator):
    session, barrier, answers, faults = activity.sessions.first(), threading.Barrier(6), [], []

    def one() -> None:
        barrier.wait()
        try:
            sent = actions.Sent(uuid.uuid4(), session.pk, datetime(2018, 6, 6, tzinfo=UTC), "qr", place.pk)
            answers.extend(actions.take(activity=activity, sent=[sent], by=coordinator, now=timezone.now()))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Attendance.objects.count() == 1
    assert sorted(answer.state for answer in answers) == ["already"] * 5 + ["in"]
