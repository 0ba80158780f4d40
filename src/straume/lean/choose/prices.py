"""What each limit costs: the question is solved again without it, or with a bit more money.

Not the duals of a relaxation: activities are held or not, and a price that no real choice reaches helps
nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby

from straume.lean.choose.problem import Question
from straume.lean.choose.records import Constraint, Limits, Price, Selection
from straume.lean.choose.solving import Clock, best


def prices_of(
    asked: Question, found: Selection, clock: Clock, more_percent: int, seed: int
) -> tuple[Price, ...]:
    """A price for each limit, in their order. Locks out first tell what the hand that set them gives away."""
    return tuple(
        price
        for _kind, alike in groupby(asked.constraints, key=lambda one: one.kind)
        for price in _of_a_kind(asked, found, clock, list(alike), more_percent, seed)
    )


def _of_a_kind(
    asked: Question,
    found: Selection,
    clock: Clock,
    alike: list[Constraint],
    more_percent: int,
    seed: int,
) -> Iterator[Price]:
    """Where nothing is won without all of them, nothing is won without one: one solution for many."""
    if len(alike) > 1:
        free = _without(asked, found, clock, alike, seed)
        if free.status == "proven" and free.value == found.value:
            yield from (_priced(found, found, one) for one in alike)
            return
    for one in alike:
        without = _without(asked, found, clock, [one], seed)
        yield _priced(found, without, one)
        more_cents = one.amount * more_percent // 100
        if one.kind in ("line", "total") and without.value > found.value and more_cents:
            yield _more(asked, found, clock, one, more_cents, seed)


def _without(
    asked: Question, found: Selection, clock: Clock, constraints: Collection[Constraint], seed: int
) -> Selection:
    if clock.is_up:
        return replace(found, status="unknown")
    return _no_worse(best(asked, clock, without=constraints, seed=seed), found)


def _more(
    asked: Question, found: Selection, clock: Clock, one: Constraint, more_cents: int, seed: int
) -> Price:
    if clock.is_up:
        return _priced(found, replace(found, status="unknown"), one, more_cents)
    richer = replace(asked, limits=_raised(asked.limits, one, more_cents))
    return _priced(found, _no_worse(best(richer, clock, seed=seed), found), one, more_cents)


def _raised(limits: Limits, one: Constraint, more_cents: int) -> Limits:
    if one.kind == "total":
        return replace(limits, total_cents=one.amount + more_cents)
    return replace(limits, lines_cents={**limits.lines_cents, one.key: one.amount + more_cents})


def _no_worse(relaxed: Selection, found: Selection) -> Selection:
    """With fewer limits what was found is still possible; a search that was cut short may not have met it."""
    if relaxed.value >= found.value and relaxed.status != "unknown":
        return relaxed
    return replace(found, status="bounded" if relaxed.status == "bounded" else "unknown")


def _priced(found: Selection, other: Selection, one: Constraint, more_cents: int = 0) -> Price:
    gains = other.value > found.value
    before, after = set(found.codes), set(other.codes)
    return Price(
        constraint=one,
        change="more" if more_cents else "without",
        value=other.value,
        gain=other.value - found.value,
        status=other.status,
        comes_in=tuple(sorted(after - before)) if gains else (),
        goes_out=tuple(sorted(before - after)) if gains else (),
        more_cents=more_cents,
    )
