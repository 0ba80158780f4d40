"""Floors under what docs/methods/findings.md reports; the seeds are others than those of the page."""

from __future__ import annotations

import pytest

from straume.lean.assess.recall import measure

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("starts", [True, False])
def test_clear_effects_are_shown_and_clean_logs_are_left_alone(starts):
    rows = measure(seeds=range(500, 503), clean_seeds=range(500, 510), starts=starts)
    for row in rows:
        floor = 1 if not starts and row.code == "bottleneck" else 2
        assert row.shown_clear >= floor, row
    assert sum(row.false_alarms for row in rows) <= 1
    assert sum(row.shown_weak for row in rows) >= 11
