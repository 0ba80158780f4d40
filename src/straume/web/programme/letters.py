"""Letters about a place, in the receiver's language, with an invitation; they go out by the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.mime.text import MIMEText
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.programme import invitations, reasons, said, tokens
from straume.web.programme.models import Activity, DueLetter, Registration, Session

# what a letter is about → the method of its invitation
METHODS = {
    "place": invitations.REQUEST,
    "moved": invitations.REQUEST,
    "called_off": invitations.CANCEL,
    "session_off": invitations.CANCEL,
    "offer": "",
    "waiting": "",
    "out_of_line": "",
    "expired": "",
}


def send(letter: DueLetter, mail: BaseEmailBackend) -> None:
    """One letter of the outbox, unless something newer has overtaken it."""
    registration = letter.registration
    if letter.about in ("place", "waiting", "offer") and registration.status != letter.status_then:
        return
    sessions: Iterable[Session] = [session_told(registration.activity, one) for one in letter.sessions]
    if not letter.sessions:
        sessions = registration.activity.sessions.all()
    deliver(registration, letter.about, sessions, letter.written_at, mail)


def session_told(activity: Activity, told: dict[str, Any]) -> Session:
    """The session as it was when it changed."""
    times = {name: datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at")}
    return Session(activity=activity, **{**told, **times})


def deliver(
    registration: Registration,
    about: str,
    sessions: Iterable[Session],
    now: datetime,
    mail: BaseEmailBackend | None = None,
) -> EmailMultiAlternatives:
    with override(registration.person.language):
        letter = written(registration, about, sessions, now)
    letter.connection = mail
    letter.send()
    return letter


def written(
    registration: Registration, about: str, sessions: Iterable[Session], now: datetime
) -> EmailMultiAlternatives:
    activity = registration.activity
    address = settings.ADDRESS + reverse("programme:registration", args=[registration.pk])
    told = list(sessions)
    context = {
        "about": about,
        "registration": registration,
        "activity": activity,
        "sessions": told,
        "days": said.days(activity),
        "why": reasons.why(registration, position_of(registration)),
        "address": address,
        "offer_url": offer_url(registration) if about == "offer" else "",
        "until": reasons.moment(registration.offer_ends_at),
    }
    body = render_to_string("programme/mail/registration.txt", context)
    letter = EmailMultiAlternatives(subject(about, activity), body, None, [registration.person.email])
    method = METHODS[about]
    if method and told:
        invitation = invitations.invitation(
            registration=registration, sessions=told, method=method, now=now, url=address
        )
        letter.attach(calendar_part(invitation, method))
    return letter


def calendar_part(invitation: bytes, method: str) -> MIMEText:
    """text/calendar with its method, so that mail programs show it as an invitation (RFC 6047)."""
    part = MIMEText(invitation.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "inline", filename="invite.ics")
    return part


def subject(about: str, activity: object) -> str:
    return {
        "place": _("You have a place: %(activity)s"),
        "moved": _("Time or place changed: %(activity)s"),
        "called_off": _("Called off: %(activity)s"),
        "session_off": _("A session is called off: %(activity)s"),
        "offer": _("A place is free for you: %(activity)s"),
        "waiting": _("You are in line: %(activity)s"),
        "out_of_line": _("No longer in line: %(activity)s"),
        "expired": _("The offered place has gone on: %(activity)s"),
    }[about] % {"activity": activity}


def position_of(registration: Registration) -> int | None:
    """Their own place in line, told to them alone."""
    from straume.web.programme.actions.waiting import line_of

    if registration.status != Registration.Status.WAITING:
        return None  # also where no rule stands: an activity of the past, or one that people walked in to
    rule = registration.activity.place_rule
    if rule.is_collecting:
        return None
    if not rule.first_by and rule.allots_at is None:  # by the time alone: counted, not drawn up
        waiting = Registration.objects.filter(
            activity=registration.activity_id, status=Registration.Status.WAITING
        )
        earlier = Q(made_at__lt=registration.made_at) | Q(
            made_at=registration.made_at, pk__lte=registration.pk
        )
        return waiting.filter(earlier).count()
    line = [one.pk for one in line_of(registration.activity)]
    return line.index(registration.pk) + 1 if registration.pk in line else None


def offer_url(registration: Registration) -> str:
    return settings.ADDRESS + reverse("programme:offer", args=[tokens.offer_token(registration)])
