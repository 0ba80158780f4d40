"""Weights, shares and means of a survey: published figures, a table done by hand, and what must hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from straume.lean.ask.estimates import mean, share
from straume.lean.ask.weights import design_effect, effective_n, weigh
from straume.lean.errors import WrongCall

# Scheaffer, Mendenhall, Ott (Elementary Survey Sampling, stratified sampling, hours of television a week)
TOWN_A = [35, 43, 36, 39, 28, 28, 29, 25, 38, 27, 26, 32, 29, 40, 35, 41, 37, 31, 45, 34]
TOWN_B = [27, 15, 4, 41, 49, 25, 10, 30]
RURAL = [8, 14, 12, 15, 30, 32, 21, 20, 34, 7, 11, 24]
HOUSEHOLDS = {"a": 155, "b": 62, "c": 93}


def weighed(places, people, **more):
    return weigh(
        places=places, groups=["x"] * len(places), people=people, group_of=dict.fromkeys(people, "x"), **more
    )


def test_a_stratified_mean_is_that_of_the_textbook():
    found = weighed(["a"] * 20 + ["b"] * 8 + ["c"] * 12, HOUSEHOLDS)
    values = np.array(TOWN_A + TOWN_B + RURAL, dtype=float)
    hours = mean(values=values, weights=found.weights, strata=found.of, fractions=found.fractions)
    assert hours.value == pytest.approx(27.7, abs=0.05)
    assert hours.standard_error**2 == pytest.approx(1.97, abs=0.005)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3 (Wilson's score)
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_have_the_published_intervals_of_wilson(count, n, low, high):
    found = share(chosen=np.arange(n) < count, weights=np.ones(n), fractions=np.zeros(n))
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_weights_and_a_finite_population_by_hand():
    # place a: 5 of 20 answered, weight 4; place b: 5 of 5 answered, weight 1
    found = weighed(["a"] * 5 + ["b"] * 5, {"a": 20, "b": 5})
    assert found.weights.tolist() == [4.0] * 5 + [1.0] * 5
    assert found.people == 25
    # Kish: (5·4 + 5·1)² ÷ (5·16 + 5·1) = 625 ÷ 85
    assert effective_n(found.weights) == pytest.approx(625 / 85)
    assert design_effect(found.weights) == pytest.approx(10 / (625 / 85))
    chosen = np.array([True, True, False, False, False, True, True, True, True, True])
    said = share(chosen=chosen, weights=found.weights, fractions=found.fractions)
    assert said.value == pytest.approx((2 * 4 + 5) / 25)
    # b is counted whole, so only a is uncertain: 625 ÷ (5 · 16 · (1 − 1/4))
    assert said.effective_n == pytest.approx(625 / 60)


def test_where_everybody_answered_nothing_is_uncertain():
    found = weighed(["a"] * 5, {"a": 5})
    chosen = np.array([True, False, False, True, False])
    said = share(chosen=chosen, weights=found.weights, fractions=found.fractions)
    assert (said.low, said.value, said.high) == (0.4, 0.4, 0.4) and math.isinf(said.effective_n)
    told = mean(values=np.arange(5.0), weights=found.weights, strata=found.of, fractions=found.fractions)
    assert (told.low, told.high) == (2.0, 2.0)


def test_small_places_are_taken_together_and_silent_ones_are_named():
    people = {"a": 100, "b": 40, "c": 60, "d": 30}
    found = weighed(["a"] * 10 + ["b"] * 3 + ["c"] * 2, people)
    assert [(one.places, one.people, one.answers) for one in found.strata] == [
        (("a",), 100, 10),
        (("b", "c"), 100, 5),
    ]
    assert found.collapsed[0].places == ("b", "c")
    assert found.without_answers == ("d",) and found.people == 200


def test_two_answers_alone_join_the_place_with_the_fewest():
    found = weighed(["a"] * 10 + ["b"] * 6 + ["c"] * 2, {"a": 100, "b": 40, "c": 60})
    assert [(one.places, one.answers) for one in found.strata] == [(("a",), 10), (("b", "c"), 8)]


def test_answers_that_lost_their_place_stand_for_the_part_that_lost_it():
    # of a's 10 answers 4 lost their place, of b's 10 answers 2: 100·0.4 + 50·0.2 people
    found = weighed(["a"] * 6 + ["b"] * 8 + [""] * 6, {"a": 100, "b": 50}, answered={"a": 10, "b": 10})
    assert [(one.places, one.people, one.answers) for one in found.strata] == [
        (("a",), pytest.approx(60), 6),
        (("b",), pytest.approx(40), 8),
        ((), pytest.approx(50), 6),
    ]
    assert found.without_place == 6 and found.people == 150


def test_without_the_staff_of_a_place_nothing_is_weighted():
    found = weighed(["a", "b"], {"a": 10})
    assert not found.is_weighted and found.without_people == ("b",)
    assert found.weights.tolist() == [1.0, 1.0] and found.fractions.tolist() == [0.0, 0.0]


def test_more_answers_than_people_are_told():
    assert weighed(["a"] * 6 + ["b"] * 5, {"a": 5, "b": 50}).too_few_people == ("a",)


def test_a_place_without_a_group_is_refused():
    with pytest.raises(WrongCall):
        weigh(places=["a"], groups=["x"], people={"a": 5}, group_of={})


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), st.booleans()), min_size=1, max_size=60),
    st.fixed_dictionaries({place: st.integers(60, 900) for place in "abc"}),
)
def test_weights_sum_to_the_people_and_order_does_not_matter(answers, people):
    places = [place for place, _said in answers]
    found = weighed(places, people)
    if any(places):
        assert found.weights.sum() == pytest.approx(found.people)
    chosen = np.array([said for _place, said in answers])
    said = share(chosen=chosen, weights=found.weights, fractions=found.fractions)
    assert 0 <= said.low <= said.value + 1e-12 and said.value - 1e-12 <= said.high <= 1
    turned = weighed(places[::-1], people)
    again = share(chosen=chosen[::-1], weights=turned.weights, fractions=turned.fractions)
    assert (again.value, again.low, again.high) == pytest.approx((said.value, said.low, said.high))
