"""A need together with those that were found to be the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from straume.web.needs.models import Need
from straume.web.needs.registry import need_sections
from straume.web.places.permissions import Person
from straume.web.places.registry import Section


def kept_of(need: Need) -> Need:
    """The need that it is shown with: itself, or the one that it was merged into."""
    seen = {need.pk}
    while (merge := getattr(need, "merge", None)) is not None and merge.kept_id not in seen:
        need = merge.kept
        seen.add(need.pk)
    return need


def family(need: Need) -> list[Need]:
    """It first, then all that were merged into it, directly or by way of another."""
    found, waiting = [need], [need]
    while waiting:
        gone = [merge.gone for merge in waiting.pop().merges.select_related("gone")]
        fresh = [one for one in gone if one not in found]
        found += fresh
        waiting += fresh
    return found


def sections(need: Need, person: Person, today: date) -> list[Section]:
    """What higher apps add for it and its family: one section each, their rows together."""
    made = []
    for make in need_sections:
        parts = [part for one in family(need) if (part := make(one, person, today))]
        if parts:
            rows = [row for part in parts for row in part.rows]
            made.append(replace(parts[0], rows=rows))
    return made
