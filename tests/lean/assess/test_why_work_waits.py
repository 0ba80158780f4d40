"""Causes of waiting in an assessment: told where the log allows, withheld with the reason where not."""

from __future__ import annotations

import pytest

from lean.flow.logs import Plain, Row, event_log
from straume.lean.assess import assess
from straume.lean.assess.records import Assessment, WaitingCauses, WaitingOf
from straume.lean.events.log import EventLog
from straume.lean.flow.causes.split import CAUSES

# Hours since a Monday's midnight, open 8–17 on weekdays; the clerk b decides case 2 from 9:30 to 10 though
# case 1 was ready for the check at 9; the board has its hour on the next morning.
CASES = [
    Row("1", "Receive", start=8, end=9, unit="Desk", worker="a"),
    Row("1", "Check", start=10, end=12, unit="Planning", worker="b"),
    Row("1", "Decide", start=32, end=33, unit="Board", worker="c"),
    Row("2", "Receive", start=9, end=9.5, unit="Desk", worker="a"),
    Row("2", "Decide", start=9.5, end=10, unit="Planning", worker="b"),
]


def log(rows: list[Row]) -> EventLog:
    return event_log(Plain(tuple(rows)))


@pytest.fixture(scope="module")
def assessed() -> Assessment:
    return assess(log(CASES))


@pytest.fixture(scope="module")
def waiting(assessed: Assessment) -> WaitingCauses:
    assert assessed.waiting is not None
    return assessed.waiting


def test_each_cause_has_its_hours_its_share_and_the_efficiency_without_it(waiting: WaitingCauses) -> None:
    told = {one.cause: one for one in waiting.causes}
    assert {name: one.hours for name, one in told.items()} == {
        "batching": 0,
        "prioritisation": 0.5,
        "contention": 0,
        "unavailability": 15,
        "extraneous": 5.5,
    }
    assert waiting.efficiency == pytest.approx(5 / 26)
    assert told["unavailability"].share == pytest.approx(15 / 21)
    assert told["unavailability"].days_per_case == pytest.approx(15 / 24 / 2)
    assert told["unavailability"].efficiency_without == pytest.approx(5 / 11)
    assert waiting.years is None and told["extraneous"].hours_per_year is None


def test_steps_hand_ons_units_and_weeks_each_sum_to_the_whole(waiting: WaitingCauses) -> None:
    for groups in (waiting.steps, waiting.edges, waiting.units, waiting.weeks):
        assert sum(one.waiting_hours for one in groups) == pytest.approx(waiting.waiting_hours)
        for cause in waiting.causes:
            assert sum(one.hours[cause.cause] for one in groups) == pytest.approx(cause.hours)
    assert [one.unit for one in waiting.units] == ["Board", "Planning", "Desk"]
    assert (waiting.edges[0].source, waiting.edges[0].step) == ("Check", "Decide")
    assert [one.week for one in waiting.weeks] == ["2018-W02"]


def test_no_group_is_smaller_than_a_unit(waiting: WaitingCauses) -> None:
    assert "worker" not in WaitingOf.__dataclass_fields__
    assert set(waiting.units[0].hours) == set(CAUSES)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([Row("1", "Receive", end=9), Row("1", "Check", end=12)], "no_start"),
        ([*CASES[:1], Row("1", "Check", end=12), Row("1", "Decide", end=13)], "few_starts"),
    ],
)
def test_a_log_without_starts_says_why_it_tells_no_causes(rows: list[Row], reason: str) -> None:
    found = assess(log(rows))
    assert (found.waiting, found.waiting_reason) == (None, reason)


def test_they_are_kept_with_the_assessment(assessed: Assessment) -> None:
    kept = assessed.to_dict()
    assert Assessment.from_dict(kept).waiting == assessed.waiting
    before = {name: value for name, value in kept.items() if not name.startswith("waiting")}
    assert Assessment.from_dict(before).waiting is None  # an assessment made before causes were told
