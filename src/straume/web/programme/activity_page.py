"""What the page of an activity shows, gathered for one person."""

from __future__ import annotations

from datetime import date
from typing import Any

from straume.web.places.permissions import Person
from straume.web.programme import permissions, said
from straume.web.programme.models import Activity, StatusChange
from straume.web.programme.registry import activity_actions, activity_sections
from straume.web.programme.visits import visit_of


def page_of(shown: Activity, person: Person, today: date) -> dict[str, Any]:
    sessions = shown.sessions.prefetch_related("agenda__speakers")
    sees_money = permissions.sees_money(person, today)
    return {
        "activity": shown,
        "days": said.days(shown),
        "languages": said.languages(shown.languages),
        "left": said.places_left(shown),
        "country": said.country_name(shown),
        "sessions": sessions,
        "speakers": shown.speakers.all(),
        "materials": shown.materials.all(),
        "need_links": shown.need_links.select_related("need"),
        "cancelled": cancelled_by(shown),
        "history": shown.status_changes.select_related("made_by"),
        "money": money_of(shown) if sees_money else None,
        "visit": visit_of(shown, today=today, sees_money=sees_money),
        "runs": permissions.runs_programme(person, today),
        "actions": [action for actions in activity_actions for action in actions(shown, person, today)],
        "sections": [made for make in activity_sections if (made := make(shown, person, today))],
        "today": today,
    }


def cancelled_by(shown: Activity) -> StatusChange | None:
    """The record that says why it was cancelled, while it is."""
    if shown.status != Activity.Status.CANCELLED:
        return None
    return shown.status_changes.filter(after=Activity.Status.CANCELLED).last()


def money_of(shown: Activity) -> dict[str, Any]:
    line = shown.budget_line
    return {
        "planned": said.euros(shown.planned_eur),
        "line": line.get_category_display() if line else "",
        "partner": line.partner.institution.name if line else "",
    }
