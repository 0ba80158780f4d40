"""Meetings: one, many by a rule, moved, cancelled; what members are told."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.groups import invitations
from straume.web.groups.models import Meeting, MeetingSeries
from straume.web.groups.recurrence import days
from straume.web.places.once import once

# what an invitation says: a change of any of these is sent to those who were invited
SAID = ("title_lv", "title_lt", "title_en", "starts_at", "ends_at", "host_id", "room", "link")


def plan(meeting: Meeting, *, key: UUID, by: User) -> Meeting:
    """Write a new meeting down, once."""
    meeting.idempotency_key, meeting.made_by = key, by

    def create() -> Meeting:
        meeting.save()
        return meeting

    return once(create, lambda: Meeting.objects.filter(idempotency_key=key).first())


def plan_series(series: MeetingSeries, meeting: Meeting, *, key: UUID, by: User) -> MeetingSeries:
    """The rule and all its meetings, each at the clock time of `meeting`, whatever summer time does."""
    series.idempotency_key, series.made_by = key, by
    length = meeting.ends_at - meeting.starts_at
    clock = timezone.localtime(meeting.starts_at).time()

    def create() -> MeetingSeries:
        with transaction.atomic():
            series.save()
            for day in days_of(series):
                meeting.pk, meeting._state.adding = None, True
                meeting.series, meeting.rule_on, meeting.made_by = series, day, by
                meeting.starts_at = timezone.make_aware(dt.datetime.combine(day, clock))
                meeting.ends_at = meeting.starts_at + length
                meeting.save()
        return series

    return once(create, lambda: MeetingSeries.objects.filter(idempotency_key=key).first())


def days_of(series: MeetingSeries) -> list[dt.date]:
    return days(
        step=series.step,
        every=series.every,
        weekday=series.weekday,
        nth=series.nth,
        from_on=series.from_on,
        until_on=series.until_on,
    )


@transaction.atomic
def change(meeting: Meeting, *, site: str) -> bool:
    """Save; where an invitation had gone out and says something else now, send it anew. True if it was."""
    before = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.save()
    said_otherwise = any(getattr(before, name) != getattr(meeting, name) for name in SAID)
    if before.invited_at is None or not said_otherwise:
        return False
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    meeting.refresh_from_db(fields=["sequence"])
    transaction.on_commit(lambda: invitations.send(meeting, site=site))
    return True


@transaction.atomic
def invite(meeting: Meeting, *, site: str, now: dt.datetime) -> int:
    """Invite the members; how many letters go out. Members who joined since then get theirs as well."""
    Meeting.objects.filter(pk=meeting.pk).update(invited_at=now)
    transaction.on_commit(lambda: invitations.send(meeting, site=site))
    return invitations.receivers(meeting).count()


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, site: str) -> bool:
    """Cancel it with a reason and tell those who were invited; False where it is not planned any more."""
    cancelled = Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.PLANNED).update(
        status=Meeting.Status.CANCELLED, cancel_reason=reason, sequence=F("sequence") + 1
    )
    if not cancelled:
        return False
    meeting.refresh_from_db()
    if meeting.invited_at:
        transaction.on_commit(lambda: invitations.send(meeting, site=site))
    return True
