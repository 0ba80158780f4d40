"""What subjects of the programme, and higher apps, add to the page of an activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Registry, Section, Text
from straume.web.programme.models import Activity, Cycle, Session, StatusChange, TryCard

# (activity, person, today) → a section of the activity's page, or None
activity_sections: Registry[Callable[[Activity, Person, date], Section | None]] = Registry()
# (activity, person, today) → what this person can do here now, as links
activity_actions: Registry[Callable[[Activity, Person, date], list[Action]]] = Registry()
# (cycle, person, today) → a section of the cycle's page, or None
cycle_sections: Registry[Callable[[Cycle, Person, date], Section | None]] = Registry()
# (session, what happened: `actions.sessions.Change`) in the transaction of the change; letters go on commit
session_changes: Registry[Callable[[Session, str], None]] = Registry()
# (what moved) in the transaction of the move: an activity was announced, held, cancelled …
status_moves: Registry[Callable[[StatusChange], None]] = Registry()
# (activity) → sentences: what evidence is still missing before it can be called complete
evidence_gaps: Registry[Callable[[Activity], Iterable[Text]]] = Registry()
# (activity) → practice cards that came out of a visit: (title, address); filled by groups
visit_cards: Registry[Callable[[Activity], Iterable[tuple[str, str]]]] = Registry()
# (card, person, today) → where a “try it” card may go on: an idea, a study
try_card_links: Registry[Callable[[TryCard, Person, date], list[Action]]] = Registry()
# (activity ids, today) → how many results are tied to them: level 4 of the evaluation
linked_results: Registry[Callable[[Sequence[int], date], int]] = Registry()
