"""Decisions and actions over all groups: rows for pages and files. Files name posts, never people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.groups.models import Decision, GroupAction
from straume.web.groups.models.texts import LANGUAGES
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.wording import folded, holds

DECISION_COLUMNS = (
    Column("on", gettext_lazy("Decided on")),
    Column("number", gettext_lazy("No."), is_number=True),
    Column("group", gettext_lazy("Working group")),
    Column("text", gettext_lazy("Decision")),
)
ACTION_COLUMNS = (
    Column("due", gettext_lazy("By when")),
    Column("what", gettext_lazy("What is to be done")),
    Column("owner", gettext_lazy("Owner")),
    Column("group", gettext_lazy("Working group")),
    Column("state", gettext_lazy("State")),
)


def every_word(row: Any, name: str) -> str:
    """A text in all its languages, for search."""
    return " ".join(getattr(row, f"{name}_{lang}") or "" for lang in LANGUAGES)


def decision_rows(found: QuerySet[Decision], asked: Asked) -> list[Decision]:
    rows = [
        one
        for one in found
        if holds(f"{every_word(one, 'text')} {every_word(one.group, 'name')} {one.number}", asked.q)
        and asked.choices["group"] in ("", str(one.group_id))
    ]
    rows.sort(key=lambda one: (one.decided_on, one.number), reverse=True)
    keys: dict[str, Any] = {
        "on": lambda one: one.decided_on,
        "number": lambda one: one.number,
        "group": lambda one: folded(str(one.group)),
        "text": lambda one: folded(one.text),
    }
    rows.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def decision_table(rows: Iterable[Decision]) -> list[list[Cell]]:
    head: list[Cell] = [_("No."), _("Decided on"), _("Working group"), _("Decision"), _("Meeting")]
    return [head, *(_decision_cells(one) for one in rows)]


def _decision_cells(one: Decision) -> list[Cell]:
    return [one.number, one.decided_on, str(one.group), one.text, str(one.meeting)]


def action_rows(found: QuerySet[GroupAction], asked: Asked, today: date) -> list[GroupAction]:
    wanted = asked.choices["state"] or "open"
    rows = [
        one
        for one in found
        if holds(f"{every_word(one, 'what')} {one.said_owner} {every_word(one.group, 'name')}", asked.q)
        and asked.choices["group"] in ("", str(one.group_id))
        and wanted in ("all", state_code(one, today), "open" if not ended(one) else "")
    ]
    rows.sort(key=lambda one: (one.due_on, one.pk))
    keys: dict[str, Any] = {
        "due": lambda one: one.due_on,
        "what": lambda one: folded(one.what),
        "owner": lambda one: folded(one.said_owner),
        "group": lambda one: folded(str(one.group)),
        "state": lambda one: state_code(one, today),
    }
    rows.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def action_table(rows: Iterable[GroupAction], today: date) -> list[list[Cell]]:
    head: list[Cell] = [
        _("What is to be done"), _("Owner (post)"), _("By when"), _("State"), _("Ended on"),
        _("Seen by, or why"), _("Working group"), _("Decision"),
    ]  # fmt: skip
    return [head, *(_cells(one, today) for one in rows)]


def _cells(one: GroupAction, today: date) -> list[Cell]:
    end = getattr(one, "end", None)
    return [
        one.what,
        one.said_owner,
        one.due_on,
        state_said(one, today),
        end.on if end else None,
        end.seen_by if end else "",
        str(one.group),
        one.decision.number if one.decision else None,
    ]


def ended(action: GroupAction) -> bool:
    return hasattr(action, "end")


def state_code(action: GroupAction, today: date) -> str:
    if ended(action):
        return action.end.kind
    return "late" if action.due_on < today else "open"


def state_said(action: GroupAction, today: date) -> str:
    if ended(action):
        return str(action.end.get_kind_display())
    return _("late") if action.due_on < today else _("open")


def open_actions_of(person: User) -> QuerySet[GroupAction]:
    found = GroupAction.objects.filter(owner__person=person, end__isnull=True)
    return found.select_related("group", "meeting", "decision").order_by("due_on", "pk")
