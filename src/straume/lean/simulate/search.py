"""Searches over simulated scenarios: the smallest staff that keeps the deadline, hours against days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from straume.lean.errors import InputProblems, WrongCall
from straume.lean.simulate.results import Estimate, estimate, half_width
from straume.lean.simulate.scenarios import Cancelled, Deadline, Figures, Progress, figures
from straume.lean.simulate.simulating import Setting, run
from straume.lean.stream.changes import Plan, SetStaff, change
from straume.lean.stream.records import ValueStream

KEPT_SHARE = 0.9  # of cases within the deadline: P90 keeps it
MOST_STAFF = 64  # people in a unit
MOST_TRIED = 400  # scenarios in one search
FIRST_LOOK = 5  # replications after which a clear answer is taken
CLEAR = 2.0  # half-widths of the 95 % interval by which it has to be clear

Staff = tuple[int, ...]


@dataclass(frozen=True)
class StaffFound:
    """The smallest staff that keeps the deadline."""

    staff: Mapping[str, int]  # full-time posts by unit
    within_deadline: Estimate  # share of cases [0..1]
    p90_days: Estimate
    tried: int  # scenarios simulated
    proven: bool  # that no staff with fewer posts in all keeps it; False: the search was cut short


@dataclass(frozen=True)
class Point:
    """One way to work: what it takes and what clients get."""

    switches: tuple[int, ...]  # which of the plans are carried out
    staff: Mapping[str, float]
    hours_a_year: float  # open hours of all people [h]
    p90_days: Estimate
    within_deadline: Estimate | None
    is_best: bool  # no other needs as few hours and answers as soon


def smallest_staff(
    stream: ValueStream,
    *,
    deadline: Deadline,
    replications: int,
    seed: int,
    until: int,
    setting: Setting | None = None,
    units: Sequence[str] | None = None,
    share: float = KEPT_SHARE,
    progress: Progress | None = None,
) -> StaffFound:
    """The fewest full-time posts, by unit, with which `share` of the cases keep the deadline.

    Parameters: units – those whose staff may change (None: all that have staff); the other arguments as
    those of `compare_scenarios`; progress – called after each scenario with those tried and the most that
    will be: False stops.
    Returns: StaffFound. More people never make cases later, so each unit's least number while the others have
    plenty is found by halving; from these numbers on, all of the same sum are tried, the smaller sum first.
    Raises: WrongCall `search_without_staff`, `search_not_reached` where people are not what cases wait for;
    Cancelled; as `run`.
    """
    names = list(units) if units is not None else [u.name for u in stream.units if u.staff is not None]
    if not names:
        raise WrongCall("search_without_staff")
    trial = _Trial(stream, names, deadline, replications, seed, until, setting or Setting(), share, progress)
    plenty = trial.plenty()
    least = tuple(trial.least(plenty, unit) for unit in range(len(names)))
    upper = trial.lowered(plenty, least)
    best, proven = trial.first_of_smallest_sum(least, upper)
    kept = trial.looked_at(best, whole=True)
    return StaffFound(
        dict(zip(names, best)),
        estimate([each.within_deadline or 0.0 for each in kept]),
        estimate([each.p90_days for each in kept]),
        len(trial.seen),
        proven,
    )


@dataclass
class _Trial:
    """Scenarios of one search, each simulated once, with common random numbers."""

    stream: ValueStream
    units: Sequence[str]
    deadline: Deadline
    replications: int
    seed: int
    until: int
    setting: Setting
    share: float
    progress: Progress | None

    def __post_init__(self) -> None:
        if self.replications < 2:
            raise WrongCall("replications_too_few")
        self.seen: dict[Staff, list[Figures]] = {}
        self.kept: dict[Staff, bool] = {}

    def keeps(self, staff: Staff) -> bool:
        """Whether so many people keep the deadline; more people than enough are enough too."""
        if staff not in self.kept:
            for other, kept in self.kept.items():
                if kept and all(a >= b for a, b in zip(staff, other)):
                    return True
                if not kept and all(a <= b for a, b in zip(staff, other)):
                    return False
            within = [each.within_deadline or 0.0 for each in self.looked_at(staff)]
            self.kept[staff] = float(np.mean(within)) >= self.share
            if self.progress is not None and self.progress(len(self.seen), MOST_TRIED) is False:
                raise Cancelled
        return self.kept[staff]

    def looked_at(self, staff: Staff, *, whole: bool = False) -> list[Figures]:
        """Figures of each replication; no more of them than a clear answer needs."""
        found = self.seen.setdefault(staff, [])
        stream = change(self.stream, [SetStaff(unit, n) for unit, n in zip(self.units, staff)])
        while len(found) < self.replications and (whole or not self._clear(found)):
            lived = run(stream, seed=self.seed + len(found), until=self.until, setting=self.setting)
            found.append(figures(lived, self.deadline, may_be_none=True))
        return found

    def _clear(self, found: Sequence[Figures]) -> bool:
        if len(found) < FIRST_LOOK:
            return False
        within = np.array([each.within_deadline or 0.0 for each in found])
        return abs(float(within.mean()) - self.share) > CLEAR * half_width(within)

    def plenty(self) -> Staff:
        """As many in each unit as keep the deadline: doubled until they do."""
        now = {unit.name: unit.staff or 1.0 for unit in self.stream.units}
        staff = tuple(min(MOST_STAFF, math.ceil(now.get(name, 1.0))) for name in self.units)
        while not self.keeps(staff):
            if all(n >= MOST_STAFF for n in staff):
                raise WrongCall("search_not_reached", staff=MOST_STAFF)
            staff = tuple(min(MOST_STAFF, 2 * n) for n in staff)
        return staff

    def least(self, others: Staff, unit: int) -> int:
        """The fewest in one unit that keep the deadline while the others have as many as `others` say."""
        low, high = 0, others[unit]  # nobody never keeps it, `high` does
        while high - low > 1:
            middle = (low + high) // 2
            if self.keeps((*others[:unit], middle, *others[unit + 1 :])):
                high = middle
            else:
                low = middle
        return high

    def lowered(self, staff: Staff, least: Staff) -> Staff:
        """One unit after the other made as small as it can be: a staff that keeps the deadline."""
        if self.keeps(least):
            return least
        for unit in range(len(staff)):
            staff = (*staff[:unit], self.least(staff, unit), *staff[unit + 1 :])
        return staff

    def first_of_smallest_sum(self, least: Staff, upper: Staff) -> tuple[Staff, bool]:
        """The first staff that keeps the deadline, by the number of posts in all."""
        for more in range(sum(upper) - sum(least)):
            for extra in _parts(more, len(least)):
                if len(self.seen) >= MOST_TRIED:
                    return upper, False
                staff = tuple(a + b for a, b in zip(least, extra))
                if self.keeps(staff):
                    return staff, True
        return upper, True


def _parts(whole: int, count: int) -> Iterator[Staff]:
    """All ways to share `whole` out among `count`."""
    if count == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in _parts(whole - first, count - 1):
            yield (first, *rest)


def pareto_front(
    stream: ValueStream,
    *,
    plans: Sequence[Plan] = (),
    staff: Mapping[str, Sequence[float]] | None = None,
    replications: int,
    seed: int,
    until: int,
    setting: Setting | None = None,
    deadline: Deadline | None = None,
    progress: Progress | None = None,
) -> tuple[Point, ...]:
    """Hours a year against days: every choice of plans and staff, and those that no other beats.

    Parameters: plans – changes that may be carried out or not, in their order; staff – full-time posts to be
    tried, by unit; the others as those of `compare_scenarios`; progress – called after each scenario.
    Returns: Point for each choice that can be (plans that do not go together are left out), by hours.
    Raises: WrongCall `search_too_wide` for more than MOST_TRIED choices; Cancelled; as `run`.
    """
    if replications < 2:
        raise WrongCall("replications_too_few")
    levels = staff or {}
    choices = list(
        product(product((False, True), repeat=len(plans)), product(*(levels[unit] for unit in levels)))
    )
    if len(choices) > MOST_TRIED:
        raise WrongCall("search_too_wide", count=len(choices))
    points = []
    for number, (switched, posts) in enumerate(choices):
        changed = _chosen(stream, plans, switched, dict(zip(levels, posts)))
        if changed is not None:
            points.append(
                _point(changed, switched, deadline, replications, seed, until, setting or Setting())
            )
        if progress is not None and progress(number + 1, len(choices)) is False:
            raise Cancelled
    return tuple(sorted(_marked(points), key=lambda point: (point.hours_a_year, point.p90_days.mean)))


def _chosen(
    stream: ValueStream, plans: Sequence[Plan], switched: Sequence[bool], posts: Mapping[str, float]
) -> ValueStream | None:
    try:
        for plan, is_on in zip(plans, switched):
            stream = change(stream, plan.changes) if is_on else stream
        return change(stream, [SetStaff(unit, n) for unit, n in posts.items()])
    except InputProblems:
        return None


def _point(
    stream: ValueStream,
    switched: Sequence[bool],
    deadline: Deadline | None,
    replications: int,
    seed: int,
    until: int,
    setting: Setting,
) -> Point:
    runs = [run(stream, seed=seed + n, until=until, setting=setting) for n in range(replications)]
    found = [figures(each, deadline, may_be_none=True) for each in runs]
    within = [each.within_deadline for each in found if each.within_deadline is not None]
    return Point(
        switches=tuple(number for number, is_on in enumerate(switched) if is_on),
        staff={unit.name: unit.staff for unit in stream.units if unit.staff is not None},
        hours_a_year=float(np.mean([each.open_hours_a_year for each in found])),
        p90_days=estimate([each.p90_days for each in found]),
        within_deadline=estimate(within) if len(within) == len(found) else None,
        is_best=False,
    )


def _marked(points: Sequence[Point]) -> list[Point]:
    """The ones that no other beats: fewer days with no more hours, or as many days with fewer hours."""

    def beats(one: Point, other: Point) -> bool:
        hours, days = one.hours_a_year - other.hours_a_year, one.p90_days.mean - other.p90_days.mean
        return hours <= 1e-6 and days <= 1e-9 and (hours < -1e-6 or days < -1e-9)

    return [replace(point, is_best=not any(beats(other, point) for other in points)) for point in points]
