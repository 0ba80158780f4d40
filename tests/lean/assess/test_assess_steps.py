"""A list of steps, as people told it in a room, becomes an assessment: estimates, so nothing is sure."""

from __future__ import annotations

import pytest

from straume.lean.assess import Deadline, assess
from straume.lean.errors import WrongCall
from straume.lean.stream import formulas
from straume.lean.stream.records import UnitCapacity
from straume.lean.stream.step_table import read_steps
from straume.words.findings import evidence

CALENDAR = {"minutes_per_day": 480, "days_per_week": 5}
# the eleven steps of a tax-debt recovery as constructed in docs for the demo
NIN = [
    ("Atlasa parādniekus", "Nodokļi", "30 min", "", "value"),
    ("Saskaņo ar pagastiem", "Pagasti", "15 min", "5 darba dienas", ""),
    ("Sūta atgādinājumu", "Nodokļi", "10 min", "1 darba diena", ""),
    ("Sagatavo brīdinājumu", "Nodokļi", "20 min", "2 darba dienas", ""),
    ("Vīzē jurists", "Juristi", "15 min", "4 darba dienas", ""),
    ("Paraksta vadītājs", "Vadība", "5 min", "3 darba dienas", ""),
    ("Sūta ierakstītā vēstulē", "Lietvedība", "10 min", "1 darba diena", ""),
    ("Lemj dome", "Dome", "10 min", "15 darba dienas", ""),
]


def steps(rows=NIN, *, demand=400.0, units=(), **columns):
    heads = ("step", "unit", "touch", "wait")
    table = [dict(zip(heads, row[:4], strict=True)) for row in rows]
    for role, values in columns.items():
        for row, value in zip(table, values, strict=True):
            row[role] = value
    return read_steps(table, demand_per_year=demand, calendar=CALENDAR, units=units).stream


def by_code(assessment):
    found = {}
    for one in assessment.findings:
        found.setdefault(one.code, []).append(one)
    return found


def test_the_lead_time_is_the_sum_that_one_can_do_by_hand():
    """31 working days of waiting are 31 × 7/5 calendar days; 115 minutes of work add 115/480 × 7/5."""
    made = assess(steps())
    assert made.lead_time.mean_days == pytest.approx(31 * 7 / 5 + 115 / 480 * 7 / 5)
    assert made.work_minutes_per_case.value == pytest.approx(115)
    assert made.measures.required_hours_per_year == pytest.approx(400 * 115 / 60)
    assert sum(part.days for part in made.time_parts) == pytest.approx(made.lead_time.mean_days)


def days_of(made, kind):
    return {part.step: part.days for part in made.time_parts if part.kind == kind}


TOLD = [
    # step, unit, work, waiting → work, nights and weekends around it, waiting [calendar days]
    ("Reģistrē", "Lietvedība", "30 min", "uzreiz", 30 / 1440, 30 / 480 * 7 / 5 - 30 / 1440, 0),
    ("Izskata", "Nodaļa", "2 h", "1 nedēļa", 120 / 1440, 120 / 480 * 7 / 5 - 120 / 1440, 7),
    ("Paraksta", "Vadība", "24 min", "5 darba dienas", 24 / 1440, 24 / 480 * 7 / 5 - 24 / 1440, 7),
    ("Gaida pastu", "Pasts", "", "3 dienas", 0, 0, 3),
]


def test_waiting_comes_back_as_it_was_told_and_closed_hours_around_work_have_their_own_name():
    """An hour of work lies open for 24 · 7 / (8 · 5) = 4.2 hours; a told week is 7 days, told none none."""
    made = assess(steps([row[:4] for row in TOLD]))
    for kind, column in (("not_judged", 4), ("closed", 5), ("waiting", 6)):
        expected = {row[0]: row[column] for row in TOLD if row[column]}
        assert days_of(made, kind) == pytest.approx(expected)
    told = {step.step: (step.waiting_days_mean, step.waiting_working_days_mean) for step in made.steps}
    assert told["Reģistrē"] == (0, 0)
    assert told["Izskata"] == (7, None)
    assert told["Paraksta"] == pytest.approx((7, 5))
    assert sum(part.days for part in made.time_parts) == pytest.approx(made.lead_time.mean_days)
    assert sum(part.share for part in made.time_parts) == pytest.approx(1)


def test_the_ratio_stands_on_working_time_and_the_bar_on_the_calendar():
    """174 min of work of 174 + (7 + 7 + 3) · 5/7 · 480 working minutes; by the calendar of 17.5 days."""
    made = assess(steps([row[:4] for row in TOLD]))
    assert made.measures.clock == "working"
    assert made.measures.lead_time_minutes == pytest.approx(174 + 17 * 5 / 7 * 480)
    assert made.measures.activity_ratio == pytest.approx(174 / (174 + 17 * 5 / 7 * 480))
    work = sum(part.share for part in made.time_parts if part.kind == "not_judged")
    assert work == pytest.approx((174 / 1440) / (17 + 174 / 480 * 7 / 5))


def test_nothing_told_is_more_than_an_estimate():
    made = assess(steps())
    assert made.entrance == "steps"
    assert made.findings and {one.certainty for one in made.findings} == {"low"}
    assert all(one.days_per_case is None or one.days_per_case.low is None for one in made.findings)
    assert (made.promise, made.first_time_right, made.littles_law, made.facts) == (None,) * 4


def test_the_council_before_which_half_the_time_passes_is_asked_about():
    wait = by_code(assess(steps()))["long_wait"][0]
    assert (wait.step, wait.unit) == ("Lemj dome", "Dome")
    assert wait.days_per_case.value == pytest.approx(21)
    assert wait.counts["share_of_lead"] == pytest.approx(21 / (31 * 1.4 + 115 / 480 * 1.4))
    assert wait.hours_per_year == pytest.approx(400 * 10 / 60)
    assert wait.cases_touched == 400


def test_a_month_told_for_half_of_the_cases_is_a_month_for_them_and_half_on_the_mean_case():
    rows = [("Saņem", "Nodokļi", "30 min", ""), ("Nodod", "Nodokļi", "30 min", "4 nedēļas")]
    made = assess(steps(rows, share=("", "50 %")))
    wait = by_code(made)["long_wait"][0]
    assert wait.days_per_case.value == pytest.approx(28)
    assert wait.cases_touched == 200
    assert days_of(made, "waiting") == pytest.approx({"Nodod": 14})
    said = evidence(wait, "en").replace("\xa0", " ")
    assert said.startswith("By the team’s estimate 50% of the cases wait 28 days here; on the mean case")


def test_six_changes_of_unit_are_asked_about_and_two_are_not():
    found = by_code(assess(steps()))["hand_offs"][0]
    assert found.counts["per_case"] == 6
    few = [(name, "Nodokļi" if place < 6 else unit, *rest) for place, (name, unit, *rest) in enumerate(NIN)]
    assert "hand_offs" not in by_code(assess(steps(few)))


def test_a_step_of_which_much_comes_back_costs_its_hours_once_more():
    found = by_code(assess(steps(complete_accurate=["70 %", *["95 %"] * 7])))["low_accuracy"]
    assert [one.step for one in found] == ["Atlasa parādniekus"]
    assert found[0].hours_per_year == pytest.approx(400 * 30 * 0.3 / 60)
    assert found[0].cases_touched == 120


def test_a_committee_every_two_weeks_costs_a_week():
    found = by_code(assess(steps(batch_days=[*[""] * 7, 14])))
    assert [(one.step, one.days_per_case.value) for one in found["batching"]] == [("Lemj dome", 7.0)]
    assert "Lemj dome" not in [one.step for one in found.get("long_wait", [])]


def test_the_same_check_twice_is_asked_about():
    rows = [
        *NIN[:3],
        ("Pārbauda adresi", "Nodokļi", "10 min", ""),
        *NIN[3:5],
        ("Pārbauda  adresi", "Juristi", "10 min", ""),
    ]
    checks = ["jā" if "adresi" in row[0] else "" for row in rows]
    found = by_code(assess(steps(rows, is_check=checks)))["repeated_check"]
    assert [(one.step, one.counts["repeats"]) for one in found] == [("Pārbauda  adresi", 2)]
    assert found[0].hours_per_year == pytest.approx(400 * 10 / 60)


def test_a_unit_with_more_work_than_people_is_a_bottleneck():
    full = UnitCapacity("Nodokļi", staff=0.2)
    busy = by_code(assess(steps(units=(full,))))["bottleneck"]
    assert [one.unit for one in busy] == ["Nodokļi"]
    productive_hours = 0.2 * formulas.PRODUCTIVE_HOURS_PER_YEAR
    assert busy[0].counts["utilisation"] == pytest.approx(400 * 60 / 60 / productive_hours)
    assert "bottleneck" not in by_code(assess(steps(demand=200.0, units=(full,))))


def test_a_step_without_law_and_without_value_is_asked_about_and_an_empty_column_is_not():
    assert "no_legal_basis" not in by_code(assess(steps()))
    judged = {"Vīzē jurists": "waste", "Atlasa parādniekus": "value"}
    assert [one.step for one in by_code(assess(steps(), judged=judged))["no_legal_basis"]] == ["Vīzē jurists"]
    basis = ["Likums par nekustamā īpašuma nodokli 9. p.", *[""] * 7]
    asked = [one.step for one in by_code(assess(steps(legal_basis=basis)))["no_legal_basis"]]
    assert len(asked) == 7 and "Atlasa parādniekus" not in asked


def test_what_only_a_log_can_show_is_withheld():
    reasons = {one.code: one.reason for one in assess(steps()).withheld}
    assert reasons["rework_trigger"] == reasons["check_changes_nothing"] == "steps_only"
    assert reasons["repeated_check"] == "no_check_step"
    assert reasons["low_accuracy"] == "no_accuracy"
    assert reasons["bottleneck"] == "no_capacity"


def test_without_waits_and_demand_it_still_stands():
    rows = [(name, unit, touch, "") for name, unit, touch, *_ in NIN]
    made = assess(steps(rows, demand=None), deadline=Deadline(30))
    assert made.lead_time is None
    assert all(one.hours_per_year is None for one in made.findings)
    assert {one.reason for one in made.withheld} >= {"no_wait"}


def test_a_step_that_is_not_in_the_list_is_refused():
    with pytest.raises(WrongCall) as refused:
        assess(steps(), checks=("Nav",))
    assert refused.value.code == "unknown_step"


def test_a_case_that_comes_back_twice_is_one_case_and_goes_the_whole_way_round_again():
    """30 of 100 go back, 9 of them twice …: 0.3 + 0.09 + … = 3/7 passes, but 30 % of the cases; each one
    goes round 1 / 0.7 times: 2 working days of waiting and 1 h of work, at 7/5 calendar days each.
    """
    rows = [("Receives", "Desk", "30 min", ""), ("Checks", "Law", "30 min", "2 working days")]
    rows += [("Decides", "Board", "30 min", "20 working days")]
    made = assess(steps(rows, goes_to=("2", "3 70%; 1 30%", "end")))
    (loop,) = by_code(made)["rework_loop"]
    assert (loop.step, loop.counts["sent_back_from"]) == ("Receives", "Checks")
    assert loop.counts["share"] == pytest.approx(0.3)
    assert loop.days_per_case.value == pytest.approx((2 + 60 / 480) * 7 / 5 / 0.7)
    assert loop.hours_per_year == pytest.approx(400 * 3 / 7 * 1.0)
