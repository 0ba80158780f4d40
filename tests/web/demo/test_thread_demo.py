"""The demo's thread: from needs over visits and studies to cards adopted abroad, in order of time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.demo import activities, groups, needs, people, places, programme, services, surveys, thread
from straume.web.demo.people import email_of
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.places.thread import walk
from straume.web.services.models import Offer
from straume.web.studies.models import KaizenAction, Study

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded(db) -> None:
    """The parts that lie on the thread; studies without their logs, which take long."""
    for part in (places, programme, people, services, surveys, needs, activities, groups):
        part.seed(TODAY)
    for slug in ("utena", "livani"):
        offer = Offer.objects.get(service__identifier=services.FELLING, institution__slug=slug)
        Study.objects.create(
            offer=offer,
            owner=User.objects.get(email=email_of("facilitator")),
            entrance="steps",
            created_at=timezone.now(),
            is_simulated=True,
        )
    thread.seed(TODAY)


def test_the_thread_of_the_demo_holds(seeded) -> None:
    """One seeding for all: it is what takes long."""
    at_least_three_needs_reach_a_practice_adopted_abroad()
    a_card_stands_on_the_study_of_its_place_and_leads_back_to_the_need()
    what_was_agreed_lies_between_the_study_and_its_card()
    what_comes_later_is_dated_later()


def at_least_three_needs_reach_a_practice_adopted_abroad() -> None:
    coordinator = User.objects.get(email=email_of("coordinator"))
    abroad = set()
    for need in Need.objects.all():
        walked = walk("need", need.pk, person=coordinator, today=TODAY)
        assert walked is not None
        met = {stage.strand.code: [knot.pk for knot in stage.knots] for stage in walked.after}
        taken = Adoption.objects.filter(pk__in=met.get("adoption", []), state="adopted")
        if any(one.institution.country != one.card.institution.country for one in taken):
            abroad.add(need.pk)
    assert len(abroad) >= 3


def a_card_stands_on_the_study_of_its_place_and_leads_back_to_the_need() -> None:
    coordinator = User.objects.get(email=email_of("coordinator"))
    for slug in ("utena", "livani"):
        card = PracticeCard.objects.get(
            institution=Institution.objects.get(slug=slug), title_lv__startswith=thread.ON_FELLING
        )
        assert [one.study.institution.slug for one in card.evidence.all()] == [slug]
        walked = walk("card", card.pk, person=coordinator, today=TODAY)
        assert walked is not None
        before = {stage.strand.code: len(stage.knots) for stage in walked.before}
        assert before["need"], card
        assert before["study"], card


def what_was_agreed_lies_between_the_study_and_its_card() -> None:
    action = KaizenAction.objects.get()
    card = PracticeCard.objects.get(evidence__study=action.map.study)
    assert action.map.study.created_at < action.agreed_at
    assert action.agreed_at.date() < action.done.on < card.made_at.date()
    facilitator = User.objects.get(email=email_of("facilitator"))
    assert action.map.is_simulated
    onward = walk("study", action.map.study_id, person=facilitator, today=TODAY)
    assert onward is not None
    assert [len(stage.knots) for stage in onward.after if stage.strand.code == "action"] == [1]


def what_comes_later_is_dated_later() -> None:
    for card in PracticeCard.objects.all():
        written = card.made_at.date()
        if card.activity:
            assert card.activity.until_on <= written <= card.activity.until_on + timedelta(7), card
        for evidence in card.evidence.all():
            assert evidence.study.created_at <= card.made_at, card
        if card.came_from:
            assert card.came_from.began_on <= written, card
        for adoption in card.adoptions.all():
            assert written < adoption.began_on, adoption
