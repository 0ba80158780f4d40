"""Taking people in, in each of the three ways; accepting, declining, cancelling, replacing."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme import outbox
from straume.web.programme.actions import seats, waiting
from straume.web.programme.models import Activity, PlaceRule, Quota, Registration

Status = Registration.Status
# somebody in one of these is in already
IN = (Status.CONFIRMED, Status.OFFERED, Status.WAITING)


def register_person(
    *,
    activity: Activity,
    person: User,
    institution: Institution | None,
    way: str,
    made_by: User | None,
    now: datetime,
    key: uuid.UUID,
    post: str = "",
    diet: str = "",
    access: str = "",
) -> Registration:
    """The person's registration, with a place or in the line; submitted twice it is the same one.

    For delegating, applying and the public page alike. Whether people are taken in now is asked before
    (`nomination.why_closed`).
    """
    key = uuid.uuid5(key, f"{activity.pk} {person.pk}")  # one form may be for several people
    said: dict[str, object] = {
        "institution": institution, "way": way, "made_by": made_by, "made_at": now, "idempotency_key": key,
        "post": post, "diet": diet, "access": access,
    }  # fmt: skip
    try:
        with suppress(_PlaceCameFree), transaction.atomic():  # most people ask for the first time
            return _take_in(activity, person, said, now, is_back=False)
        with transaction.atomic():
            return _take_in(activity, person, said, now, is_back=False, alone=True)
    except IntegrityError:  # the person has a registration already
        found = _find(activity, person)
        if found is None:
            raise
    if found.status in IN or found.idempotency_key == key:
        return found
    try:
        with transaction.atomic():
            return _take_in(activity, person, said, now, is_back=True, alone=True)
    except IntegrityError:  # the same person came back twice at the same moment
        return Registration.objects.get(activity=activity, person=person)


def _find(activity: Activity, person: User) -> Registration | None:
    return Registration.objects.filter(activity=activity, person=person).first()


class _PlaceCameFree(Exception):
    """Between asking for a place and joining the line one came free: ask again."""


def _take_in(
    activity: Activity,
    person: User,
    said: dict[str, object],
    now: datetime,
    *,
    is_back: bool,
    alone: bool = False,
) -> Registration:
    """A place, else the line; under a lock, where there is none, so that no freed place is missed."""
    institution = said["institution"]
    assert institution is None or isinstance(institution, Institution)
    rule: PlaceRule = activity.place_rule
    seat = None if rule.is_collecting else _seat_or_lock(activity, institution, alone=alone)
    state: dict[str, object] = {"status": Status.WAITING, "reason": "", "quota": None}
    if seat is not None:
        reason = "quota" if seat.quota else "free"
        state = {"status": Status.CONFIRMED, "reason": reason, "quota": seat.quota}
    registration = _written(activity, person, {**said, **state}, is_back=is_back)
    outbox.put(registration, "place" if seat else "waiting", now)
    return registration


def _seat_or_lock(activity: Activity, institution: Institution | None, *, alone: bool) -> seats.Seat | None:
    """A place; where there is none, none is given or freed by others until this person stands in the line.

    Raises _PlaceCameFree where one came free meanwhile; who is `alone` waits for the others, and takes it.
    """
    if alone:
        seats.locked(activity.pk)
    if alone or not seats.is_full(activity):  # as it was read: in a rush most find it full
        now = seats.standing(activity.pk)
        seat = seats.take(
            activity_pk=activity.pk,
            institution=institution if now.held else None,
            free_for_all=not now.some_wait,
        )
        if seat is not None or alone:
            return seat
    kept = seats.standing(activity.pk, keep=True)
    if not seats.is_full(kept) and seats.is_there_one(activity_pk=activity.pk, institution=institution):
        raise _PlaceCameFree
    return None


def _written(activity: Activity, person: User, fields: dict[str, object], *, is_back: bool) -> Registration:
    """Who cancelled once and comes again keeps the one row; its turn begins anew."""
    before = None
    if is_back:
        gone = Registration.objects.filter(activity=activity, person=person).exclude(status__in=IN)
        before = gone.select_for_update(of=("self",)).first()
    if before is None:
        return Registration.objects.create(
            activity=activity, person=person, is_simulated=activity.is_simulated, **fields
        )
    for name, value in {**fields, "offer_ends_at": None, "revision": before.revision + 1}.items():
        setattr(before, name, value)
    before.save()
    return before


@transaction.atomic
def accept(*, registration: Registration, now: datetime) -> bool:
    """The offered place is theirs; False where the offer has ended or was answered."""
    seats.locked(registration.activity_id)  # who declines or lets it run out holds this lock, too
    offered = Registration.objects.filter(pk=registration.pk, status=Status.OFFERED, offer_ends_at__gt=now)
    if not offered.update(status=Status.CONFIRMED, offer_ends_at=None):
        return False
    registration.refresh_from_db()
    outbox.put(registration, "place", now)
    return True


@transaction.atomic
def decline(*, registration: Registration, now: datetime) -> bool:
    """No, thank you: the place goes to the next in line at once."""
    return waiting.leave(registration=registration, only=(Status.OFFERED,), to=Status.DECLINED, now=now)


@transaction.atomic
def cancel(*, registration: Registration, reason: str, now: datetime) -> bool:
    """They do not come: a place goes to the next in line, and their calendar is told."""
    had_place = registration.status == Status.CONFIRMED
    done = waiting.leave(registration=registration, only=IN, to=Status.CANCELLED, reason=reason, now=now)
    if done:
        outbox.put(registration, "called_off" if had_place else "out_of_line", now)
    return done


@transaction.atomic
def replace(
    *,
    registration: Registration,
    person: User,
    made_by: User,
    now: datetime,
    key: uuid.UUID,
) -> Registration | None:
    """Another delegate comes instead and keeps the place; None where there is no place to keep any more."""
    activity = seats.locked(registration.activity_id)
    key = uuid.uuid5(key, f"{activity.pk} {person.pk}")
    there = Registration.objects.filter(activity=activity, person=person).first()
    if there is not None and there.status in IN:
        return there if there.idempotency_key == key else None
    quota: Quota | None = registration.quota
    left = Registration.objects.filter(pk=registration.pk, status=Status.CONFIRMED)
    gone = {"status": Status.CANCELLED, "reason": "replaced", "quota": None, "diet": "", "access": ""}
    if not left.update(revision=registration.revision + 1, **gone):
        return None
    registration.refresh_from_db()
    outbox.put(registration, "called_off", now)
    coming = _written(
        activity,
        person,
        {
            "institution": registration.institution,
            "way": registration.way,
            "made_by": made_by,
            "made_at": now,
            "idempotency_key": key,
            "status": Status.CONFIRMED,
            "reason": "instead",
            "quota": quota,
            "group": registration.group,
            "post": "",
            "diet": "",
            "access": "",
        },
        is_back=there is not None,
    )
    outbox.put(coming, "place", now)
    return coming
