"""How much a group changed: against published figures, by hand, and what must hold for all figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from straume.lean.ask.paired import groups_difference, paired_difference

# Hours of sleep gained with two drugs, ten patients (Cushny & Peebles 1905, as printed by Student 1908)
FIRST = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
scores = st.floats(0, 1).map(lambda value: round(value, 3))


def test_pairs_give_the_interval_of_students_sleep_data() -> None:
    """Mean 1.58, t = 4.0621 with 9 degrees of freedom, 95 % interval 0.70–2.46 (R manual, data set sleep)."""
    found = paired_difference(pairs=list(zip(FIRST, SECOND, strict=True)))
    assert found is not None
    assert (found.value, found.n, found.method) == (pytest.approx(1.58), 10, "paired")
    assert (found.low, found.high) == (pytest.approx(0.7001142), pytest.approx(2.4598858))


def test_groups_give_the_interval_of_welch_on_the_same_data() -> None:
    """t = 1.8608, 17.776 degrees of freedom, 95 % interval −0.2054832 to 3.3654832 (R, t.test on sleep)."""
    found = groups_difference(before=FIRST, after=SECOND)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(-0.2054832), pytest.approx(3.3654832))


def test_three_pairs_by_hand() -> None:
    """Changes .1 .2 .3: mean .2, deviation .1, error .1/√3, t(2) = 4.3027 → .2 ± .2484."""
    found = paired_difference(pairs=[(0.4, 0.5), (0.5, 0.7), (0.3, 0.6)])
    assert found is not None
    assert (found.before, found.after) == (pytest.approx(0.4), pytest.approx(0.6))
    assert (found.low, found.high) == (pytest.approx(-0.0484, abs=1e-4), pytest.approx(0.4484, abs=1e-4))


def test_where_all_change_alike_there_is_no_interval() -> None:
    found = paired_difference(pairs=[(0.25, 0.5)] * 6)
    assert found is not None
    assert (found.value, found.low, found.high) == (0.25, None, None)


def test_one_pair_or_one_answer_gives_no_figure() -> None:
    assert paired_difference(pairs=[(0.2, 0.4)]) is None
    assert groups_difference(before=[0.2], after=[0.4, 0.5]) is None


@given(st.lists(st.tuples(scores, scores), min_size=2, max_size=30))
def test_the_order_of_pairs_does_not_matter_and_the_figure_lies_in_its_interval(pairs) -> None:
    found, turned = paired_difference(pairs=pairs), paired_difference(pairs=pairs[::-1])
    assert found is not None
    assert turned is not None
    assert found.value == pytest.approx(turned.value)
    assert found.value == pytest.approx(found.after - found.before)
    if found.low is not None:
        assert found.low <= found.value <= found.high


@given(st.lists(scores, min_size=2, max_size=20), st.lists(scores, min_size=2, max_size=20))
def test_before_and_after_exchanged_turn_the_sign(before, after) -> None:
    found, turned = (
        groups_difference(before=before, after=after),
        groups_difference(before=after, after=before),
    )
    assert found is not None
    assert turned is not None
    assert found.value == pytest.approx(-turned.value)
    if found.low is not None:
        assert (found.low, found.high) == (pytest.approx(-turned.high), pytest.approx(-turned.low))
