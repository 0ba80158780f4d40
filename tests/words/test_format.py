"""Numbers, durations and dates as a Latvian, a Lithuanian and an English reader expects them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from straume.words import format as fmt
from straume.words.catalog import LANGUAGES, known


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("said", "lang", "expected"),
    [
        (lambda lang: fmt.number(1234.5, lang, 1), "lv", "1 234,5"),
        (lambda lang: fmt.number(1234.5, lang, 1), "en", "1,234.5"),
        (lambda lang: fmt.number(9.96, lang), "lt", "10"),
        (lambda lang: fmt.number(-0.01, lang), "lv", "0"),
        (lambda lang: fmt.percent(0.38, lang), "lv", "38 %"),
        (lambda lang: fmt.percent(0.0101, lang, 2), "lt", "1,01 %"),
        (lambda lang: fmt.percent(0.9969, lang), "en", "99.7%"),
        (lambda lang: fmt.percent(0.575, lang), "lv", "58 %"),
        (lambda lang: fmt.percent(58 / 80, lang), "lv", "73 %"),
        (lambda lang: fmt.number(10.5, lang), "en", "11"),
        (lambda lang: fmt.number(np.float64(95.7), lang), "en", "96"),
        (lambda lang: fmt.percent(0.0002, lang), "lv", "<0,1 %"),
        (lambda lang: fmt.percent(0.99999, lang), "lt", ">99,9 %"),
        (lambda lang: fmt.percent(0.0, lang), "en", "0%"),
        (lambda lang: fmt.days(41, lang), "lv", "41 diena"),
        (lambda lang: fmt.days(11, lang), "lv", "11 dienas"),
        (lambda lang: fmt.days(3.5, lang), "lt", "3,5 dienos"),
        (lambda lang: fmt.days(20, lang), "lt", "20 dienų"),
        (lambda lang: fmt.days(0.01, lang), "en", "less than 0.1 days"),
        (lambda lang: fmt.working_days(20, lang), "lt", "20 darbo dienų"),
        (lambda lang: fmt.within_days(41, lang), "lv", "41 dienā"),
        (lambda lang: fmt.within_days(34, lang), "lt", "per 34 dienas"),
        (lambda lang: fmt.minutes(144, lang), "lv", "2 h 24 min"),
        (lambda lang: fmt.minutes(120, lang), "lt", "2 val."),
        (lambda lang: fmt.minutes(59.7, lang), "en", "1 h"),
        (lambda lang: fmt.minutes(0.2, lang), "lv", "mazāk par minūti"),
        (lambda lang: fmt.hours_per_year(137, lang), "lv", "137 stundas gadā"),
        (lambda lang: fmt.hours_per_year(21, lang), "lt", "21 valanda per metus"),
        (lambda lang: fmt.date("2018-01-01", lang), "lv", "2018. gada 1. janvāris"),
        (lambda lang: fmt.date(dt.date(2019, 3, 3), lang), "lt", "2019 m. kovo 3 d."),
        (
            lambda lang: fmt.period("2018-01-01", "2018-12-31", lang),
            "lv",
            "2018. gada 1. janvāris – 31. decembris",
        ),
        (lambda lang: fmt.period("2018-03-01", "2018-03-09", lang), "lt", "2018 m. kovo 1–9 d."),
        (lambda lang: fmt.period("2017-05-01", "2019-04-30", lang), "en", "1 May 2017 – 30 April 2019"),
    ],
)
def test_it_says_a_figure_as_the_language_does(said, lang, expected):
    assert plain(said(lang)) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_interval_without_upper_end_says_at_least(lang):
    shown = fmt.interval(SimpleNamespace(value=41.0, low=39.2, high=None, n=412), lang)
    assert "39" in shown and shown != "39"
    assert "–" not in shown


def test_an_interval_of_a_share_is_in_percent():
    assert (
        plain(fmt.interval(SimpleNamespace(value=0.38, low=0.33, high=0.43, n=412), "lv", as_percent=True))
        == "33–43 %"
    )


@pytest.mark.parametrize(
    ("asked", "spoken"), [("lv_LV.UTF-8", "lv"), ("lt-LT", "lt"), ("de", "en"), ("C", "en")]
)
def test_a_language_is_known_by_its_locale_name(asked, spoken):
    assert known(asked) == spoken


def test_half_a_minute_is_rounded_the_same_way_however_it_came_about():
    assert (
        fmt.minutes(150.5, "en")
        == fmt.minutes(150.5 - 1e-9, "en")
        == "2\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}31\N{NO-BREAK SPACE}min"
    )


@pytest.mark.parametrize(
    ("lang", "range_", "alone"),
    [
        ("en", "Monday – Friday", "Sunday"),
        ("lv", "Pirmdiena – piektdiena", "Svētdiena"),
        ("lt", "Pirmadienis – penktadienis", "Sekmadienis"),
    ],
)
def test_only_the_first_weekday_of_a_line_is_capitalised(lang, range_, alone):
    assert (fmt.weekdays(0, 4, lang), fmt.weekdays(6, 6, lang)) == (range_, alone)
