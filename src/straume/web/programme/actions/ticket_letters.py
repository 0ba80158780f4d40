"""The ticket by mail, two days before the activity: a duty, so that nobody has to think of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.places import mail
from straume.web.programme import tickets
from straume.web.programme.models import Activity, Registration, TicketLetter

BEFORE = timedelta(days=2)
AT_ONCE = 200  # letters in one run; the next run sends the rest


def send_tickets(now: datetime) -> int:
    """To whoever has a place in an activity that begins soon and has no ticket yet; each once."""
    today = timezone.localdate(now)
    due = Registration.objects.filter(
        status=Registration.Status.CONFIRMED,
        activity__from_on__gte=today,
        activity__from_on__lte=today + BEFORE,
        activity__status__in=(Activity.Status.PLANNED, Activity.Status.ANNOUNCED),
        ticket_letter=None,
    ).select_related("activity", "person")[:AT_ONCE]
    letters = [ticket_letter(one) for one in due if _noted(one, now)]
    return mail.send_each(letters)


def _noted(registration: Registration, now: datetime) -> bool:
    """Noted before it is sent: rather no letter than two, the ticket is on the page of the person as well."""
    try:
        with transaction.atomic():
            TicketLetter.objects.create(registration=registration, sent_at=now)
    except IntegrityError:
        return False
    return True


def ticket_letter(registration: Registration) -> EmailMessage:
    activity, person = registration.activity, registration.person
    with override(person.language):
        subject = _("Your ticket: %(activity)s") % {"activity": activity.title}
        body = render_to_string(
            "programme/mail/ticket.txt",
            {"registration": registration, "code": tickets.spoken(tickets.short_code(registration))},
        )
        name = _("ticket")
    letter = EmailMessage(subject, body, None, [person.email])
    letter.attach(f"{name}.png", tickets.qr_png(tickets.ticket_text(registration)), "image/png")
    return letter
