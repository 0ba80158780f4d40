"""Small groups stay hidden, and cannot be had by subtraction either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from straume.lean.protect import SMALLEST_GROUP, is_small, shown, shown_parts


def test_one_to_four_are_hidden_and_nought_is_not():
    assert [shown(count) for count in range(7)] == [0, None, None, None, None, 5, 6]


def test_a_lone_small_part_takes_the_next_smallest_with_it():
    assert shown_parts([120, 3, 40, 0]) == (120, None, None, 0)


def test_two_small_parts_that_are_few_together_take_another_with_them():
    assert shown_parts([120, 1, 1, 40]) == (120, None, None, None)


def test_parts_that_are_all_large_are_all_shown():
    assert shown_parts([5, 0, 7]) == (5, 0, 7)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_what_is_hidden_is_never_a_small_group_that_subtraction_gives(parts):
    answer = shown_parts(parts)
    hidden = [count for count, given in zip(parts, answer, strict=True) if given is None]
    assert not any(is_small(given) for given in answer if given is not None)
    rest = [count for count in parts if count and count not in hidden]
    if hidden and rest:
        assert len(hidden) > 1 and sum(hidden) >= SMALLEST_GROUP
