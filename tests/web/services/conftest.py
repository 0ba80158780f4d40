"""A catalogue in tests: one service in one place, another in two."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from straume.web.places.models import Institution, Unit
from straume.web.services.models import LegalResource, Offer, PublicService, YearlyDemand


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def debt(livani: Institution, taxes: Unit) -> Offer:
    """Recovery of tax debts, in Līvāni alone."""
    service = PublicService.objects.create(
        identifier="debt",
        name_lv="Parāda piedziņa",
        name_lt="Skolos išieškojimas",
        name_en="Debt recovery",
        theme="taxes",
        deadline_days=30,
        deadline_clock="calendar",
    )
    LegalResource.objects.create(service=service, title_lv="Likums", country="lv", is_unsure=True)
    offer = Offer.objects.create(service=service, institution=livani, unit=taxes, holder="Nodokļu nodaļa")
    YearlyDemand.objects.create(offer=offer, year=2018, cases=412, source="Reģistrs", is_simulated=True)
    return offer


@pytest.fixture
def felling(livani: Institution, utena: Institution) -> dict[str, Offer]:
    """Permits to fell trees, in Līvāni and in Utena."""
    service = PublicService.objects.create(
        identifier="felling", name_lv="Atļauja cirst kokus", name_en="Felling permit", theme="environment"
    )
    here = Offer.objects.create(service=service, institution=livani)
    there = Offer.objects.create(service=service, institution=utena)
    YearlyDemand.objects.create(offer=here, year=2018, cases=3, source="Reģistrs")
    YearlyDemand.objects.create(offer=there, year=2018, cases=777, source="Registras")
    return {"livani": here, "utena": there}
