"""Who works in a simulation: people of units, of units together, of several units; and when they are away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.simulate.draws import Draws
from straume.lean.stream.records import UnitCapacity

AWAY_DAYS = 5.0  # working days that somebody is away at a time, in the mean
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Person:
    """Somebody who works in one or more units; calendar {}: that of the first of them."""

    units: tuple[str, ...]
    calendar: Mapping[str, object] = field(default_factory=dict)
    away_share: float = 0.0  # of working days [0..1)


@dataclass(frozen=True)
class Staffing:
    """Units with people, the people, and how much longer work takes where posts are parts of a post."""

    units: tuple[str, ...]
    people: tuple[Person, ...]
    slowness: Mapping[str, float]


def staffing(
    units: Sequence[UnitCapacity], *, named: set[str], people: Sequence[Person] | None = None
) -> Staffing:
    """As many people as the staff of each unit that works in a step (`named`), or the ones given.

    1.5 posts are two people for whom work takes 2 / 1.5 times as long. People of units that work as one
    keep their hours. Raises WrongCall `unit_without_people`, `away_impossible`.
    """
    if people is not None:
        return Staffing(
            tuple(dict.fromkeys(unit for each in people for unit in each.units)), tuple(people), {}
        )
    found: list[Person] = []
    slowness: dict[str, float] = {}
    for unit in units:
        if unit.staff is None or unit.name not in named:
            continue
        if not unit.staff > 0:
            raise WrongCall("unit_without_people", unit=unit.name)
        if not 0 <= unit.away_share < 1:
            raise WrongCall("away_impossible", unit=unit.name)
        together = [person for part in unit.pooled or (unit,) for person in _people(unit, part)]
        slowness[unit.name] = len(together) / unit.staff
        found += together
    return Staffing(tuple(slowness), tuple(found), slowness)


def _people(unit: UnitCapacity, part: UnitCapacity) -> list[Person]:
    calendar = part.calendar or unit.calendar
    person = Person((unit.name,), calendar, part.away_share or unit.away_share)
    return [person] * math.ceil((part.staff or 0.0) - 1e-9)


def with_absences(
    calendar: WorkCalendar, share: float, *, draws: Draws, name: str, begin: int, end: int
) -> WorkCalendar:
    """The calendar of somebody who is away on `share` of its working days.

    Days at work and days away come in runs, those away of AWAY_DAYS in the mean (both geometric); the
    luck depends on the person's name alone, so a scenario with more people has the same absences of the first
    ones.
    """
    if not share:
        return calendar
    days = _working_days(calendar, begin, end)
    luck = draws.uniforms(f"away {name}", first=0, count=len(days) + 1).tolist()
    returning = 1 / AWAY_DAYS
    leaving = min(1.0, share * returning / (1 - share))
    away = luck[0] < share
    closures: list[tuple[date, date]] = []
    for day, chance in zip(days, luck[1:]):
        if away:
            on = _EPOCH + timedelta(days=day)
            closures.append((on, on))
        away = chance >= returning if away else chance < leaving
    return replace(calendar, closures=(*calendar.closures, *closures))


@lru_cache(maxsize=64)
def _working_days(calendar: WorkCalendar, begin: int, end: int) -> tuple[int, ...]:
    """In days since 1970-01-01."""
    first, last = (int(calendar.local_day(at)) for at in (begin, end))
    midnights = calendar.local_midnight_us(np.arange(first, last + 2))
    is_open = calendar.working_us(midnights[:-1], midnights[1:]) > 0
    return tuple((np.flatnonzero(is_open) + first).tolist())
