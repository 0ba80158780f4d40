"""Decisions under their numbers, actions with their owners, and how an action ended."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from straume.web.accounts.models import User
from straume.web.groups.models import ActionEnd, Decision, GroupAction
from straume.web.places.once import once

TRIES = 8  # two who decide at the same moment want the same number


def decide(decision: Decision, *, key: UUID, by: User) -> Decision:
    """Give the decision the next number of its group, once; who loses the race takes the number after."""
    decision.idempotency_key, decision.made_by = key, by
    for left in range(TRIES, 0, -1):
        found = Decision.objects.filter(idempotency_key=key).first()
        if found is not None:
            return found
        decision.number = next_number(decision)
        try:
            with transaction.atomic():
                decision.save(force_insert=True)
                return decision
        except IntegrityError:
            decision.pk = None
            if left == 1:
                raise
    return decision


def next_number(decision: Decision) -> int:
    last = Decision.objects.filter(group=decision.group_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def agree(action: GroupAction, *, key: UUID, by: User, now: datetime) -> GroupAction:
    action.idempotency_key, action.made_by, action.made_at = key, by, now

    def create() -> GroupAction:
        action.save()
        return action

    return once(create, lambda: GroupAction.objects.filter(idempotency_key=key).first())


def finish(*, action: GroupAction, kind: str, on: date, seen_by: str, by: User, now: datetime) -> ActionEnd:
    """Write down that it is done or dropped, once."""
    return once(
        lambda: ActionEnd.objects.create(
            action=action, kind=kind, on=on, seen_by=seen_by, recorded_by=by, recorded_at=now
        ),
        lambda: ActionEnd.objects.filter(action=action).first(),
    )
