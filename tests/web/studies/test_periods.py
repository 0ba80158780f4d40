"""Weeks that are too many or too small become months or quarters, and one of them alone is shown."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from straume.lean.assess.records import WeekFigures
from straume.web.studies.figures import FEW
from straume.web.studies.periods import MOST_PERIODS, periods_table, shown_periods
from straume.words import periods as words


def of_weeks(counts, *, first=date(2017, 1, 2)):
    """An assessment of which nothing is asked but its weeks: as many arrive as end, two run on."""
    names = [date.fromordinal(first.toordinal() + 7 * at).isocalendar() for at in range(len(counts))]
    weeks = [
        WeekFigures(f"{year}-W{week:02}", count, count, 12)
        for (year, week, _), count in zip(names, counts, strict=True)
    ]
    return SimpleNamespace(weeks=tuple(weeks))


def test_few_full_weeks_stay_weeks():
    found = shown_periods(of_weeks([7] * 52))
    assert (found.unit, len(found.rows), found.hides) == ("week", 52, False)
    assert [row.name for row in found.rows[:2]] == ["2017-W01", "2017-W02"]


def test_weeks_that_are_too_many_become_months_and_keep_every_case():
    found = shown_periods(of_weeks([7] * (MOST_PERIODS + 1)))
    assert found.unit == "month"
    assert sum(row.arrived for row in found.rows) == 7 * (MOST_PERIODS + 1)


def test_a_week_lies_in_the_month_of_its_thursday():
    """2017-W05 is 30 January to 5 February: its Thursday is 2 February. 2018-W01 begins on 1 January 2018."""
    found = shown_periods(of_weeks([6] * 104))
    by_name = {row.name: row for row in found.rows}
    assert by_name["2017-01"].arrived == 4 * 6  # W01 to W04
    assert by_name["2017-02"].from_on == date(2017, 1, 30)
    assert by_name["2018-01"].from_on == date(2018, 1, 1)


def test_weeks_that_are_too_small_become_months():
    found = shown_periods(of_weeks([2] * 52))  # 8 or 10 a month
    assert (found.unit, found.hides) == ("month", False)


def test_months_that_are_too_small_become_quarters():
    found = shown_periods(of_weeks([1, 0, 0, 0] * 13 + [0] * 52 + [1, 0, 0, 0] * 13))
    assert found.unit == "quarter"
    assert found.rows[0].name == "2017-Q1"


def test_where_one_quarter_alone_is_there_months_stay():
    assert shown_periods(of_weeks([1] * 10)).unit == "month"


def test_no_small_number_is_shown_and_none_can_be_had_by_subtraction():
    """March 2017 has two cases: a second month is hidden with it."""
    found = shown_periods(of_weeks([9] * 8 + [1, 0, 0, 1, 0] + [9] * 91))
    hidden = [row for row in found.rows if row.arrived is None]
    assert found.unit == "month" and len(hidden) >= 2
    assert all(row.arrived is None or row.arrived >= 5 for row in found.rows)


@pytest.mark.parametrize(("counts", "heading"), [([7] * 20, "Week"), ([7] * 100, "Month")])
def test_table_and_words_name_the_period(counts, heading):
    table = periods_table(of_weeks(counts), "en")
    assert str(table.columns[0].label) == heading
    assert str(table.title) == f"{heading} by {heading.lower()}"
    assert table.key == "weeks" and FEW not in table.rows[0]


@pytest.mark.parametrize("lang", ["lv", "lt"])
@pytest.mark.parametrize("unit", ["week", "month", "quarter"])
def test_every_word_is_there_in_the_other_languages(unit, lang):
    for say in (words.heading, words.explained):
        assert say(unit, lang) != say(unit, "en")
    assert set(words.axis(unit, lang).values()).isdisjoint(words.axis(unit, "en").values())


def test_what_a_month_is_stands_where_it_is_computed():
    assert "Thursday" in words.explained("month", "en")
    assert "Thursday" not in words.explained("week", "en")
