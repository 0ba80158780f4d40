"""A practice card shows what its assessment published, as long as that stands."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from straume.web.groups.models import PracticeCard
from straume.web.studies.actions import runs
from straume.web.studies.actions.studies import publish, withdraw
from straume.web.studies.models import CardEvidence, Study

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)


def test_only_what_the_assessment_published_stands_on_the_card(offer, alice, as_person) -> None:
    study = Study.objects.create(offer=offer, owner=alice, entrance="steps", created_at=NOW)
    rows = [{"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "2 nedēļas"}]
    runs.save_steps(study=study, rows=rows, demand_per_year=100, key=uuid.uuid4(), by=alice, now=NOW)
    run = study.standing_run()
    card = PracticeCard.objects.create(
        title_lv="Bez vīzas", institution=offer.institution, contact_post="Vadītājs", made_at=NOW
    )
    client, address = as_person(alice), reverse("studies:card_evidence", args=[card.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"studies": [study.pk]})
    assert CardEvidence.objects.get().study == study
    page = client.get(card.get_absolute_url()).content.decode()
    assert "It has published no figures." in page
    publish(study=study, run=run, by=alice, now=NOW)
    page = client.get(card.get_absolute_url()).content.decode()
    assert run.get_absolute_url() in page
    assert "It has published no figures." not in page
    withdraw(study=study, now=NOW)
    assert run.get_absolute_url() not in client.get(card.get_absolute_url()).content.decode()
    client.post(address, {})
    assert not CardEvidence.objects.exists()
