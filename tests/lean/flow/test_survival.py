"""Kaplan–Meier curves and intervals as published."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.flow.intervals import wilson
from straume.lean.flow.survival import kaplan_meier


def curve(text):
    """Times as a statistician writes them: 13+ is censored."""
    marks = text.split()
    return kaplan_meier(
        durations=[int(mark.rstrip("+")) for mark in marks], ended=[not mark.endswith("+") for mark in marks]
    )


# Freireich et al. (1963), Blood 21, 699–716: weeks of remission under 6-mercaptopurine
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def test_freireich_remissions_under_treatment():
    # Kalbfleisch & Prentice (2002), Collett (2003): the curve and Greenwood's standard errors of these data
    found = curve(SIX_MP)
    assert found.durations.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.still_open == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert found.quantile(0.5).value == 23
    assert found.quantile(0.9).value is None  # never reached
    # log-log limits as SAS PROC LIFETEST and R (conf.type="log-log") print them: median 23, 95 % from 13,
    # open above
    assert (found.quantile(0.5).low, found.quantile(0.5).high) == (13, None)
    at_six = found.ended_within(6)
    assert at_six[1:] == pytest.approx((1 - 0.9516, 1 - 0.6197), abs=5e-4)


def test_freireich_remissions_under_placebo():
    found = curve(PLACEBO)
    assert found.quantile(0.5).value == 8
    assert (found.quantile(0.5).low, found.quantile(0.5).high) == (4, 11)


def test_miller_leukaemia_curve():
    # Miller (1981), Survival Analysis: maintained group of the AML trial; S and Greenwood's error by hand
    # in the book
    found = curve("9 13 13+ 18 23 28+ 31 34 45+ 48 161+")
    assert found.still_open == pytest.approx([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], abs=5e-4)
    assert found.quantile(0.5).value == 31


def test_half_exactly_takes_the_middle_as_a_median_does():
    assert curve("1 2 3 10").quantile(0.5).value == 2.5
    assert curve("1 2 3").quantile(0.5).value == 2


def test_nobody_ended():
    found = curve("5+ 6+")
    assert found.quantile(0.5).value is None
    assert found.ended_within(10) == (0, 0, 0)
    assert (found.cases, found.open_cases) == (2, 2)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=60))
@settings(max_examples=200)
def test_the_curve_falls_and_its_limits_hold_it(cases):
    found = kaplan_meier(durations=[d for d, _ in cases], ended=[e for _, e in cases])
    assert (np.diff(found.still_open) <= 0).all()
    known = ~np.isnan(found.low)
    assert (found.low[known] <= found.still_open[known] + 1e-12).all()
    assert (found.still_open[known] <= found.high[known] + 1e-12).all()
    quantile = found.quantile(0.5)
    if quantile.value is not None and quantile.low is not None:
        assert quantile.low <= quantile.value
    if quantile.high is not None:
        assert quantile.value is not None
        assert quantile.value <= quantile.high
    if all(ended for _, ended in cases):
        for at in (0, 10, 50):
            assert found.ended_within(at)[0] == pytest.approx(np.mean([d <= at for d, _ in cases]))


def test_the_interval_of_the_median_covers_it_as_often_as_it_says():
    # exponential durations, a fifth of the cases censored: 95 % ± what 400 repetitions allow
    rng = np.random.default_rng(20)
    covered = 0
    for _ in range(400):
        true, censored = rng.exponential(1000, 80), rng.exponential(4000, 80)
        found = kaplan_meier(
            durations=np.minimum(true, censored).astype(int), ended=true <= censored
        ).quantile(0.5)
        covered += found.low <= 1000 * np.log(2) <= (np.inf if found.high is None else found.high)
    assert 0.92 <= covered / 400 <= 0.98


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), Stat. Med. 17, 857–872, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (34, 40, 0.71, 0.93),  # lean-domain formula 14
        (18, 20, 0.70, 0.97),
    ],
)
def test_wilson_intervals_as_published(count, n, low, high):
    found = wilson(count=count, n=n)
    digits = 4 if n not in (20, 40) or not count else 2
    assert (round(found.low, digits), round(found.high, digits)) == (low, high)


def test_no_share_of_nothing():
    assert wilson(count=0, n=0) is None
    assert wilson(count=5, n=5).high == 1
