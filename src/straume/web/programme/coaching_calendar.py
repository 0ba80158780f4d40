"""A coaching session for a calendar (iCalendar): when and where, neither topic nor client."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from straume.web.programme.models import CoachingSession


def as_ics(session: CoachingSession, *, to: str, method: str, now: datetime) -> str:
    """METHOD:REQUEST for a booking or a change of it, CANCEL when it is cancelled."""
    assert session.slot is not None
    event = Event()
    event.add("uid", f"coaching-{session.idempotency_key or session.pk}@straume")
    event.add("sequence", session.sequence + (method == "CANCEL"))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", session.slot.starts_at.astimezone(UTC))
    event.add("dtend", session.slot.ends_at.astimezone(UTC))
    event.add("summary", _("Coaching"))
    event.add("location", vText(f"{session.room}, {session.entitlement.institution.name}"))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event["organizer"] = vCalAddress(f"MAILTO:{plain_address(settings.DEFAULT_FROM_EMAIL)}")
    event.add("attendee", vCalAddress(f"MAILTO:{to}"))
    calendar = Calendar()
    calendar.add("prodid", "-//Straume//Coaching//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def plain_address(written: str) -> str:
    """ "Straume <straume@localhost>" → "straume@localhost"."""
    return sanitize_address(written, "utf-8").rpartition("<")[2].rstrip(">")
