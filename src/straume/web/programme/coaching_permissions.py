"""Who gives coaching, who books it, and who sees what of it. Names are the coach's and the client's own.

A session that is over has no page: its date and duration are the coach's, its hours the municipality's.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role
from straume.web.places.permissions import (
    Person,
    institutions_of,
    institutions_where,
    memberships_of,
    not_here,
    sees_the_cooperation,
)
from straume.web.programme.models import CoachingAgreement, CoachingSession, CoachingSlot
from straume.web.programme.permissions import delegates_from, may_read

COACHES = frozenset({Role.COACH})
SPONSORS = frozenset({Role.LEADER, Role.UNIT_HEAD, Role.ADMINISTRATOR, Role.COORDINATOR})


def coached_by(person: Person, today: date) -> QuerySet[Institution]:
    """The institutions in which the person is a coach today."""
    return institutions_where(person, COACHES, today)


def require_coach(person: Person, today: date) -> None:
    may_read(person, today)
    if not coached_by(person, today).exists():
        raise PermissionDenied(_("Free times are opened by coaches."))


def coaches_of(institutions: QuerySet[Institution], today: date) -> QuerySet[User]:
    held = Membership.objects.on(today).filter(role=Role.COACH, institution__in=institutions)
    return User.objects.filter(pk__in=held.values("person"))


def sponsors_of(institutions: QuerySet[Institution], today: date) -> QuerySet[User]:
    held = Membership.objects.on(today).filter(role__in=list(SPONSORS), institution__in=institutions)
    return User.objects.filter(pk__in=held.values("person"))


def free_slots(person: Person, today: date) -> QuerySet[CoachingSlot]:
    """Times that are free with the coaches of the person's own institutions, and the coach's own."""
    coaches = coaches_of(institutions_of(person, today), today)
    return CoachingSlot.objects.filter(is_taken=False, coach__in=coaches).select_related("coach")


def find_slot(person: Person, pk: int, today: date) -> CoachingSlot:
    slot = free_slots(person, today).filter(pk=pk).first()
    if slot is None:
        raise not_here()
    return slot


def find_own_slot(person: Person, pk: int, today: date) -> CoachingSlot:
    slot = free_slots(person, today).filter(pk=pk, coach=cast(User, person)).first()
    if slot is None:
        raise not_here()
    return slot


def groups_booked_from(person: Person, today: date) -> QuerySet[Institution]:
    """Where the person may book a group: those who also delegate."""
    return delegates_from(person, today)


def agreements_of(person: Person) -> QuerySet[CoachingAgreement]:
    """Those in which the person is coach, client or sponsor."""
    if not person.is_authenticated:
        return CoachingAgreement.objects.none()
    mine = Q(coach=person) | Q(client=person) | Q(sponsor=person)
    return CoachingAgreement.objects.filter(mine).select_related("coach", "client", "sponsor", "institution")


def bookable_agreements(person: Person, today: date) -> QuerySet[CoachingAgreement]:
    """Of one's own as a client, those on which all three agreed; while one works in the institution."""
    if not person.is_authenticated:
        return CoachingAgreement.objects.none()
    return agreements_of(person).filter(
        client=person,
        client_agreed_on__isnull=False,
        coach_agreed_on__isnull=False,
        sponsor_agreed_on__isnull=False,
        institution__in=institutions_of(person, today),
    )


def find_agreement(person: Person, pk: int) -> CoachingAgreement:
    found = agreements_of(person).filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def coming_sessions(person: Person, today: date) -> QuerySet[CoachingSession]:
    """Sessions that are not over and that concern the person: their own, and groups of their institutions."""
    if not person.is_authenticated:
        return CoachingSession.objects.none()
    own = Q(coach=person) | Q(agreement__client=person)
    groups = Q(form="group", entitlement__institution__in=institutions_of(person, today))
    return (
        CoachingSession.objects.filter(own | groups, is_erased=False)
        .select_related("slot", "coach", "entitlement__institution", "agreement__client")
        .order_by("slot__starts_at")
    )


def find_session(person: Person, pk: int, today: date) -> CoachingSession:
    found = coming_sessions(person, today).filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


def may_change(person: Person, session: CoachingSession, today: date) -> bool:
    """Cancel, move, say the topic: the coach, the client, and for a group those who delegate."""
    if person.pk == session.coach_id:
        return True
    if session.agreement is not None:
        return person.pk == session.agreement.client_id
    return delegates_from(person, today).filter(pk=session.entitlement.institution_id).exists()


def find_session_to_change(person: Person, pk: int, today: date) -> CoachingSession:
    found = find_session(person, pk, today)
    if not may_change(person, found, today):
        raise PermissionDenied(_("A group is changed by its coach and by those who delegate people."))
    return found


def may_join(person: Person, session: CoachingSession, today: date) -> bool:
    if session.form != CoachingSession.Form.GROUP or person.pk == session.coach_id:
        return False
    held = memberships_of(person, today).filter(institution=session.entitlement.institution)
    return held.exclude(role__in=[Role.COACH, Role.CONTROLLER]).exists()


def hours_seen_of(person: Person, today: date) -> QuerySet[Institution]:
    """Whose hours the person sees: all for a lead body; else those where they delegate or coach."""
    if sees_the_cooperation(person, today):
        return Institution.objects.all()
    return delegates_from(person, today) | coached_by(person, today)


def sentences_seen_of(person: Person, today: date) -> QuerySet[Institution]:
    """Where the person reads what clients agreed to share: where they sponsor, and the lead bodies."""
    if sees_the_cooperation(person, today):
        return Institution.objects.all()
    return institutions_where(person, SPONSORS, today)
