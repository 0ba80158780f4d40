"""The list of ideas of one's institution: rows for the page and for the files. No names stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from straume.web.groups.models import Idea
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.wording import folded, holds

COLUMNS = (
    Column("when", gettext_lazy("Handed in")),
    Column("idea", gettext_lazy("Idea")),
    Column("unit", gettext_lazy("Unit")),
    Column("state", gettext_lazy("State")),
    Column("due", gettext_lazy("To be answered by")),
)
STATES = list(Idea.State.values)


@dataclass(frozen=True)
class IdeaRow:
    idea: Idea
    is_late: bool
    due: datetime | None


def idea_rows(ideas: QuerySet[Idea], asked: Asked, now: datetime) -> list[IdeaRow]:
    state, unit = asked.choices.get("state", ""), asked.choices.get("unit", "")
    rows = [
        IdeaRow(one, one.is_late(now), one.due())
        for one in ideas
        if (not state or one.state == state)
        and (not unit or str(one.unit_id) == unit)
        and holds(f"{one.text} {one.unit.name} {one.get_state_display()}", asked.q)
    ]
    rows.sort(key=lambda row: row.idea.submitted_at, reverse=True)
    keys: dict[str, Any] = {
        "when": lambda row: -row.idea.submitted_at.timestamp(),
        "idea": lambda row: folded(row.idea.text),
        "unit": lambda row: folded(row.idea.unit.name),
        "state": lambda row: STATES.index(row.idea.state),
        "due": lambda row: row.due.timestamp() if row.due else 9e12,
    }
    rows.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def idea_table(rows: Iterable[IdeaRow]) -> list[list[Cell]]:
    head: list[Cell] = [str(column.label) for column in COLUMNS]
    return [head, *(_line(row) for row in rows)]


def _line(row: IdeaRow) -> list[Cell]:
    one = row.idea
    due = timezone.localdate(row.due) if row.due else None
    return [timezone.localdate(one.submitted_at), one.text, one.unit.name, str(one.get_state_display()), due]
