"""What the database keeps true about services and offers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from straume.web.places.models import Institution
from straume.web.services.models import (
    Channel,
    CountryDeadline,
    LegalResource,
    Offer,
    PublicService,
    YearlyDemand,
)

pytestmark = pytest.mark.django_db


def service(**values: object) -> PublicService:
    return PublicService.objects.create(**{"identifier": "nin", "name_lv": "Parāda piedziņa", **values})


def institution(slug: str = "livani", country: str = "lv") -> Institution:
    return Institution.objects.create(
        slug=slug,
        name_lv=slug,
        country=country,
        kind=Institution.Kind.MUNICIPALITY,
        tier=Institution.Tier.INVOLVED,
        timezone="Europe/Riga",
    )


def refused(make, **values: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


def test_a_name_in_one_language_stands_in_for_the_others():
    made = service(name_lv="Koku ciršana")
    with override("lt"):
        assert str(PublicService.objects.get(pk=made.pk)) == "Koku ciršana"


def test_the_deadline_of_the_offer_stands_before_the_country_and_the_service():
    made = service(deadline_days=15, deadline_clock="working")
    CountryDeadline.objects.create(service=made, country="lv", days=30, clock="calendar")
    latvian = Offer.objects.create(service=made, institution=institution())
    lithuanian = Offer.objects.create(service=made, institution=institution("utena", "lt"))
    assert (latvian.deadline().days, latvian.deadline().clock, latvian.deadline().source) == (
        30,
        "calendar",
        "country",
    )
    assert (lithuanian.deadline().days, lithuanian.deadline().source) == (15, "service")
    lithuanian.deadline_days, lithuanian.deadline_clock = 10, "working"
    assert (lithuanian.deadline().days, lithuanian.deadline().source) == (10, "offer")


def test_a_deadline_without_a_clock_is_refused():
    refused(service, deadline_days=30)
    refused(service, deadline_clock="working")
    made = service()
    refused(Offer.objects.create, service=made, institution=institution(), deadline_days=5)
    refused(CountryDeadline.objects.create, service=made, country="lv", days=0, clock="working")


def test_a_service_is_offered_once_by_an_institution():
    made, place = service(), institution()
    Offer.objects.create(service=made, institution=place)
    refused(Offer.objects.create, service=made, institution=place)


def test_an_identifier_stands_for_one_service():
    service()
    refused(service)
    refused(service, identifier="")
    refused(service, identifier="x", theme="nonsense")
    refused(service, identifier="x", status="nonsense")


def test_demand_is_said_once_a_year_and_names_its_source():
    offer = Offer.objects.create(service=service(), institution=institution())
    YearlyDemand.objects.create(offer=offer, year=2018, cases=412, source="register")
    refused(YearlyDemand.objects.create, offer=offer, year=2018, cases=1, source="register")
    refused(YearlyDemand.objects.create, offer=offer, year=2017, cases=1, source="")
    refused(YearlyDemand.objects.create, offer=offer, year=18, cases=1, source="register")
    YearlyDemand.objects.create(offer=offer, year=2017, cases=300, source="register")
    assert offer.demand_per_year() == 412


def test_a_law_ends_after_it_begins_and_is_not_unsure_once_checked():
    made = service()
    day = dt.date(2018, 1, 1)
    refused(
        LegalResource.objects.create,
        service=made,
        title_lv="L",
        in_force_from_on=day,
        in_force_until_on=dt.date(2017, 1, 1),
    )
    refused(
        LegalResource.objects.create, service=made, title_lv="L", is_unsure=True, checked_by_lawyer_on=day
    )
    assert str(LegalResource.objects.create(service=made, title_lv="Likums", is_unsure=True)) == "Likums ?"


def test_parts_get_identifiers_of_their_own():
    made = service()
    first = Channel.objects.create(service=made)
    second = Channel.objects.create(service=made)
    assert (first.identifier, second.identifier) == ("nin-channel-1", "nin-channel-2")
    refused(Channel.objects.create, service=made, identifier="nin-channel-1")
    refused(Channel.objects.create, service=made, kind="pigeon")
