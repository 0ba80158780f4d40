"""Where working time and calendar time meet, sheet, terminal and page say which is which, and the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from straume.lean.assess import assess
from straume.lean.stream.step_table import read_steps
from straume.words import a3, clocks
from straume.words.assessment import label
from straume.words.assessment_figures import figure_rows

CALENDAR = {"minutes_per_day": 480, "days_per_week": 5}
ROWS = [
    {"number": "1", "step": "Receives", "unit": "Desk", "touch": "30 min", "wait": "", "goes_to": "2 + 3"},
    {"number": "2", "step": "Asks", "unit": "Law", "touch": "40 min", "wait": "1 week", "goes_to": "4"},
    {"number": "3", "step": "Measures", "unit": "Field", "touch": "1 h", "wait": "2 days", "goes_to": "4"},
    {"number": "4", "step": "Decides", "unit": "Board", "touch": "20 min", "wait": "5 working days"},
]


@pytest.fixture(scope="module")
def told():
    return assess(read_steps(ROWS, calendar=CALENDAR).stream)


def test_sheet_and_terminal_name_the_clock_of_the_ratio_and_say_the_same(told):
    """90 min of 90 + 7 · 5/7 · 480 + 5 · 480 = 4,890 working minutes."""
    assert told.measures.activity_ratio == pytest.approx(90 / 4890)
    note = "of the working time, without nights and weekends"
    on_sheet = {one["label"]: one for one in a3.figures(told, "en")}[label("activity_ratio", "en")]
    in_terminal = {name: (value, said) for name, value, said in figure_rows(told, "en")}
    assert (on_sheet["value"], on_sheet["note"]) == ("1.8%", note)
    assert in_terminal[label("activity_ratio", "en")] == ("1.8%", note)


def test_the_work_beside_the_longest_way_is_explained(told):
    """An hour runs beside it: 2 h 30 min of work, 1 h 30 min on the longest way."""
    on_sheet = {one["label"]: one for one in a3.figures(told, "en")}[label("work", "en")]
    assert on_sheet["value"].replace("\xa0", " ") == "2 h 30 min"
    assert on_sheet["note"].replace("\xa0", " ") == "of it 1 h 30 min on the longest way"
    assert "1\xa0h\xa030\xa0min" in clocks.longest_way(told, "en")
    notes = {name: note for name, _, note in figure_rows(told, "en")}
    assert notes[label("work", "en")].startswith("of it 1")


def test_both_shares_stand_in_one_sentence(told):
    """The bar: 90 min of 90 · 4.2 min + 7 + 7 days."""
    share = 90 / (90 * 4.2 + 14 * 1440)
    said = clocks.two_clocks(told, "en").replace("\xa0", " ")
    assert "81 h 30 min of working time pass, and 1 h 30 min of it is work: 1.8%" in said
    assert said.endswith(f"there work is {share * 100:.1f}%.")


def test_nights_and_weekends_around_work_are_told_with_the_working_week(told):
    said = clocks.around_work(told, "en").replace("\xa0", " ")
    assert "40 of the 168 hours" in said and "4 h 12 min" in said and "5 working days to a week" in said


def test_waiting_comes_back_in_the_unit_in_which_it_was_told(told):
    said = {step.name: clocks.wait_told(step, told, "en").replace("\xa0", " ") for step in told.stream.steps}
    assert said == {"Receives": "", "Asks": "7 days", "Measures": "2 days", "Decides": "5 working days"}


def test_on_one_clock_there_is_nothing_to_explain(told):
    around_the_clock = replace(told, measures=replace(told.measures, clock="calendar"))
    assert clocks.ratio_note(around_the_clock, "lv") == clocks.two_clocks(around_the_clock, "lv") == ""


@pytest.mark.parametrize("lang", ["lv", "lt"])
def test_every_sentence_is_there_in_the_other_languages(told, lang):
    of_ratio, of_way = (clocks.ratio_note, clocks.two_clocks), (clocks.longest_way, clocks.path_note)
    for tell in (*of_ratio, *of_way, clocks.around_work):
        assert tell(told, lang) and tell(told, lang) != tell(told, "en")
