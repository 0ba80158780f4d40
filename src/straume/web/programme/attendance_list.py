"""The list of who came to an activity, for the page and for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places.lists import Cell
from straume.web.places.wording import holds
from straume.web.programme.actions.sheets import in_order_of_names
from straume.web.programme.models import (
    Activity,
    Attendance,
    AttendanceChange,
    Registration,
    Retention,
    Session,
)


@dataclass(frozen=True)
class Mark:
    """Whether somebody was in a session, and how that is known."""

    session: Session
    attendance: Attendance | None

    def said(self) -> str:
        if self.attendance is None:
            return "–"
        came = timezone.localtime(self.attendance.came_at)
        return f"{self.attendance.get_how_display()}, {came:%H:%M}"


@dataclass(frozen=True)
class Row:
    registration: Registration
    marks: Sequence[Mark]


def rows_of(activity: Activity, *, q: str = "") -> list[Row]:
    """Everybody who has a place, or was there whatever became of the place since; by surname."""
    sessions = list(activity.sessions.all())
    came = {
        (one.session_id, one.registration_id): one
        for one in Attendance.objects.filter(session__activity=activity)
    }
    were_there = {registration for _session, registration in came}
    people = [
        one
        for one in activity.registrations.select_related("person", "institution")
        if one.status in Registration.HOLDS_A_PLACE or one.pk in were_there
    ]
    return [
        Row(one, [Mark(session, came.get((session.pk, one.pk))) for session in sessions])
        for one in in_order_of_names(people)
        if not q or holds(f"{one.person.name} {one.institution or ''}", q)
    ]


def as_table(activity: Activity, rows: Sequence[Row]) -> list[list[Cell]]:
    """For a file: names, institutions and what proves that they were there."""
    head: list[Cell] = [_("Name, surname"), _("Institution"), _("Post")]
    head += [session.title for session in activity.sessions.all()]
    return [head] + [
        [
            row.registration.person.name,
            str(row.registration.institution or ""),
            row.registration.post,
            *[mark.said() if mark.attendance else "" for mark in row.marks],
        ]
        for row in rows
    ]


def changes_of(activity: Activity) -> QuerySet[AttendanceChange]:
    """What was put right by hand, the newest first."""
    found = AttendanceChange.objects.filter(session__activity=activity)
    return found.select_related("session", "registration__person", "changed_by")


def is_simulated(activity: Activity) -> bool:
    """Also where the activity was really held and the people are made up."""
    return activity.is_simulated or activity.registrations.filter(is_simulated=True).exists()


def retention_of(activity: Activity) -> Retention | None:
    return Retention.objects.filter(project=activity.work_package.project_id).first()
