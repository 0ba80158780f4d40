"""Letters are tried again until the mail server takes them; none is sent by two workers.

A batch is taken by one conditional UPDATE. A worker that is killed in the middle leaves its batch to be taken
again after a while: those letters may come twice.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet

from straume.web.places.models.letters import Waiting

logger = logging.getLogger(__name__)
BATCH = 20
IN_HAND = timedelta(minutes=10)  # longer than a batch takes; after that it was a worker that is no more
FIRST_PAUSE = timedelta(minutes=1)  # doubled with each failure
ATTEMPTS = 10  # over some 17 hours

Letter = TypeVar("Letter", bound=Waiting)


def send_all(
    letters: QuerySet[Letter],
    send: Callable[[Letter, BaseEmailBackend], None],
    clock: Callable[[], datetime],
) -> int:
    """A batch at a time until none is due; how many went out."""
    sent = 0
    while batch := take(letters, clock()):
        sent += send_batch(batch, send, clock())
    return sent


def take(letters: QuerySet[Letter], now: datetime) -> list[Letter]:
    """The oldest that are due, now in our hand alone."""
    due, hand = letters.model._default_manager.filter(try_at__lte=now), uuid.uuid4()
    oldest = list(due.values_list("pk", flat=True)[:BATCH])
    taken = {"in_hand_of": hand, "try_at": now + IN_HAND, "attempts": F("attempts") + 1}
    if not oldest or not due.filter(pk__in=oldest).update(**taken):
        return []
    return list(letters.filter(in_hand_of=hand))


def send_batch(
    batch: Iterable[Letter], send: Callable[[Letter, BaseEmailBackend], None], now: datetime
) -> int:
    """Each over one connection; how many went out. One that fails is put off and stops no other."""
    mail = get_connection()
    done: list[Letter] = []
    try:
        for letter in batch:
            try:
                mail.open()  # once; again after a failure
                send(letter, mail)
            except Exception as fault:  # whatever the mail server or its library raises
                put_off(letter, fault, now)
                mail.close()  # it may be in the middle of the letter; the next one opens it again
            else:
                done.append(letter)
    finally:
        mail.close()
        if done:
            type(done[0])._default_manager.filter(pk__in=[letter.pk for letter in done]).delete()
    return len(done)


def put_off(letter: Waiting, fault: Exception, now: datetime) -> None:
    """Tried again later, each time after twice as long; in the end given up. The log names no address."""
    if letter.attempts >= ATTEMPTS or is_for_good(fault):
        logger.error("letter “%s” given up: %s", letter, said_by(fault))
        letter.delete()
        return
    logger.warning("letter “%s” put off: %s", letter, said_by(fault))
    again = now + FIRST_PAUSE * 2 ** (letter.attempts - 1)
    type(letter)._default_manager.filter(pk=letter.pk).update(in_hand_of=None, try_at=again)


def is_for_good(fault: Exception) -> bool:
    """Whether the mail server says that nobody has this address (5xx): asking again changes nothing."""
    if not isinstance(fault, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _said in fault.recipients.values())


def said_by(fault: Exception) -> str:
    """What kind of failure it was, with the number that the server gave, without any address."""
    return f"{type(fault).__name__} {getattr(fault, 'smtp_code', '')}".strip()
