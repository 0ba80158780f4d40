"""iCalendar (RFC 5545, 5546): invitations, changes and cancellations of sessions; a person's own calendar.

An invitation's UID stays that of its session, so a calendar puts a change over what it has. SEQUENCE counts
the changes of the session and how often this person was called off and invited anew; where it is the same,
the newer DTSTAMP is the later word.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from straume.web.accounts.models import User
from straume.web.programme.models import Registration, Session
from straume.words.catalog import known

PRODUCT = "-//Straume//Straume//EN"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def invitation(
    *, registration: Registration, sessions: Iterable[Session], method: str, now: datetime, url: str
) -> bytes:
    """METHOD:REQUEST or CANCEL for these sessions, to this person, in the language in force."""
    calendar = _calendar(method)
    for session in sessions:
        event = event_of(session=session, now=now, url=url)
        event["sequence"] = session.sequence + registration.revision
        event["organizer"] = organizer()
        event["attendee"] = attendee(registration.person)
        event["status"] = "CANCELLED" if method == CANCEL else "CONFIRMED"
        calendar.add_component(event)
    return finished(calendar)


def feed(*, registrations: Iterable[Registration], now: datetime, url: str) -> bytes:
    """A person's own sessions, to be subscribed to; what they lost disappears from it."""
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", _("My activities in Straume"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for registration in registrations:
        for session in registration.activity.sessions.all():
            event = event_of(session=session, now=now, url=f"{url}{registration.activity.get_absolute_url()}")
            event["sequence"] = session.sequence + registration.revision
            is_sure = registration.status == Registration.Status.CONFIRMED
            event["status"] = "CONFIRMED" if is_sure else "TENTATIVE"
            calendar.add_component(event)
    return finished(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def event_of(*, session: Session, now: datetime, url: str) -> Any:
    """A session in the time of its place, with words in the language in force."""
    zone = zone_of(session)
    event = Event()
    event.add("uid", uid_of(session))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", session.starts_at.astimezone(zone).replace(microsecond=0))
    event.add("dtend", session.ends_at.astimezone(zone).replace(microsecond=0))
    language = {"LANGUAGE": known(get_language() or "")}
    event.add("summary", summary_of(session), parameters=language)
    event.add("location", location_of(session), parameters=language)
    event.add("description", url, parameters=language)
    event.add("url", url)
    return event


def summary_of(session: Session) -> str:
    if not session.title or session.title == session.activity.title:
        return str(session.activity.title)
    return f"{session.activity.title}: {session.title}"


def location_of(session: Session) -> str:
    place = session.place or session.activity.place
    return ", ".join(part for part in (session.room, place) if part)


def zone_of(session: Session) -> ZoneInfo:
    """The clock of the place: of the country where it is held."""
    activity = session.activity
    country = activity.country or (activity.host.country if activity.host else "")
    return ZoneInfo("Europe/Vilnius" if country == "lt" else "Europe/Riga")


def uid_of(session: Session) -> str:
    return f"session-{session.pk}@{_domain()}"


def organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    found = vCalAddress(f"mailto:{address}")
    found.params["cn"] = vText(name or "Straume")
    return found


def attendee(person: User) -> vCalAddress:
    """Their place was given in Straume and is given back there: the calendar asks for no answer."""
    found = vCalAddress(f"mailto:{person.email}")
    found.params["cn"] = vText(person.name)
    found.params["cutype"] = vText("INDIVIDUAL")
    found.params["role"] = vText("REQ-PARTICIPANT")
    found.params["partstat"] = vText("ACCEPTED")
    found.params["rsvp"] = vText("FALSE")
    return found


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def finished(calendar: Calendar) -> bytes:
    """With the definitions of the time zones that it names."""
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
