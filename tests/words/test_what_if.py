"""The sentence of a scenario, and the picture beside it: in three languages, with intervals."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

import pytest

from straume.web.reports.pictures.front_chart import Dot, front_chart
from straume.web.reports.pictures.ink import page
from straume.web.reports.pictures.scenario_bars import Bar, Mark, scenario_bars
from straume.words import what_if


@dataclass(frozen=True)
class Interval:
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Told:
    code: str
    params: dict[str, str]


OUT = Told("take_out", {"step": "Paraksta"})
SIX = Interval(-6.0, -7.0, -5.0)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Without “Paraksta” the usual case takes 6 days less (5 to 7)."),
        ("lv", "Bez „Paraksta” parastā lieta ilgst par 6 dienām mazāk (no 5 līdz 7)."),
        ("lt", "Be „Paraksta“ įprastas atvejis trunka 6 dienomis trumpiau (nuo 5 iki 7)."),
    ],
)
def test_a_step_taken_out_is_told_with_its_days_and_interval(lang, said):
    assert what_if.sentence([OUT], "", SIX, lang) == said


@pytest.mark.parametrize(
    ("days", "lv", "lt"),
    [
        (1.0, "par 1 dienu mazāk", "1 diena trumpiau"),
        (2.5, "par 2,5 dienām mazāk", "2,5 dienos trumpiau"),
        (11.0, "par 11 dienām mazāk", "11 dienų trumpiau"),
        (21.0, "par 21 dienu mazāk", "21 diena trumpiau"),
    ],
)
def test_days_stand_in_the_case_that_the_sentence_asks_for(days, lv, lt):
    found = Interval(-days, -days - 0.2, -days + 0.2)
    assert lv in what_if.sentence([OUT], "", found, "lv")
    assert lt in what_if.sentence([OUT], "", found, "lt")


def test_what_chance_may_explain_is_not_told_as_gain():
    text = what_if.sentence([OUT, OUT], "", Interval(-0.1, -0.8, 0.6), "en")
    assert "as long as now, as far as can be told" in text and "less" not in text
    assert text.startswith("Without “Paraksta” and “Paraksta”")
    changed = [Told("automate", {"step": "A"})]
    assert what_if.sentence(changed, "Plan B", SIX, "en").startswith("With “Plan B” the usual case")
    assert "3 hours more" in what_if.sentence(changed, "", Interval(3 / 24, 2 / 24, 4 / 24), "en")


def test_bars_say_all_that_they_show_and_escape_names():
    bars = [Bar("Now", 10, 9, 11, "10", "Now: 10 (9 to 11)."), Bar("<b> & co", 4, 4, 4, "4", "After: 4.")]
    svg = scenario_bars(
        bars, name="x", heading="Days", title="Days & nights", ink=page("x"), marks=[Mark(8, "much")]
    )
    root = ET.fromstring(svg)
    words = [one.text for one in root.iter() if one.tag.endswith("text")]
    assert words == ["Days", "Now", "10", "<b> & co", "4", "much"]
    said = next(one.text for one in root.iter() if one.tag.endswith("desc"))
    assert said == "Now: 10 (9 to 11). After: 4. much"
    widths = [
        float(one.get("width", 0)) for one in root.iter() if one.tag.endswith("rect") and one.get("stroke")
    ]
    assert widths[0] / widths[1] == pytest.approx(10 / 4, rel=0.01)


def test_a_front_numbers_and_joins_what_no_other_beats():
    dots = [Dot(100, 9, 8, 10, True, 1), Dot(200, 5, 4, 6, True, 2), Dot(200, 9, 8, 10, False)]
    svg = front_chart(dots, title="t", desc="d", across="hours", upward="days", lang="lt", ink=page("f"))
    root = ET.fromstring(svg)
    circles = [one for one in root.iter() if one.tag.endswith("circle")]
    assert len(circles) == 3 and sum(one.get("r") == "6" for one in circles) == 2
    assert front_chart([], title="t", desc="d", across="", upward="", lang="en", ink=page("f")) == ""
