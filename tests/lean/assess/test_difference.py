"""The difference of two estimates and its interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from straume.lean.assess.difference import difference
from straume.lean.assess.estimates import share
from straume.lean.assess.records import Estimate


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe (1998), table II, method 10, examples (a), (b), (d)
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_it_gives_the_published_intervals_of_two_shares(one, other, low, high):
    found = difference(before=share(*other), after=share(*one))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_small_table_by_hand():
    found = difference(before=Estimate(40, 37, 44, 100), after=Estimate(30, 27, 33, 100))
    # below: √(3² + 4²) = 5; above: √(3² + 3²) = 4.243
    assert (found.value, found.low, found.high) == pytest.approx((-10, -15, -10 + 18**0.5))
    assert found.is_clear


def test_an_open_interval_leaves_the_difference_without_one():
    found = difference(before=Estimate(40, 37, None, 100), after=Estimate(30, 27, 33, 100))
    assert (found.value, found.low, found.high, found.is_clear) == (-10, None, None, False)


counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_turning_the_two_round_turns_the_sign(one, other):
    there = difference(before=share(*one), after=share(*other))
    back = difference(before=share(*other), after=share(*one))
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
