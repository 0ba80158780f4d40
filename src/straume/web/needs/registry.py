"""What higher apps add to the page of a need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from straume.web.needs.models import Need
from straume.web.places.permissions import Person
from straume.web.places.registry import Registry, Section

# (need, person, today) → a section of the need's page, or None
need_sections: Registry[Callable[[Need, Person, date], Section | None]] = Registry()
