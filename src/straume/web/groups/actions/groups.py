"""Setting a group up, its members, its life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.groups.models import GroupMember, GroupStateChange, WorkingGroup
from straume.web.places.models import Institution
from straume.web.places.once import once


def take_in(
    *,
    group: WorkingGroup,
    person: User,
    institution: Institution,
    post: str,
    today: date,
    by: User,
    why: Sequence[str] = (),
    takes_turns: bool = True,
) -> GroupMember:
    """Give the person a seat; who has one keeps it."""
    return once(
        lambda: GroupMember.objects.create(
            group=group,
            person=person,
            institution=institution,
            post=post,
            from_on=today,
            takes_turns=takes_turns,
            why=list(why),
            added_by=by,
        ),
        lambda: GroupMember.objects.filter(group=group, person=person, until_on__isnull=True).first(),
    )


def let_go(*, member: GroupMember, last_day: date) -> None:
    """The seat ends; what the person chaired and agreed to stays in the records."""
    member.until_on = max(last_day, member.from_on)
    member.save(update_fields=["until_on"])


@transaction.atomic
def move_on(
    *, group: WorkingGroup, after: str, reason: str, by: User, now: datetime, legacy: dict[str, str]
) -> bool:
    """Go on to another state with a record of it; False where somebody else moved the group meanwhile."""
    moved = WorkingGroup.objects.filter(pk=group.pk, state=group.state).update(state=after, **legacy)
    if moved:
        GroupStateChange.objects.create(
            group=group, before=group.state, after=after, reason=reason, made_by=by, made_at=now
        )
    return bool(moved)
