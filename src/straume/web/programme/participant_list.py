"""The list of participants: organisers see all, who delegates sees those of their institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.permissions import Person
from straume.web.places.wording import folded, holds
from straume.web.programme import permissions
from straume.web.programme.models import Activity, Registration

COLUMNS = (
    Column("name", gettext_lazy("Name")),
    Column("institution", gettext_lazy("Institution")),
    Column("status", gettext_lazy("State")),
    Column("way", gettext_lazy("How")),
    Column("group", gettext_lazy("Group")),
    Column("made", gettext_lazy("Written down")),
)


@dataclass(frozen=True)
class Row:
    registration: Registration
    name: str
    institution: str
    status: str
    way: str
    group: str
    made_on: date


def seen_by(activity: Activity, person: Person, today: date) -> QuerySet[Registration]:
    """Those whose names the person needs for their work."""
    everybody = Registration.objects.filter(activity=activity)
    if permissions.runs_programme(person, today):
        return everybody
    return everybody.filter(institution__in=permissions.delegates_from(person, today))


def rows_of(found: QuerySet[Registration], asked: Asked) -> list[Row]:
    status = asked.choices.get("status", "")
    rows = [
        _row(one)
        for one in found.select_related("person", "institution", "group")
        if status in ("", one.status)
    ]
    rows = [row for row in rows if holds(f"{row.name} {row.institution} {row.group}", asked.q)]
    rows.sort(key=lambda row: folded(row.name))
    rows.sort(key=KEYS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def _row(one: Registration) -> Row:
    return Row(
        registration=one,
        name=one.person.name,
        institution=one.institution.name if one.institution else "",
        status=str(one.get_status_display()),
        way=str(one.get_way_display()),
        group=one.group.name if one.group else "",
        made_on=localdate(one.made_at),
    )


STATUSES = [str(status) for status in Registration.Status]
KEYS: dict[str, Any] = {
    "name": lambda row: folded(row.name),
    "institution": lambda row: folded(row.institution),
    "status": lambda row: STATUSES.index(row.registration.status),
    "way": lambda row: row.way,
    "group": lambda row: folded(row.group),
    "made": lambda row: row.registration.made_at,
}


def table_of(rows: Sequence[Row]) -> list[list[Cell]]:
    email = str(gettext_lazy("E-mail"))
    head: list[Cell] = [str(COLUMNS[0].label), email, *(str(column.label) for column in COLUMNS[1:])]
    return [head] + [
        [
            row.name,
            row.registration.person.email,
            row.institution,
            row.status,
            row.way,
            row.group,
            row.made_on,
        ]
        for row in rows
    ]
