"""The waiting list: who is next, offering a freed place, offers that run out, allotting, quotas that end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from straume.web.places.models import Institution
from straume.web.programme import outbox
from straume.web.programme.actions import seats
from straume.web.programme.line import InLine, in_order, tie_of
from straume.web.programme.models import Activity, PlaceRule, Quota, Registration

Status = Registration.Status


def line_of(activity: Activity) -> list[InLine]:
    """All who wait, the next one first, by the rule of the activity."""
    rule: PlaceRule = activity.place_rule
    waiting = Registration.objects.filter(activity=activity, status=Status.WAITING)
    if not waiting.exists():
        return []
    orders = [rule.first_by, rule.then_by]
    had_place = people_with_a_place_before(activity) if PlaceRule.Order.NEW_FIRST in orders else set()
    named = institutions_that_named(activity) if PlaceRule.Order.NEED_FIRST in orders else set()
    line = [
        InLine(
            pk=pk,
            institution_pk=institution,
            country=country or "",
            had_place=person in had_place,
            named_need=institution in named,
            tie=tie_of(rule=rule, registration_pk=pk, made_at=made_at),
        )
        for pk, person, institution, country, made_at in waiting.values_list(
            "pk", "person", "institution", "institution__country", "made_at"
        )
    ]
    return in_order(line, orders=orders, held_by_country=held_by_country(activity))


def people_with_a_place_before(activity: Activity) -> set[int]:
    """Those with a place in an earlier activity of the same cycle; without a cycle, of the project."""
    same = (
        Q(activity__cycle=activity.cycle_id)
        if activity.cycle_id
        else Q(activity__work_package__project=activity.work_package.project_id)
    )
    earlier = Registration.objects.filter(
        same, status=Status.CONFIRMED, activity__from_on__lt=activity.from_on
    )
    waiting = Registration.objects.filter(activity=activity, status=Status.WAITING)
    return set(earlier.filter(person__in=waiting.values("person")).values_list("person", flat=True))


def institutions_that_named(activity: Activity) -> set[int]:
    found = activity.needs.exclude(institutions=None).values_list("institutions", flat=True)
    return set(found)


def held_by_country(activity: Activity) -> Counter[str]:
    held = Registration.objects.filter(activity=activity, status__in=Registration.HOLDS_A_PLACE)
    return Counter(code or "" for code in held.values_list("institution__country", flat=True))


def leave(
    *, registration: Registration, only: Sequence[str], to: str, now: datetime, reason: str = ""
) -> bool:
    """Out of one of these states; a place that was held goes to the next. In the caller's transaction."""
    activity = seats.locked(registration.activity_id)
    current = Registration.objects.filter(pk=registration.pk, status__in=only).first()
    if current is None:
        return False
    held, quota = current.status in Registration.HOLDS_A_PLACE, current.quota
    Registration.objects.filter(pk=registration.pk).update(
        status=to,
        reason=reason,
        quota=None,
        offer_ends_at=None,
        revision=F("revision") + 1,
        diet="",
        access="",
    )
    registration.refresh_from_db()
    if held:
        seats.give_back(activity_pk=activity.pk, quota=quota)
        fill(activity=seats.locked(activity.pk), now=now)
    return True


def fill(*, activity: Activity, now: datetime) -> int:
    """Offer each free place to the next in line; the activity is locked by the caller."""
    if activity.place_rule.is_collecting or not may_offer(activity, now):
        return 0
    ends_at = offer_end(activity, now)
    offered = hand_out(activity, {"status": Status.OFFERED, "offer_ends_at": ends_at, "reason": "offered"})
    for registration in offered:
        outbox.put(registration, "offer", now)
    return len(offered)


def hand_out(activity: Activity, state: dict[str, object]) -> list[Registration]:
    """Each free place to the next in line: those of quotas to whom they are held for, then the free ones.

    The line is asked anew for the free places: those who got one of a quota count for their country.
    """
    got = []
    for of_quota in (True, False):
        if of_quota and not activity.quotas.filter(released_at=None, taken__lt=F("places")).exists():
            continue
        line = line_of(activity)
        places = Institution.objects.in_bulk([one.institution_pk for one in line if one.institution_pk])
        for one in line:
            seat = seats.take(
                activity_pk=activity.pk,
                institution=places.get(one.institution_pk or 0),
                free_for_all=not of_quota,
            )
            if seat is not None:
                Registration.objects.filter(pk=one.pk).update(**state, quota=seat.quota)
                got.append(one.pk)
            elif not of_quota:
                break
    return list(Registration.objects.filter(pk__in=got))


def may_offer(activity: Activity, now: datetime) -> bool:
    return activity.status == Activity.Status.ANNOUNCED and begins_at(activity) > now


def offer_end(activity: Activity, now: datetime) -> datetime:
    """So many hours from now, and never after the activity begins."""
    return min(now + timedelta(hours=activity.place_rule.offer_hours), begins_at(activity))


def begins_at(activity: Activity) -> datetime:
    """When the first session begins; without sessions the first day does."""
    first = activity.sessions.order_by("starts_at").values_list("starts_at", flat=True).first()
    if first is not None:
        return first
    midnight = datetime.combine(activity.from_on, datetime.min.time())
    return timezone.make_aware(midnight)


def settle(*, activity: Activity, now: datetime) -> int:
    """What time alone has changed: quotas that ended, allotment, offers that ran out. Asked on reading."""
    due = (
        activity.quotas.filter(released_at=None, held_until_on__lt=timezone.localdate(now)).exists()
        or _is_to_be_allotted(activity, now)
        or activity.registrations.filter(status=Status.OFFERED, offer_ends_at__lte=now).exists()
        or _has_places_for_waiting(activity, now)
    )
    if not due:
        return 0
    return _settle(activity.pk, now)


def _is_to_be_allotted(activity: Activity, now: datetime) -> bool:
    rule = activity.place_rule
    return rule.is_collecting and rule.allots_at is not None and rule.allots_at <= now


def _has_places_for_waiting(activity: Activity, now: datetime) -> bool:
    """Somebody gave the activity more places."""
    free = activity.places - activity.taken - activity.held > 0
    return (
        free
        and not activity.place_rule.is_collecting
        and may_offer(activity, now)
        and activity.registrations.filter(status=Status.WAITING).exists()
    )


@transaction.atomic
def _settle(activity_pk: int, now: datetime) -> int:
    activity = seats.locked(activity_pk)
    done = release_quotas(activity, now)
    if _is_to_be_allotted(activity, now):
        done += allot(activity=activity, now=now)
    done += expire(activity, now)
    return done + fill(activity=seats.locked(activity_pk), now=now)


def release_quotas(activity: Activity, now: datetime) -> int:
    """What quotas held beyond their day is free for all."""
    ended = activity.quotas.filter(released_at=None, held_until_on__lt=timezone.localdate(now))
    for quota in ended:
        release(quota, now)
    return len(ended)


def release(quota: Quota, now: datetime) -> None:
    if Quota.objects.filter(pk=quota.pk, released_at=None).update(released_at=now):
        Activity.objects.filter(pk=quota.activity_id).update(held=F("held") - (quota.places - quota.taken))


def expire(activity: Activity, now: datetime) -> int:
    """Offers that nobody answered in time end; the places go on."""
    late = activity.registrations.filter(status=Status.OFFERED, offer_ends_at__lte=now)
    ended = list(late.select_related("quota"))
    for one in ended:
        Registration.objects.filter(pk=one.pk).update(
            status=Status.EXPIRED, quota=None, offer_ends_at=None, revision=F("revision") + 1
        )
        seats.give_back(activity_pk=activity.pk, quota=one.quota)
        outbox.put(one, "expired", now)
    return len(ended)


def allot(*, activity: Activity, now: datetime) -> int:
    """All who were collected, in the order of the rule: quotas first, then the places free for all."""
    rule = activity.place_rule
    if not PlaceRule.objects.filter(pk=rule.pk, allotted_at=None).update(allotted_at=now):
        return 0
    rule.allotted_at = now
    got = hand_out(activity, {"status": Status.CONFIRMED, "reason": "rule"})
    activity.registrations.filter(pk__in=[one.pk for one in got], quota__isnull=False).update(reason="quota")
    told = activity.registrations.filter(status__in=(Status.CONFIRMED, Status.WAITING))
    outbox.put_all(
        outbox.due_letter(one, "place" if one.status == Status.CONFIRMED else "waiting", now) for one in told
    )
    return len(got)


def settle_all(*, now: datetime) -> int:
    """The duty: every activity that is still to come and says how its places are given."""
    coming = Activity.objects.select_related("place_rule", "work_package").filter(
        place_rule__isnull=False, status=Activity.Status.ANNOUNCED
    )
    return sum(settle(activity=activity, now=now) for activity in coming)


def erase_needs(*, now: datetime) -> int:
    """Dietary and access needs go some days after the activity, so many as its rule says."""
    done = 0
    for rule in PlaceRule.objects.select_related("activity"):
        last_on = rule.activity.until_on + timedelta(days=rule.keeps_needs_days)
        if timezone.localdate(now) <= last_on:
            continue
        told = rule.activity.registrations.exclude(diet="", access="")
        done += told.update(diet="", access="")
    return done
