"""The demo's catalogue: in three languages, marked where simulated or unsure, and seeded once."""

from __future__ import annotations

from datetime import date

import pytest

from straume.web.demo import places, services
from straume.web.services.models import LegalResource, Offer, PublicService, YearlyDemand

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded() -> None:
    places.seed(TODAY)
    services.seed(TODAY)


def test_a_second_run_changes_nothing(seeded):
    before = [model.objects.count() for model in (PublicService, Offer, LegalResource, YearlyDemand)]
    services.seed(TODAY)
    assert before == [model.objects.count() for model in (PublicService, Offer, LegalResource, YearlyDemand)]


def test_every_text_stands_in_three_languages(seeded):
    for service in PublicService.objects.all():
        for lang in ("lv", "lt", "en"):
            assert getattr(service, f"name_{lang}")
            assert getattr(service, f"description_{lang}")
        assert len({service.name_lv, service.name_lt, service.name_en}) == 3


def test_debt_recovery_is_offered_in_the_ten_latvian_places(seeded):
    offers = Offer.objects.filter(service__identifier=services.DEBT)
    assert {offer.institution.country for offer in offers} == {"lv"}
    assert offers.count() == 10


def test_felling_trees_joins_both_countries_and_a_reply_is_given_by_the_planning_region_too(seeded):
    felling = Offer.objects.filter(service__identifier=services.FELLING)
    assert {offer.institution.country for offer in felling} == {"lv", "lt"}
    assert Offer.objects.filter(
        service__identifier="reply-to-application", institution__kind="planning_region"
    ).exists()


def test_a_reply_takes_a_month_in_latvia_and_twenty_working_days_in_lithuania(seeded):
    replies = {
        offer.institution.slug: offer.deadline()
        for offer in Offer.objects.filter(service__identifier="reply-to-application")
    }
    assert (replies["livani"].days, replies["livani"].clock) == (30, "calendar")
    assert (replies["utena"].days, replies["utena"].clock) == (20, "working")


def test_all_demand_is_marked_simulated_and_no_law_is_said_to_be_checked(seeded):
    assert not YearlyDemand.objects.filter(is_simulated=False).exists()
    assert not LegalResource.objects.filter(checked_by_lawyer_on__isnull=False).exists()
    assert not LegalResource.objects.filter(in_force_from_on=None).exists()


def test_a_repealed_act_says_until_when_it_held(seeded):
    act = LegalResource.objects.get(title_lt__contains="D1-87")
    assert act.in_force_until_on == date(2021, 11, 11)


def test_every_offer_names_the_unit_that_does_the_work(seeded):
    assert not Offer.objects.filter(unit=None, institution__tier__in=["partner", "involved"]).exists()
