"""A portfolio that people put together themselves, weighed on the same scales."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from straume.lean.choose.problem import Question, Weights, question
from straume.lean.choose.records import Candidate, Constraint, Limits
from straume.lean.choose.solving import Clock, feasible_model, solved

SECONDS = 5.0


@dataclass(frozen=True)
class Weighed:
    """What it is worth, what it costs, which limits it does not keep, and days on which it can be held."""

    value: int
    best_thinkable: int
    cost_cents: int
    broken: tuple[Constraint, ...]
    begins_on: Mapping[str, date] = field(default_factory=dict)


def weighed(
    *,
    candidates: Sequence[Candidate],
    weights: Weights,
    limits: Limits,
    codes: Collection[str],
    again_percent: int = 0,
) -> Weighed:
    """Value and cost of exactly these candidates; limits may be broken, and are then named.

    Parameters as those of `portfolio`. Returns: a Weighed. Where no days can be found on which all of it can
    be held, each begins on its earliest day. Raises: InputProblems.
    """
    asked = question(candidates=candidates, weights=weights, limits=limits, again_percent=again_percent)
    numbers = [asked.numbers[code] for code in codes]
    clock = Clock.start(SECONDS)
    broken = [one for one in asked.constraints if not _keeps(asked, numbers, one, clock)]
    return Weighed(
        value=asked.value(numbers),
        best_thinkable=asked.best_thinkable,
        cost_cents=asked.cost_cents(numbers),
        broken=tuple(broken),
        begins_on=_days(asked, numbers, broken, clock),
    )


def _keeps(asked: Question, numbers: Sequence[int], one: Constraint, clock: Clock) -> bool:
    others = [other for other in asked.constraints if other != one]
    return _placed(asked, numbers, others, clock) is not None


def _days(
    asked: Question, numbers: Sequence[int], broken: Sequence[Constraint], clock: Clock
) -> dict[str, date]:
    placed = _placed(asked, numbers, broken, clock)
    days = {}
    for number in numbers:
        one = asked.candidates[number]
        if one.earliest_on is not None and one.latest_on is not None:
            days[one.code] = placed[number] if placed else one.earliest_on
    return days


def _placed(
    asked: Question, numbers: Sequence[int], without: Sequence[Constraint], clock: Clock
) -> dict[int, date] | None:
    model = feasible_model(asked, without=without)
    for number, taken in enumerate(model.taken):
        model.cp.add(taken == int(number in numbers))
    solver, status = solved(model.cp, clock, 0)
    if status not in ("proven", "bounded"):
        return None
    return {number: date.fromordinal(solver.value(day)) for number, day in model.begins.items()}
