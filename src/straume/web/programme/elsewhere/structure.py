"""Activities in the menu, on the first screen, in search, on the pages of needs."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from straume.web.places import registry
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import Duty, MenuItem, SubmenuItem
from straume.web.programme import visits


def register() -> None:
    registry.menu.register(
        "activities",
        MenuItem(gettext_lazy("Activities"), "programme:activities", "activities", shown=has_a_role),
        order=25,
    )
    registry.submenu.register(
        "activities",
        SubmenuItem(
            gettext_lazy("Activities"), "programme:activities", "activities", "activities", shown=has_a_role
        ),
        order=10,
    )
    registry.duties.register("visit cards", Duty(every=timedelta(hours=6), run=visits.ask_for_cards))


def has_a_role(person: Person, today: date) -> bool:
    return memberships_of(person, today).exists()
