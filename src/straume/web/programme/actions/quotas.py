"""Setting the rule, the number of places and the quotas; a change moves the waiting list at once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from straume.web.programme.actions import seats, waiting
from straume.web.programme.models import Activity, PlaceRule, Quota


@transaction.atomic
def set_rule(*, rule: PlaceRule, places: int, now: datetime) -> bool:
    """False where so many places are taken or held by now that `places` would not do."""
    activity = seats.locked(rule.activity_id)
    if places < activity.taken + activity.held:
        return False
    Activity.objects.filter(pk=activity.pk).update(places=places)
    rule.save()
    waiting.settle(activity=seats.locked(activity.pk), now=now)
    return True


@transaction.atomic
def add_quota(*, quota: Quota) -> bool:
    """Hold places; False where there are not so many free any more, or the quota is there."""
    seats.locked(quota.activity_id)
    free = Activity.objects.filter(pk=quota.activity_id, places__gte=F("taken") + F("held") + quota.places)
    if not free.update(held=F("held") + quota.places):
        return False
    try:
        with transaction.atomic():
            quota.save()
    except IntegrityError:
        transaction.set_rollback(True)
        return False
    return True


@transaction.atomic
def end_quota(*, quota: Quota, now: datetime) -> None:
    """What it still holds is free for all from now on; unused it disappears."""
    activity = seats.locked(quota.activity_id)
    quota.refresh_from_db()
    waiting.release(quota, now)
    if not quota.taken:
        quota.delete()
    waiting.fill(activity=seats.locked(activity.pk), now=now)
