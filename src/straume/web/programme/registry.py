"""What subjects of the programme, and higher apps, add to the page of an activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Registry, Section
from straume.web.programme.models import Activity, Cycle

# (activity, person, today) → a section of the activity's page, or None
activity_sections: Registry[Callable[[Activity, Person, date], Section | None]] = Registry()
# (activity, person, today) → what this person can do here now, as links
activity_actions: Registry[Callable[[Activity, Person, date], list[Action]]] = Registry()
# (cycle, person, today) → a section of the cycle's page, or None
cycle_sections: Registry[Callable[[Cycle, Person, date], Section | None]] = Registry()
