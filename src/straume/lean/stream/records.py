"""The ValueStream: how a service works. Steps, routes, units, demand – said by people or shown by a log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ValueClass = Literal["value", "necessary", "waste"]
NodeKind = Literal["start", "end", "xor", "and"]  # xor, and: several routes leave (split) or arrive (join)
Medium = Literal["paper", "email", "system", "phone", "person"]
Clock = Literal["working", "calendar"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
QueueRule = Literal["first_come", "oldest_case"]


@dataclass(frozen=True)
class Span:
    """A duration of which the spread is known: minutes [min] on a named clock.

    From people: least, usual, most. From a log: 10th percentile, median, 90th percentile and the exact mean.
    """

    low_minutes: float
    mode_minutes: float
    high_minutes: float
    clock: Clock = "working"
    mean_minutes: float | None = None  # exact mean where data gave it; otherwise (low + 4·mode + high) / 6

    @property
    def expected_minutes(self) -> float:
        """The mean where it is known, otherwise that of the three-point estimate (PERT) [min]."""
        if self.mean_minutes is not None:
            return self.mean_minutes
        return (self.low_minutes + 4 * self.mode_minutes + self.high_minutes) / 6


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
    system: str = ""  # IT system in which it is done
    rate_eur_per_hour: float | None = None  # of the grade that does it; None: the unit's rate
    between: Span | None = None  # previous completion to this one, where a log knows no start
    # "touch", "wait", "between" on their other clock too, where a log knows both exactly
    other_clock: Mapping[str, Span] = field(default_factory=dict)
    touch_estimated_share: float = 0.0  # of its items [0..1]: start estimated, not recorded
    cases: int | None = None  # seen in a log
    items: int | None = None
    notes: str = ""
    batch_weekday: Weekday | None = None  # on which a batch is released, where it is always the same day
    priority: int = 0  # within the queue of its unit: the lower goes first

    @property
    def visits(self) -> float:
        """Mean occurrences per case of the whole stream."""
        return self.share * self.occurrences


@dataclass(frozen=True)
class Node:
    """A gateway: start, end, or a point where routes part or meet (one of them: xor; all of them: and).

    Steps have one route in and one out; where more part or meet stands a gateway. The node with key "end" is
    the answer; a further node of kind end closes a parallel branch for which the answer does not wait (a dead
    end).
    """

    key: str
    kind: NodeKind


@dataclass(frozen=True)
class Route:
    """From one step or node to another. Shares leaving an xor sum to 1; those leaving an `and` are 1 each."""

    source: str
    target: str
    share: float = 1.0
    is_rework: bool = False  # leads back to what was already done
    count: int | None = None  # times taken, where a log gave it
    # attribute → value: cases of that kind go here (by `share` where several fit), others by the routes
    # without such a condition; `share` stays the share of all cases
    when: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitCapacity:
    """A unit that works in the stream: full-time equivalents, calendar, average cost rate of its grades."""

    name: str
    staff: float | None = None
    calendar: Mapping[str, object] = field(default_factory=dict)
    rate_eur_per_hour: float | None = None
    pooled: tuple[UnitCapacity, ...] = ()  # the units that work as this one, each with its own hours
    away_share: float = 0.0  # of working days on which each of its people is away [0..1)


@dataclass(frozen=True)
class CaseAttribute:
    """What cases differ by and routes may ask for: a name, and the share of cases of each value (sum 1)."""

    name: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class ReplayFitness:
    """How much of a log a model replays [0..1]: 1 − cost of best alignments / cost without any agreement."""

    fitness: float  # of the whole log: events of steps that were left out of the model count as deviations
    fitness_kept: float  # of the log without the events that were left out on purpose
    perfect_share: float  # of cases that the model replays without any deviation, left-out events aside
    exact: bool  # false: `cases_checked` are a part of all, chosen evenly over the variants
    cases: int
    cases_checked: int
    variants: int
    variants_checked: int
    deviations: int  # moves in the log alone or in the model alone, summed over checked cases


@dataclass(frozen=True)
class Discovery:
    """How a model was found in a log, and what was left out of it."""

    method: str  # name of the method's page in docs/methods
    noise: float  # edges rarer than this share of the strongest edge from the same step may be set aside
    reason: str  # code: noise_best_f, noise_given – why this noise
    activities: int
    activities_kept: int
    left_out: tuple[str, ...]  # names, most frequent first
    events_kept_share: float
    variants_used: int  # in finding the model; `variants` in `replay`
    precision: float  # share of what the model allows from step to step that the log shows [0..1]
    tree: str  # the process tree as text: →(…) sequence, ×(…) choice, ∧(…) parallel, ↻(…) loop, τ nothing
    replay: ReplayFitness
    filter_first: bool = False  # noise was set aside before any cut was looked for


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
    name: str = ""
    discovery: Discovery | None = None
    queue_rule: QueueRule = "first_come"  # within a priority: what came to the unit first, or the oldest case
    attributes: tuple[CaseAttribute, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values (docs/schemas/value-stream.schema.json); `from_dict` gives back an equal stream."""
        from straume.lean.stream.plain import stream_to_dict

        return stream_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ValueStream:
        from straume.lean.stream.plain import stream_from_dict

        return stream_from_dict(data)


@dataclass(frozen=True)
class Branch:
    """One branch of a parallel split: what it takes, and whether the answer waits for it."""

    steps: tuple[str, ...]  # step keys
    minutes: float  # expected lead time of the branch on the clock of the measures
    chosen: bool  # on the critical path
    dead_end: bool  # the answer does not wait for it


@dataclass(frozen=True)
class ParallelChoice:
    """Why the critical path goes where it goes at one parallel split."""

    node: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class StreamMeasures:
    """Measures of the value stream; None where the input does not allow them: `missing` says why."""

    lead_time_days: float | None  # calendar days, critical path
    process_minutes: float | None  # expected touch per case, all steps [working min]
    activity_ratio: float | None  # [0..1] critical path
    process_cycle_efficiency: float | None  # [0..1]; None until steps are judged or without touch time
    rolled_yield: float | None  # [0..1]
    takt_minutes: float | None
    required_hours_per_year: float | None
    direct_cost_eur_per_case: float | None
    work_in_progress: float | None
    steps: int
    handoffs: int
    loops: int
    critical_path: tuple[str, ...] = ()  # step keys
    utilisation_by_unit: Mapping[str, float] = field(default_factory=dict)
    capacity_by_unit: Mapping[str, float] = field(default_factory=dict)  # cases a year
    clock: Clock = "working"  # on which the ratios and `lead_time_minutes` stand
    lead_time_minutes: float | None = None
    path_process_minutes: float | None = None  # touch on the critical path, on `clock`
    value_minutes: float | None = None  # of it, judged as value
    required_fte: float | None = None
    capacity_by_step: Mapping[str, float] = field(default_factory=dict)  # cases a year
    parallel: tuple[ParallelChoice, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)  # measure → code of what the input lacks
    without_touch: tuple[str, ...] = ()  # step keys whose work is not known: counted as nothing
    without_wait: tuple[str, ...] = ()  # steps after the first whose waiting is not known: counted as nothing
    without_quality: tuple[str, ...] = ()  # steps without %C&A: counted as free of faults
    handoffs_per_case: float | None = None  # expected, rework included; `handoffs` are those of the usual way
