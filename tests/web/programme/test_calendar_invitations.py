"""What goes into people's calendars: by the rules of RFC 5545, 5546 and 6047, read back with icalendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar
from tests.web.programme.nominating import registered, somebody, with_rule

from straume.web.programme import invitations, letters, outbox
from straume.web.programme.actions import registrations, sessions
from straume.web.programme.models import CalendarFeed, Session

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 8, 0, 5, 123456, tzinfo=UTC)
LONG = "Ķēžu ģenerāldirektora žūrijas šķīvju pārbaudes apmācība un ļoti garš nosaukums ar garumzīmēm"


@pytest.fixture
def place(make_activity, livani):
    """A place in an activity with two sessions; its letter has gone out."""
    activity = with_rule(make_activity(sessions=2), places=1)
    made = registered(activity, somebody("ann", "lv"), livani)
    outbox.send_due.call()
    return made


def invited(registration, method=invitations.REQUEST, now=NOW) -> bytes:
    return invitations.invitation(
        registration=registration,
        sessions=registration.activity.sessions.all(),
        method=method,
        now=now,
        url="https://straume.example/r/1/",
    )


def events(content: bytes) -> list:
    calendar = Calendar.from_ical(content)
    assert calendar["version"] == "2.0" and calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def test_every_line_is_short_and_ends_as_it_must(place):
    """RFC 5545, 3.1: at most 75 octets, CRLF, and no letter is torn in two."""
    Session.objects.update(title_lv=LONG, title_en=LONG)
    content = invited(place)
    lines = content.split(b"\r\n")
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    assert LONG in str(events(content)[0]["summary"])


def test_an_invitation_says_who_when_and_asks_no_answer(place):
    content = invited(place)
    calendar = Calendar.from_ical(content)
    assert calendar["method"] == "REQUEST"
    first, second = events(content)
    assert first["uid"] != second["uid"]
    assert first["organizer"].startswith("mailto:") and first["attendee"] == "mailto:ann@people.example.org"
    assert first["attendee"].params["RSVP"] == "FALSE" and first["attendee"].params["CN"] == "Ann"
    assert first["status"] == "CONFIRMED" and int(first["sequence"]) == 0
    assert first["summary"].params["LANGUAGE"] == "en"
    assert first["dtstamp"].dt == NOW.replace(microsecond=0)
    assert b"DTSTAMP:20270301T080005Z" in content  # in UTC, RFC 5545, 3.8.7.2


def test_the_time_zone_is_defined_and_named(place):
    content = invited(place)
    zones = Calendar.from_ical(content).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Riga"]
    assert b"DTSTART;TZID=Europe/Riga:" in content


@pytest.mark.parametrize(
    ("day", "offset_hours"),
    [((2027, 3, 27), 2), ((2027, 3, 28), 3), ((2027, 10, 30), 3), ((2027, 10, 31), 2)],
)
@pytest.mark.parametrize("country", ["lv", "lt"])
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(place, day, offset_hours, country):
    """Read with the definition in the file alone, the instant is the one of the database."""
    zone = ZoneInfo("Europe/Vilnius" if country == "lt" else "Europe/Riga")
    place.activity.country = country
    session = place.activity.sessions.first()
    session.activity = place.activity
    session.starts_at = datetime(*day, 10, tzinfo=zone)
    session.ends_at = session.starts_at + timedelta(hours=2)
    content = invitations.invitation(
        registration=place, sessions=[session], method="REQUEST", now=NOW, url="https://straume.example/"
    )
    begins = events(content)[0]["dtstart"].dt
    assert (begins.hour, begins.utcoffset()) == (10, timedelta(hours=offset_hours))
    assert begins.astimezone(UTC) == session.starts_at.astimezone(UTC)
    zoned = Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz()
    assert begins.replace(tzinfo=zoned).utcoffset() == timedelta(hours=offset_hours)


def test_a_change_keeps_its_uid_and_raises_its_number(place, django_capture_on_commit_callbacks):
    before = events(invited(place))[0]
    session = place.activity.sessions.first()
    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sessions.move(session=session, fields={"starts_at", "ends_at"})
    assert len(mail.outbox) == 1
    after = events(calendar_of(mail.outbox[0], "REQUEST"))
    assert len(after) == 1  # the other session did not move
    assert after[0]["uid"] == before["uid"]
    assert int(after[0]["sequence"]) == int(before["sequence"]) + 1
    assert after[0]["dtstart"].dt - before["dtstart"].dt == timedelta(hours=1)


def test_several_sessions_that_change_together_make_one_letter(place, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sessions.all_of(activity=place.activity, change=sessions.Change.CANCELLED)
    assert len(mail.outbox) == 1
    gone = events(calendar_of(mail.outbox[0], "CANCEL"))
    assert [str(one["status"]) for one in gone] == ["CANCELLED"] * 2


def test_a_removed_session_leaves_the_calendar(place, django_capture_on_commit_callbacks):
    session = place.activity.sessions.last()
    uid = invitations.uid_of(session)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert sessions.remove(session=session)
    gone = events(calendar_of(mail.outbox[0], "CANCEL"))
    assert [str(one["uid"]) for one in gone] == [uid]


def test_who_is_called_off_and_comes_again_gets_a_higher_number(place, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        registrations.cancel(registration=place, reason="by_person", now=NOW)
    off = events(calendar_of(mail.outbox[0], "CANCEL"))
    with django_capture_on_commit_callbacks(execute=True):
        registered(place.activity, place.person, place.institution)
    again = events(calendar_of(mail.outbox[1], "REQUEST"))
    assert {str(one["uid"]) for one in off} == {str(one["uid"]) for one in again}
    assert int(off[0]["sequence"]) == 1 and int(again[0]["sequence"]) == 2


def test_a_letter_carries_the_invitation_as_a_part_of_its_own(place):
    """RFC 6047: text/calendar with method and charset, beside the words."""
    letter = letters.deliver(place, "place", place.activity.sessions.all(), NOW)
    sent = message_from_bytes(letter.message().as_bytes())
    assert sent.is_multipart()
    kinds = [part.get_content_type() for part in sent.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/calendar"]
    part = list(sent.walk())[-1]
    assert part.get_param("method") == "REQUEST" and part.get_content_charset() == "utf-8"
    assert letter.subject == "Jums ir vieta: Zudumi"
    first = events(part.get_payload(decode=True))[0]
    assert first["summary"].params["LANGUAGE"] == "lv" and str(first["summary"]).startswith("Zudumi")


def test_a_private_calendar_shows_own_sessions_until_it_is_taken_back(place, utena, as_person):
    registered(place.activity, somebody("ben"), utena)  # waits: not in anybody's calendar
    own = as_person(place.person)
    own.post("/programme/mine/calendar/", {})
    page = own.get("/programme/mine/").content.decode()
    path = page.split('value="http://testserver')[1].split('"')[0]
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    shown = events(answer.content)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    assert len(shown) == 2 and b"attendee" not in answer.content.lower()
    own.post("/programme/mine/calendar/", {})  # another address
    assert Client().get(path).status_code == 404
    assert CalendarFeed.objects.count() == 1
    own.post("/programme/mine/calendar/", {"end": "1"})
    assert not CalendarFeed.objects.exists()
    assert Client().get("/programme/calendar/made-up.ics").status_code == 404


def calendar_of(letter, method: str) -> bytes:
    part = next(one for one in letter.message().walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == method
    return part.get_payload(decode=True)
