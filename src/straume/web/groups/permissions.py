"""Who reads the groups, who sets them up, who writes in them.

Working groups are common to the cooperation: everybody who has a role today reads a group, its decisions and
published minutes. Its members write; drafts are theirs alone. The coordinators of the lead bodies set groups
up. A controller reads. Members and coordinators see names of members; others read post and institution.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from straume.web.groups.models import (
    Decision,
    GroupAction,
    GroupMember,
    Meeting,
    MinutesPublication,
    WorkingGroup,
)
from straume.web.places.models import Institution, Role
from straume.web.places.permissions import Person, institutions_where, memberships_of, not_here

RUNS = frozenset({Role.COORDINATOR})


def may_read(person: Person, today: date) -> None:
    if not memberships_of(person, today).exists():
        raise not_here()


def runs_groups(person: Person, today: date) -> bool:
    """Whether the person coordinates at a lead body."""
    return institutions_where(person, RUNS, today).filter(tier=Institution.Tier.PARTNER).exists()


def require_running(person: Person, today: date) -> None:
    may_read(person, today)
    if not runs_groups(person, today):
        raise PermissionDenied(_("Working groups are set up by the coordinators of the lead bodies."))


def seat_of(person: Person, group: WorkingGroup, today: date) -> GroupMember | None:
    """The person's seat in the group today, or None."""
    if not person.is_authenticated:
        return None
    return group.members_on(today).filter(person=person).first()


def is_in(person: Person, group: WorkingGroup, today: date) -> bool:
    return seat_of(person, group, today) is not None


def may_run(person: Person, group: WorkingGroup, today: date) -> bool:
    """Charter, members, state, dates of meetings: members and those who set groups up."""
    return is_in(person, group, today) or runs_groups(person, today)


def sees_names(person: Person, group: WorkingGroup, today: date) -> bool:
    return may_run(person, group, today)


def find_group(person: Person, pk: int, today: date) -> WorkingGroup:
    may_read(person, today)
    group = WorkingGroup.objects.filter(pk=pk).first()
    if group is None:
        raise not_here()
    return group


def find_group_to_run(person: Person, pk: int, today: date) -> WorkingGroup:
    group = find_group(person, pk, today)
    if not may_run(person, group, today):
        raise PermissionDenied(_("Members of the group and the coordinators of the lead bodies do this."))
    return group


def find_meeting(person: Person, pk: int, today: date) -> Meeting:
    may_read(person, today)
    meeting = (
        Meeting.objects.select_related(
            "group", "host", "activity", "chair__person", "chair__institution", "rapporteur__person",
            "rapporteur__institution", "series",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if meeting is None:
        raise not_here()
    return meeting


def find_meeting_to_run(person: Person, pk: int, today: date) -> Meeting:
    meeting = find_meeting(person, pk, today)
    if not may_run(person, meeting.group, today):
        raise PermissionDenied(_("Members of the group and the coordinators of the lead bodies do this."))
    return meeting


def find_meeting_to_write(person: Person, pk: int, today: date) -> Meeting:
    meeting = find_meeting(person, pk, today)
    require_writing(person, meeting.group, today)
    return meeting


def require_writing(person: Person, group: WorkingGroup, today: date) -> None:
    if not is_in(person, group, today):
        raise PermissionDenied(_("The members of the group write its minutes, decisions and actions."))


def reads_minutes(person: Person, meeting: Meeting, today: date) -> bool:
    """Published ones: everybody with a role; drafts: members of the group."""
    return is_in(person, meeting.group, today) or meeting.standing_minutes() is not None


def _open(person: Person, today: date, meeting: str) -> Q:
    """Condition: the person sits in the group, or the minutes of the meeting are published."""
    published = MinutesPublication.objects.filter(meeting=OuterRef(meeting), withdrawn_at__isnull=True)
    mine = groups_of(person, today).values("pk")
    return Q(Exists(published)) | Q(group__in=mine)


def groups_of(person: Person, today: date) -> QuerySet[WorkingGroup]:
    if not person.is_authenticated:
        return WorkingGroup.objects.none()
    seats = GroupMember.objects.on(today).filter(person=person)
    return WorkingGroup.objects.filter(pk__in=seats.values("group"))


def visible_decisions(person: Person, today: date) -> QuerySet[Decision]:
    may_read(person, today)
    found = Decision.objects.filter(_open(person, today, "meeting"))
    return found.select_related("group", "meeting", "point")


def visible_actions(person: Person, today: date) -> QuerySet[GroupAction]:
    may_read(person, today)
    found = GroupAction.objects.filter(_open(person, today, "meeting"))
    return found.select_related(
        "group", "meeting", "decision", "owner__person", "owner__institution", "owner_institution", "end"
    )


def find_action(person: Person, pk: int, today: date) -> GroupAction:
    action = visible_actions(person, today).filter(pk=pk).first()
    if action is None:
        raise not_here()
    return action


def find_action_to_write(person: Person, pk: int, today: date) -> GroupAction:
    action = find_action(person, pk, today)
    require_writing(person, action.group, today)
    return action
