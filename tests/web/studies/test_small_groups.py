"""Fewer than five cases are shown nowhere: in no table, picture, file or A3, and not by subtraction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from straume.lean.assess.assessing import assess
from straume.lean.assess.planted import PlantedStep, PlantedUnit, Process, as_log, generate
from straume.lean.assess.records import Assessment, WeekFigures
from straume.web.reports import pictures
from straume.web.studies import figures
from straume.web.studies.figures import FEW, Way, protected
from straume.web.studies.periods import periods_table, shown_periods
from straume.web.studies.table_files import as_csv, headings, safe
from straume.words import periods as period_words

RARE = "Sūta Jānim"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """Sixty cases; three of them take a rare step."""
    steps = (
        PlantedStep("Reģistrē", unit="Lietvedība"),
        PlantedStep(RARE, unit="Vadība", delay_days=(3, 4, 5), share=0.05),
        PlantedStep("Paraksta", unit="Vadība", delay_days=(2, 3, 5)),
    )
    process = Process(steps=steps, units=(PlantedUnit("Lietvedība"), PlantedUnit("Vadība")))
    table = generate(process, cases=60, first_on="2018-01-08", last_on="2018-06-29", seed=3)
    made = assess(as_log(table, process))
    rare = next(step for step in made.steps if step.step == RARE)
    assert 0 < rare.cases < 5, "the fixture needs a rare step"
    return made


def test_a_step_of_fewer_than_five_cases_has_a_name_and_no_figure(assessment):
    row = next(row for row in figures.steps_table(assessment, "en").rows if row[0] == RARE)
    assert set(row[3:]) == {FEW}


def test_no_route_out_of_a_step_can_be_had_by_subtraction(assessment):
    rows = figures.edges_table(assessment).rows
    hidden = [row for row in rows if FEW in row]
    assert {RARE} <= {end for row in hidden for end in row[:2]}
    for source in {row[0] for row in rows}:
        out = [row for row in rows if row[0] == source]
        assert sum(FEW in row for row in out) != 1 or len(out) == 1


def test_periods_with_one_to_four_cases_are_hidden_in_table_and_picture_and_are_not_nought(small_weeks):
    by_week = {week.week: week for week in small_weeks.weeks}
    rows = {row[0]: row for row in periods_table(small_weeks, "en").rows}
    small = [name for name, week in by_week.items() if 0 < week.arrived < 5]
    assert small
    assert all(rows[name][1] == FEW for name in small)
    drawn = {week.name: week for week in shown_periods(small_weeks).rows}
    assert all(drawn[name].arrived is None for name in small)
    for name, week in drawn.items():
        for what in ("arrived", "ended", "in_progress"):
            count = getattr(week, what)
            assert count is None or count == getattr(by_week[name], what)
            assert count is None or not 0 < count < 5
    assert protected(small_weeks).weeks == ()


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_the_words_of_the_weeks_call_no_sum_of_visible_weeks_the_whole(small_weeks, lang):
    weeks = shown_periods(small_weeks).rows
    seen = sum(week.arrived or 0 for week in weeks)
    hidden = sum(week.arrived is None for week in weeks)
    assert seen < sum(week.arrived for week in small_weeks.weeks) and hidden
    told = period_words.told(weeks, lang)
    assert {"lv": "vismaz", "lt": "bent", "en": "at least"}[lang] in told
    assert f" {seen};" in told and f" {hidden}," in told


def test_the_picture_of_the_weeks_has_a_stub_for_each_hidden_number(small_weeks):
    weeks = shown_periods(small_weeks).rows
    hidden = sum([week.arrived, week.ended, week.in_progress].count(None) for week in weeks)
    svg = pictures.arrivals_chart(weeks, unit="week", lang="lv", ink=pictures.page("w"))
    assert svg.count('stroke-dasharray="2,2"') == hidden


@pytest.fixture
def small_weeks(assessment) -> Assessment:
    """Ten weeks, of which two are small: few enough to stay weeks."""
    arrived = (9, 8, 3, 7, 6, 11, 9, 4, 7, 10)
    ended = (6, 7, 8, 7, 6, 9, 9, 8, 7, 6)
    running, weeks = 0, []
    for number, (came, went) in enumerate(zip(arrived, ended, strict=True), 2):
        running += came - went
        weeks.append(WeekFigures(f"2018-W{number:02}", came, went, running + 12))
    return replace(assessment, weeks=tuple(weeks))


def test_the_bar_stays_whole_without_naming_the_rare_step(assessment):
    shown = protected(assessment)
    assert sum(part.days for part in shown.time_parts) == pytest.approx(
        sum(part.days for part in assessment.time_parts)
    )
    assert RARE not in {part.step for part in shown.time_parts}


def test_the_map_has_the_rare_step_without_its_times(assessment):
    steps = {step.name: step for step in protected(assessment).stream.steps}
    if RARE in steps:
        assert (steps[RARE].touch, steps[RARE].wait, steps[RARE].between) == (None, None, None)


def test_a_question_that_touches_too_few_cases_is_not_asked(assessment):
    finding = assessment.findings[0]
    few = replace(assessment, findings=(replace(finding, cases_touched=4), finding))
    assert protected(few).findings == (finding,)


def test_rare_ways_are_one_row_and_their_number_is_hidden_where_it_is_small():
    ways = [Way(("a", "b"), 40), Way(("a", "c"), 7), Way(("a", "d"), 2)]
    rows = figures.ways_table(ways).rows
    assert [row[1] for row in rows] == [40, 9]  # the rarest known way joined them: 9 in two ways
    rows = figures.ways_table([Way(("a", "b"), 40), Way(("c",), 3), Way(("d",), 4)]).rows
    assert [row[1] for row in rows] == [40, 7]
    assert [row[1] for row in figures.ways_table([Way(("a",), 3)]).rows] == [FEW]


def test_a_file_says_fewer_than_five_too(assessment):
    text = as_csv(figures.steps_table(assessment, "en"), lang="en").decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith(RARE))
    assert line.count("fewer than five") == 7
    assert not any(ch.isdigit() for ch in line)


def test_latvian_files_have_semicolons_and_decimal_commas(assessment):
    table = figures.time_table(assessment)
    lines = as_csv(table, lang="lv").decode("utf-8-sig").splitlines()
    assert all(line.count(";") == len(table.columns) - 1 for line in lines)
    assert any("," in cell for cell in lines[1].split(";")[2:])
    assert "[" in headings(table)[2]


@pytest.mark.parametrize("name", ["=1+1", "+A1", "@SUM(A1)", "-2+3", "\tx"])
def test_a_step_called_like_a_formula_is_text_in_a_file(name):
    assert safe(name) == f"'{name}"


def test_steps_that_people_told_have_no_cases_and_nothing_hidden(assessment):
    told = replace(assessment, entrance="steps")
    assert protected(told) is told
    assert not any(FEW in row for row in figures.steps_table(told, "en").rows)
