"""A stop of the clock that nearly every case has is no return to the citizen, and the figure says so."""

from __future__ import annotations

import pytest

from lean.flow.logs import Case, Plain, Row, event_log
from straume.lean.assess import assess
from straume.lean.assess.records import Assessment
from straume.web.studies.assessment_page import measures
from straume.words.a3 import figures
from straume.words.assessment import label
from straume.words.assessment_figures import figure_rows


def assessed(*, stopped: int) -> Assessment:
    """Ten cases of one step, so many of which stop the clock; one does the step again."""
    rows = [
        Row(f"{n}", "decide", 24 * n + hour, start=24 * n + hour - 1) for n in range(10) for hour in (10,)
    ]
    rows.append(Row("9", "decide", 24 * 9 + 12, start=24 * 9 + 11))
    cases = {f"{n}": Case(24 * n + 8, stops=((24 * n + 8.5, 24 * n + 9),)) for n in range(stopped)}
    return assess(event_log(Plain(tuple(rows), cases)))


def note(made: Assessment, lang: str) -> str:
    return next(row[2] for row in figure_rows(made, lang) if row[0] == label("first_time_right", lang))


def test_a_log_whose_every_case_stops_its_clock_does_not_show_nought():
    made = assessed(stopped=10)
    assert (made.first_time_right.value, made.stops_are_routine) == (0.9, True)
    assert len({note(made, lang).rpartition("; ")[2] for lang in ("en", "lv", "lt")}) == 3
    assert note(made, "en").endswith("stops of the clock not counted: nearly every case has one")


@pytest.mark.parametrize("lang", ["en", "lv", "lt"])
def test_the_page_and_the_sheet_say_it_too(lang):
    made = assessed(stopped=10)
    left_out = note(made, lang).rpartition("; ")[2]
    assert left_out in dict(measures(made, lang))[label("first_time_right", lang)]
    assert left_out in next(
        each["note"] for each in figures(made, lang) if each["label"] == label("first_time_right", lang)
    )


def test_stops_of_some_cases_stay_returns_to_the_citizen():
    made = assessed(stopped=4)
    assert made.first_time_right.value == pytest.approx(0.5)
    assert "stops" not in note(made, "en")


def test_an_assessment_of_before_knows_of_no_routine():
    data = assessed(stopped=10).to_dict()
    del data["stops_are_routine"]
    assert Assessment.from_dict(data).stops_are_routine is False
