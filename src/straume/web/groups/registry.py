"""What higher apps add to the page of a practice card, such as the figures of a study."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from straume.web.groups.models import PracticeCard
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Registry, Section

# (card, person, today) → a section of the card's page, or None
card_sections: Registry[Callable[[PracticeCard, Person, date], Section | None]] = Registry()
# (card, person, today) → what this person can do here now, as links
card_actions: Registry[Callable[[PracticeCard, Person, date], list[Action]]] = Registry()
