"""Letters of a wave: invitation and reminders. A code is made when its letter goes, and kept nowhere."""

from __future__ import annotations

import logging
import smtplib
from datetime import date, datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.needs import codes
from straume.web.needs.models import Invitation, InvitationCode, NoLetters, Wave
from straume.web.places import delivery

logger = logging.getLogger(__name__)
AT_ONCE = 60  # letters in one go; the rest a minute later


def send_those_due(now: datetime) -> int:
    """Duty: first letters of waves whose letters were let out, and reminders where their time has come."""
    today = timezone.localdate(now)
    left = AT_ONCE
    for wave in waves_with_letters(today):
        left -= send_letters(due(wave, today)[:left], today=today)
    return AT_ONCE - left


def waves_with_letters(today: date) -> QuerySet[Wave]:
    return Wave.objects.filter(
        source=Wave.Source.ASKED_HERE,
        settled_on=None,
        opens_on__lte=today,
        closes_on__gte=today,
        letters_from_on__lte=today,
    ).exclude(site="")


def due(wave: Wave, today: date) -> QuerySet[Invitation]:
    """Who gets a letter today: the first, or a reminder, no more and no sooner than said."""
    waited = today - timedelta(days=wave.reminder_days)
    first, reminder = Q(letters=0), Q(letters__lte=wave.reminders_most, last_letter_on__lte=waited)
    return open_invitations(wave).filter(first | reminder).order_by("letters", "pk")


def reminded_now(wave: Wave, today: date) -> QuerySet[Invitation]:
    """Whom a reminder by hand reaches: it too keeps its distance of three days and the number of letters."""
    waited = today - timedelta(days=3)
    return open_invitations(wave).filter(
        letters__gt=0, letters__lte=wave.reminders_most, last_letter_on__lte=waited
    )


def open_invitations(wave: Wave) -> QuerySet[Invitation]:
    return wave.invitations.filter(has_answered=False, stopped="").select_related("wave", "institution")


def send_letters(invitations: QuerySet[Invitation], *, today: date) -> int:
    """Send each its letter; how many went out."""
    return sum(send_letter(invitation, today=today) for invitation in invitations)


def send_letter(invitation: Invitation, *, today: date) -> bool:
    """One letter with a code of its own. Taking the turn is one conditional UPDATE: nobody gets it twice."""
    turn: dict[str, Any] = {"letters": invitation.letters, "last_letter_on": invitation.last_letter_on}
    mine = Invitation.objects.filter(pk=invitation.pk, has_answered=False, stopped="", **turn)
    if not mine.update(letters=F("letters") + 1, last_letter_on=today):
        return False
    code = codes.new_code()
    kept = InvitationCode.objects.create(invitation=invitation, fingerprint=codes.fingerprint(code))
    try:
        _send(invitation, code, is_reminder=invitation.letters > 0)
    except (smtplib.SMTPException, OSError) as fault:
        kept.delete()
        _take_back(invitation, fault, turn)
        return False
    return True


def stop_letters(invitation: Invitation) -> None:
    """The person wants no letters about surveys, of this wave or a later one."""
    with transaction.atomic():
        NoLetters.objects.get_or_create(fingerprint=codes.address_fingerprint(invitation.email))
        Invitation.objects.filter(pk=invitation.pk).update(stopped=Invitation.Stopped.OPTED_OUT)


def _take_back(invitation: Invitation, fault: Exception, turn: dict[str, Any]) -> None:
    """An address that is refused for good gets no further letters; with any other fault it is tried again."""
    stopped = Invitation.Stopped.UNDELIVERABLE if delivery.is_for_good(fault) else Invitation.Stopped.NOT
    Invitation.objects.filter(pk=invitation.pk).update(stopped=stopped, **turn)
    logger.warning("a letter of wave %s was not sent: %s", invitation.wave_id, type(fault).__name__)


def _send(invitation: Invitation, code: str, *, is_reminder: bool) -> None:
    wave = invitation.wave
    with override(invitation.language):
        context = {
            "wave": wave,
            "institution": invitation.institution,
            "is_reminder": is_reminder,
            "code": codes.in_groups(code),
            "address": f"{wave.site.rstrip('/')}{reverse('needs:answer')}",
            "link": f"{wave.site.rstrip('/')}{reverse('needs:answer')}#{code}",
        }
        subject = _("Reminder: %(wave)s") if is_reminder else _("You are asked: %(wave)s")
        body = render_to_string("needs/mail/letter.txt", context)
        send_mail(subject % {"wave": wave.name}, body, None, [invitation.email])
