"""Sessions come, move and go; whoever was told of them hears of it through `registry.session_changes`."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.timezone import make_aware, make_naive

from straume.web.places.once import once
from straume.web.programme.models import Activity, Session
from straume.web.programme.registry import session_changes

# fields of a session and of its activity that stand in an invitation
TOLD_OF_SESSION = frozenset({"title_lv", "title_lt", "title_en", "starts_at", "ends_at", "place", "room"})
TOLD_OF_ACTIVITY = frozenset({"title_lv", "title_lt", "title_en", "place"})
# people have been invited, so that a change has to reach them
INVITED = frozenset({Activity.Status.ANNOUNCED, Activity.Status.HELD})


class Change(StrEnum):
    ADDED = "added"
    MOVED = "moved"  # time, place or title
    REMOVED = "removed"  # told while the session still stands in the database
    CANCELLED = "cancelled"  # with its whole activity
    REVIVED = "revived"  # the activity is held after all


def changed(*, session: Session, change: Change) -> None:
    """Tell those who send invitations. `session.sequence` is already that of the new state."""
    for hear in session_changes:
        hear(session, change)


def add(*, session: Session, key: uuid.UUID) -> Session:
    session.idempotency_key = key

    def create() -> Session:
        session.save()
        if session.activity.status in INVITED:
            changed(session=session, change=Change.ADDED)
        return session

    return once(create, lambda: Session.objects.filter(idempotency_key=key).first())


@transaction.atomic
def move(*, session: Session, fields: set[str]) -> Session:
    """Save a session of which these fields changed; after the announcement that raises its SEQUENCE."""
    session.save()
    if session.activity.status in INVITED and fields & TOLD_OF_SESSION:
        raise_and_tell(session=session, change=Change.MOVED)
    return session


@transaction.atomic
def remove(*, session: Session) -> bool:
    """False where somebody's attendance hangs on it: what was attended stays."""
    if session.attendances.exists():
        return False
    if session.activity.status in INVITED:
        raise_and_tell(session=session, change=Change.REMOVED)
    try:
        session.delete()
    except ProtectedError:
        transaction.set_rollback(True)
        return False
    return True


def all_of(*, activity: Activity, change: Change) -> None:
    """The same happened to every session of the activity; runs in the caller's transaction."""
    for session in activity.sessions.all():
        raise_and_tell(session=session, change=change)


def raise_and_tell(*, session: Session, change: Change) -> None:
    Session.objects.filter(pk=session.pk).update(sequence=F("sequence") + 1)
    session.refresh_from_db(fields=["sequence"])
    changed(session=session, change=change)


def later(moment: datetime, by: timedelta) -> datetime:
    """So many days later at the same hour of the clock, summer time or not."""
    return make_aware(make_naive(moment) + by)
