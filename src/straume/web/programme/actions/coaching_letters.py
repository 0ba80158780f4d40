"""Letters about coaching: booked, moved, cancelled, topic still missing; in the reader's language.

The subject names no topic and no client: subjects stand on screens that others see.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.places import mail
from straume.web.programme.coaching_calendar import as_ics
from straume.web.programme.models import CoachingSession
from straume.web.programme.models.coaching import TOPIC_AHEAD

ASKED_BEFORE = TOPIC_AHEAD + timedelta(days=1)  # a day before the topic is due


def concerned(session: CoachingSession) -> list[User]:
    """The coach, the client or whoever booked the group, and those with a place in it."""
    people = [session.coach]
    if session.agreement is not None:
        people.append(session.agreement.client)
    else:
        people += [session.booked_by] if session.booked_by else []
        people += [place.person for place in session.group.select_related("person")]
    return list(dict.fromkeys(people))


def tell_booked(session_pk: int) -> None:
    _tell(session_pk, "booked")


def tell_moved(session_pk: int) -> None:
    _tell(session_pk, "moved")


def _tell(session_pk: int, what: str) -> None:
    session = _found(session_pk)
    if session is None:
        return
    for person in concerned(session):
        _send(session, person, what)


def tell_cancelled_on_commit(session: CoachingSession) -> None:
    """Everything is read now: after the commit the session may be gone."""
    messages = [_message(session, person, "cancelled") for person in concerned(session)]
    transaction.on_commit(lambda: mail.send_each(messages))


def remind_of_topics(now: datetime) -> int:
    """A duty: the day before a topic is due, whoever owes it is asked once."""
    waiting = CoachingSession.objects.filter(
        is_erased=False,
        is_reminded=False,
        topic="",
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + ASKED_BEFORE,
    )
    reminded = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        if CoachingSession.objects.filter(pk=pk, is_reminded=False).update(is_reminded=True):
            session = _found(pk)
            owes = _owes_topic(session) if session else None
            if session is not None and owes is not None:
                _send(session, owes, "topic")
                reminded += 1
    return reminded


def _owes_topic(session: CoachingSession) -> User | None:
    return session.agreement.client if session.agreement else session.booked_by


def _found(session_pk: int) -> CoachingSession | None:
    return (
        CoachingSession.objects.filter(pk=session_pk, is_erased=False)
        .select_related("slot", "coach", "agreement__client", "booked_by", "entitlement__institution")
        .first()
    )


def _send(session: CoachingSession, person: User, what: str) -> None:
    mail.send_each([_message(session, person, what)])


def _message(session: CoachingSession, person: User, what: str) -> EmailMessage:
    assert session.slot is not None
    with override(person.language):
        begins = timezone.localtime(session.slot.starts_at)
        context = {
            "session": session,
            "begins": begins,
            "topic_by": session.on - TOPIC_AHEAD,
            "is_coach": person.pk == session.coach_id,
        }
        subjects = {
            "booked": _("Coaching on %(day)s is booked"),
            "moved": _("Coaching was moved to %(day)s"),
            "cancelled": _("Coaching on %(day)s is cancelled"),
            "topic": _("Which topic for the coaching on %(day)s?"),
        }
        message = EmailMessage(
            subjects[what] % {"day": date_format(begins, "DATETIME_FORMAT")},
            render_to_string(f"programme/mail/coaching_{what}.txt", context),
            None,
            [person.email],
        )
        if what != "topic":
            method = "CANCEL" if what == "cancelled" else "REQUEST"
            calendar = as_ics(session, to=person.email, method=method, now=timezone.now())
            message.attach("coaching.ics", calendar, f"text/calendar; method={method}; charset=utf-8")
    return message
