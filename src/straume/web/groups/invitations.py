"""Invitations to a meeting as iCalendar: invited, changed, cancelled; each member in their language."""

from __future__ import annotations

import datetime as dt
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from straume.web.groups.models import GroupMember, Meeting
from straume.web.groups.rotation import turns_of
from straume.web.places import mail


def receivers(meeting: Meeting) -> QuerySet[GroupMember]:
    return meeting.group.members_on(timezone.localdate(meeting.starts_at))


def send(meeting: Meeting, *, site: str) -> None:
    """To every member who sits in the group on that day."""
    letters = []
    turn = turns_of(meeting.group).get(meeting.pk)
    for member in receivers(meeting):
        person = member.person
        with override(person.language):
            context = {"meeting": meeting, "member": member, "turn": turn, "site": site}
            body = render_to_string("groups/mail/meeting.txt", context)
            letter = EmailMultiAlternatives(_subject(meeting), body, None, [person.email])
            method = "CANCEL" if meeting.status == Meeting.Status.CANCELLED else "REQUEST"
            file = calendar(meeting, site=site, method=method, to=person.email)
            letter.attach("meeting.ics", file.decode(), f'text/calendar; charset="utf-8"; method={method}')
            letters.append(letter)
    mail.send_each(letters)


def _subject(meeting: Meeting) -> str:
    local = timezone.localtime(meeting.starts_at)
    words = {"meeting": str(meeting), "when": date_format(local, "SHORT_DATETIME_FORMAT")}
    if meeting.status == Meeting.Status.CANCELLED:
        return _("Cancelled: %(meeting)s, %(when)s") % words
    if meeting.sequence:
        return _("Changed: %(meeting)s, %(when)s") % words
    return _("Invitation: %(meeting)s, %(when)s") % words


def calendar(meeting: Meeting, *, site: str, method: str = "PUBLISH", to: str = "") -> bytes:
    """One event. The same meeting keeps its UID; each change it was told of has a higher SEQUENCE."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    event = Event()
    event.add("uid", f"group-meeting-{meeting.pk}@{sender.rpartition('@')[2]}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.invited_at or meeting.starts_at)
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", str(meeting) if meeting.title == "" else f"{meeting.group}: {meeting.title}")
    event.add("status", "CANCELLED" if meeting.status == Meeting.Status.CANCELLED else "CONFIRMED")
    place = ", ".join(part for part in (meeting.host.name if meeting.host else "", meeting.room) if part)
    if place:
        event.add("location", place)
    event.add("description", "\n".join(_agenda_lines(meeting)))
    event.add("url", meeting.link or f"{site}{meeting.get_absolute_url()}")
    if method != "PUBLISH":
        event["organizer"] = vCalAddress(f"mailto:{sender}")
        attendee = vCalAddress(f"mailto:{to}")
        attendee.params["rsvp"] = vText("TRUE" if method == "REQUEST" else "FALSE")
        event.add("attendee", attendee, encode=False)
    whole = Calendar()
    whole.add("prodid", "-//Straume//groups//EN")
    whole.add("version", "2.0")
    whole.add("method", method)
    whole.add_component(event)
    return bytes(whole.to_ical())


def _agenda_lines(meeting: Meeting) -> list[str]:
    lines = [f"{point.place}. {point.title}" for point in meeting.agenda.all()]
    return [*lines, meeting.link] if meeting.link else lines
