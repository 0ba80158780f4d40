"""The Inductive Miner: known trees are found again, and without noise every case can be replayed."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.errors import WrongCall
from straume.lean.stream.alignments import Aligner
from straume.lean.stream.discovery import best_way, keep_activities
from straume.lean.stream.inductive_miner import mine
from straume.lean.stream.precision import precision
from straume.lean.stream.tree import SILENT, Tree, activity, choice, loop, parallel, sequence

from .trees import cases_of, one_case

a, b, c, d, e, f = (activity(code) for code in range(6))
NAMES = "abcdef"

events = st.lists(st.integers(0, 4), max_size=7).map(tuple)
logs = st.dictionaries(events, st.integers(1, 9), min_size=1, max_size=9)

KNOWN = [
    sequence(a, b, c),
    choice(a, b, c),
    sequence(a, choice(b, c), d),
    sequence(a, parallel(b, c), d),
    sequence(a, parallel(b, c, d), e),
    sequence(a, loop(b, c), d),
    sequence(a, loop(b), c),
    loop(sequence(a, b)),
    sequence(a, choice(b, SILENT), c),
    sequence(a, choice(sequence(b, c), SILENT), d),
    sequence(a, parallel(sequence(b, c), d), e),
    sequence(a, parallel(b, choice(c, SILENT)), d),
    sequence(a, loop(sequence(b, c), d), choice(e, f)),
    sequence(a, loop(sequence(parallel(b, c), d), e), f),
    parallel(sequence(a, b), choice(c, d), e),
]


@pytest.mark.parametrize("tree", KNOWN, ids=lambda tree: tree.text(NAMES))
def test_a_known_tree_is_found_again(tree: Tree) -> None:
    assert mine(cases_of(tree, cases=600)).text(NAMES) == tree.text(NAMES)


@pytest.mark.parametrize("tree", KNOWN, ids=lambda tree: tree.text(NAMES))
def test_a_known_tree_allows_nothing_that_its_log_does_not_show(tree: Tree) -> None:
    assert precision(tree, cases_of(tree, cases=600)) == 1.0


def test_the_textbook_example_has_its_textbook_model() -> None:
    """van der Aalst: Process Mining (2016), table 2.1: checking in parallel with examining, then a loop."""
    register, thorough, casual, check, decide, again, pay, reject = range(8)
    log = Counter(
        {
            (register, thorough, check, decide, reject): 1,
            (register, check, casual, decide, pay): 1,
            (register, casual, check, decide, again, thorough, check, decide, pay): 1,
            (register, check, thorough, decide, reject): 1,
            (
                register,
                casual,
                check,
                decide,
                again,
                check,
                casual,
                decide,
                again,
                casual,
                check,
                decide,
                reject,
            ): 1,
            (register, casual, check, decide, pay): 1,
        }
    )
    found = mine(log).text("RTCKDAPX")
    assert found == "→(R, ↻(→(∧(×(T, C), K), D), A), ×(P, X))"


def test_rare_deviations_are_set_aside_by_noise_only() -> None:
    tree = sequence(a, b, c, d)
    log = cases_of(tree, cases=100) + Counter({(3, 0, 1, 2): 3})
    assert mine(log, noise=0.2).text(NAMES) == tree.text(NAMES)
    assert mine(log).text(NAMES) != tree.text(NAMES)
    assert Aligner(mine(log)).cost((3, 0, 1, 2)) == 0


def test_slips_all_over_a_long_log_do_not_make_everything_parallel() -> None:
    """A third of 3,000 cases with one activity replaced by another: how the work usually goes is found."""
    tree = sequence(a, choice(b, SILENT), parallel(c, d), loop(e, f))
    random = Random(7)
    log: Counter[tuple[int, ...]] = Counter()
    for _ in range(3000):
        case = one_case(tree, random)
        if random.random() < 1 / 3:
            case[random.randrange(len(case))] = random.randrange(6)
        log[tuple(case)] += 1
    assert best_way(log).mine(log).text(NAMES) == tree.text(NAMES)


def test_the_directly_follows_chain_is_never_the_model() -> None:
    """Two orders of b and c: a chain would draw b ⇄ c as rework, the model says that they run in parallel."""
    found = mine(Counter({(0, 1, 2, 3): 5, (0, 2, 1, 3): 4}))
    assert found.text(NAMES) == "→(a, ∧(b, c), d)"


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.lists(st.integers(0, 4), max_size=7).map(tuple), st.integers(1, 9), min_size=1, max_size=9
    )
)
def test_without_noise_every_case_can_be_replayed(log: dict[tuple[int, ...], int]) -> None:
    tree = mine(log)
    aligner = Aligner(tree)
    assert tree.alphabet() == frozenset(code for variant in log for code in variant)
    assert all(aligner.cost(variant) == 0 for variant in log)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 4), max_size=6).map(tuple), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
    st.sampled_from([0.0, 0.2, 0.5]),
)
def test_the_order_of_cases_does_not_matter(log: list[tuple[int, ...]], random: object, noise: float) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert mine(Counter(log), noise=noise) == mine(Counter(shuffled), noise=noise)


def test_impossible_noise_is_refused() -> None:
    with pytest.raises(WrongCall):
        mine({(0,): 1}, noise=1.0)


def test_activities_are_left_out_from_the_rare_end() -> None:
    counts = {0: 900, 1: 60, 2: 31, 3: 5, 4: 4}
    assert keep_activities(counts) == {0, 1, 2}  # 99.1 %
    assert keep_activities(dict.fromkeys(range(100), 10), most=30) == set(range(40))


def test_what_few_cases_take_is_left_out_unless_too_little_would_remain() -> None:
    counts = {0: 100, 1: 100, 2: 30, 3: 90}
    assert keep_activities(counts, rare=frozenset({2})) == {0, 1, 3}  # 290 of 320 events
    assert keep_activities(counts, rare=frozenset({1, 3})) == {0, 1, 2, 3}  # without them 130 of 320
