"""Who reads practice cards, who writes them, who takes them up.

A published card is read by everybody who has a role today; a draft by the people of its institution. They
write it, publish it and take it back. An institution’s own people say what it took up. A controller reads.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from straume.web.groups.models import Adoption, CardPublication, PracticeCard
from straume.web.groups.permissions import may_read
from straume.web.places.models import Institution, Role
from straume.web.places.permissions import Person, institutions_of, institutions_where, not_here

WRITES = frozenset(set(Role) - {Role.CONTROLLER})


def writes_in(person: Person, today: date) -> QuerySet[Institution]:
    """The institutions for which the person writes cards and takes them up."""
    return institutions_where(person, WRITES, today)


def visible_cards(person: Person, today: date) -> QuerySet[PracticeCard]:
    may_read(person, today)
    published = CardPublication.objects.filter(card=OuterRef("pk"), withdrawn_at__isnull=True)
    cards = PracticeCard.objects.annotate(is_published=Exists(published))
    cards = cards.filter(Q(is_published=True) | Q(institution__in=institutions_of(person, today)))
    return cards.select_related("institution", "unit", "group", "activity", "came_from__card__institution")


def published_cards(person: Person, today: date) -> QuerySet[PracticeCard]:
    """Those that everybody with a role reads."""
    standing = CardPublication.objects.filter(withdrawn_at__isnull=True)
    return visible_cards(person, today).filter(pk__in=standing.values("card"))


def find_card(person: Person, pk: int, today: date) -> PracticeCard:
    card = visible_cards(person, today).filter(pk=pk).first()
    if card is None:
        raise not_here()
    return card


def may_write(person: Person, card: PracticeCard, today: date) -> bool:
    return writes_in(person, today).filter(pk=card.institution_id).exists()


def find_card_to_write(person: Person, pk: int, today: date) -> PracticeCard:
    card = find_card(person, pk, today)
    if not may_write(person, card, today):
        raise PermissionDenied(_("The people of the card’s institution write it."))
    return card


def require_writing(person: Person, today: date) -> QuerySet[Institution]:
    may_read(person, today)
    places = writes_in(person, today)
    if not places.exists():
        raise PermissionDenied(_("Your role reads practice cards; it does not write them."))
    return places


def visible_adoptions(person: Person, today: date) -> QuerySet[Adoption]:
    """Of cards that the person may read."""
    cards = visible_cards(person, today).values("pk")
    return Adoption.objects.filter(card__in=cards).select_related("card__institution", "institution", "unit")


def find_adoption(person: Person, pk: int, today: date) -> Adoption:
    adoption = visible_adoptions(person, today).filter(pk=pk).first()
    if adoption is None:
        raise not_here()
    return adoption


def may_tell(person: Person, adoption: Adoption, today: date) -> bool:
    return writes_in(person, today).filter(pk=adoption.institution_id).exists()


def find_adoption_to_tell(person: Person, pk: int, today: date) -> Adoption:
    adoption = find_adoption(person, pk, today)
    if not may_tell(person, adoption, today):
        raise PermissionDenied(_("The people of the institution that tries it tell what came of it."))
    return adoption
