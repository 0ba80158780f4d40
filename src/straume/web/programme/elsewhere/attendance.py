"""Attendance on the page of an activity, and what it knows about a person."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.lean.protect import is_small
from straume.web.accounts.models import User
from straume.web.places import registry as shared
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Duty, Section, SubmenuItem
from straume.web.programme import attendance_list, attendance_permissions, evidence, registry
from straume.web.programme.actions.retention import erase_what_is_over
from straume.web.programme.actions.ticket_letters import send_tickets
from straume.web.programme.elsewhere.structure import has_a_role
from straume.web.programme.models import Activity, Attendance, CheckInHelper

SHORT = "SHORT_DATETIME_FORMAT"


def register() -> None:
    registry.activity_sections.register("attendance", activity_section, order=50)
    registry.activity_actions.register("attendance", activity_actions, order=50)
    registry.evidence_gaps.register("attendance", evidence.missing)
    shared.kept_about.register("attendance", kept_about, order=45)
    shared.submenu.register(
        "indicators",
        SubmenuItem(
            gettext_lazy("Indicators"),
            "programme:indicators",
            "activities",
            "indicators",
            shown=has_a_role,
            family="evaluation",
        ),
        order=55,
    )
    shared.duties.register("erase_attendance", Duty(every=timedelta(hours=6), run=erase_what_is_over))
    shared.duties.register("ticket_letters", Duty(every=timedelta(hours=1), run=send_tickets))


def activity_section(activity: Activity, person: Person, today: date) -> Section | None:
    """How many were in each session and what proves it; the names are one page further."""
    if activity.from_on > today or activity.status == Activity.Status.CANCELLED:
        return None
    may_see = attendance_permissions.sees_who_came(person, activity, today)
    url = reverse("programme:attendance", args=[activity.pk])
    badge = _("Simulated, not real data") if attendance_list.is_simulated(activity) else ""
    return Section(
        code="attendance",
        title=_("Attendance"),
        columns=[_("Session"), _("Were there"), _("Signed pages")],
        rows=[
            [
                Cell(one.session.title, badge=badge),
                Cell(people_said(one, may_see), is_number=True),
                Cell(pages_said(one)),
            ]
            for one in evidence.of_activity(activity)
        ],
        empty=_("The activity has no session yet."),
        action=Action(_("Who was there"), url) if may_see else None,
    )


def people_said(one: evidence.SessionEvidence, may_see: bool) -> str:
    """Who does not see the names sees no small number of them."""
    return _("fewer than five") if is_small(one.people) and not may_see else str(one.people)


def pages_said(one: evidence.SessionEvidence) -> str:
    if one.sheet is None:
        return _("No sheet yet")
    return _("%(here)s of %(total)s") % {"here": len(one.scanned), "total": one.sheet.pages}


def activity_actions(activity: Activity, person: Person, today: date) -> list[Action]:
    """On the days of the activity the check-in stands first; before it the sheets can be printed."""
    if activity.status == Activity.Status.CANCELLED:
        return []
    found = []
    if attendance_permissions.checks_in_at(person, activity, today) and today <= activity.until_on:
        found.append(Action(_("Check people in"), reverse("programme:check_in", args=[activity.pk])))
    if attendance_permissions.sees_who_came(person, activity, today) and today < activity.from_on:
        label = _("Signature sheets and attendance")
        found.append(Action(label, reverse("programme:attendance", args=[activity.pk])))
    return found


def kept_about(person: User, today: date) -> Section:
    """In which sessions somebody was noted, how and by whom; and where they help at the door."""
    came = Attendance.objects.filter(registration__person=person).select_related(
        "session__activity", "noted_by"
    )
    rows = [
        [
            Cell(one.session.activity.title, one.session.activity.get_absolute_url()),
            Cell(one.session.title),
            Cell(f"{one.get_how_display()}, {date_format(timezone.localtime(one.came_at), SHORT)}"),
            Cell(one.noted_by.name if one.noted_by else "–"),
        ]
        for one in came
    ]
    rows += [
        [
            Cell(one.activity.title, one.activity.get_absolute_url()),
            Cell("–"),
            Cell(_("helps at the check-in")),
            Cell(one.named_by.name if one.named_by else "–"),
        ]
        for one in CheckInHelper.objects.filter(person=person).select_related("activity", "named_by")
    ]
    return Section(
        code="attendance",
        title=_("Attendance"),
        columns=[_("Activity"), _("Session"), _("How it is known"), _("Noted by")],
        rows=rows,
        empty=_("You were noted at no session."),
    )
