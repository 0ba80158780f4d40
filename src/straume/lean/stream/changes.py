"""What people change in a value stream, one record per change, and the stream that comes out of it.

Steps are named by their key, or by their name where only one step bears it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from straume.lean.stream.records import Span, ValueStream, Weekday

FIRST = "start"  # in place of a step after which: before all others


@dataclass(frozen=True)
class TakeOut:
    """A step is no longer done."""

    kind: ClassVar[str] = "take_out"
    step: str


@dataclass(frozen=True)
class Join:
    """Steps of the same cases are done in one go, where the first was: work adds up, one waiting stays."""

    kind: ClassVar[str] = "join"
    steps: tuple[str, ...]
    name: str = ""  # of the joined step; "": the names put together
    touch: Span | None = None  # None: the sum


@dataclass(frozen=True)
class Split:
    """One step becomes several, one after another; work is shared out, the waiting stays with the first."""

    kind: ClassVar[str] = "split"
    step: str
    names: tuple[str, ...]
    shares: tuple[float, ...] = ()  # of the work, sum 1; (): equal
    units: tuple[str, ...] = ()  # (): all in the unit of the step


@dataclass(frozen=True)
class Reorder:
    """A step is done at another place of the way."""

    kind: ClassVar[str] = "reorder"
    step: str
    after: str  # a step, or FIRST


@dataclass(frozen=True)
class InParallel:
    """Steps that follow one another are done at the same time; the case goes on when all are done."""

    kind: ClassVar[str] = "in_parallel"
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Automate:
    """A machine does the step: nobody works on it, and nothing waits, unless the spans say otherwise."""

    kind: ClassVar[str] = "automate"
    step: str
    touch: Span | None = None  # work that is left to people; None: none
    wait: Span | None = None  # that stays; None: none


@dataclass(frozen=True)
class SetTouch:
    kind: ClassVar[str] = "set_touch"
    step: str
    touch: Span


@dataclass(frozen=True)
class SetWait:
    kind: ClassVar[str] = "set_wait"
    step: str
    wait: Span


@dataclass(frozen=True)
class SetShare:
    """The share of cases that take a step, or of those at a choice that take one route.

    The other routes of the choice keep their proportions; a route with share 0 is gone, and what only it led
    to.
    """

    kind: ClassVar[str] = "set_share"
    share: float  # [0..1] of all cases, or of the cases at the choice
    step: str = ""
    source: str = ""  # of a route: keys of a gateway and of where it leads
    target: str = ""


@dataclass(frozen=True)
class SetYield:
    """%C&A of a step; what comes back to it for correction changes in proportion to what is not right."""

    kind: ClassVar[str] = "set_yield"
    step: str
    complete_accurate: float  # [0..1]


@dataclass(frozen=True)
class SetStaff:
    kind: ClassVar[str] = "set_staff"
    unit: str
    staff: float  # full-time equivalents


@dataclass(frozen=True)
class SetHours:
    """Weekly hours of a unit, or of all; time zone, holidays and closures stay as they were."""

    kind: ClassVar[str] = "set_hours"
    weekly: Mapping[str, Sequence[Sequence[str]]]  # {"monday": [["08:00", "17:00"]], …}
    unit: str = ""  # "": every unit


@dataclass(frozen=True)
class SetBatch:
    """How long work is gathered before a step: up to a number, or to a day. Neither: no longer gathered."""

    kind: ClassVar[str] = "set_batch"
    step: str
    size: float | None = None
    every_days: float | None = None  # working days
    weekday: Weekday | None = None  # on which it is released


@dataclass(frozen=True)
class SetDemand:
    """Requests a year: a number, or so many times as many."""

    kind: ClassVar[str] = "set_demand"
    per_year: float | None = None
    factor: float | None = None


@dataclass(frozen=True)
class SetPriority:
    """Which work of a unit goes first: the lower number; steps have 0."""

    kind: ClassVar[str] = "set_priority"
    step: str
    priority: int


@dataclass(frozen=True)
class SetQueueRule:
    """Whether units take the work that came to them first, or that of the oldest case."""

    kind: ClassVar[str] = "set_queue_rule"
    rule: Literal["first_come", "oldest_case"]


@dataclass(frozen=True)
class PoolUnits:
    """Several units work as one: what anybody of them may do, all may do. People keep their hours."""

    kind: ClassVar[str] = "pool_units"
    units: tuple[str, ...]
    name: str = ""  # of the unit that comes out of it; "": that of the first


Change = (
    TakeOut
    | Join
    | Split
    | Reorder
    | InParallel
    | Automate
    | SetTouch
    | SetWait
    | SetShare
    | SetYield
    | SetStaff
    | SetHours
    | SetBatch
    | SetDemand
    | SetPriority
    | SetQueueRule
    | PoolUnits
)


@dataclass(frozen=True)
class Plan:
    """Changes in their order, under a name: a scenario as people keep it."""

    changes: tuple[Change, ...]
    name: str = ""


@dataclass(frozen=True)
class Told:
    """A change as a code with the names and figures that its sentence needs (`straume.words.changes`)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def change(stream: ValueStream, changes: Sequence[Change]) -> ValueStream:
    """The stream after the changes, made in their order; the stream that was given stays as it is.

    Parameters: changes – each on the stream that the ones before it left.
    Returns: ValueStream whose routes hold together, with shares and occurrences of its steps that follow from
    them; steps are untouched where nothing about them changed.
    Raises: InputProblems with one Problem, whose place is the number of the change (row), for what makes no
    sense: no such step, no way left to the answer, …
    References: docs/methods/changes.md.
    """
    from straume.lean.stream.changing import changed

    for number, one in enumerate(changes, 1):
        stream = changed(stream, one, number=number)
    return stream


def told(stream: ValueStream, changes: Sequence[Change]) -> tuple[Told, ...]:
    """What each change does, with the names that its steps have at that moment. Raises as `change` does."""
    from straume.lean.stream.changing import changed
    from straume.lean.stream.telling import telling

    sentences = []
    for number, one in enumerate(changes, 1):
        sentences.append(telling(stream, one, number=number))
        stream = changed(stream, one, number=number)
    return tuple(sentences)
