"""A board is filled: the day as a whole, its problems, what is carried on, what is done."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.groups.models import BoardAction, BoardDay, BoardEntry, BoardProblem, Escalation
from straume.web.places.models import Unit
from straume.web.places.once import once


@transaction.atomic
def fill(*, unit: Unit, today: date, said: Mapping[str, Any]) -> BoardDay:
    """Write the day as it stands on the page; the same day again replaces it."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    day, _made = BoardDay.objects.update_or_create(
        unit=unit,
        on=today,
        defaults={"oldest_days": said["oldest_days"], "oldest_what": said["oldest_what"]},
    )
    for column in BoardEntry.Column.values:
        text, light = said[f"{column}_text"], said[f"{column}_light"]
        if text:
            BoardEntry.objects.update_or_create(
                day=day, column=column, defaults={"text": text, "light": light or BoardEntry.Light.GREEN}
            )
        else:
            day.entries.filter(column=column).delete()
    for place in (1, 2, 3):
        _problem(unit, place, said[f"problem_{place}"], today)
    return day


def _problem(unit: Unit, place: int, text: str, today: date) -> None:
    """A changed wording stays the same problem; an emptied one is solved."""
    standing = BoardProblem.objects.filter(unit=unit, place=place, solved_on__isnull=True).first()
    if standing is None and text:
        BoardProblem.objects.create(unit=unit, place=place, text=text, opened_on=today)
    elif standing is not None and not text:
        standing.solved_on = today
        standing.save()
    elif standing is not None and standing.text != text:
        standing.text = text
        standing.save()


def carry_on(*, problem: BoardProblem, by: User, now: datetime) -> Escalation | None:
    """To the head of the institution first, then to the cooperation; None where it is there already."""
    levels = set(problem.escalations.values_list("level", flat=True))
    level = (
        Escalation.Level.INSTITUTION
        if Escalation.Level.INSTITUTION not in levels
        else Escalation.Level.COOPERATION
    )
    if level in levels or problem.solved_on is not None:
        return None
    try:
        with transaction.atomic():
            return Escalation.objects.create(problem=problem, level=level, raised_by=by, raised_at=now)
    except IntegrityError:
        return None


def answer(*, escalation: Escalation, outcome: str, by: User, now: datetime) -> bool:
    """What came of it; an answer that is there already stays."""
    still = Escalation.objects.filter(pk=escalation.pk, answered_at__isnull=True)
    return still.update(outcome=outcome, answered_at=now, answered_by=by) == 1


def add_action(
    *, unit: Unit, what: str, owner_post: str, due_on: date, today: date, key: uuid.UUID
) -> BoardAction:
    return once(
        lambda: BoardAction.objects.create(
            unit=unit,
            what=what,
            owner_post=owner_post,
            due_on=due_on,
            agreed_on=today,
            idempotency_key=key,
        ),
        lambda: BoardAction.objects.filter(idempotency_key=key).first(),
    )


def end_action(action: BoardAction, today: date) -> bool:
    return BoardAction.objects.filter(pk=action.pk, done_on__isnull=True).update(done_on=today) == 1
