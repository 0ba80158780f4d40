"""Need = importance × gap against a published formula, a table done by hand, and what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.ask.estimates import mean
from straume.lean.ask.needs import needs, replicate_weights


def asked(importance, present, **more):
    n = len(importance)
    given_ = {
        "weights": np.ones(n),
        "strata": np.zeros(n, dtype=np.int64),
        "fractions": np.zeros(n),
        "seed": 1,
        **more,
    }
    return needs(importance=np.array(importance, float), present=np.array(present, float), **given_)


def test_a_need_is_the_mean_weighted_discrepancy_score_of_borich():
    # Borich (1980): each answer's discrepancy times the mean importance, summed, over the answers
    importance = [[5], [4], [5], [3], [4], [5]]
    present = [[2], [3], [1], [3], [2], [2]]
    middle = np.mean(importance)
    score = sum((i[0] - p[0]) * middle for i, p in zip(importance, present, strict=True)) / 6
    assert asked(importance, present)[0].need == pytest.approx(score)
    assert score == pytest.approx(26 / 6 * 13 / 6)  # by hand: mean importance 26/6, mean gap 13/6


def test_those_who_answered_one_half_are_left_out():
    nan = float("nan")
    found = asked([[5], [5], [5], [5], [5], [1]], [[1], [1], [1], [1], [1], [nan]])
    assert (found[0].n, found[0].importance, found[0].gap) == (5, 5.0, 4.0)


def test_fewer_than_five_pairs_are_no_need():
    assert asked([[5]] * 4, [[1]] * 4) == ()


def test_the_spread_of_the_replicates_is_that_of_the_formula():
    """Two ways to the same standard error: replicates and Cochran's formula (Rao and Wu 1988, section 2)."""
    draws = np.random.default_rng(3)
    strata = np.repeat([0, 1, 2], [12, 30, 18])
    weights, fractions = np.array([5.0, 2.0, 8.0])[strata], np.array([0.2, 0.5, 0.125])[strata]
    values = draws.normal(3, 1, 60) + strata
    drawn = replicate_weights(weights=weights, strata=strata, fractions=fractions, replicates=4000, seed=1)
    spread = (drawn @ values / drawn.sum(axis=1)).std()
    known = mean(values=values, weights=weights, strata=strata, fractions=fractions)
    assert spread == pytest.approx(known.standard_error, rel=0.05)


def test_where_everybody_answered_the_rank_is_sure():
    found = asked([[5, 4]] * 6, [[1, 3], [2, 3], [1, 2], [1, 3], [2, 2], [1, 3]], fractions=np.ones(6))
    assert [(one.rank_low, one.rank_high) for one in found] == [(1, 1), (2, 2)]
    assert all(one.low == pytest.approx(one.need) == pytest.approx(one.high) for one in found)


def test_topics_that_are_alike_share_their_places():
    draws = np.random.default_rng(5)
    importance = draws.integers(3, 6, (40, 4))
    present = draws.integers(1, 4, (40, 4))
    found = asked(importance, present, first=2)
    assert found[0].rank_high > found[0].rank_low  # nobody can say which is the greatest
    assert sum(one.among_first for one in found) == pytest.approx(2.0)


@settings(max_examples=25, deadline=None)
@given(st.integers(5, 30), st.integers(1, 4), st.integers(0, 10_000))
def test_intervals_hold_places_are_places_and_the_seed_repeats(n, topics, seed):
    draws = np.random.default_rng(seed)
    importance, present = draws.integers(1, 6, (n, topics)), draws.integers(1, 6, (n, topics))
    found = asked(importance, present, replicates=200)
    assert found == asked(importance, present, replicates=200)
    assert [one.need for one in found] == sorted((one.need for one in found), reverse=True)
    for one in found:
        assert 1 <= one.rank_low <= one.rank_high <= topics
        assert one.low <= one.high and 0 <= one.among_first <= 1
