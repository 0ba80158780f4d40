"""What can be chosen, within which limits, and what was chosen and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["proven", "bounded", "impossible", "unknown"]


@dataclass(frozen=True)
class Candidate:
    """One activity that could be held."""

    code: str
    cost_cents: int  # [cent]
    line: str  # the budget line that pays
    needs: Mapping[str, int]  # need → how much of it is met where the activity reaches [percent, 1–100]
    municipalities: frozenset[str]  # whom it serves
    languages: frozenset[str] = frozenset()  # in which it is held; empty: any
    places: int = 0  # how many people can take part
    town: str = ""
    earliest_on: date | None = None  # with `latest_on`: the days within which it can be held
    latest_on: date | None = None
    days: int = 1  # how long it takes; where the window is as long, its days are fixed
    people: frozenset[str] = (
        frozenset()
    )  # who can be at one thing at a time: a trainer, an interpreter, a team


@dataclass(frozen=True)
class Limits:
    """What a portfolio has to keep."""

    lines_cents: Mapping[str, int] = field(
        default_factory=dict
    )  # line → [cent]; a line not named pays nothing
    total_cents: int | None = None
    least_per_municipality: Mapping[str, int] = field(default_factory=dict)  # → activities
    least_in_language: Mapping[str, int] = field(default_factory=dict)  # → activities
    least_places: int = 0
    most_in_town: int | None = None
    most_activities: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    understands: Mapping[str, frozenset[str]] = field(default_factory=dict)  # municipality → languages
    locked_in: frozenset[str] = frozenset()
    locked_out: frozenset[str] = frozenset()


@dataclass(frozen=True, order=True)
class Constraint:
    """One limit by its kind and what it is about.

    Kinds: line, total, municipality, language, places, town, activities, dates, clash (key: a town as
    "town:…" or people as "people:…"), locked_in, locked_out.
    """

    kind: str
    key: str = ""
    amount: int = 0  # cents, activities or places, as the kind says


@dataclass(frozen=True)
class Reason:
    """Why a candidate was not chosen.

    Codes: locked_out, outside_dates, reaches_nobody, adds_nothing, line_exceeded (amount [cent], what: line),
    total_exceeded (amount [cent]), too_many, town_full (what: town), clashes_with (what: candidate),
    not_proven (a longer search may still choose it).
    """

    code: str
    what: str = ""
    amount: int = 0


@dataclass(frozen=True)
class Chosen:
    """A candidate of the portfolio, on which day it begins and what it brings."""

    code: str
    begins_on: date | None
    brings: int  # value that the portfolio would lose without it
    needs: tuple[str, ...]  # needs that it meets somewhere
    alone: tuple[str, ...]  # of these, needs that somewhere nothing else of the portfolio meets


@dataclass(frozen=True)
class Selection:
    """A set of candidates with its value, and how sure it is that none is better."""

    status: Status
    codes: tuple[str, ...]
    value: int
    bound: int  # no portfolio is worth more
    cost_cents: int
    begins_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Share by which the best might still be better; 0 where it is proven."""
        return 0.0 if not self.bound else max(0.0, (self.bound - self.value) / self.bound)


@dataclass(frozen=True)
class Price:
    """What one limit costs: the best value without it, or with a bit more money in a line."""

    constraint: Constraint
    change: Literal["without", "more"]
    value: int
    gain: int
    status: Status
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    more_cents: int = 0


@dataclass(frozen=True)
class Portfolio:
    """What to hold, why the others are not in it, what comes second and what each limit costs."""

    status: Status
    value: int
    best_thinkable: int  # every need met fully in each municipality that named it
    bound: int
    cost_cents: int
    chosen: tuple[Chosen, ...]
    not_chosen: Mapping[str, tuple[Reason, ...]]
    cover_percent: Mapping[str, Mapping[str, int]]  # need → municipality → percent met
    runner_up: Selection | None
    prices: tuple[Price, ...]
    conflict: tuple[
        Constraint, ...
    ] = ()  # where nothing is possible: limits that clash, none of them to spare
    constraints: tuple[Constraint, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.chosen)

    @property
    def share(self) -> float:
        """How much of the weighted need is met."""
        return self.value / self.best_thinkable if self.best_thinkable else 0.0

    @property
    def gap(self) -> float:
        return 0.0 if not self.bound else max(0.0, (self.bound - self.value) / self.bound)
