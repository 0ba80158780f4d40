"""What coach, client and sponsor agree on; what a client shares, and takes back."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.places import mail
from straume.web.places.models import Institution
from straume.web.places.once import once
from straume.web.programme.actions.coaching import Refused
from straume.web.programme.models import CoachingAgreement, CoachingOutcome


@transaction.atomic
def begin(
    *,
    institution: Institution,
    coach: User,
    client: User,
    sponsor: User,
    shares: str,
    key: uuid.UUID,
    today: date,
    address: str,
) -> CoachingAgreement:
    """The client begins it, and has thereby agreed; coach and sponsor are asked by letter."""

    def create() -> CoachingAgreement:
        made = CoachingAgreement.objects.create(
            institution=institution,
            coach=coach,
            client=client,
            sponsor=sponsor,
            shares=shares,
            client_agreed_on=today,
            idempotency_key=key,
        )
        for person in (coach, sponsor):
            transaction.on_commit(partial(ask, made, person, address))
        return made

    same = CoachingAgreement.objects.filter(institution=institution, coach=coach, client=client)
    return once(create, lambda: same.first())


def ask(agreement: CoachingAgreement, person: User, address: str) -> None:
    with override(person.language):
        context = {"agreement": agreement, "address": address}
        body = render_to_string("programme/mail/coaching_agreement.txt", context)
        subject = _("Your agreement to a coaching is asked for")
        mail.send(subject, body, person.email)


def agree(*, agreement: CoachingAgreement, person: User, today: date) -> None:
    """One of the three agrees; what was agreed before keeps its day."""
    for part in ("client", "coach", "sponsor"):
        if getattr(agreement, f"{part}_id") == person.pk:
            asked = {f"{part}_agreed_on": None}
            CoachingAgreement.objects.filter(pk=agreement.pk, **asked).update(**{f"{part}_agreed_on": today})


@transaction.atomic
def end(*, agreement: CoachingAgreement) -> None:
    """Delete it, and with it the names; sessions to come are cancelled first."""
    if agreement.sessions.filter(is_erased=False).exists():
        raise Refused(_("A session is still booked. Cancel it first."))
    agreement.delete()


def share(*, agreement: CoachingAgreement, sentence: str, key: uuid.UUID, today: date) -> CoachingOutcome:
    """Keep a sentence that the client agreed to share; refused where the agreement shares nothing."""
    if agreement.shares != CoachingAgreement.Shares.SENTENCE:
        raise Refused(_("Your agreement says that nothing but hours is shared."))
    return once(
        lambda: CoachingOutcome.objects.create(
            institution=agreement.institution,
            said_by=agreement.client,
            sentence=sentence,
            agreed_on=today,
            idempotency_key=key,
        ),
        lambda: CoachingOutcome.objects.filter(idempotency_key=key).first(),
    )


def take_back(*, outcome: CoachingOutcome, today: date) -> bool:
    """The sentence is gone; that one was taken back stays for the one who wrote it."""
    shared = CoachingOutcome.objects.filter(pk=outcome.pk, taken_back_on=None)
    return bool(shared.update(sentence="", taken_back_on=today))
