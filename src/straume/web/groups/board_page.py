"""A board as it stood on a day, and its days one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from straume.web.groups.models import BoardAction, BoardDay, BoardEntry, BoardProblem
from straume.web.places.lists import Cell
from straume.web.places.models import Unit

# said beside the colour
MARKS = {"green": "●", "amber": "▲", "red": "■"}
MOST_ACTIONS, MOST_DAYS = 6, 120


@dataclass(frozen=True)
class Field:
    column: str
    label: str
    text: str
    light: str
    light_label: str

    @property
    def mark(self) -> str:
        return MARKS.get(self.light, "")


@dataclass(frozen=True)
class Board:
    on: date
    day: BoardDay | None  # the last one until then
    fields: list[Field]
    problems: list[BoardProblem]
    actions: list[BoardAction]
    is_simulated: bool

    @property
    def is_of_the_day(self) -> bool:
        return self.day is not None and self.day.on == self.on


def board_of(unit: Unit, on: date) -> Board:
    """What stood on the board at the end of that day."""
    day = BoardDay.objects.filter(unit=unit, on__lte=on).prefetch_related("entries").order_by("-on").first()
    problems = BoardProblem.objects.filter(
        Q(solved_on__isnull=True) | Q(solved_on__gt=on), unit=unit, opened_on__lte=on
    ).prefetch_related("escalations")
    actions = BoardAction.objects.filter(
        Q(done_on__isnull=True) | Q(done_on__gt=on), unit=unit, agreed_on__lte=on
    )
    return Board(
        on=on,
        day=day,
        fields=fields_of(day),
        problems=list(problems.order_by("place")[:3]),
        actions=list(actions[:MOST_ACTIONS]),
        is_simulated=bool(day and day.is_simulated),
    )


def fields_of(day: BoardDay | None) -> list[Field]:
    entries = {one.column: one for one in day.entries.all()} if day else {}
    fields = []
    for column, label in BoardEntry.Column.choices:
        entry = entries.get(column)
        light = entry.light if entry else ""
        said = str(entry.get_light_display()) if entry else ""
        fields.append(Field(column, str(label), entry.text if entry else "", light, said))
    return fields


def history_of(unit: Unit) -> list[tuple[BoardDay, list[Field]]]:
    days = BoardDay.objects.filter(unit=unit).prefetch_related("entries").order_by("-on")[:MOST_DAYS]
    return [(day, fields_of(day)) for day in days]


def history_table(rows: Sequence[tuple[BoardDay, list[Field]]]) -> list[list[Cell]]:
    head: list[Cell] = [_("Day")]
    for label in BoardEntry.Column.labels:
        head += [str(label), _("%(column)s: how it stands") % {"column": label}]
    table = [[*head, _("Oldest open case, days"), _("What it waits for")]]
    for day, fields in rows:
        cells: list[Cell] = [day.on]
        for one in fields:
            cells += [one.text, one.light_label]
        table.append([*cells, day.oldest_days, day.oldest_what])
    return table
