"""Hours a year: the work that was done, of open cases too, over the years in which the cases came in."""

from __future__ import annotations

import numpy as np
import pytest

from lean.flow.logs import Case, Plain, Row, event_log
from straume.lean.assess import assess
from straume.lean.assess.seen import Seen

MONDAY = 7 * 24
EVERY_FIVE_WEEKS = 5 * MONDAY


def log_of(*, open_from: int, tail_weeks: int = 0, apart: float = EVERY_FIVE_WEEKS):
    """Ten cases, each received on a Monday: an hour of checking, where it has ended one of deciding."""
    rows, cases = [], {}
    for number in range(10):
        at = number * apart + 9  # Mondays at nine
        is_open = number >= open_from
        rows.append(Row(f"{number}", "check", at, start=at - (0.5 if is_open else 1)))
        if not is_open:
            later = at + (tail_weeks * MONDAY if number == open_from - 1 else 2)
            rows.append(Row(f"{number}", "decide", later, start=later - 1))
        cases[f"{number}"] = Case(received=at - 1, closed=not is_open)
    return event_log(Plain(tuple(rows), cases))


def hours(log, activity=None):
    seen = Seen.of(log)
    rows = seen.every if activity is None else seen.activity == log.activities.index(activity)
    return seen.hours_per_year(rows)


A_YEAR = 10 / (365.25 * 24 / EVERY_FIVE_WEEKS)  # the ten cases came in within so many years


def test_the_work_of_open_cases_counts_once_and_as_far_as_it_went():
    log = log_of(open_from=8)
    assert hours(log) == pytest.approx((8 * 2 + 2 * 0.5) / A_YEAR)
    assert hours(log, "check") == pytest.approx((8 * 1 + 2 * 0.5) / A_YEAR)
    assert hours(log, "decide") == pytest.approx(8 / A_YEAR)


def test_the_page_shows_the_sum_of_the_steps():
    log = log_of(open_from=8)
    made = assess(log)
    assert made.measures.required_hours_per_year == pytest.approx(hours(log, "check") + hours(log, "decide"))
    assert made.stream.demand_per_year == pytest.approx(10 / A_YEAR)
    assert made.work_minutes_per_case.value == pytest.approx(120)  # of an ended case


def test_a_long_tail_after_the_last_arrival_makes_no_year_smaller():
    assert hours(log_of(open_from=10, tail_weeks=100)) == pytest.approx(hours(log_of(open_from=10)))


def test_cases_of_one_week_make_no_big_year():
    log = log_of(open_from=10, apart=24 / 9)
    assert Seen.of(log).arrival_years == Seen.of(log).years == 1 / 12


def test_one_case_and_none():
    one = event_log(Plain((Row("a", "check", 10, start=9),)))
    assert Seen.of(one).arrival_years == 1 / 12
    assert Seen.of(event_log(Plain(()))).hours_per_year(np.zeros(0, np.bool_)) is None
