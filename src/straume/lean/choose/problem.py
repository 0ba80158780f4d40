"""The question as the solver takes it: candidates in order, whom each reaches, which limits there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from straume.lean.choose.records import Candidate, Constraint, Limits
from straume.lean.errors import InputProblems, Problem

FULL = 100  # percent
Weights = Mapping[str, Mapping[str, int]]  # need → municipality → weight


@dataclass(frozen=True)
class Term:
    """Needs and municipalities that the same candidates meet in the same measure, counted together."""

    weight: int
    percent: tuple[tuple[int, int], ...]  # (candidate's number, percent), by number

    def met(self, chosen: Iterable[int], again_percent: int) -> int:
        """Value: the best counts fully, a second one `again_percent` of what it meets."""
        inside = set(chosen)
        best = sorted((percent for number, percent in self.percent if number in inside), reverse=True)[:2]
        first, second = (*best, 0, 0)[:2]
        return self.weight * (first * FULL + second * again_percent)


@dataclass(frozen=True)
class Question:
    candidates: tuple[Candidate, ...]
    weights: Weights
    limits: Limits
    again_percent: int

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {one.code: number for number, one in enumerate(self.candidates)}

    @cached_property
    def reached(self) -> tuple[frozenset[str], ...]:
        """By candidate: municipalities that it serves in a language which they understand."""
        return tuple(
            frozenset(m for m in one.municipalities if self._follows(m, one)) for one in self.candidates
        )

    def _follows(self, municipality: str, candidate: Candidate) -> bool:
        understood = self.limits.understands.get(municipality)
        return not understood or not candidate.languages or bool(understood & candidate.languages)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        alike: dict[tuple[tuple[int, int], ...], int] = defaultdict(int)
        for need, by_municipality in self.weights.items():
            for municipality, weight in by_municipality.items():
                meeting = tuple(self.meeting(need, municipality))
                if weight and meeting:
                    alike[meeting] += weight
        return tuple(Term(weight, percent) for percent, weight in sorted(alike.items()))

    def meeting(self, need: str, municipality: str) -> list[tuple[int, int]]:
        """Candidates that meet the need there, with the percent."""
        return [
            (number, one.needs[need])
            for number, one in enumerate(self.candidates)
            if one.needs.get(need) and municipality in self.reached[number]
        ]

    @cached_property
    def best_thinkable(self) -> int:
        return sum(weight for places in self.weights.values() for weight in places.values()) * FULL * FULL

    def value(self, chosen: Iterable[int]) -> int:
        inside = frozenset(chosen)
        return sum(term.met(inside, self.again_percent) for term in self.terms)

    def cost_cents(self, chosen: Iterable[int]) -> int:
        return sum(self.candidates[number].cost_cents for number in chosen)

    def window(self, number: int, *, within_limits: bool) -> tuple[date, date] | None:
        """First and last day on which it can begin (None: it has no days); an empty one ends before it."""
        one, limits = self.candidates[number], self.limits
        if one.earliest_on is None or one.latest_on is None:
            return None
        first, last = one.earliest_on, one.latest_on
        if within_limits:
            first, last = max(first, limits.from_on or first), min(last, limits.until_on or last)
        return first, date.fromordinal(max(1, last.toordinal() - one.days + 1))

    @cached_property
    def shared(self) -> dict[str, list[int]]:
        """What can be at one thing at a time → the candidates that take it, where two could meet."""
        taken: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.candidates):
            if one.earliest_on is None or one.latest_on is None:
                continue
            keys = [f"town:{one.town}"] if one.town else []
            for key in [*keys, *(f"people:{who}" for who in sorted(one.people))]:
                taken[key].append(number)
        return {key: numbers for key, numbers in sorted(taken.items()) if self._could_meet(numbers)}

    def _could_meet(self, numbers: Sequence[int]) -> bool:
        spans = sorted(
            (one.earliest_on, one.latest_on)
            for one in (self.candidates[number] for number in numbers)
            if one.earliest_on and one.latest_on
        )
        return any(before[1] >= after[0] for before, after in pairwise(spans))

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Every limit that there is, in a fixed order."""
        limits, found = self.limits, list[Constraint]()
        lines = {one.line for one in self.candidates} | set(limits.lines_cents)
        found += [Constraint("line", line, limits.lines_cents.get(line, 0)) for line in sorted(lines)]
        if limits.total_cents is not None:
            found.append(Constraint("total", "", limits.total_cents))
        found += _least("municipality", limits.least_per_municipality)
        found += _least("language", limits.least_in_language)
        if limits.least_places:
            found.append(Constraint("places", "", limits.least_places))
        if limits.most_in_town is not None:
            towns = sorted({one.town for one in self.candidates if one.town})
            found += [Constraint("town", town, limits.most_in_town) for town in towns]
        if limits.most_activities is not None:
            found.append(Constraint("activities", "", limits.most_activities))
        if limits.from_on or limits.until_on:
            found.append(Constraint("dates"))
        found += [Constraint("clash", key) for key in self.shared]
        found += [Constraint("locked_in", code) for code in sorted(limits.locked_in)]
        found += [Constraint("locked_out", code) for code in sorted(limits.locked_out)]
        return tuple(found)


def _least(kind: str, least: Mapping[str, int]) -> list[Constraint]:
    return [Constraint(kind, key, amount) for key, amount in sorted(least.items()) if amount]


def question(
    *, candidates: Sequence[Candidate], weights: Weights, limits: Limits, again_percent: int
) -> Question:
    """The question, after everything that cannot be meant was refused."""
    problems = list(_problems(candidates, weights, limits, again_percent))
    if problems:
        raise InputProblems(tuple(problems))
    return Question(tuple(sorted(candidates, key=lambda one: one.code)), weights, limits, again_percent)


def _problems(
    candidates: Sequence[Candidate], weights: Weights, limits: Limits, again_percent: int
) -> Iterable[Problem]:
    codes = [one.code for one in candidates]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem("choose_twice", {"candidate": code})
    for one in candidates:
        if one.cost_cents < 0 or one.places < 0 or one.days < 1:
            yield Problem("choose_negative", {"candidate": one.code})
        if any(not 1 <= percent <= FULL for percent in one.needs.values()):
            yield Problem("choose_percent", {"candidate": one.code})
        window = (one.earliest_on, one.latest_on)
        if window[0] and window[1] and (window[1] - window[0]).days + 1 < one.days:
            yield Problem("choose_window", {"candidate": one.code})
    for code in sorted((limits.locked_in | limits.locked_out) - set(codes)):
        yield Problem("choose_locked_unknown", {"candidate": code})
    if any(weight < 0 for places in weights.values() for weight in places.values()):
        yield Problem("choose_weight", {})
    if not 0 <= again_percent <= FULL:
        yield Problem("choose_again", {"percent": again_percent})
