"""Letters about a place, in the receiver's language, with an invitation; the worker sends them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from straume.web.programme import invitations, reasons, said, tokens
from straume.web.programme.models import Registration, Session

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


def on_commit(registration: Registration, about: str, now: datetime) -> None:
    """Have a letter written after the transaction; the request does not wait for the mail server."""
    pk, stamp, state = registration.pk, now.isoformat(), registration.status
    transaction.on_commit(lambda: send_letter.enqueue(pk, about, stamp, state))


@task()
def send_letter(registration_pk: int, about: str, stamp: str, state: str) -> None:
    """One letter, unless something newer has overtaken it."""
    found = Registration.objects.select_related(
        "activity__place_rule", "activity__work_package", "activity__host", "person", "institution", "quota"
    )
    registration = found.filter(pk=registration_pk).first()
    overtaken = registration is not None and registration.status != state
    if registration is None or (overtaken and about in ("place", "waiting", "offer")):
        return
    sessions = registration.activity.sessions.select_related("activity__host")
    deliver(registration, about, sessions, datetime.fromisoformat(stamp))


def deliver(
    registration: Registration, about: str, sessions: Iterable[Session], now: datetime
) -> EmailMultiAlternatives:
    with override(registration.person.language):
        letter = written(registration, about, sessions, now)
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
