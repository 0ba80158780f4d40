"""Open actions chase themselves: a letter before the day, one after it, then the chair. Each goes once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.groups.models import ActionChase, GroupAction, GroupMember, Meeting, WorkingGroup
from straume.web.groups.rotation import turns_of
from straume.web.places import mail

BEFORE_DAYS, CHAIR_DAYS = 7, 14


def chase(now: datetime) -> int:
    """Send what is due of every open action; how many letters went out."""
    today = timezone.localdate(now)
    opened = GroupAction.objects.filter(end__isnull=True, due_on__lte=today + timedelta(days=BEFORE_DAYS))
    opened = opened.exclude(group__state=WorkingGroup.State.CLOSED)
    found = opened.select_related("group", "owner__person", "owner__institution", "owner_institution")
    return sum(chase_one(action, today, now) for action in found)


def chase_one(action: GroupAction, today: date, now: datetime) -> int:
    sent = 0
    for kind in kinds_due(action, today):
        to = receiver(action, kind, today)
        if to is None:
            continue
        with transaction.atomic():
            _chase, is_new = ActionChase.objects.get_or_create(
                action=action, kind=kind, due_on=action.due_on, defaults={"sent_at": now}
            )
            if is_new:
                transaction.on_commit(lambda to=to, kind=kind: send(action, to, kind))  # type: ignore[misc]
                sent += 1
    return sent


def kinds_due(action: GroupAction, today: date) -> list[str]:
    """Before the day a reminder; after it a letter; two weeks later the chair is told too."""
    if today <= action.due_on:
        return [ActionChase.Kind.BEFORE]
    if today < action.due_on + timedelta(days=CHAIR_DAYS):
        return [ActionChase.Kind.LATE]
    return [ActionChase.Kind.LATE, ActionChase.Kind.TO_CHAIR]


def receiver(action: GroupAction, kind: str, today: date) -> GroupMember | None:
    """The owner who still sits in the group; of a post without a seat, and later of any, the chair."""
    owner = action.owner
    sits = owner is not None and (owner.until_on is None or owner.until_on >= today)
    if kind == ActionChase.Kind.TO_CHAIR:
        chair = chair_of(action.group)
        return None if sits and chair == owner else chair
    return owner if sits else chair_of(action.group)


def chair_of(group: WorkingGroup) -> GroupMember | None:
    """Who chairs the next meeting; where none is planned, who chaired the last one."""
    turns = turns_of(group)
    meetings = group.meetings.exclude(status=Meeting.Status.CANCELLED)
    planned = meetings.filter(status=Meeting.Status.PLANNED, starts_at__gte=timezone.now())
    meeting = planned.order_by("starts_at").first() or meetings.order_by("-starts_at").first()
    return turns[meeting.pk].chair if meeting and meeting.pk in turns else None


def send(action: GroupAction, to: GroupMember, kind: str) -> None:
    with override(to.person.language):
        context = {"action": action, "to": to, "kind": kind, "site": settings.ADDRESS}
        subjects = {
            ActionChase.Kind.BEFORE: _("Due soon: %(what)s"),
            ActionChase.Kind.LATE: _("Late: %(what)s"),
            ActionChase.Kind.TO_CHAIR: _("Still open in your group: %(what)s"),
        }
        subject = subjects[ActionChase.Kind(kind)] % {"what": action.what}
        mail.send(subject, render_to_string("groups/mail/chase.txt", context), to.person.email)
