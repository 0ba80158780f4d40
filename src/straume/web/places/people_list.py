"""People and roles of an institution: rows for the page and for the files. No figure stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.models import Membership
from straume.web.places.wording import folded, holds

COLUMNS = (
    Column("name", gettext_lazy("Name")),
    Column("role", gettext_lazy("Role")),
    Column("unit", gettext_lazy("Unit")),
    Column("from", gettext_lazy("From")),
    Column("until", gettext_lazy("Until")),
)


def people_rows(held: QuerySet[Membership], asked: Asked) -> list[Membership]:
    """Memberships whose person, address, role or unit hold the words, in the order asked for."""
    chosen = [one for one in held if holds(_said(one), asked.q)]
    chosen.sort(key=lambda one: (folded(one.person.name), one.role))
    keys: dict[str, Any] = {
        "name": lambda one: folded(one.person.name),
        "role": lambda one: folded(str(one.get_role_display())),
        "unit": lambda one: folded(one.unit.name) if one.unit else "",
        "from": lambda one: one.from_on,
        "until": lambda one: one.until_on or date.max,
    }
    chosen.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return chosen


def people_table(rows: Iterable[Membership], today: date) -> list[list[Cell]]:
    """What the list says, one row for a role of a person, headings first."""
    head: list[Cell] = [
        _("Name"), _("E-mail"), _("Role"), _("Unit"), _("From"), _("Until"), _("In force"),
    ]  # fmt: skip
    return [head, *(_cells(one, today) for one in rows)]


def _cells(held: Membership, today: date) -> list[Cell]:
    person, unit = held.person, held.unit.name if held.unit else ""
    role = str(held.get_role_display())
    return [person.name, person.email, role, unit, held.from_on, held.until_on, when(held, today)]


def when(held: Membership, today: date) -> str:
    if held.from_on > today:
        return _("From a later day")
    return _("Ended") if held.until_on and held.until_on < today else _("Now")


def _said(held: Membership) -> str:
    unit = held.unit.name if held.unit else ""
    return f"{held.person.name} {held.person.email} {held.get_role_display()} {unit}"
