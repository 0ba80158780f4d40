"""Who asks, who writes a test, whose cards one sees."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from straume.web.places.models import Institution, Role
from straume.web.places.permissions import Person, institutions_of, institutions_where, not_here
from straume.web.programme.models import Activity, TryCard
from straume.web.programme.permissions import find_activity, runs_programme

# those who hold trainings: their tests are theirs, before they are asked
TRAINS = frozenset({Role.FACILITATOR, Role.COACH})
WRITES_CARDS = frozenset(
    {Role.FACILITATOR, Role.UNIT_HEAD, Role.EMPLOYEE, Role.LEADER, Role.COORDINATOR, Role.ADMINISTRATOR}
)


def may_write_tests(person: Person, today: date) -> bool:
    return runs_programme(person, today) or institutions_where(person, TRAINS, today).exists()


def find_activity_to_test(person: Person, pk: int, today: date) -> Activity:
    activity = find_activity(person, pk, today)
    if not may_write_tests(person, today):
        raise PermissionDenied(
            _("Tests are written by those who hold trainings and by the coordinators of the lead bodies.")
        )
    return activity


def writes_cards_in(person: Person, today: date) -> QuerySet[Institution]:
    return institutions_where(person, WRITES_CARDS, today)


def visible_cards(person: Person, today: date) -> QuerySet[TryCard]:
    """The cards of one's own institutions; of others nobody reads more than counts."""
    return TryCard.objects.filter(institution__in=institutions_of(person, today)).select_related(
        "activity", "unit", "institution", "need"
    )


def find_card(person: Person, pk: int, today: date) -> TryCard:
    card = visible_cards(person, today).filter(pk=pk).first()
    if card is None:
        raise not_here()
    return card


def find_card_to_change(person: Person, pk: int, today: date) -> TryCard:
    card = find_card(person, pk, today)
    if not writes_cards_in(person, today).filter(pk=card.institution_id).exists():
        raise PermissionDenied(_("Cards are written by those who work in the institution."))
    return card
