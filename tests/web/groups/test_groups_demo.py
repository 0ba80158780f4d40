"""The demo’s groups and cards: quick, marked as simulated, with a second generation over the border."""

from __future__ import annotations

from datetime import date

import pytest

from straume.web.demo import groups, people, places, programme
from straume.web.groups.models import Adoption, Decision, GroupAction, Meeting, PracticeCard, WorkingGroup

pytestmark = pytest.mark.django_db


def test_groups_and_cards_of_the_demo_say_that_they_are_simulated() -> None:
    for part in (places, programme, people, groups):
        part.seed(date(2026, 11, 23))
    assert set(WorkingGroup.objects.values_list("theme", flat=True)) == {
        "tourism", "culture", "it", "child_rights", "safety",
    }  # fmt: skip
    for group in WorkingGroup.objects.all():
        countries = group.members.values_list("institution__country", flat=True)
        assert abs(list(countries).count("lv") - list(countries).count("lt")) <= 1
        assert Decision.objects.filter(group=group).count() == 2
    for model in (WorkingGroup, Meeting, GroupAction, PracticeCard, Adoption):
        assert not model.objects.filter(is_simulated=False).exists(), model
    assert PracticeCard.objects.count() == 8
    second = Adoption.objects.filter(card__generation=1, institution__country="lt")
    assert second.get().card.institution.country == "lv"
