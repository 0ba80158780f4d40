"""Who has a place hears of sessions that were added, moved or called off: one letter for all of a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from straume.web.programme import outbox
from straume.web.programme.models import Registration, Session

# what stands in an invitation: a session that is removed is told of when it is gone
TOLD = ("pk", "title_lv", "title_lt", "title_en", "place", "room", "sequence")


@dataclass
class Gathered:
    """Sessions of one activity to which the same happened in one transaction."""

    activity_pk: int
    about: str
    sessions: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self) -> None:
        now = timezone.now()
        have_places = Registration.objects.filter(
            activity=self.activity_pk, status=Registration.Status.CONFIRMED
        )
        outbox.put_all(outbox.due_letter(one, self.about, now, self.sessions) for one in have_places)


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
