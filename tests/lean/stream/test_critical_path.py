"""Parallel branches, dead ends, loops and hand-offs of step tables."""

import pytest

from straume.lean.stream.measures import measure
from straume.lean.stream.records import StreamMeasures
from straume.lean.stream.step_table import read_steps


def measured(rows: list[dict[str, object]]) -> StreamMeasures:
    stream = read_steps(rows).stream
    return measure(stream, calendar=stream.calendar)


def row(number: int, wait: str, work: str = "30 min", to: str = "", **more: object) -> dict[str, object]:
    return {"Nr.": number, "Step": f"step {number}", "Touch time": work, "Wait": wait, "Next": to, **more}


def test_of_parallel_branches_the_longest_counts() -> None:
    found = measured([row(1, "0", to="2 + 3"), row(2, "1 d. d."), row(3, "3 d. d."), row(4, "0")])
    assert found.critical_path == ("s1", "s3", "s4")
    assert found.lead_time_minutes == pytest.approx(3 * 480 + 3 * 30)
    assert found.process_minutes == pytest.approx(4 * 30)  # work of the shorter branch is work all the same
    (choice,) = found.parallel
    assert [(branch.steps, branch.minutes, branch.chosen) for branch in choice.branches] == [
        (("s2",), 510.0, False),
        (("s3",), 1470.0, True),
    ]


def test_a_branch_of_two_short_steps_may_be_longer_than_one_long_step() -> None:
    rows = [row(1, "0", to="2 + 4"), row(2, "2 d. d.", to="3"), row(3, "2 d. d.", to="5")]
    found = measured([*rows, row(4, "3 d. d.", to="5"), row(5, "0")])
    assert found.critical_path == ("s1", "s2", "s3", "s5")


def test_a_dead_end_is_never_on_the_path_however_long_it_is() -> None:
    rows = [row(1, "0", to="2 + 3"), row(2, "30 d. d.", to="nowhere"), row(3, "1 d. d."), row(4, "0")]
    found = measured(rows)
    assert found.critical_path == ("s1", "s3", "s4")
    assert [branch.dead_end for branch in found.parallel[0].branches] == [True, False]


def test_inner_branches_are_decided_before_outer_ones() -> None:
    rows = [
        row(1, "0", to="2 + 5"),
        row(2, "1 d. d.", to="3 + 4"),
        row(3, "1 d. d.", to="6"),
        row(4, "4 d. d.", to="6"),
        row(5, "6 d. d.", to="6"),
        row(6, "0"),
    ]
    found = measured(rows)
    assert found.critical_path == ("s1", "s5", "s6")  # 1 + 4 + 60 min < 6 days, though 1 + 1 + 4 + … > 6
    assert found.lead_time_minutes == pytest.approx(6 * 480 + 90)


def test_a_choice_adds_each_way_by_its_share() -> None:
    rows = [row(1, "0", to="2 25 %; 3 75 %"), row(2, "4 d. d.", to="4"), row(3, "0", to="4"), row(4, "0")]
    found = measured(rows)
    assert found.lead_time_minutes == pytest.approx(0.25 * 4 * 480 + 3 * 30)
    assert found.critical_path == ("s1", "s2", "s3", "s4")


def test_a_loop_is_paid_for_as_often_as_it_is_taken() -> None:
    """30 % come back: 1 / 0.7 passes of both steps."""
    found = measured([row(1, "0"), row(2, "1 d. d."), row(3, "0", to="2 30 %; 4"), row(4, "0")])
    assert found.loops == 1
    assert found.process_minutes == pytest.approx(30 * (2 + 2 / 0.7))
    assert found.lead_time_minutes == pytest.approx(60 + (480 + 60) / 0.7)


def test_repeats_of_one_step_are_passes_too() -> None:
    assert measured([row(1, "0"), row(2, "1 d. d.", Repeats="30 %")]).process_minutes == pytest.approx(
        30 + 30 / 0.7
    )


def test_hand_offs_are_counted_where_hands_change() -> None:
    units = ["Front", "Legal", "Legal", "Front"]
    found = measured([row(i, "1 d. d.", Unit=unit) for i, unit in enumerate(units, 1)])
    assert found.handoffs == 2
    assert found.handoffs_per_case == pytest.approx(2)


def test_hand_offs_of_one_case_count_shares_and_rework() -> None:
    """Front → Legal always; a fifth comes back to Front and goes to Legal again: 1 + 0.25 × 2."""
    rows = [row(1, "0", Unit="Front"), row(2, "0", to="1 20 %; end", Unit="Legal")]
    found = measured([{**one, "Wait": "1 d. d."} for one in rows])
    assert found.handoffs == 1
    assert found.handoffs_per_case == pytest.approx(1.25 + 0.25)
