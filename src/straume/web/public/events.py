"""Public activities as machines read them: schema.org/Event and iCalendar; no participant is in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from straume.web.programme.models import Activity, Session

MODES = {Activity.Status.CANCELLED: "https://schema.org/EventCancelled"}
SCHEDULED = "https://schema.org/EventScheduled"
# what a browser must not take for the end of the data block
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def schema_of(activity: Activity, *, url: str, organizer: str) -> dict[str, Any]:
    """https://schema.org/Event of one activity, its sessions as sub-events."""
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": activity.title,
        "startDate": activity.from_on.isoformat(),
        "endDate": activity.until_on.isoformat(),
        "eventStatus": MODES.get(Activity.Status(activity.status), SCHEDULED),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place_of(activity.place),
        "organizer": {"@type": "Organization", "name": organizer},
        "inLanguage": list(activity.languages),
        "isAccessibleForFree": True,
    }
    if activity.summary:
        event["description"] = activity.summary
    sessions = [
        {
            "@type": "Event",
            "name": session.title,
            "startDate": session.starts_at.isoformat(),
            "endDate": session.ends_at.isoformat(),
            "location": place_of(
                ", ".join(part for part in (session.room, session.place) if part) or activity.place
            ),
        }
        for session in activity.sessions.all()
    ]
    return event | ({"subEvent": sessions} if sessions else {})


def place_of(name: str) -> dict[str, Any]:
    return {"@type": "Place", "name": name, "address": name}


def as_data_block(events: Sequence[dict[str, Any]]) -> str:
    """JSON that may stand in a page whatever a title holds."""
    return json.dumps(list(events), ensure_ascii=False).translate(ESCAPES)


def calendar_of(
    activities: Sequence[Activity], *, name: str, host: str, urls: dict[int, str], now: datetime
) -> bytes:
    """RFC 5545: an event per session, or whole days where no session is told yet."""
    calendar = Calendar()
    calendar.add("prodid", "-//Straume//straume//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for activity in activities:
        sessions: list[Session] = list(activity.sessions.all())
        for session in sessions:
            event = event_of(activity, url=urls[activity.pk], now=now)
            event.add("uid", f"session-{session.pk}@{host}")
            event.add("sequence", session.sequence)
            event["summary"] = (
                event["summary"] if len(sessions) == 1 else _text(f"{activity.title}: {session.title}")
            )
            event.add("dtstart", session.starts_at)
            event.add("dtend", session.ends_at)
            where = ", ".join(part for part in (session.room, session.place or activity.place) if part)
            event.add("location", where)
            calendar.add_component(event)
        if not sessions:
            event = event_of(activity, url=urls[activity.pk], now=now)
            event.add("uid", f"activity-{activity.pk}@{host}")
            event.add("dtstart", activity.from_on)
            event.add("dtend", activity.until_on + timedelta(days=1))  # the day after the last one
            event.add("location", activity.place)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def event_of(activity: Activity, *, url: str, now: datetime) -> Event:
    event = Event()
    event.add("summary", activity.title)
    event.add("dtstamp", now)
    event.add("url", url)
    if activity.summary:
        event.add("description", activity.summary)
    event.add("status", "CANCELLED" if activity.status == Activity.Status.CANCELLED else "CONFIRMED")
    return event


def _text(words: str) -> Any:
    from icalendar import vText

    return vText(words)
