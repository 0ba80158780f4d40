"""Published questions whose best answer is known."""

from __future__ import annotations

import pytest

from straume.lean.choose.portfolio import portfolio
from straume.lean.choose.records import Candidate, Limits

# profits, weights, capacity, best value, what is in it
MARTELLO_TOTH = (
    # Martello and Toth (1990), Knapsack Problems, Wiley, chapter 2: the example of the branch-and-bound MT1
    (15, 100, 90, 60, 40, 15, 10, 1),
    (2, 20, 20, 30, 40, 30, 60, 10),
    102,
    280,
    (0, 1, 2, 3, 5),
)
KREHER_STINSON = (
    # Kreher and Stinson (1999), Combinatorial Algorithms, CRC; as P01 in Burkardt's KNAPSACK_01
    (92, 57, 49, 68, 60, 43, 67, 84, 87, 72),
    (23, 31, 29, 44, 53, 38, 63, 85, 89, 82),
    165,
    309,
    (0, 1, 2, 3, 5),
)


@pytest.mark.parametrize("published", [MARTELLO_TOTH, KREHER_STINSON], ids=["MT1", "P01"])
def test_a_knapsack_is_a_choice_with_one_line_and_a_need_for_each(published):
    profits, costs, capacity, best, inside = published
    those = [
        Candidate(f"c{n}", cost, "line", {f"n{n}": 100}, frozenset({"here"})) for n, cost in enumerate(costs)
    ]
    weights = {f"n{n}": {"here": profit} for n, profit in enumerate(profits)}
    found = portfolio(candidates=those, weights=weights, limits=Limits({"line": capacity}))
    assert found.status == "proven"
    assert found.value == best * 100 * 100
    assert found.codes == tuple(f"c{n}" for n in inside)


def test_the_greedy_choice_is_beaten_where_it_is_known_to_be_bad():
    """Maximum coverage: the greedy rule takes the biggest set and ends at 3/4 of the best.

    Nemhauser, Wolsey and Fisher (1978), doi:10.1007/BF01588971, bound the greedy rule by 1 − (1 − 1/k)^k,
    which is 3/4 for k = 2: it may begin with the set in the middle, and then nothing brings it to four.
    """
    elements = [f"n{n}" for n in range(4)]
    sets = {"greedy": elements[1:3], "left": elements[:2], "right": elements[2:]}
    those = [
        Candidate(code, 1, "line", dict.fromkeys(needs, 100), frozenset({"here"}))
        for code, needs in sets.items()
    ]
    weights = {need: {"here": 1} for need in elements}
    found = portfolio(candidates=those, weights=weights, limits=Limits({"line": 2}))
    assert set(found.codes) == {"left", "right"}
    assert found.value == 4 * 100 * 100
    assert found.runner_up.value == 3 * 100 * 100
