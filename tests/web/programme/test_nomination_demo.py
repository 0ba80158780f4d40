"""The demo's coming activities have rules, a quota with a place left, and a line; its counts are true."""

from __future__ import annotations

from datetime import date

import pytest
from tests.web.programme.nominating import counts_are_true

from straume.web.demo import activities, participants, people, places, programme
from straume.web.programme.models import Activity, Registration

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_the_scarce_training_has_a_line_and_a_place_of_a_quota_left():
    for part in (places, programme, people, activities, participants):
        part.seed(TODAY)
    scarce = Activity.objects.get(title_en="A3 in practice")
    assert (scarce.places, scarce.taken, scarce.held) == (12, 11, 1)
    assert scarce.registrations.filter(status="waiting").count() == 3
    for activity in Activity.objects.filter(place_rule__isnull=False).select_related("place_rule"):
        counts_are_true(activity)
    assert not Registration.objects.filter(is_simulated=False).exists()
