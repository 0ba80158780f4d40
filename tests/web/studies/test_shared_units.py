"""What if a unit of ours and one of another municipality worked as one: published figures, both places."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from straume.web.services.models import Offer
from straume.web.studies.actions import maps, runs, studies
from straume.web.studies.models import Publication, Scenario, Study

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "10 min"},
    {"step": "Izskata", "lane": "Juristi", "touch": "3–6 h"},
]


@pytest.fixture
def url(study, alice) -> str:
    mapped = maps.begin_map(
        study=study, name="Karte", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS, demand=300
    )
    return f"{mapped.get_absolute_url()}scenarios/pool/"


@pytest.fixture
def published(offer, utena, charlie) -> Publication:
    """The same service of Utena, which every municipality may see."""
    theirs = Offer.objects.create(service=offer.service, institution=utena)
    study = Study.objects.create(offer=theirs, owner=charlie, entrance="steps", created_at=NOW)
    run = runs.save_steps(study=study, rows=ROWS, demand_per_year=300, key=uuid.uuid4(), by=charlie, now=NOW)
    return studies.publish(study=study, run=run, by=charlie, now=NOW)


def said(published: Publication, **more: str) -> dict[str, str]:
    units = {"our_unit": "Juristi", "our_posts": "1", "their_unit": "Juristi", "their_posts": "1"}
    return {"partner": str(published.pk), **units, "key": str(uuid.uuid4()), **more}


def test_both_places_wait_less_with_one_unit_between_them(url, published, as_person, alice, monkeypatch):
    monkeypatch.setattr("straume.web.studies.pool_analysis.POOL_REPLICATIONS", 6)
    client = as_person(alice)
    page = client.get(url)
    assert page.context["form"].initial["their_unit"] == "Lietvedība"  # called the same in both
    asked = said(published)
    shown = client.post(url, asked, headers={"Accept-Language": "en"})
    found = shown.context["found"]
    assert len(found.places) == 2
    for place in found.places:
        assert "With one unit for both the usual case takes" in place.sentence and "less" in place.sentence
    client.post(url, {**asked, "save": ""})
    client.post(url, {**asked, "save": ""})
    kept = Scenario.objects.get()
    assert kept.partner == published and kept.pooling["their_posts"] == 1.0
    again = client.get(kept.get_absolute_url(), follow=True)
    assert len(again.context["found"].places) == 2
    refused = client.post(url, said(published, our_posts="0"))
    assert refused.context["form"].errors["our_posts"]


def test_only_what_is_published_can_be_used(url, published, as_person, alice, bob, charlie):
    assert as_person(charlie).get(url).status_code == 404
    assert as_person(bob).post(url, {**said(published), "save": ""}).status_code == 403
    studies.withdraw(study=published.study, now=NOW)
    page = as_person(alice).post(url, said(published))
    assert "found" not in page.context and page.context["partner"] is None
    assert not Scenario.objects.exists()
