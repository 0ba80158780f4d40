"""Who sees who came, who checks people in, who puts it right.

Names of those who came are seen by those who run the programme, by the people named for the check-in of that
activity, and by controllers of the lead bodies, who compare the count with its evidence and change nothing.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from straume.web.places.models import Institution, Role
from straume.web.places.permissions import Person, institutions_where, memberships_of, not_here
from straume.web.programme import permissions
from straume.web.programme.models import Activity, CheckInHelper, OutputIndicator, Project, Session

CONTROLS = frozenset({Role.CONTROLLER})


def controls(person: Person, today: date) -> bool:
    """Whether the person is a controller at a lead body."""
    return institutions_where(person, CONTROLS, today).filter(tier=Institution.Tier.PARTNER).exists()


def checks_in_at(person: Person, activity: Activity, today: date) -> bool:
    if permissions.runs_programme(person, today):
        return True
    if not person.is_authenticated:
        return False
    return CheckInHelper.objects.filter(activity=activity, person=person).exists()


def sees_who_came(person: Person, activity: Activity, today: date) -> bool:
    return checks_in_at(person, activity, today) or controls(person, today)


def runs(person: Person, today: date) -> bool:
    return permissions.runs_programme(person, today)


def find_to_check_in(person: Person, pk: int, today: date) -> Activity:
    activity = _find(person, pk, today)
    if not checks_in_at(person, activity, today):
        raise PermissionDenied(
            _("People are checked in by the coordinators of the lead bodies and by those they name for it.")
        )
    return activity


def find_to_see_who_came(person: Person, pk: int, today: date) -> Activity:
    activity = _find(person, pk, today)
    if not sees_who_came(person, activity, today):
        raise PermissionDenied(
            _("Who came is seen by those who run the programme, by its controllers and by the check-in.")
        )
    return activity


def find_to_run(person: Person, pk: int, today: date) -> Activity:
    """Sheets, scans, corrections, certificates: for those who run the programme."""
    return permissions.find_activity_to_run(person, pk, today)


def find_session(activity: Activity, session_pk: int) -> Session:
    session = activity.sessions.filter(pk=session_pk).first()
    if session is None:
        raise not_here()
    return session


def find_project_to_run(person: Person, pk: int, today: date) -> Project:
    project = permissions.find_project(person, pk, today)
    permissions.require_running(person, today)
    return project


def find_indicator(person: Person, pk: int, today: date) -> OutputIndicator:
    """Counts are common to the cooperation; the names behind them are not on that page."""
    permissions.may_read(person, today)
    indicator = OutputIndicator.objects.select_related("project").filter(pk=pk).first()
    if indicator is None:
        raise not_here()
    return indicator


def _find(person: Person, pk: int, today: date) -> Activity:
    """A helper may be named who has no role: the activity is there for them as well."""
    if memberships_of(person, today).exists():
        return permissions.find_activity(person, pk, today)
    activity = Activity.objects.select_related("work_package__project", "cycle").filter(pk=pk).first()
    if activity is None or not checks_in_at(person, activity, today):
        raise not_here()
    return activity
