"""Who may read the catalogue, and who may write what in it.

The catalogue is for everybody who has a role today. An offer and its demand belong to its institution. A
service that several places offer is described for all of them, so the lead bodies' coordinators change it.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from straume.web.places.models import Institution, Role
from straume.web.places.permissions import (
    Person,
    institutions_where,
    leads_the_cooperation,
    may_see_institution,
    memberships_of,
    not_here,
    require_role,
    sees_the_cooperation,
    visible_institutions,
)
from straume.web.services.models import Offer, PublicService

EDITS_OFFERS = frozenset({Role.FACILITATOR, Role.UNIT_HEAD, Role.ADMINISTRATOR})


def may_read(person: Person, today: date) -> None:
    """The catalogue is open to everybody who has a role today."""
    if not memberships_of(person, today).exists():
        raise not_here()


def find_service(person: Person, pk: int, today: date) -> PublicService:
    may_read(person, today)
    service = PublicService.objects.filter(pk=pk).first()
    if service is None:
        raise not_here()
    return service


def find_offer(person: Person, pk: int, today: date) -> Offer:
    """An offer, for the members of its institution and for those who see the whole cooperation."""
    offer = Offer.objects.select_related("service", "institution", "unit").filter(pk=pk).first()
    if offer is None:
        raise not_here()
    may_see_institution(person, offer.institution, today)
    return offer


def find_offer_to_edit(person: Person, pk: int, today: date) -> Offer:
    offer = find_offer(person, pk, today)
    require_role(person, offer.institution, EDITS_OFFERS, today)
    return offer


def may_edit_offer(person: Person, offer: Offer, today: date) -> bool:
    return places_to_offer_in(person, today).filter(pk=offer.institution_id).exists()


def places_to_offer_in(person: Person, today: date) -> QuerySet[Institution]:
    """The institutions whose offers the person writes."""
    return institutions_where(person, EDITS_OFFERS, today)


def keeps_the_catalogue(person: Person, today: date) -> bool:
    """Whether the person coordinates at a lead body."""
    return leads_the_cooperation(person, today)


def may_add_service(person: Person, today: date) -> bool:
    return keeps_the_catalogue(person, today) or places_to_offer_in(person, today).exists()


def may_edit_service(person: Person, service: PublicService, today: date) -> bool:
    """The keepers of the catalogue; where one's own places alone offer it, their people too."""
    if keeps_the_catalogue(person, today):
        return True
    own = places_to_offer_in(person, today)
    elsewhere = service.offers.exclude(institution__in=own)
    return own.exists() and service.offers.filter(institution__in=own).exists() and not elsewhere.exists()


def require_adding(person: Person, today: date) -> None:
    may_read(person, today)
    if not may_add_service(person, today):
        raise PermissionDenied(
            _("Services are added by lean practitioners, heads of units, administrators and coordinators.")
        )


def find_service_to_edit(person: Person, pk: int, today: date) -> PublicService:
    service = find_service(person, pk, today)
    require_editing(person, service, today)
    return service


def require_editing(person: Person, service: PublicService, today: date) -> None:
    if not may_edit_service(person, service, today):
        raise PermissionDenied(
            _("This description serves every place that offers the service. Ask a lead body’s coordinator.")
        )


def sees_demand(person: Person, offer: Offer, today: date) -> bool:
    """How much a service is asked for is shown to its institution and to those who see the cooperation."""
    return visible_institutions(person, today).filter(pk=offer.institution_id).exists()


def demand_seen_in(person: Person, today: date) -> frozenset[int]:
    """Institutions whose demand the person sees; one query for a whole table."""
    if sees_the_cooperation(person, today):
        return frozenset(Institution.objects.values_list("pk", flat=True))
    return frozenset(visible_institutions(person, today).values_list("pk", flat=True))
