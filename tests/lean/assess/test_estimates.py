"""Intervals and tests against published examples and tables that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from straume.lean.assess import estimates


def test_wilson_gives_the_interval_of_the_domain_notes():
    """34 of 40 → 85 % (71–93 %), 18 of 20 → 90 % (70–97 %): lean-domain §2.2, formula 14."""
    many, few = estimates.share(34, 40), estimates.share(18, 20)
    assert (round(many.low, 2), round(many.high, 2)) == (0.71, 0.93)
    assert (round(few.low, 2), round(few.high, 2)) == (0.70, 0.97)


def test_newcombe_gives_the_published_example():
    """Newcombe (1998), Statistics in Medicine 17, 873–890, table II, example (a), method 10."""
    found = estimates.difference(56, 70, 48, 80)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_benjamini_and_hochberg_reject_the_four_of_their_example():
    """Benjamini & Hochberg (1995), section 3.2: 15 tests at 0.05."""
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262]
    p_values += [0.5719, 0.6528, 0.7590, 1.0]
    assert estimates.accepted(p_values, false_discovery=0.05) == [True] * 4 + [False] * 11


def test_the_exact_interval_of_nothing_seen_is_the_closed_form():
    """0 of n: upper end 1 − 0.025^(1/n), Clopper & Pearson (1934)."""
    found = estimates.exact_share(0, 72)
    assert found.low == 0.0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 72))


def test_the_median_has_the_order_statistics_of_the_binomial_table():
    """n = 10: 2nd and 9th value hold the median with 97.9 % (Conover 1999, table A3)."""
    found = estimates.median(np.arange(1, 11))
    assert (found.value, found.low, found.high) == (5.5, 2.0, 9.0)


def test_five_values_give_no_interval_of_the_median():
    found = estimates.median([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (found.value, found.low, found.high, found.n) == (3.0, None, None, 5)


def test_the_median_lies_in_its_interval_nineteen_times_of_twenty():
    random = np.random.default_rng(4)
    hits = 0
    for _ in range(400):
        found = estimates.median(random.exponential(size=41))
        hits += found.low <= np.log(2) <= found.high
    assert hits / 400 >= 0.93


def test_the_ratio_of_a_cohort_is_checked_by_hand():
    """30 of 100 against 10 of 100: 3 times as often; error of the log √(1/30 − 1/100 + 1/10 − 1/100)."""
    found, p = estimates.lift(30, 100, 10, 100)
    error = np.sqrt(1 / 30 - 1 / 100 + 1 / 10 - 1 / 100)
    assert found.value == pytest.approx(3.0)
    assert found.low == pytest.approx(3 * np.exp(-1.959964 * error), rel=1e-5)
    assert p == pytest.approx(0.00037, abs=0.0001)


def test_a_ratio_over_nothing_is_finite():
    found, _ = estimates.lift(12, 40, 0, 40)
    assert np.isfinite(found.value) and found.low > 1


def test_a_rising_series_shows_a_trend_and_noise_shows_none():
    random = np.random.default_rng(7)
    noise = random.normal(size=60)
    assert estimates.trend_p(np.arange(60) + noise) < 0.001
    assert estimates.trend_p(noise) > 0.01
    assert estimates.trend_p(np.ones(60)) == 1.0
    assert estimates.trend_p([1, 2, 3]) == 1.0
