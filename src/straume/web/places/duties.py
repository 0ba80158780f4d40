"""What has to be done without anybody asking: reminders, offers that run out, what is erased after its time.

Apps register a `Duty` (places/registry.py). The worker looks every half minute what is due. Taking a duty is
one conditional UPDATE, so of several workers one alone does it; a duty that breaks off is told in the log and
is due again after its interval.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from straume.web.places.models.duties import DutyRun
from straume.web.places.registry import Duty, duties

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 30


def do_what_is_due(*, now: datetime) -> dict[str, int]:
    """Do each duty that is due; name → how many things it did. A broken one does not stop the others."""
    known = set(DutyRun.objects.values_list("name", flat=True))
    new = [DutyRun(name=name, due_at=now) for name, _duty in duties.named() if name not in known]
    DutyRun.objects.bulk_create(new, ignore_conflicts=True)
    due = set(DutyRun.objects.filter(due_at__lte=now).values_list("name", flat=True))
    done = {}
    for name, duty in duties.named():
        if name not in due or not take(name, duty, now):
            continue
        try:
            done[name] = duty.run(now)
        except Exception:
            logger.exception("duty %s broke off", name)
    return done


def take(name: str, duty: Duty, now: datetime) -> bool:
    """Whether it is due and ours; from then on it is due again after its interval."""
    return DutyRun.objects.filter(name=name, due_at__lte=now).update(due_at=now + duty.every) == 1


def begin_looking() -> threading.Event:
    """Look in a thread of this process until the returned event is set."""
    stopping = threading.Event()
    threading.Thread(target=_look, args=(stopping,), name="duties", daemon=True).start()
    return stopping


def _look(stopping: threading.Event) -> None:
    while not stopping.is_set():
        close_old_connections()
        try:
            do_what_is_due(now=timezone.now())
        except Exception:  # the database may be away for a while
            logger.exception("looking for what is due broke off")
        stopping.wait(SECONDS_BETWEEN_LOOKS)
    connection.close()
