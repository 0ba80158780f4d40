"""Letters about places wait in a table until the worker has sent them: none is lost with a mail server.

A letter is written in the transaction of what it tells (the transactional outbox), so there is one exactly
when that came to be. One job sends all that are due, a batch over one connection; a batch is taken by one
conditional UPDATE, so several workers do not send a letter twice. A worker that is killed in the middle of a
batch leaves it to be taken again after a while: those letters may come twice, the calendar shows them once.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from straume.web.programme.models import DueLetter, Registration

logger = logging.getLogger(__name__)
BATCH = 20
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
PAUSE = timedelta(seconds=1)  # so that one job sends many
IN_HAND = timedelta(minutes=10)  # longer than a batch takes; after that it was a worker that is no more
FIRST_PAUSE = timedelta(minutes=1)  # doubled with each failure
ATTEMPTS = 10  # over some 17 hours


def put(registration: Registration, about: str, now: datetime) -> None:
    """In the caller's transaction: the letter is due when that ends well, and never where it does not."""
    put_all([due_letter(registration, about, now)])


def put_all(letters: Iterable[DueLetter]) -> None:
    DueLetter.objects.bulk_create(letters)
    transaction.on_commit(wake)


def due_letter(
    registration: Registration, about: str, now: datetime, sessions: Sequence[dict[str, Any]] = ()
) -> DueLetter:
    return DueLetter(
        registration=registration,
        about=about,
        status_then=registration.status,
        sessions=list(sessions),
        written_at=now,
        try_at=timezone.now(),
    )


def wake() -> None:
    """Have letters sent soon: in a rush one job a second, for all who came before it begins."""
    if not send_due.get_backend().supports_defer:  # does at once what it is given
        send_due.enqueue()
        return
    now = timezone.now()
    if now >= _job.begins_at:
        begins_at = now + PAUSE
        send_due.using(run_after=begins_at).enqueue()
        _job.begins_at = begins_at


@dataclass
class _Job:
    """The last job of this process; until it begins, a letter needs no other."""

    begins_at: datetime = LONG_AGO


_job = _Job()


@task()
def send_due() -> None:
    """The job: a batch at a time until nothing is left."""
    while batch := _take(timezone.now()):
        _send(batch, timezone.now())


def send_again(now: datetime) -> int:
    """The duty: those that were put off, or left in the hand of a worker that is no more; how many."""
    sent = 0
    while batch := _take(now):
        sent += _send(batch, now)
    return sent


def _take(now: datetime) -> list[DueLetter]:
    """The oldest that are due, now in our hand alone."""
    due, hand = DueLetter.objects.filter(try_at__lte=now), uuid.uuid4()
    oldest = list(due.values_list("pk", flat=True)[:BATCH])
    if not oldest or not due.filter(pk__in=oldest).update(
        in_hand_of=hand, try_at=now + IN_HAND, attempts=F("attempts") + 1
    ):
        return []
    whole = DueLetter.objects.select_related(
        "registration__activity__place_rule",
        "registration__activity__work_package",
        "registration__activity__host",
        "registration__person",
        "registration__institution",
        "registration__quota",
    ).prefetch_related("registration__activity__sessions")
    return list(whole.filter(in_hand_of=hand))


def _send(batch: list[DueLetter], now: datetime) -> int:
    """Each of them over one connection; one that fails is put off and does not stop the others."""
    from straume.web.programme.letters import send

    mail = get_connection()
    done: list[int] = []
    try:
        for letter in batch:
            try:
                mail.open()  # once; again after a failure
                send(letter, mail)
            except Exception as fault:  # whatever the mail server or its library raises
                _put_off(letter, fault, now)
                mail.close()  # it may be in the middle of the letter; the next one opens it again
            else:
                done.append(letter.pk)
    finally:
        mail.close()
        DueLetter.objects.filter(pk__in=done).delete()
    return len(done)


def _put_off(letter: DueLetter, fault: Exception, now: datetime) -> None:
    """Tried again later, each time after twice as long; in the end given up. The log names no address."""
    why = f"{type(fault).__name__} {getattr(fault, 'smtp_code', '')}".strip()
    if letter.attempts >= ATTEMPTS:
        logger.error("letter “%s” given up: %s", letter, why)
        letter.delete()
        return
    logger.warning("letter “%s” put off: %s", letter, why)
    again = now + FIRST_PAUSE * 2 ** (letter.attempts - 1)
    DueLetter.objects.filter(pk=letter.pk).update(in_hand_of=None, try_at=again)
