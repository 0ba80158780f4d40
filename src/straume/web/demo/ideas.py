"""Ideas and the asaichi board of the tax unit in Līvāni; all of it simulated."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import get_default_timezone

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.groups.actions.ideas import hash_of
from straume.web.groups.models import (
    BoardAction,
    BoardDay,
    BoardEntry,
    BoardProblem,
    Escalation,
    Idea,
    IdeaBox,
    IdeaStep,
)
from straume.web.places.models import Unit

DATA = Path(__file__).with_name("ideas.json")
UNIT, PLACE = "Nodokļu nodaļa", "livani"
BOX, FOLLOW = "demo-livani-nodoklu-nodala", "demo-idea-without-a-name"  # open links of the demo


def seed(today: date) -> None:
    told = json.loads(DATA.read_text(encoding="utf-8"))
    unit = Unit.objects.get(institution__slug=PLACE, name=UNIT)
    head, employee = (User.objects.get(email=email_of(role)) for role in ("unit_head", "employee"))
    IdeaBox.objects.create(unit=unit, token=BOX, opened_at=at(today - timedelta(days=40), 8))
    for one in told["ideas"]:
        idea(unit, one, today, head, employee)
    board(unit, told["board"], today, head)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=get_default_timezone())


def idea(unit: Unit, one: dict[str, Any], today: date, head: User, employee: User) -> Idea:
    """With each step that it has taken, the last one being its state."""
    handed_in = today - timedelta(days=one["days_ago"])
    has_name = one.get("has_name", False)
    made = Idea.objects.create(
        unit=unit,
        text=one["text"],
        state=one["steps"][-1]["state"] if one["steps"] else Idea.State.SUBMITTED,
        submitted_at=at(handed_in, 9),
        submitted_by=employee if has_name else None,
        tracking_hash=None if has_name else hash_of(one.get("link") or f"{FOLLOW}-{one['days_ago']}"),
        is_simulated=True,
    )
    for step in one["steps"]:
        IdeaStep.objects.create(
            idea=made,
            state=step["state"],
            text=step.get("text", ""),
            made_by=head,
            made_at=at(today - timedelta(days=step["days_ago"]), 10),
        )
    return made


def board(unit: Unit, told: dict[str, Any], today: date, head: User) -> None:
    for one in told["days"]:
        day = BoardDay.objects.create(
            unit=unit,
            on=today - timedelta(days=one["days_ago"]),
            oldest_days=one["oldest_days"],
            oldest_what=one["oldest_what"],
            is_simulated=True,
        )
        for column, (text, light) in one["columns"].items():
            BoardEntry.objects.create(day=day, column=column, text=text, light=light)
    for place, one in enumerate(told["problems"], 1):
        problem = BoardProblem.objects.create(
            unit=unit,
            place=place,
            text=one["text"],
            opened_on=today - timedelta(days=one["days_ago"]),
            is_simulated=True,
        )
        for level, outcome in one.get("carried", {}).items():
            Escalation.objects.create(
                problem=problem,
                level=level,
                raised_at=at(today - timedelta(days=3), 9),
                raised_by=head,
                outcome=outcome,
                answered_at=at(today - timedelta(days=1), 9) if outcome else None,
            )
    for one in told["actions"]:
        BoardAction.objects.create(
            unit=unit,
            what=one["what"],
            owner_post=one["post"],
            due_on=today + timedelta(days=one["in_days"]),
            agreed_on=today - timedelta(days=5),
            is_simulated=True,
        )
