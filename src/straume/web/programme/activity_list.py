"""The list of activities: rows for the page, for the files and for the month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.lean.protect import shown
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.wording import folded, holds
from straume.web.programme import said
from straume.web.programme.models import Activity

COLUMNS = (
    Column("days", gettext_lazy("When")),
    Column("title", gettext_lazy("Activity")),
    Column("kind", gettext_lazy("Kind")),
    Column("place", gettext_lazy("Place")),
    Column("languages", gettext_lazy("Languages")),
    Column("places", gettext_lazy("Places"), is_number=True),
    Column("status", gettext_lazy("State")),
)
CHOICES = ("kind", "country", "language", "status", "when")
# "when" in the address; empty means coming
PAST, EVERY = "past", "all"
STATUSES = [str(status) for status in Activity.Status]


@dataclass(frozen=True)
class ActivityRow:
    activity: Activity
    days: str
    languages: str
    left: str

    def holds(self, wanted: str) -> bool:
        """Title and summary in any language, kind, place, host, cycle."""
        one = self.activity
        texts = [getattr(one, f"{name}_{code}") or "" for name in ("title", "summary") for code in said.CODES]
        host = one.host.every_name() if one.host else ""
        cycle = one.cycle.title if one.cycle else ""
        return holds(" ".join([*texts, str(one.get_kind_display()), one.place, host, cycle]), wanted)


def activity_rows(asked: Asked, today: date) -> list[ActivityRow]:
    """Those that are like what was asked for, in the order asked for."""
    found = Activity.objects.select_related("host", "cycle", "work_package__project")
    chosen = [row_of(one) for one in found if fits(one, asked, today)]
    rows = [row for row in chosen if row.holds(asked.q)]
    rows.sort(key=lambda row: (row.activity.from_on, row.activity.pk))
    rows.sort(key=KEYS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def row_of(activity: Activity) -> ActivityRow:
    return ActivityRow(
        activity=activity,
        days=said.days(activity),
        languages=said.languages(activity.languages),
        left=said.places_left(activity),
    )


def fits(activity: Activity, asked: Asked, today: date) -> bool:
    wanted = asked.choices
    return (
        in_time(activity, wanted.get("when", ""), today)
        and wanted.get("kind", "") in ("", activity.kind)
        and wanted.get("country", "") in ("", said.country(activity))
        and wanted.get("status", "") in ("", activity.status)
        and (not wanted.get("language") or wanted["language"] in activity.languages)
    )


def in_time(activity: Activity, when: str, today: date) -> bool:
    """An activity that goes on today is still coming."""
    if when == EVERY:
        return True
    return (activity.until_on < today) == (when == PAST)


KEYS: dict[str, Any] = {
    "days": lambda row: row.activity.from_on,
    "title": lambda row: folded(row.activity.title),
    "kind": lambda row: folded(str(row.activity.get_kind_display())),
    "place": lambda row: folded(row.activity.place),
    "languages": lambda row: row.languages,
    "places": lambda row: row.activity.places - row.activity.taken,
    "status": lambda row: STATUSES.index(row.activity.status),
}


def activity_table(rows: Iterable[ActivityRow]) -> list[list[Cell]]:
    """What the list says, headings first; days and places as figures of their own."""
    columns = {column.code: str(column.label) for column in COLUMNS}
    head: list[Cell] = [
        str(Activity._meta.get_field("from_on").verbose_name),
        str(Activity._meta.get_field("until_on").verbose_name),
        *(columns[code] for code in ("title", "kind", "place", "languages")),
        columns["places"],
        str(Activity._meta.get_field("taken").verbose_name),
        columns["status"],
    ]
    return [head, *(_cells(row) for row in rows)]


def _cells(row: ActivityRow) -> list[Cell]:
    one = row.activity
    return [
        one.from_on, one.until_on, one.title, str(one.get_kind_display()), one.place, row.languages,
        one.places, taken_said(one), str(one.get_status_display()),
    ]  # fmt: skip


def taken_said(activity: Activity) -> Cell:
    number = shown(activity.taken)
    return _("fewer than five") if number is None else number
