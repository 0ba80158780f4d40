"""Practice cards: written, published, taken back; taken up elsewhere, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.groups.models import Adoption, AdoptionStep, CardPublication, PracticeCard
from straume.web.places.once import once


def write(card: PracticeCard, *, key: UUID, by: User, now: datetime) -> PracticeCard:
    """A new card as a draft, once."""
    card.idempotency_key, card.made_by, card.made_at = key, by, now

    def create() -> PracticeCard:
        card.save()
        return card

    return once(create, lambda: PracticeCard.objects.filter(idempotency_key=key).first())


def publish(card: PracticeCard, *, by: User, now: datetime) -> CardPublication:
    return once(
        lambda: CardPublication.objects.create(card=card, published_at=now, published_by=by),
        card.standing_publication,
    )


def take_back(card: PracticeCard, *, reason: str, by: User, now: datetime) -> bool:
    standing = CardPublication.objects.filter(card=card, withdrawn_at__isnull=True)
    return bool(standing.update(withdrawn_at=now, withdrawn_by=by, reason=reason))


def adopt(adoption: Adoption, *, key: UUID, by: User, now: datetime) -> Adoption:
    """A unit, or an institution as a whole, tries a card; once, however often it is sent."""
    adoption.idempotency_key, adoption.made_by, adoption.made_at = key, by, now

    def create() -> Adoption:
        adoption.save()
        return adoption

    return once(create, lambda: standing(adoption))


def standing(adoption: Adoption) -> Adoption | None:
    """The adoption that is there already: of this card in this unit, or in the institution as a whole."""
    return Adoption.objects.filter(
        card=adoption.card, institution=adoption.institution, unit=adoption.unit
    ).first()


@transaction.atomic
def tell(adoption: Adoption, *, before: str, on: date, by: User, now: datetime) -> None:
    """Save what came of it; a new state leaves a record."""
    adoption.save()
    if adoption.state != before:
        AdoptionStep.objects.create(
            adoption=adoption, before=before, after=adoption.state, on=on, made_by=by, made_at=now
        )
