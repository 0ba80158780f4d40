"""Who has a place hears of sessions that were added, moved or called off: one letter for all of a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from straume.web.programme import letters
from straume.web.programme.models import Activity, Registration, Session

# what stands in an invitation: a session that is removed is told of when it is gone
TOLD = ("pk", "title_lv", "title_lt", "title_en", "place", "room", "sequence")


@dataclass
class Gathered:
    """Sessions of one activity to which the same happened in one transaction."""

    activity_pk: int
    about: str
    sessions: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self) -> None:
        now = timezone.now().isoformat()
        send_session_letters.enqueue(self.activity_pk, self.about, self.sessions, now)


def tell_of_session(session: Session, change: str) -> None:
    """Heard through `registry.session_changes`, in the transaction of the change."""
    about = "session_off" if change in ("removed", "cancelled") else "moved"
    told = {name: getattr(session, name) for name in TOLD}
    told |= {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat()}
    for _sids, waiting, *_rest in transaction.get_connection().run_on_commit:
        if isinstance(waiting, Gathered) and (waiting.activity_pk, waiting.about) == (
            session.activity_id,
            about,
        ):
            waiting.sessions.append(told)
            return
    transaction.on_commit(Gathered(session.activity_id, about, [told]))


@task()
def send_session_letters(activity_pk: int, about: str, sessions: list[dict[str, Any]], stamp: str) -> None:
    """To everybody who has a place now, each in their language."""
    activity = (
        Activity.objects.select_related("host", "work_package", "place_rule").filter(pk=activity_pk).first()
    )
    if activity is None:
        return
    told = [_again(activity, one) for one in sessions]
    have_places = Registration.objects.filter(activity=activity, status=Registration.Status.CONFIRMED)
    for registration in have_places.select_related("person", "institution", "quota"):
        registration.activity = activity
        letters.deliver(registration, about, told, datetime.fromisoformat(stamp))


def _again(activity: Activity, told: dict[str, Any]) -> Session:
    """The session as it was when it changed."""
    times = {name: datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at")}
    return Session(activity=activity, **{**told, **times})
