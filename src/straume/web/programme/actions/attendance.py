"""Writing down who came: from phones, as often as they send it; by hand, with a reason; without a place."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.actions import seats
from straume.web.programme.models import (
    Activity,
    Attendance,
    AttendanceChange,
    Registration,
    Session,
    WalkIn,
)

LONGEST_OFFLINE = timedelta(days=14)


@dataclass(frozen=True)
class Sent:
    """One thing that a phone noted: a registered person, or the name of somebody without a registration."""

    key: uuid.UUID
    session_pk: int
    came_at: datetime
    how: str
    registration_pk: int | None = None
    name: str = ""
    institution: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of it: in, already, corrected, unknown_session, unknown_person, no_place."""

    key: uuid.UUID
    state: str


def take(*, activity: Activity, sent: Sequence[Sent], by: User, now: datetime) -> list[Taken]:
    """Write each once, whoever sends it and however often; the answer says what became of each."""
    sessions = {session.pk: session for session in activity.sessions.all()}
    people = {one.pk: one for one in activity.registrations.all()}
    return [_take_one(one, sessions, people, by, now) for one in sent]


def _take_one(
    sent: Sent,
    sessions: dict[int, Session],
    people: dict[int, Registration],
    by: User,
    now: datetime,
) -> Taken:
    session = sessions.get(sent.session_pk)
    if session is None:
        return Taken(sent.key, "unknown_session")
    if sent.registration_pk is None:
        return Taken(sent.key, note_walk_in(session=session, sent=sent, by=by, now=now))
    registration = people.get(sent.registration_pk)
    if registration is None:
        return Taken(sent.key, "unknown_person")
    if registration.status not in Registration.HOLDS_A_PLACE:
        return Taken(sent.key, "no_place")
    return Taken(sent.key, check_in(session=session, registration=registration, sent=sent, by=by, now=now))


def check_in(*, session: Session, registration: Registration, sent: Sent, by: User, now: datetime) -> str:
    """in, already, or corrected: what was taken back by hand does not come back from a phone's memory."""
    came_at = within_reason(sent.came_at, now)
    here = Attendance.objects.filter(session=session, registration=registration)
    if here.exists():
        return "already"
    last = AttendanceChange.objects.filter(session=session, registration=registration).first()
    if last is not None and not last.came and (last.removed_key == sent.key or came_at <= last.changed_at):
        return "corrected"
    try:
        with transaction.atomic():
            Attendance.objects.create(
                session=session,
                registration=registration,
                how=sent.how,
                came_at=came_at,
                key=sent.key,
                noted_by=by,
            )
    except IntegrityError:  # another phone was quicker, or this message came twice at once
        return "already" if here.exists() else "corrected"
    return "in"


def note_walk_in(*, session: Session, sent: Sent, by: User, now: datetime) -> str:
    if WalkIn.objects.filter(key=sent.key).exists():
        return "already"
    try:
        with transaction.atomic():
            WalkIn.objects.create(
                session=session,
                name=sent.name,
                institution=sent.institution,
                key=sent.key,
                came_at=within_reason(sent.came_at, now),
                noted_by=by,
            )
    except IntegrityError:
        return "already"
    return "in"


def within_reason(came_at: datetime, now: datetime) -> datetime:
    """Not in the future and not older than a phone keeps things: clocks of phones differ."""
    return min(max(came_at, now - LONGEST_OFFLINE), now)


@transaction.atomic
def correct(
    *, session: Session, registration: Registration, came: bool, reason: str, by: User, now: datetime
) -> AttendanceChange | None:
    """Tick or untick by hand; who, when and why stay. None where it stands so already."""
    found = Attendance.objects.filter(session=session, registration=registration).first()
    if (found is not None) == came:
        return None
    removed_key = None
    if found is not None:
        removed_key = found.key
        found.delete()
    else:
        Attendance.objects.create(
            session=session,
            registration=registration,
            how=Attendance.How.BY_HAND,
            came_at=min(session.starts_at, now),
            key=uuid.uuid4(),
            noted_by=by,
        )
    return AttendanceChange.objects.create(
        session=session,
        registration=registration,
        came=came,
        reason=reason,
        removed_key=removed_key,
        changed_by=by,
        changed_at=now,
    )


@transaction.atomic
def complete_walk_in(
    *,
    walk_in: WalkIn,
    email: str,
    name: str,
    language: str,
    institution: Institution | None,
    post: str,
    by: User,
    now: datetime,
) -> Registration:
    """The person gets a registration and their attendance; a second completion finds the first."""
    walk_in = WalkIn.objects.select_for_update().select_related("session__activity").get(pk=walk_in.pk)
    if walk_in.registration is not None:
        return walk_in.registration
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, name=name, language=language)
    registration = registered(
        activity=walk_in.session.activity, person=person, institution=institution, post=post, by=by, now=now
    )
    sent = Sent(walk_in.key, walk_in.session_id, walk_in.came_at, Attendance.How.BY_HAND)
    check_in(session=walk_in.session, registration=registration, sent=sent, by=by, now=now)
    walk_in.name = walk_in.institution = ""
    walk_in.settled_at, walk_in.settled_by, walk_in.registration = now, by, registration
    walk_in.save()
    return registration


@transaction.atomic
def registered(
    *,
    activity: Activity,
    person: User,
    institution: Institution | None,
    post: str,
    by: User,
    now: datetime,
) -> Registration:
    """The person's registration with a place. Who came had a chair: a full activity gets one place more."""
    found = Registration.objects.filter(activity=activity, person=person).first()
    if found is not None and found.status in Registration.HOLDS_A_PLACE:
        return found
    seats.locked(activity.pk)
    seat = seats.take(activity_pk=activity.pk, institution=institution, free_for_all=True)
    if seat is None:
        Activity.objects.filter(pk=activity.pk).update(taken=F("taken") + 1, places=F("places") + 1)
    quota = seat.quota if seat else None
    if found is not None:
        found.status, found.reason, found.quota = Registration.Status.CONFIRMED, "walk_in", quota
        found.save(update_fields=["status", "reason", "quota"])
        return found
    return Registration.objects.create(
        activity=activity,
        person=person,
        institution=institution,
        post=post,
        way=Registration.Way.APPLIED,
        status=Registration.Status.CONFIRMED,
        reason="walk_in",
        quota=quota,
        made_by=by,
        made_at=now,
    )


def set_aside(*, walk_in: WalkIn, reason: str, by: User, now: datetime) -> bool:
    """Noted twice, or by mistake: the name goes, the reason stays."""
    changed = WalkIn.objects.filter(pk=walk_in.pk, settled_at=None).update(
        name="", institution="", set_aside_because=reason, settled_at=now, settled_by=by
    )
    return bool(changed)
