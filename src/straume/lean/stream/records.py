"""The ValueStream: how a service works. Steps, routes, units, demand – whether people said it or a log showed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ValueClass = Literal["value", "necessary", "waste"]
NodeKind = Literal["start", "end", "xor", "and"]  # gateways: a split where several routes leave, a join where several arrive
Medium = Literal["paper", "email", "system", "phone", "person"]
Clock = Literal["working", "calendar"]


@dataclass(frozen=True)
class Span:
    """A duration of which the spread is known: minutes [min] on a named clock."""

    low_minutes: float
    mode_minutes: float
    high_minutes: float
    clock: Clock = "working"
    mean_minutes: float | None = None  # exact mean where data gave it; otherwise (low + 4·mode + high) / 6


@dataclass(frozen=True)
class LegalBasis:
    """What law asks for a step, and since and until when it was in force."""

    text: str
    from_on: str | None = None  # ISO date
    until_on: str | None = None
    checked: bool = False  # by a lawyer


@dataclass(frozen=True)
class Step:
    """One step of work as a unit does it."""

    key: str
    name: str
    lane: str = ""
    unit: str = ""
    touch: Span | None = None  # work on one occurrence [working min]; None: unknown
    wait: Span | None = None  # before the step starts, per occurrence; its clock is said
    share: float = 1.0  # of cases that take it at least once [0..1]
    occurrences: float = 1.0  # mean times per case that takes it
    complete_accurate: float | None = None  # %C&A as a share [0..1], told by the next step
    staff: int | None = None
    batch_size: float | None = None
    batch_every_days: float | None = None
    value_class: ValueClass | None = None  # None: not yet judged by people
    is_check: bool = False
    legal_basis: LegalBasis | None = None
    medium: Medium | None = None


@dataclass(frozen=True)
class Node:
    """A gateway: start, end, or a point where routes part or meet (one of them: xor; all of them: and)."""

    key: str
    kind: NodeKind


@dataclass(frozen=True)
class Route:
    """From one step or node to another. Shares leaving an xor sum to 1; those leaving an `and` are 1 each."""

    source: str
    target: str
    share: float = 1.0
    is_rework: bool = False  # leads back to what was already done
    count: int | None = None  # cases seen, where a log gave it


@dataclass(frozen=True)
class UnitCapacity:
    """A unit that works in the stream: people as full-time equivalents, a calendar, a grade average cost rate (never a person)."""

    name: str
    staff: float | None = None
    calendar: Mapping[str, object] = field(default_factory=dict)
    rate_eur_per_hour: float | None = None


@dataclass(frozen=True)
class ValueStream:
    """Steps and gateways joined by routes; units, demand and the calendar they count in."""

    steps: tuple[Step, ...]
    nodes: tuple[Node, ...]
    routes: tuple[Route, ...]
    units: tuple[UnitCapacity, ...] = ()
    demand_per_year: float | None = None
    calendar: Mapping[str, object] = field(default_factory=dict)
    origin: Literal["steps", "log", "bpmn"] = "steps"
    method: str = ""  # of discovery, where a log gave it
