"""The one place of this app that asks the library: what a work calendar is."""

from __future__ import annotations

from typing import Any

from straume.lean.events.calendar import WorkCalendar
from straume.web.places.models import Institution


def rules_of(institution: Institution) -> dict[str, Any]:
    """The institution's calendar; where it keeps none, Monday to Friday 8–17 of its country."""
    kept = getattr(institution, "calendar", None)
    if kept is not None and kept.rules:
        return dict(kept.rules)
    default = WorkCalendar.default(country=institution.country.upper(), timezone=institution.timezone)
    return default.to_dict()


def checked_rules(rules: dict[str, Any]) -> dict[str, Any]:
    """The same calendar in its one written form; raises WrongCall with the first fault."""
    return WorkCalendar.from_dict(rules).to_dict()
