"""The demo's evaluation and coaching: the facts of the record, and everything else marked as simulated."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Max, Min, Sum
from django.urls import reverse

from straume.web.accounts.models import User
from straume.web.demo import activities, coaching, evaluations, people, places, programme
from straume.web.demo.people import email_of
from straume.web.programme.models import (
    Activity,
    CoachingEntitlement,
    CoachingSession,
    Project,
    Quiz,
    ReactionRound,
    TryCard,
    UseRound,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded():
    for part in (places, programme, people, activities, evaluations, coaching):
        part.seed(TODAY)


def test_it_holds_the_hours_of_the_record_and_says_what_is_simulated(seeded, as_person) -> None:
    hours = CoachingEntitlement.objects.aggregate(minutes=Sum("minutes"))["minutes"] / 60
    assert (hours, hours / 8) == (560, 70)
    assert CoachingEntitlement.objects.filter(institution__country="lv").count() == 10
    days = CoachingSession.objects.filter(is_erased=True).aggregate(first=Min("on"), last=Max("on"))
    assert days == {"first": date(2018, 6, 8), "last": date(2019, 3, 29)}
    for model in (CoachingEntitlement, CoachingSession, ReactionRound, Quiz, UseRound, TryCard):
        assert model.objects.exists()
        assert not model.objects.filter(is_simulated=False).exists()
    client = as_person(User.objects.get(email=email_of("coordinator")))
    page = client.get("/programme/evaluation/").content.decode()
    assert "Simulated, not real data" in page
    assert "560 h (70 d)" in client.get("/programme/coaching/").content.decode()
    for activity in Activity.objects.all():
        assert client.get(reverse("programme:activity_evaluation", args=[activity.pk])).status_code == 200


def test_where_there_is_no_activity_nothing_breaks(db) -> None:
    for part in (places, programme, people):
        part.seed(TODAY)
    evaluations.seed(TODAY)
    coaching.seed(TODAY)
    assert Project.objects.count() == 1
