"""On small questions the answer equals that of trying every set of activities."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lean.choose.small import DAY, cost, portfolios, value
from straume.lean.choose.portfolio import portfolio
from straume.lean.choose.records import Candidate, Limits

PLACES, NEEDS, LINES = ["a", "b", "c"], ["lean", "it", "law"], ["external", "travel"]
QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def candidates(draw):
    made = []
    for number in range(draw(st.integers(1, 5))):
        days = draw(st.integers(1, 2))
        from_day = draw(st.integers(0, 4))
        slack = draw(st.integers(0, 1))
        needs = draw(st.dictionaries(st.sampled_from(NEEDS), st.sampled_from([30, 60, 100]), max_size=3))
        made.append(
            Candidate(
                code=f"c{number}",
                cost_cents=draw(st.integers(0, 9)) * 100_00,
                line=draw(st.sampled_from(LINES)),
                needs=needs,
                municipalities=frozenset(draw(st.sets(st.sampled_from(PLACES)))),
                languages=frozenset(draw(st.sets(st.sampled_from(["lv", "lt"]), max_size=2))),
                places=draw(st.integers(0, 30)),
                town=draw(st.sampled_from(["", "Utena"])),
                earliest_on=DAY + timedelta(days=from_day),
                latest_on=DAY + timedelta(days=from_day + slack + days - 1),
                days=days,
                people=frozenset(draw(st.sets(st.sampled_from(["trainer"])))),
            )
        )
    return made


@st.composite
def limits(draw):
    return Limits(
        lines_cents={line: draw(st.integers(0, 20)) * 100_00 for line in LINES},
        total_cents=draw(st.none() | st.integers(0, 30).map(lambda n: n * 100_00)),
        least_per_municipality=draw(st.dictionaries(st.sampled_from(PLACES), st.just(1), max_size=2)),
        least_in_language=draw(st.dictionaries(st.sampled_from(["lv", "lt"]), st.just(1), max_size=1)),
        least_places=draw(st.sampled_from([0, 0, 20])),
        most_in_town=draw(st.sampled_from([None, 1])),
        most_activities=draw(st.sampled_from([None, 3])),
        from_on=draw(st.sampled_from([None, DAY + timedelta(days=1)])),
        until_on=draw(st.sampled_from([None, DAY + timedelta(days=4)])),
        understands={"a": frozenset({"lv"}), "b": frozenset({"lt"})},
        locked_out=draw(st.sampled_from([frozenset(), frozenset({"c0"})])),
    )


WEIGHTS = st.fixed_dictionaries(
    {need: st.fixed_dictionaries({place: st.integers(0, 9) for place in PLACES}) for need in NEEDS}
)


@QUICK
@given(candidates(), limits(), WEIGHTS, st.sampled_from([0, 25]))
def test_it_is_the_best_and_of_the_best_the_cheapest(those, within, weights, again):
    found = portfolio(
        candidates=those, weights=weights, limits=within, again_percent=again, with_prices=False
    )
    possible = list(portfolios(those, within))
    if not possible:
        assert found.status == "impossible"
        assert found.conflict
        return
    worth = max(value(one, weights, within, again) for one in possible)
    assert (found.status, found.value) == ("proven", worth)
    assert found.cost_cents == min(
        cost(one) for one in possible if value(one, weights, within, again) == worth
    )
    inside = tuple(one for one in those if one.code in found.codes)
    assert value(inside, weights, within, again) == worth
    runner_up_is_the_best_that_leaves_one_out(found, possible, weights, within, again)


def runner_up_is_the_best_that_leaves_one_out(found, possible, weights, within, again) -> None:
    chosen = set(found.codes)
    others = [one for one in possible if not chosen <= {each.code for each in one}]
    if not others or not chosen:
        assert found.runner_up is None
        return
    assert found.runner_up.value == max(value(one, weights, within, again) for one in others)
    assert not chosen <= set(found.runner_up.codes)


@settings(QUICK, max_examples=40)
@given(candidates(), limits(), WEIGHTS)
def test_a_price_is_what_the_best_would_be_worth_without_the_limit(those, within, weights):
    found = portfolio(candidates=those, weights=weights, limits=within)
    if found.status != "proven":
        return
    for price in found.prices:
        assert price.status == "proven"
        assert price.gain >= 0
        if price.constraint.kind == "line" and price.change == "without":
            free = Limits(
                **{**vars(within), "lines_cents": {**within.lines_cents, price.constraint.key: 10**9}}
            )
        elif price.constraint.kind == "total" and price.change == "without":
            free = Limits(**{**vars(within), "total_cents": None})
        elif price.constraint.kind == "dates":
            free = Limits(**{**vars(within), "from_on": None, "until_on": None})
        elif price.constraint.kind == "locked_out":
            free = Limits(**{**vars(within), "locked_out": frozenset()})
        else:
            continue
        assert price.value == max(value(one, weights, free) for one in portfolios(those, free))


@settings(QUICK, max_examples=60)
@given(candidates(), limits(), WEIGHTS)
def test_limits_that_clash_are_few_and_none_can_be_spared(those, within, weights):
    """Together they cannot be kept; with any one of them gone they can."""
    from straume.lean.choose.problem import question
    from straume.lean.choose.solving import Clock, feasible_model, solved

    found = portfolio(candidates=those, weights=weights, limits=within, with_prices=False)
    if found.status != "impossible":
        return
    asked = question(candidates=those, weights=weights, limits=within, again_percent=0)

    def possible(kept) -> bool:
        model = feasible_model(asked, without=[one for one in asked.constraints if one not in kept])
        return solved(model.cp, Clock.start(5), 0)[1] == "proven"

    assert not possible(found.conflict)
    assert all(possible([one for one in found.conflict if one != spared]) for spared in found.conflict)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_order_of_the_candidates_does_not_matter(seed):
    those = [
        Candidate(
            f"c{n}", n * 100_00, "external", {"lean": 100 if n % 2 else 60}, frozenset(PLACES[: n % 3 + 1])
        )
        for n in range(8)
    ]
    asked = {"weights": {"lean": {"a": 3, "b": 2, "c": 1}}, "limits": Limits({"external": 900_00})}
    one = portfolio(candidates=those, **asked, seed=seed)
    other = portfolio(candidates=those[::-1], **asked, seed=seed)
    assert one == other
