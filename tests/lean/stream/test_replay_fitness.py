"""Alignments: exact against a twin by shortest path, hand-computed deviations, fitness of whole logs."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.errors import WrongCall
from straume.lean.stream.alignments import Aligner
from straume.lean.stream.replay import replay
from straume.lean.stream.tree import SILENT, Tree, activity, choice, loop, parallel, sequence

from .trees import cases_of, twin_cost

a, b, c, d, e, f = (activity(code) for code in range(6))
PERMIT = sequence(a, choice(b, SILENT), parallel(c, d), loop(e, f))  # a b? (c ∥ d) e (f e)*

HAND_COMPUTED = [
    # case, moves in the log alone + moves in the model alone
    ((0, 1, 2, 3, 4), 0),
    ((0, 3, 2, 4, 5, 4), 0),
    ((0, 2, 3), 1),  # e is missing
    ((0, 2, 4), 1),  # d is missing
    ((0, 0, 2, 3, 4), 1),  # a happens once too often
    ((2, 0, 3, 4), 2),  # c too early: one event too many, one missing
    ((0, 2, 3, 4, 5), 1),  # f without e after it: f is too much
    ((0, 1, 1, 2, 3, 4), 1),
    ((4, 3, 2, 0), 4),  # a and c, d in the wrong order, e first
    ((0, 2, 3, 4, 9), 1),  # an activity that the model does not know
    ((), 4),  # the shortest way: a, c, d, e
]


@pytest.mark.parametrize(("case", "cost"), HAND_COMPUTED)
def test_deviations_that_can_be_counted_by_hand(case: tuple[int, ...], cost: int) -> None:
    assert Aligner(PERMIT).cost(case) == cost


TREES = [
    PERMIT,
    loop(choice(a, sequence(b, c)), d, parallel(e, f)),
    parallel(loop(a, b), sequence(c, choice(d, SILENT)), e),
    sequence(choice(sequence(a, b), parallel(c, d)), loop(choice(e, SILENT), f)),
    choice(parallel(a, b, c), loop(sequence(d, e)), SILENT),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TREES), st.lists(st.integers(0, 5), max_size=7).map(tuple))
def test_costs_agree_with_a_twin_that_searches_all_ways(tree: Tree, case: tuple[int, ...]) -> None:
    assert Aligner(tree).cost(case) == twin_cost(tree, case)


@pytest.mark.parametrize("tree", TREES)
def test_a_log_made_from_the_tree_has_fitness_one(tree: Tree) -> None:
    found, _ = replay(tree, cases_of(tree, cases=300))
    assert (found.fitness, found.perfect_share, found.deviations, found.exact) == (1.0, 1.0, 0, True)


def test_fitness_of_known_deviations_is_the_value_computed_by_hand() -> None:
    """7 good cases of 4 events, 2 that miss e, 1 with a twice; the shortest way has 4 activities.

    cost = 2 · 1 + 1 · 1 = 3; worst = 7 · (4 + 4) + 2 · (3 + 4) + (5 + 4) = 79; fitness = 1 − 3 / 79.
    """
    log = Counter({(0, 2, 3, 4): 7, (0, 2, 3): 2, (0, 0, 2, 3, 4): 1})
    found, _ = replay(PERMIT, log)
    assert found.fitness == pytest.approx(1 - 3 / 79)
    assert found.perfect_share == 0.7
    assert found.deviations == 3


def test_events_left_out_of_the_model_count_as_deviations_of_the_whole_log() -> None:
    found, _ = replay(sequence(a, b), Counter({(0, 1): 10}), events_left_out=5)
    assert found.fitness_kept == 1.0
    assert found.fitness == pytest.approx(1 - 5 / (10 * 4 + 5))


def test_it_says_when_not_every_variant_was_aligned() -> None:
    log = cases_of(parallel(a, b, c, d, e), cases=400)
    whole, _ = replay(sequence(a, b, c, d, e), log)
    part, _ = replay(sequence(a, b, c, d, e), log, most_variants=60)
    assert whole.exact
    assert not part.exact
    assert (part.variants_checked, part.variants, part.cases) == (60, len(log), 400)
    assert part.cases_checked < 400
    assert part.fitness == pytest.approx(whole.fitness, abs=0.03)


def test_a_case_too_long_to_align_is_named_as_such() -> None:
    found, _ = replay(loop(a), Counter({(0,) * 50: 1, (0,): 3}), longest_events=20)
    assert (found.exact, found.cases_checked, found.cases) == (False, 3, 4)


def test_runs_count_what_the_cases_did() -> None:
    _, runs = replay(PERMIT, Counter({(0, 1, 2, 3, 4): 3, (0, 3, 2, 4, 5, 4, 5, 4): 2}))
    # nodes in the order of the tree: 0 sequence, 1 a, 2 choice, 3 b, 4 nothing, 5 parallel, 6 c, 7 d, 8 loop
    assert runs.visits[0] == 5
    assert (runs.turns[2, 0], runs.turns[2, 1]) == (3, 2)
    assert (runs.turns[8, 0], runs.turns[8, 1]) == (3 + 2 * 3, 2 * 2)


def test_an_activity_at_two_places_of_the_tree_is_refused() -> None:
    with pytest.raises(WrongCall):
        Aligner(sequence(a, b, a))
