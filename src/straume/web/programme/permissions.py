"""Who runs the programme, who delegates people, who reads.

The programme is common to the cooperation: everybody who has a role today reads it. The coordinators of the
lead bodies run it. An institution's own people delegate for their institution alone. Names of participants
are seen by those who run the programme and, for their own institution, by those who delegate.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from straume.web.places.models import Institution, Role
from straume.web.places.permissions import (
    Person,
    institutions_where,
    leads_the_cooperation,
    memberships_of,
    not_here,
)
from straume.web.programme.models import Activity, Cycle, Project, WorkPackage

DELEGATES = frozenset({Role.COORDINATOR, Role.UNIT_HEAD, Role.LEADER, Role.ADMINISTRATOR})
# planned costs and budget lines
SEES_MONEY = frozenset({Role.COORDINATOR, Role.FINANCE, Role.CONTROLLER, Role.LEADER})


def may_read(person: Person, today: date) -> None:
    if not memberships_of(person, today).exists():
        raise not_here()


def runs_programme(person: Person, today: date) -> bool:
    """Whether the person coordinates at a lead body."""
    return leads_the_cooperation(person, today)


def require_running(person: Person, today: date) -> None:
    may_read(person, today)
    if not runs_programme(person, today):
        raise PermissionDenied(_("The programme is run by the coordinators of the lead bodies."))


def sees_money(person: Person, today: date) -> bool:
    """Whether the person answers for money somewhere: planned costs and budget lines are shown to them."""
    return memberships_of(person, today).filter(role__in=list(SEES_MONEY)).exists()


def delegates_from(person: Person, today: date) -> QuerySet[Institution]:
    """The institutions from which the person may delegate people."""
    return institutions_where(person, DELEGATES, today)


def find_activity(person: Person, pk: int, today: date) -> Activity:
    """An activity, for everybody who has a role today."""
    may_read(person, today)
    activity = (
        Activity.objects.select_related("work_package__project", "cycle", "host", "budget_line__partner")
        .filter(pk=pk)
        .first()
    )
    if activity is None:
        raise not_here()
    return activity


def find_activity_to_run(person: Person, pk: int, today: date) -> Activity:
    activity = find_activity(person, pk, today)
    require_running(person, today)
    return activity


def find_cycle(person: Person, pk: int, today: date) -> Cycle:
    may_read(person, today)
    cycle = Cycle.objects.select_related("work_package__project").filter(pk=pk).first()
    if cycle is None:
        raise not_here()
    return cycle


def find_project(person: Person, pk: int, today: date) -> Project:
    may_read(person, today)
    project = Project.objects.filter(pk=pk).first()
    if project is None:
        raise not_here()
    return project


def find_work_package(person: Person, pk: int, today: date) -> WorkPackage:
    may_read(person, today)
    package = WorkPackage.objects.select_related("project").filter(pk=pk).first()
    if package is None:
        raise not_here()
    return package
