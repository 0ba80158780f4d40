"""A unit of ours and one of another municipality work as one: each place before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US
from straume.lean.simulate.building import STANDARD_BEGIN, Setting
from straume.lean.simulate.results import Estimate, UnitLoad, estimate, load
from straume.lean.simulate.scenarios import Deadline, Figures, replicated
from straume.lean.simulate.simulating import warm_up_days
from straume.lean.stream.changes import SetStaff, change
from straume.lean.stream.folding import fold
from straume.lean.stream.pooling import pool_streams
from straume.lean.stream.records import ValueStream
from straume.web.studies.analysis import stored
from straume.web.studies.models import Publication
from straume.web.studies.scenario_analysis import (
    SEED,
    YEAR_DAYS,
    Ground,
    units_of,
    with_units,
)

POOL_REPLICATIONS = 20
FIGURES = ("mean", "median", "p90", "within")  # in the order in which a run tells them


@dataclass(frozen=True)
class Asked:
    """Which units are to work as one, and how many posts each has for this service."""

    our_unit: str
    our_posts: float
    their_unit: str
    their_posts: float


@dataclass(frozen=True)
class Beside:
    """One figure of one place: apart, together, and the difference paired by replication."""

    figure: str
    apart: Estimate
    together: Estimate
    difference: Estimate


@dataclass(frozen=True)
class Pooled:
    """Place → its figures; how busy the two units are apart, and the shared one."""

    places: dict[str, tuple[Beside, ...]]
    apart: dict[str, UnitLoad]
    together: dict[str, UnitLoad]


def published_stream(theirs: Publication) -> ValueStream:
    """The service of another municipality, as it was published."""
    return with_units(stored(theirs.run, {}).stream)


def same_unit(stream: ValueStream, named: str) -> str:
    """The unit that is called the same, if there is one."""
    return next((unit for unit in units_of(stream) if fold(unit) == fold(named)), "")


def pooled(ground: Ground, theirs: Publication, asked: Asked, *, us: str, them: str) -> Pooled:
    """Both services for a year, apart and with one unit between them.

    Raises StraumeError where a unit, its posts or a number of requests is missing.
    """
    other = published_stream(theirs)
    if asked.our_unit not in units_of(ground.stream) or asked.their_unit not in units_of(other):
        raise WrongCall("pool_unit_missing", place=them, unit=asked.their_unit)
    places = {
        us: change(ground.stream, [SetStaff(asked.our_unit, asked.our_posts)]),
        them: change(other, [SetStaff(asked.their_unit, asked.their_posts)]),
    }
    shared = {asked.our_unit: {us: asked.our_unit, them: asked.their_unit}}
    apart = _lived(pool_streams(places), ground)
    together = _lived(pool_streams(places, shared=shared), ground)
    names = [f"{us}: {asked.our_unit}", f"{them}: {asked.their_unit}"]
    return Pooled(
        {place: tuple(_beside(apart, together, place)) for place in places},
        {name: _load(apart, name) for name in names},
        {asked.our_unit: _load(together, asked.our_unit)},
    )


def _lived(stream: ValueStream, ground: Ground) -> tuple[Figures, ...]:
    warm_up = warm_up_days(stream)
    setting = Setting(
        begin=STANDARD_BEGIN - round(warm_up * DAY_US),
        warm_up_days=warm_up,
        queue_only=ground.setting.queue_only,
    )
    deadline: Deadline | None = ground.deadline
    return replicated(
        stream,
        replications=POOL_REPLICATIONS,
        seed=SEED,
        until=STANDARD_BEGIN + YEAR_DAYS * DAY_US,
        setting=setting,
        deadline=deadline,
    )


def _beside(apart: Sequence[Figures], together: Sequence[Figures], place: str) -> list[Beside]:
    found = []
    for at, figure in enumerate(FIGURES):
        before = [one.places[place][at] for one in apart if place in one.places]
        after = [one.places[place][at] for one in together if place in one.places]
        known = [value for value in (*before, *after) if value is not None]
        if len(known) == len(apart) + len(together):
            first, second = [float(value or 0) for value in before], [float(value or 0) for value in after]
            less = [b - a for a, b in zip(first, second, strict=True)]
            found.append(Beside(figure, estimate(first), estimate(second), estimate(less)))
    return found


def _load(found: Sequence[Figures], unit: str) -> UnitLoad:
    return load(sum(one.units.get(unit, 0.0) for one in found) / len(found))
