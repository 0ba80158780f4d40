"""Free times of a coach and bookings of them. Two scarce things: the time, and the hours of a municipality.

Each is taken by one conditional UPDATE, and a constraint stands behind each (decision 0087).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.programme.actions import coaching_letters as letters
from straume.web.programme.models import (
    CoachingAgreement,
    CoachingEntitlement,
    CoachingHalfHour,
    CoachingPlace,
    CoachingSession,
    CoachingSlot,
)
from straume.web.programme.models.coaching import SESSION_MINUTES

HALF_HOUR = timedelta(minutes=30)
LENGTH = timedelta(minutes=SESSION_MINUTES)
NOTICE = timedelta(hours=48)  # cancelled later, the hours are used up
KEPT_FOR = timedelta(hours=24)  # after its end a session is erased but for date and duration


class Refused(Exception):
    """Why it did not go, in a sentence that the person can act on."""


@dataclass(frozen=True)
class Wish:
    """What is booked: individual coaching under an agreement, or a group of an institution."""

    entitlement: CoachingEntitlement
    room: str
    topic: str = ""
    agreement: CoachingAgreement | None = None
    places: int = 0  # of a group


def open_slot(*, coach: User, starts_at: datetime) -> CoachingSlot:
    """Ninety minutes, from a full or a half hour; never over another time of the same coach."""
    try:
        with transaction.atomic():
            slot = CoachingSlot.objects.create(coach=coach, starts_at=starts_at, ends_at=starts_at + LENGTH)
            CoachingHalfHour.objects.bulk_create(
                CoachingHalfHour(slot=slot, coach=coach, begins_at=starts_at + number * HALF_HOUR)
                for number in range(LENGTH // HALF_HOUR)
            )
    except IntegrityError:
        raise Refused(_("You already have a time open that overlaps with this one.")) from None
    return slot


@transaction.atomic
def withdraw_slot(*, slot: CoachingSlot) -> None:
    """Take back a free time; one that was booked meanwhile is cancelled, not withdrawn."""
    taken = CoachingSlot.objects.filter(pk=slot.pk, is_taken=False).update(is_taken=True)
    if not taken:
        raise Refused(_("This time has been booked meanwhile. Cancel the session instead."))
    CoachingSlot.objects.filter(pk=slot.pk).delete()


def book(*, slot: CoachingSlot, wish: Wish, by: User, key: uuid.UUID, now: datetime) -> CoachingSession:
    """Book a time once, however often it is submitted; Refused where it is gone or no hours are left."""
    found = CoachingSession.objects.filter(idempotency_key=key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _book(slot, wish, by, key, now)
    except (IntegrityError, Refused):
        found = CoachingSession.objects.filter(idempotency_key=key).first()
        if found is None:
            raise
        return found


def _book(slot: CoachingSlot, wish: Wish, by: User, key: uuid.UUID, now: datetime) -> CoachingSession:
    take_slot(slot.pk, now)
    take_hours(wish.entitlement)
    form = CoachingSession.Form.INDIVIDUAL if wish.agreement else CoachingSession.Form.GROUP
    day = timezone.localdate(slot.starts_at)
    session = CoachingSession.objects.create(
        entitlement=wish.entitlement,
        coach_id=slot.coach_id,
        on=day,
        slot=slot,
        form=form,
        agreement=wish.agreement,
        room=wish.room,
        topic=wish.topic,
        topic_on=timezone.localdate(now) if wish.topic else None,
        places=0 if wish.agreement else wish.places,
        booked_by=by,
        idempotency_key=key,
    )
    transaction.on_commit(lambda: letters.tell_booked(session.pk))
    return session


def take_slot(slot_pk: int, now: datetime) -> None:
    free = CoachingSlot.objects.filter(pk=slot_pk, is_taken=False, starts_at__gt=now)
    if not free.update(is_taken=True):
        raise Refused(_("This time has just been taken. Please choose another one."))


def take_hours(entitlement: CoachingEntitlement) -> None:
    left = CoachingEntitlement.objects.filter(
        pk=entitlement.pk, minutes__gte=F("booked_minutes") + SESSION_MINUTES
    )
    if not left.update(booked_minutes=F("booked_minutes") + SESSION_MINUTES):
        raise Refused(
            _("%(institution)s has used up its hours of coaching.")
            % {"institution": entitlement.institution.name}
        )


@transaction.atomic
def cancel(*, session: CoachingSession, by: User, now: datetime) -> bool:
    """Cancel; whether the hours came back: they do with two days' notice, and when the coach cancels."""
    held = _held(session)
    assert held.slot is not None
    letters.tell_cancelled_on_commit(held)
    comes_back = by.pk == held.coach_id or held.slot.starts_at - now >= NOTICE
    if comes_back:
        _give_back(held.slot, held.entitlement)
        held.delete()
    else:
        held.is_lost = True
        erase(held)
    return comes_back


def _give_back(slot: CoachingSlot, entitlement: CoachingEntitlement) -> None:
    CoachingSlot.objects.filter(pk=slot.pk).update(is_taken=False)
    CoachingEntitlement.objects.filter(pk=entitlement.pk).update(
        booked_minutes=F("booked_minutes") - SESSION_MINUTES
    )


@transaction.atomic
def move(*, session: CoachingSession, to: CoachingSlot, by: User, now: datetime) -> CoachingSession:
    """To another free time of the same coach; the hours stay booked."""
    held = _held(session)
    assert held.slot is not None
    if to.coach_id != held.coach_id:
        raise Refused(_("A session moves to another time of the same coach."))
    if by.pk != held.coach_id and held.slot.starts_at - now < NOTICE:
        raise Refused(_("It begins in less than two days. Ask the coach to move it."))
    take_slot(to.pk, now)
    CoachingSlot.objects.filter(pk=held.slot.pk).update(is_taken=False)
    held.slot, held.on = to, timezone.localdate(to.starts_at)
    held.is_reminded, held.sequence = False, held.sequence + 1
    held.save(update_fields=["slot", "on", "is_reminded", "sequence"])
    transaction.on_commit(lambda: letters.tell_moved(held.pk))
    return held


def _held(session: CoachingSession) -> CoachingSession:
    """The session, locked; Refused where somebody cancelled it meanwhile or it is over."""
    held = CoachingSession.objects.select_for_update().filter(pk=session.pk, is_erased=False).first()
    if held is None:
        raise Refused(_("This session is cancelled or over."))
    return held


def say_topic(*, session: CoachingSession, topic: str, now: datetime) -> None:
    """Three days ahead is asked for; what comes later is kept too, and the coach sees that it is late."""
    CoachingSession.objects.filter(pk=session.pk, is_erased=False).update(
        topic=topic, topic_on=timezone.localdate(now) if topic else None
    )


@transaction.atomic
def join(*, session: CoachingSession, person: User) -> None:
    """A place in a group, once per person."""
    if CoachingPlace.objects.filter(session=session, person=person).exists():
        return
    free = CoachingSession.objects.filter(pk=session.pk, is_erased=False, taken__lt=F("places"))
    if not free.update(taken=F("taken") + 1):
        raise Refused(_("All places of this group are taken."))
    CoachingPlace.objects.create(session=session, person=person)


@transaction.atomic
def leave(*, session: CoachingSession, person: User) -> None:
    gone, _kinds = CoachingPlace.objects.filter(session=session, person=person).delete()
    if gone:
        CoachingSession.objects.filter(pk=session.pk, taken__gt=0).update(taken=F("taken") - 1)


def erase(session: CoachingSession) -> None:
    """Leave date, duration and municipality; in the caller's transaction."""
    slot = session.slot
    session.group.all().delete()
    session.slot = session.agreement = session.booked_by = session.topic_on = None
    session.form = session.room = session.topic = ""
    session.places = session.taken = 0
    session.is_erased, session.idempotency_key = True, None
    session.save()
    if slot is not None:
        slot.delete()


def erase_finished(now: datetime) -> int:
    """A duty: a day after a session nothing but its date and duration is left."""
    over = CoachingSession.objects.filter(is_erased=False, slot__ends_at__lte=now - KEPT_FOR)
    erased = 0
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            session = CoachingSession.objects.select_for_update().filter(pk=pk, is_erased=False).first()
            if session is not None:
                erase(session)
                erased += 1
    # free times that nobody booked tell nothing any more
    CoachingSlot.objects.filter(is_taken=False, ends_at__lte=now - KEPT_FOR).delete()
    return erased
