"""Weights of answers to the number of people employed, per place (post-stratification)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.errors import WrongCall
from straume.lean.protect import SMALLEST_GROUP

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """Answers that are weighted together: where they come from, the people they stand for, and how many.

    `places` is empty for answers that say their group (country) only; they stand for a part of its people.
    """

    places: tuple[str, ...]
    group: str
    people: float
    answers: int

    @property
    def fraction(self) -> float:
        """Share of the people who answered [0..1]."""
        return min(1.0, self.answers / self.people) if self.people > 0 else 1.0


@dataclass(frozen=True)
class Weighting:
    """What each answer stands for.

    weights: people per answer, shape (n,); of: number of its stratum, shape (n,); fractions: share of the
    people of its stratum who answered, shape (n,), all 0 where people are not known; people: for whom the
    figures speak. `without_answers`: places whose people no figure speaks for. `without_people`: places with
    answers whose number of people is not known; where there are any, nothing is weighted. `too_few_people`:
    places with more answers than people, counted as if everybody had answered.
    """

    weights: Floats
    of: npt.NDArray[np.int64]
    fractions: Floats
    strata: tuple[Stratum, ...] = ()
    people: int = 0
    without_answers: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    too_few_people: tuple[str, ...] = ()

    @property
    def is_weighted(self) -> bool:
        return bool(self.strata)

    @property
    def collapsed(self) -> tuple[Stratum, ...]:
        """Strata in which several places were taken together."""
        return tuple(one for one in self.strata if len(one.places) > 1)

    @property
    def without_place(self) -> int:
        """Answers that say their country at most."""
        return sum(one.answers for one in self.strata if not one.places)


def weigh(
    *,
    places: Sequence[str],
    groups: Sequence[str],
    people: Mapping[str, int],
    group_of: Mapping[str, str],
    answered: Mapping[str, int] | None = None,
    least: int = SMALLEST_GROUP,
) -> Weighting:
    """Weight of each answer = people of its place ÷ answers of its place.

    A place is a stratum. Places with fewer than `least` answers are taken together within their group
    (country); if they are still fewer, they join the place of the group that has the fewest answers. Answers
    that do not say their place are a stratum of their group: it stands for the part of each place's people
    whose answers lost their place, S·(1 − said ÷ answered). How many answered in each place is `answered`;
    where that is not known the lost ones are taken to spread as the others do, and places under whose name
    nobody answered belong to them wholly. Otherwise places without answers are left out of the population and
    named. Without the number of people of a place that has answers nothing is weighted.

    Parameters: places – of each answer, "" where it has none, shape (n,); groups – of each answer, "" where
    it has none, shape (n,); people – place → people employed; group_of – place → group, for every place of
    `people`; answered – place → answers, those that lost their place among them.
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
    said = Counter(place for place in places if place)
    unknown = tuple(sorted(place for place in said if place not in people))
    if unknown or not people or not places:
        return _unweighted(len(places), unknown)
    cells: list[_Cell] = []
    silent: list[str] = []
    for group in sorted({*group_of.values(), *groups} - {""}):
        inside = sorted(place for place in people if group_of[place] == group)
        lost = sum(1 for place, its in zip(places, groups, strict=True) if not place and its == group)
        made, left_out = _of_group(group, inside, people, said, lost, answered, least)
        cells += made
        silent += left_out
    return _weighting(places, groups, people, cells, tuple(silent))


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
    people: float
    answers: int
    has_lost: bool = False  # the answers that do not say their place


def _of_group(
    group: str,
    inside: Sequence[str],
    people: Mapping[str, int],
    said: Mapping[str, int],
    lost: int,
    answered: Mapping[str, int] | None,
    least: int,
) -> tuple[list[_Cell], list[str]]:
    """The strata of a country, and the places for whose people nobody speaks."""
    every = _answered(inside, said, lost, answered)
    silent = [place for place in inside if not every[place]]
    cells: list[_Cell] = []
    few: list[_Cell] = []
    for place in inside:
        if said.get(place, 0):
            cell = _Cell([place], group, people[place] * said[place] / every[place], said[place])
            (cells if said[place] >= least else few).append(cell)
    if few:
        together = _Cell(
            sorted(place for cell in few for place in cell.places),
            group,
            sum(cell.people for cell in few),
            sum(cell.answers for cell in few),
        )
        cells = [*cells, together] if together.answers >= least or not cells else _joined(cells, together)
    if lost:
        speaking = [place for place in inside if every[place]]
        mass = sum(people[place] * (1 - said.get(place, 0) / every[place]) for place in speaking)
        cells.append(_Cell([], group, mass, lost, has_lost=True))
    return cells, silent


def _answered(
    inside: Sequence[str], said: Mapping[str, int], lost: int, answered: Mapping[str, int] | None
) -> dict[str, float]:
    """How many answered in each place, with those that lost it."""
    spoken = sum(said.get(place, 0) for place in inside)
    if answered is not None and all(answered.get(place, 0) >= said.get(place, 0) for place in inside):
        known = {place: float(answered.get(place, 0)) for place in inside}
        if sum(known.values()) == spoken + lost:
            return known
    if not lost:
        return {place: float(said.get(place, 0)) for place in inside}
    more = 1 + lost / spoken if spoken else 1.0
    return {place: said.get(place, 0) * more or 1.0 for place in inside}


def _joined(cells: list[_Cell], together: _Cell) -> list[_Cell]:
    nearest = min(cells, key=lambda cell: (cell.answers, cell.places))
    nearest.places = sorted(nearest.places + together.places)
    nearest.answers += together.answers
    nearest.people += together.people
    return cells


def _weighting(
    places: Sequence[str],
    groups: Sequence[str],
    people: Mapping[str, int],
    cells: list[_Cell],
    silent: tuple[str, ...],
) -> Weighting:
    """Answers that do not even say their country weigh as the mean of the others."""
    stray = sum(1 for place, group in zip(places, groups, strict=True) if not place and not group)
    if stray:
        answers = sum(cell.answers for cell in cells)
        each = sum(cell.people for cell in cells) / answers if answers else 1.0
        cells = [*cells, _Cell([], "", each * stray, stray, has_lost=True)]
    few = tuple(place for cell in cells if cell.people < cell.answers for place in cell.places)
    strata = [
        Stratum(tuple(cell.places), cell.group, max(cell.people, float(cell.answers)), cell.answers)
        for cell in cells
    ]
    by_place = {place: at for at, cell in enumerate(cells) for place in cell.places}
    lost = {cell.group: at for at, cell in enumerate(cells) if cell.has_lost}
    of = np.array(
        [by_place[place] if place else lost[group] for place, group in zip(places, groups, strict=True)],
        dtype=np.int64,
    )
    per_answer = np.array([one.people / one.answers for one in strata])
    return Weighting(
        weights=per_answer[of],
        of=of,
        fractions=np.array([one.fraction for one in strata])[of],
        strata=tuple(strata),
        people=sum(number for place, number in people.items() if place not in silent),
        without_answers=silent,
        too_few_people=few,
    )
