"""Weights of answers to the number of people employed, per place (post-stratification)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.errors import WrongCall
from straume.lean.protect import SMALLEST_GROUP

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """Places that are weighted together: people employed there, and answers."""

    places: tuple[str, ...]
    group: str
    people: int
    answers: int

    @property
    def fraction(self) -> float:
        """Share of the people who answered [0..1]."""
        return min(1.0, self.answers / self.people) if self.people else 0.0


@dataclass(frozen=True)
class Weighting:
    """What each answer stands for.

    weights: people per answer, shape (n,); of: number of its stratum, shape (n,); fractions: share of the
    people of its stratum who answered, shape (n,), all 0 where people are not known. `without_answers`:
    places whose people no figure speaks for. `without_people`: places with answers whose number of people
    is not known; where there are any, nothing is weighted.
    """

    weights: Floats
    of: npt.NDArray[np.int64]
    fractions: Floats
    strata: tuple[Stratum, ...]
    without_answers: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    too_few_people: tuple[
        str, ...
    ] = ()  # places with more answers than people: counted as all having answered

    @property
    def is_weighted(self) -> bool:
        return bool(self.strata)

    @property
    def people(self) -> int:
        """People for whom the figures speak."""
        return sum(one.people for one in self.strata)

    @property
    def collapsed(self) -> tuple[Stratum, ...]:
        """Strata in which several places, or answers without a place, were taken together."""
        return tuple(one for one in self.strata if len(one.places) != 1)


def weigh(
    *,
    places: Sequence[str],
    groups: Sequence[str],
    people: Mapping[str, int],
    group_of: Mapping[str, str],
    least: int = SMALLEST_GROUP,
) -> Weighting:
    """Weight of each answer = people of its stratum ÷ answers of its stratum.

    A place is a stratum. Places with fewer than `least` answers, and answers without a place, are taken
    together within their group (country); if that stratum still has fewer than `least` answers, it is joined
    with the place of its group that has the fewest. Answers without a place stand for the places of the group
    that have no answers under their name. Places without answers are otherwise left out of the population and
    named. Without the number of people of a place that has answers nothing is weighted.

    Parameters: places – of each answer, "" where it has none, shape (n,); groups – of each answer, (n,);
    people – place → people employed; group_of – place → group, for every place of `people`.
    Returns: Weighting.
    Raises: WrongCall – shapes differ, or a place has no group.
    References: Holt, D., Smith, T. M. F. (1979), Post stratification. J. R. Stat. Soc. A 142, 33–46,
    doi:10.2307/2344652; Kalton, G., Flores-Cervantes, I. (2003), Weighting methods. J. Off. Stat. 19, 81–97
    (joining of small cells).
    """
    if len(places) != len(groups):
        raise WrongCall("ask_shapes_differ", first=len(places), second=len(groups))
    ungrouped = sorted(set(people) - set(group_of))
    if ungrouped:
        raise WrongCall("ask_place_without_group", place=ungrouped[0])
    answers: dict[str, int] = {}
    for place in places:
        answers[place] = answers.get(place, 0) + 1
    unknown = tuple(sorted(place for place in answers if place and place not in people))
    if unknown or not people or not places:
        return _unweighted(len(places), unknown)
    joined, missing = _joined(places, groups, people, group_of, answers, least)
    return _weighting(places, groups, people, joined, missing)


def effective_n(weights: Floats) -> float:
    """How many answers of equal weight would say as much: (Σw)² ÷ Σw² [answers].

    References: Kish, L. (1965), Survey Sampling. Wiley, section 11.7; Kish (1992), J. Off. Stat. 8, 183–200.
    """
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def design_effect(weights: Floats) -> float:
    """n ÷ effective n = 1 + squared coefficient of variation of the weights [no unit]."""
    known = effective_n(weights)
    return len(weights) / known if known else 1.0


def _unweighted(n: int, unknown: tuple[str, ...]) -> Weighting:
    return Weighting(
        weights=np.ones(n),
        of=np.zeros(n, dtype=np.int64),
        fractions=np.zeros(n),
        strata=(),
        without_people=unknown,
    )


@dataclass
class _Cell:
    places: list[str]
    group: str
    answers: int
    takes_unplaced: bool = False


def _joined(
    places: Sequence[str],
    groups: Sequence[str],
    people: Mapping[str, int],
    group_of: Mapping[str, str],
    answers: Mapping[str, int],
    least: int,
) -> tuple[list[_Cell], tuple[str, ...]]:
    """The strata, and the places for whose people nobody speaks."""
    cells: list[_Cell] = []
    missing: list[str] = []
    for group in sorted({group_of[place] for place in people} | set(groups)):
        inside = sorted(place for place in people if group_of[place] == group)
        unplaced = sum(1 for place, its in zip(places, groups, strict=True) if not place and its == group)
        own = [_Cell([p], group, answers[p]) for p in inside if answers.get(p, 0) >= least]
        small = [p for p in inside if 0 < answers.get(p, 0) < least]
        silent = [p for p in inside if not answers.get(p)]
        if unplaced:
            small, silent = sorted(small + silent), []
        missing += silent
        if small or unplaced:
            together = _Cell(small, group, unplaced + sum(answers.get(p, 0) for p in small), bool(unplaced))
            own = _with(own, together, least)
        cells += own
    return cells, tuple(missing)


def _with(own: list[_Cell], together: _Cell, least: int) -> list[_Cell]:
    if (together.answers >= least and together.places) or not own:
        return [*own, together]
    nearest = min(own, key=lambda cell: (cell.answers, cell.places))
    nearest.places = sorted(nearest.places + together.places)
    nearest.answers += together.answers
    nearest.takes_unplaced = together.takes_unplaced
    return own


def _weighting(
    places: Sequence[str],
    groups: Sequence[str],
    people: Mapping[str, int],
    cells: list[_Cell],
    missing: tuple[str, ...],
) -> Weighting:
    strata, few = [], []
    for cell in cells:
        there = sum(people[place] for place in cell.places)
        if there < cell.answers:
            few += cell.places
        strata.append(Stratum(tuple(cell.places), cell.group, max(there, cell.answers), cell.answers))
    by_place = {place: at for at, cell in enumerate(cells) for place in cell.places}
    unplaced = {cell.group: at for at, cell in enumerate(cells) if cell.takes_unplaced}
    of = np.array(
        [by_place[place] if place else unplaced[its] for place, its in zip(places, groups, strict=True)],
        dtype=np.int64,
    )
    per_answer = np.array([one.people / one.answers for one in strata])
    share = np.array([one.fraction for one in strata])
    return Weighting(
        weights=per_answer[of],
        of=of,
        fractions=share[of],
        strata=tuple(strata),
        without_answers=missing,
        too_few_people=tuple(few),
    )
