"""After three and six months: those who attended are asked once, reminded once; who answered is not known.

The link in the letter is computed from the salt of the round and the registration, and kept nowhere. The
answer carries a mark of the link, not the link. When the round closes its salt is erased, and with it every
way back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.places import mail
from straume.web.places.once import once
from straume.web.programme import marks
from straume.web.programme.ladder import MONTHS, after_months
from straume.web.programme.models import Activity, Registration, UseInvitation, UseRound, UseSheet

LEARNT_IN = (
    Activity.Kind.TRAINING,
    Activity.Kind.WORKSHOP,
    Activity.Kind.VISIT_INSIDE,
    Activity.Kind.VISIT_ABROAD,
)
REMINDED_AFTER = timedelta(days=14)
CLOSES_AFTER = timedelta(days=35)
STILL_ASKED = timedelta(days=30)  # an activity of years ago is not asked about when Straume is set up


def do_what_is_due(now: datetime) -> int:
    """A duty: ask, remind, close."""
    return ask_those_due(now) + remind(now) + close_old(now)


def ask_those_due(now: datetime) -> int:
    today = timezone.localdate(now)
    held = Activity.objects.filter(kind__in=LEARNT_IN, is_simulated=False).exclude(
        status=Activity.Status.CANCELLED
    )
    asked = 0
    for months in MONTHS:
        for activity in held.exclude(use_rounds__months=months).filter(until_on__lt=today):
            due_on = after_months(activity.until_on, months)
            if due_on <= today <= due_on + STILL_ASKED:
                asked += open_round(activity=activity, months=months, now=now)
    return asked


@transaction.atomic
def open_round(*, activity: Activity, months: int, now: datetime) -> int:
    """Write to everybody who attended; how many letters go out. Asked already: none."""
    attended = Registration.objects.filter(activity=activity, attendances__isnull=False).distinct()
    if not attended.exists() or UseRound.objects.filter(activity=activity, months=months).exists():
        return 0
    opened = once(
        lambda: UseRound.objects.create(
            activity=activity, months=months, opened_at=now, salt=marks.new_salt()
        ),
        lambda: UseRound.objects.filter(activity=activity, months=months).first(),
    )
    invitations = [UseInvitation(round=opened, registration=one) for one in attended.select_related("person")]
    UseInvitation.objects.bulk_create(invitations, ignore_conflicts=True)
    for invitation in invitations:
        transaction.on_commit(partial(send, opened, invitation.registration, False))
    return len(invitations)


def remind(now: datetime) -> int:
    """Everybody once more, once: who answered is not known, so the letter says whom it is for."""
    due = UseInvitation.objects.filter(
        is_reminded=False, round__closed_at=None, round__opened_at__lte=now - REMINDED_AFTER
    )
    reminded = 0
    for invitation in due.select_related("round__activity", "registration__person"):
        if UseInvitation.objects.filter(pk=invitation.pk, is_reminded=False).update(is_reminded=True):
            send(invitation.round, invitation.registration, True)
            reminded += 1
    return reminded


def close_old(now: datetime) -> int:
    open_still = UseRound.objects.filter(closed_at=None, opened_at__lte=now - CLOSES_AFTER)
    return open_still.update(closed_at=now, salt="")


def link_of(opened: UseRound, registration: Registration) -> str:
    """The secret part of the address in this person's letter."""
    return marks.mark(salt=opened.salt, what=f"letter {registration.pk}")[:32]


def send(opened: UseRound, registration: Registration, is_reminder: bool) -> None:
    person = registration.person
    path = reverse("programme:use_answer", args=[opened.pk, link_of(opened, registration)])
    with override(person.language):
        context = {
            "activity": opened.activity,
            "months": opened.months,
            "address": f"{settings.ADDRESS}{path}",
            "is_reminder": is_reminder,
        }
        body = render_to_string("programme/mail/use.txt", context)
        mail.send(_("What do you do differently?"), body, person.email)


def is_a_letter_of(opened: UseRound, link: str) -> bool:
    """Whether somebody was sent this link; a closed round has no links any more."""
    if opened.closed_at is not None or not opened.salt:
        return False
    invited = Registration.objects.filter(use_invitations__round=opened)
    return any(constant_time_compare(link, link_of(opened, one)) for one in invited)


@transaction.atomic
def take_answer(*, round_pk: int, link: str, answers: Mapping[str, object], words: str) -> bool:
    """Keep it; from the same link again it replaces the first. False where the round is closed."""
    opened = UseRound.objects.select_for_update().filter(pk=round_pk, closed_at=None).first()
    if opened is None or not is_a_letter_of(opened, link):
        return False
    mark = marks.mark(salt=opened.salt, what=f"answer {link}")
    UseSheet.objects.update_or_create(
        round=opened, mark=mark, defaults={"answers": dict(answers), "words": words}
    )
    return True
