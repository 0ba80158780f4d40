"""Letters about places wait in a table until the worker has sent them: none is lost with a mail server.

A letter is written in the transaction of what it tells (the transactional outbox), so there is one exactly
when that came to be. One job sends all that are due (places/delivery.py); should one come twice,
the calendar shows it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from straume.web.places import delivery
from straume.web.programme.models import DueLetter, Registration

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
PAUSE = timedelta(seconds=1)  # so that one job sends many


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
    """The job."""
    _send_all(timezone.now)


def send_again(now: datetime) -> int:
    """The duty: those that were put off, or left in the hand of a worker that is no more; how many."""
    return _send_all(lambda: now)


def _send_all(clock: Callable[[], datetime]) -> int:
    from straume.web.programme.letters import send

    whole = DueLetter.objects.select_related(
        "registration__activity__place_rule",
        "registration__activity__work_package",
        "registration__activity__host",
        "registration__person",
        "registration__institution",
        "registration__quota",
    ).prefetch_related("registration__activity__sessions")
    return delivery.send_all(whole, send, clock)
