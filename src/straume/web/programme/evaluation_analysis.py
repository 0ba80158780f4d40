"""Figures about a training: the only module here that calls the library's methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from straume.lean.ask.paired import Difference, groups_difference, paired_difference
from straume.lean.flow.intervals import Share, wilson
from straume.lean.protect import SMALLEST_GROUP

__all__ = ["Difference", "Share", "agreeing", "change", "pooled", "score", "share_of"]
Answers = Mapping[str, Sequence[int]]


def agreeing(values: Sequence[int], *, from_step: int) -> Share | None:
    """Share of those who answered with this step of the scale or a higher one; None under five answers."""
    if len(values) < SMALLEST_GROUP:
        return None
    return wilson(count=sum(value >= from_step for value in values), n=len(values))


def share_of(*, count: int, n: int) -> Share | None:
    return wilson(count=count, n=n) if n >= SMALLEST_GROUP else None


def score(*, answers: Answers, right: Answers) -> float:
    """Share of the questions answered just right: every right answer chosen and no wrong one."""
    if not right:
        return 0.0
    hits = sum(set(answers.get(question, ())) == set(choices) for question, choices in right.items())
    return hits / len(right)


def change(
    *, before: Mapping[str, float], after: Mapping[str, float], alone: tuple[Sequence[float], Sequence[float]]
) -> Difference | None:
    """What a group knew more after: of pairs by code where there are five, else of two groups of five each.

    `before` and `after` are code → score; `alone` the scores of those without a code, before and after.
    """
    both = sorted(before.keys() & after.keys())
    if len(both) >= SMALLEST_GROUP:
        return paired_difference(pairs=[(before[code], after[code]) for code in both])
    first, second = [*before.values(), *alone[0]], [*after.values(), *alone[1]]
    if min(len(first), len(second)) < SMALLEST_GROUP:
        return None
    return groups_difference(before=first, after=second)


def pooled(pairs: Sequence[tuple[float, float]]) -> Difference | None:
    """The change over several activities, from the pairs of those that show a figure of their own."""
    return paired_difference(pairs=pairs) if len(pairs) >= SMALLEST_GROUP else None
