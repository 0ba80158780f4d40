"""The demo's needs come out of its simulated answers."""

from __future__ import annotations

from datetime import date

import pytest

from straume.web.demo import needs, people, places, surveys
from straume.web.needs.models import Need

TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded(db) -> None:
    for part in (places, people, surveys, needs):
        part.seed(TODAY)


def test_needs_of_both_kinds_are_made_from_the_answers_and_marked_as_simulated(seeded):
    every = list(Need.objects.prefetch_related("evidence", "changes"))
    assert {need.kind for need in every} == {"problem", "training"}
    assert all(need.is_simulated for need in every)
    for need in every:
        for lang in ("lv", "lt", "en"):
            assert getattr(need, f"title_{lang}") and getattr(need, f"whom_{lang}")
        before = need.evidence.get(wave__follows=None)
        assert before.answers >= 5 and before.figure["low"] > 0
        assert need.changes.count() >= 2
    assert {"addressed", "met", "dropped"} <= {need.status for need in every}
    for word in ("lean", "together", "lead"):  # what the demo's activities answer
        assert any(word in need.title_en.lower() for need in every), word
