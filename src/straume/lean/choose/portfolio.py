"""The portfolio of activities that meets the most weighted need within its limits."""

from __future__ import annotations

from collections.abc import Sequence

from straume.lean.choose.prices import prices_of
from straume.lean.choose.problem import Question, Weights, question
from straume.lean.choose.reasons import chosen_of, cover_percent, reasons_of
from straume.lean.choose.records import Candidate, Limits, Portfolio, Selection
from straume.lean.choose.solving import Clock, best, conflict

SECONDS = 20.0


def portfolio(
    *,
    candidates: Sequence[Candidate],
    weights: Weights,
    limits: Limits,
    again_percent: int = 0,
    more_percent: int = 10,
    with_prices: bool = True,
    seconds: float = SECONDS,
    seed: int = 0,
) -> Portfolio:
    """Choose activities; say whether none is proven to be better, what comes second, what each limit costs.

    Parameters: `weights`, need → municipality → weight (an integer: importance × gap, scaled);
    `again_percent`, what a second activity adds where a need is met already [percent of what it meets];
    `more_percent`, by how much a budget line is raised to ask its price [percent]; `seconds`, the most
    that everything together may take [s].

    Returns: a Portfolio. Of equally valuable ones it is the cheapest. Status "proven", "bounded" (time was
    up: the gap says by how much a better one could still be better), "impossible" (`conflict` names limits
    that clash, none of which could be spared), "unknown" (time was up before any was found). `runner_up`
    leaves out at least one chosen activity.

    Raises: InputProblems, all at once, where a candidate, weight or lock cannot be meant.

    References: weighted maximum coverage with side constraints: Church and ReVelle (1974),
    doi:10.1007/BF01942293; Nemhauser, Wolsey and Fisher (1978), doi:10.1007/BF01588971. A minimal set of
    clashing limits by a deletion filter: Chinneck and Dravnieks (1991), doi:10.1287/ijoc.3.2.157.
    """
    asked = question(candidates=candidates, weights=weights, limits=limits, again_percent=again_percent)
    clock = Clock.start(seconds)
    found = best(asked, clock, seed=seed)
    if found.status in ("impossible", "unknown"):
        return _nothing(asked, found, clock)
    numbers = [asked.numbers[code] for code in found.codes]
    second = best(asked, clock, leaving_out_one_of=numbers, seed=seed) if numbers else None
    return Portfolio(
        status=found.status,
        value=found.value,
        best_thinkable=asked.best_thinkable,
        bound=found.bound,
        cost_cents=found.cost_cents,
        chosen=chosen_of(asked, found),
        not_chosen=reasons_of(asked, found),
        cover_percent=cover_percent(asked, numbers),
        runner_up=second if second and second.status in ("proven", "bounded") else None,
        prices=prices_of(asked, found, clock, more_percent, seed) if with_prices else (),
        constraints=asked.constraints,
    )


def _nothing(asked: Question, found: Selection, clock: Clock) -> Portfolio:
    return Portfolio(
        status=found.status,
        value=0,
        best_thinkable=asked.best_thinkable,
        bound=0 if found.status == "impossible" else asked.best_thinkable,
        cost_cents=0,
        chosen=(),
        not_chosen={},
        cover_percent={},
        runner_up=None,
        prices=(),
        conflict=conflict(asked, clock) if found.status == "impossible" else (),
        constraints=asked.constraints,
    )
