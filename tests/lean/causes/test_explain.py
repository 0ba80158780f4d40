"""What the causes of waiting add up to: by step, edge, unit and week, a year, a case, cycle efficiency."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from lean.flow.logs import Plain, Row, event_log
from straume.lean.errors import Withheld, WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.flow.causes.explain import Explanation, explain
from straume.lean.flow.causes.split import CAUSES, split

# Hours since Monday midnight; open 8–17 on weekdays. The clerk checks case 1 (ready at 9) from 10 to 12 after
# work on case 2 (ready at 9:30) from 9:30 to 10; the decision on case 1 waits overnight from 12 to 32 (8 next
# morning): 5 h of the working day for others, 15 h closed.
ROWS = [
    Row("1", "Receive", start=8, end=9, unit="Desk", worker="a"),
    Row("1", "Check", start=10, end=12, unit="Planning", worker="b"),
    Row("1", "Decide", start=32, end=33, unit="Board", worker="c"),
    Row("2", "Receive", start=9, end=9.5, unit="Desk", worker="a"),
    Row("2", "Decide", start=9.5, end=10, unit="Planning", worker="b"),
]


def explained(rows: list[Row]) -> Explanation:
    return explain(split(event_log(Plain(tuple(rows)))))


def test_a_small_log_that_can_be_checked_by_hand() -> None:
    found = explained(ROWS)
    hours = {cause: found.causes[cause].seconds / 3600 for cause in CAUSES}
    assert hours == {
        "batching": 0,
        "prioritisation": 0.5,
        "contention": 0,
        "unavailability": 15,
        "extraneous": 5.5,
    }
    assert found.touch_seconds / 3600 == 5
    assert found.efficiency == pytest.approx(5 / 26)
    assert found.causes["unavailability"].efficiency_without == pytest.approx(5 / 11)
    assert found.causes["unavailability"].days_a_case == pytest.approx(15 / 24 / 2)
    assert found.causes["unavailability"].hours_a_year is None  # two days say nothing of a year
    assert found.by_unit["unit"].to_pylist() == ["Board", "Planning", "Desk"]
    edges = {(row["source"], row["target"]): row for row in found.by_edge.to_pylist()}
    assert edges["Check", "Decide"]["unavailability_seconds"] == 15 * 3600
    assert edges["Receive", "Check"]["prioritisation_seconds"] == 1800
    assert str(found.by_week["monday"][0]) == "2018-01-08"


def test_every_grouping_sums_to_the_same_waiting() -> None:
    found = explained(ROWS)
    for table in (found.by_step, found.by_edge, found.by_unit, found.by_week):
        assert pc.sum(table["waiting_seconds"]).as_py() == found.waiting_seconds
        for cause in CAUSES:
            assert pc.sum(table[f"{cause}_seconds"]).as_py() == found.causes[cause].seconds


def test_hours_a_year_come_from_logs_of_four_weeks_and_more() -> None:
    later = [Row("3", "Receive", start=28 * 24 + 8, end=28 * 24 + 9, unit="Desk", worker="a")]
    found = explained(ROWS + later)
    assert found.causes["unavailability"].hours_a_year == pytest.approx(15 * 365.25 / found.span_days)


def test_work_without_a_start_is_left_unexplained() -> None:
    found = explained([*ROWS, Row("2", "Archive", end=12, unit="Desk", worker="a")])
    assert (found.items, found.unknown_items) == (5, 1)
    with pytest.raises(Withheld, match="causes_need_starts"):
        explained([Row("1", "Receive", end=9), Row("1", "Check", end=12)])


def test_a_unit_waits_by_its_own_hours() -> None:
    always = split(event_log(Plain(tuple(ROWS))), calendars={"Board": WorkCalendar.always()})
    assert explain(always).causes["unavailability"].seconds == 0


def test_it_refuses_a_batch_of_one() -> None:
    with pytest.raises(WrongCall, match="min_batch_too_small"):
        split(event_log(Plain(tuple(ROWS))), min_batch=1)


def test_more_waiting_than_a_float_counts_in_microseconds_is_summed() -> None:
    years = [
        Row(str(n), step, start=at, end=at, unit="Desk", worker="a")
        for n in range(30)
        for step, at in (("Receive", 0), ("Answer", 10 * 365 * 24))
    ]
    assert explained(years).waiting_seconds == 30 * 10 * 365 * 86_400
