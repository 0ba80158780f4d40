"""People who are put into groups, what each group may hold, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from straume.lean.choose.records import Status


@dataclass(frozen=True)
class Person:
    """Somebody by a code, never a name; traits such as country, municipality, topic."""

    code: str
    traits: Mapping[str, str] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()  # codes of groups, the dearest first; empty: any


@dataclass(frozen=True)
class Plan:
    """A group to be filled, and how many people it takes."""

    code: str
    least: int
    most: int


@dataclass(frozen=True)
class Rule:
    """One thing that has to be kept. Kinds: size (key: group), together, apart (people), everybody."""

    kind: str
    key: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """How many people with one trait a group has, and how many would be its fair share."""

    group: str
    trait: str
    value: str
    people: int
    fair: float


@dataclass(frozen=True)
class Groups:
    """Who is in which group. `imbalance`: people who would have to change place for each trait to be fair."""

    status: Status
    members: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    imbalance: float
    imbalance_of: Mapping[str, float]  # by trait
    parts: tuple[Part, ...]
    wishes_met: int  # people who are in the group that they wish for most
    wishes: int  # people who have a wish
    cost: int  # what was minimised, and what it is at least
    bound: int
    conflict: tuple[Rule, ...] = ()

    @property
    def gap(self) -> float:
        """Share of the cost that a better division might still save; 0 where it is proven."""
        return 0.0 if self.cost <= 0 else max(0.0, (self.cost - self.bound) / self.cost)
