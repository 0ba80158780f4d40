"""Kinds of cases: what attributes a case has, and which routes are open to cases of each kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.model import Floats, Ints
from straume.lean.stream.records import CaseAttribute, Route, ValueStream

MOST_KINDS = 4096
WHOLE = 1e-6  # how far shares may be from 100 %


@dataclass(frozen=True)
class Kinds:
    """Every combination of values that a case can have, and the kind of each case (empty: all are alike)."""

    names: tuple[str, ...]  # of the attributes
    values: tuple[tuple[str, ...], ...]  # by kind
    of_case: Ints

    def fits(self, kind: int, when: Mapping[str, str]) -> bool:
        own = dict(zip(self.names, self.values[kind]))
        return all(own.get(name) == value for name, value in when.items())


def kinds(
    stream: ValueStream, *, cases: int, draws: Draws, given: Mapping[str, Sequence[str]] | None = None
) -> Kinds:
    """Attributes that routes ask for; `given` by case in the order of their requests, others by chance.

    Raises WrongCall `attribute_unknown`, `attribute_shares_not_whole`, `attributes_too_many`.
    """
    given = given or {}
    asked = dict.fromkeys(name for route in stream.routes for name in route.when)
    known = {attribute.name: attribute for attribute in stream.attributes}
    for name in asked:
        if name not in known and name not in given:
            raise WrongCall("attribute_unknown", name=name)
    names = tuple(asked)
    choices = [_values(known.get(name), given.get(name)) for name in names]
    count = math.prod(len(each) for each in choices)
    if count > MOST_KINDS:
        raise WrongCall("attributes_too_many", count=count)
    if not names:
        return Kinds((), ((),), np.zeros(0, np.int64))
    of_case = np.zeros(cases, np.int64)
    for name, values in zip(names, choices):
        of_case = of_case * len(values) + _of_case(
            name, values, known.get(name), given.get(name), cases, draws
        )
    return Kinds(names, tuple(product(*choices)), of_case)


def _values(attribute: CaseAttribute | None, given: Sequence[str] | None) -> tuple[str, ...]:
    said = tuple(attribute.values) if attribute else ()
    return tuple(dict.fromkeys((*said, *(given or ()))))


def _of_case(
    name: str,
    values: tuple[str, ...],
    attribute: CaseAttribute | None,
    given: Sequence[str] | None,
    cases: int,
    draws: Draws,
) -> Ints:
    """Number of each case's value among `values`."""
    if given is not None:
        number = {value: place for place, value in enumerate(values)}
        again = (list(given) * (cases // max(1, len(given)) + 1))[:cases]
        return np.array([number[value] for value in again], np.int64)
    shares = np.array([attribute.values.get(value, 0.0) for value in values] if attribute else [], np.float64)
    if len(shares) == 0 or shares.min() < 0 or abs(shares.sum() - 1) > WHOLE:
        raise WrongCall("attribute_shares_not_whole", name=name)
    luck = draws.uniforms(f"attribute {name}", first=0, count=cases)
    return np.minimum(np.searchsorted(np.cumsum(shares), luck, side="right"), len(values) - 1)


def routes_until(ways: Sequence[Sequence[Route]], found: Kinds) -> Floats:
    """Cumulative shares of the routes that leave each place, for one kind of case after the other.

    A case goes where its kind is asked for, by the shares of these routes; where it is asked for nowhere, by
    the routes without a condition. Raises WrongCall `attribute_without_way`.
    """
    rows = [_until(leaving, found, kind) for kind in range(len(found.values)) for leaving in ways]
    return np.array([share for row in rows for share in row], np.float64)


def _until(ways: Sequence[Route], found: Kinds, kind: int) -> list[float]:
    wanted = [bool(way.when) and found.fits(kind, way.when) for way in ways]
    if not any(wanted):
        wanted = [not way.when for way in ways]
    if ways and not any(wanted):
        said = dict(zip(found.names, found.values[kind]))
        name = next(iter(ways[0].when))
        raise WrongCall("attribute_without_way", name=name, value=said[name], place=ways[0].source)
    shares = np.array([way.share if open_ else 0.0 for way, open_ in zip(ways, wanted)])
    if shares.sum() <= 0:
        shares = np.array(wanted, np.float64)
    until: list[float] = (np.cumsum(shares) / shares.sum()).tolist() if len(ways) else []
    last = max((place for place, open_ in enumerate(wanted) if open_), default=0)
    return [1.0 if place >= last else share for place, share in enumerate(until)]
