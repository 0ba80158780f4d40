"""What an assessment says: figures with interval and n, where the time goes, and questions to a team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from straume.lean.events.log import Facts
from straume.lean.stream.records import StreamMeasures as StreamMeasures
from straume.lean.stream.records import ValueStream

Certainty = Literal["low", "medium", "high"]
Cause = Literal["batching", "prioritisation", "contention", "unavailability", "extraneous"]
PartKind = Literal["value", "necessary", "waste", "not_judged", "closed", "waiting", "between"]
# "closed": nights and weekends while a piece of work lies open; "waiting": before it is begun, on any clock
# "between": time between completions, where the log knows no start; work and waiting cannot be told apart in
# it


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval and n; its unit stands in the name of the field that holds it."""

    value: float
    low: float | None
    high: float | None
    n: int
    # of the interval: wilson, clopper_pearson, order_statistics, student, katz, kaplan_meier
    method: str = ""


@dataclass(frozen=True)
class LeadTime:
    """Request to answer on the citizen's clock [calendar days]; open cases are censored (Kaplan–Meier)."""

    median_days: Estimate | None  # None: fewer than half of the cases have ended
    p80_days: Estimate | None
    p90_days: Estimate | None
    mean_days: float | None  # of closed cases
    median_working_days: float | None
    cases: int
    open_cases: int


@dataclass(frozen=True)
class Promise:
    """Share of cases answered within the legal deadline, on the citizen's and on the statutory clock."""

    deadline_days: float
    clock: Literal["calendar", "working"]
    on_time_citizen: Estimate  # share [0..1]
    on_time_statutory: Estimate | None  # share; None where nothing stops the clock in the log


@dataclass(frozen=True)
class TimePart:
    """A part of the mean case from request to answer, to scale; one row for a kind and step."""

    kind: PartKind
    step: str | None  # step name; None: not of one step
    days: float  # calendar days of the mean case
    share: float  # of the whole [0..1]


@dataclass(frozen=True)
class StepFigures:
    """One step as the log or the room knows it."""

    step: str
    unit: str | None
    cases: int
    share_of_cases: float
    items: int
    repeated: int  # items that are a second or later occurrence in their case
    touch_minutes_mean: float | None  # working min per occurrence; None: no start time known
    touch_estimated_share: float  # of its items [0..1]
    waiting_days_mean: float | None  # calendar days; where no start is known: between completions
    waiting_days_median: float | None
    waiting_days_p90: float | None
    waiting_working_days_mean: float | None
    value_class: str | None = None


@dataclass(frozen=True)
class EdgeFigures:
    """One hand-on from a step to the next."""

    source: str
    target: str
    count: int
    cases: int
    mean_days: float
    median_days: float
    p90_days: float
    mean_working_days: float


@dataclass(frozen=True)
class WeekFigures:
    """One ISO week: arrivals, cases ended, cases in progress at its end."""

    week: str  # 2018-W07
    arrived: int
    ended: int
    in_progress: int


@dataclass(frozen=True)
class LittlesLaw:
    """Consistency check: work in progress against throughput × lead time, in the middle of the period."""

    in_progress_mean: float
    throughput_per_day: float
    lead_time_days_mean: float
    expected_in_progress: float
    difference_share: float  # (counted − expected) / expected
    consistent: bool  # |difference| ≤ 30 %


@dataclass(frozen=True)
class CauseFigures:
    """One cause of waiting in the whole log; elapsed time, nights and days off included."""

    cause: Cause
    hours: float  # in the whole log
    share: float  # of all waiting [0..1]
    hours_per_year: float | None  # None: the log is too short to speak of a year
    days_per_case: float  # calendar days, over all cases
    efficiency_without: float | None  # cycle efficiency had nothing waited for this cause


@dataclass(frozen=True)
class WaitingOf:
    """Waiting by cause of one step, hand-on (source → step), unit or week; what is not named is None."""

    items: int
    cases: int
    waiting_hours: float  # elapsed, in the whole log
    estimated_share: float  # of these hours: they rest on an estimated start
    hours: Mapping[str, float]  # cause → elapsed hours; they sum to waiting_hours
    step: str | None = None
    source: str | None = None
    unit: str | None = None
    week: str | None = None  # ISO week in which the work began: 2018-W07
    workers: int | None = None  # of a unit: how many people did this work; None: the log names nobody there


@dataclass(frozen=True)
class WaitingCauses:
    """Why work waits: each second of waiting in exactly one cause. The smallest group is a unit."""

    cases: int
    items: int  # pieces of work whose start is known or estimated
    unknown_items: int  # left out: nobody knows when they began
    estimated_share: float  # of the waiting: it rests on an estimated start [0..1]
    years: float | None  # length of the log; None: too short to speak of a year
    waiting_hours: float
    touch_hours: float
    efficiency: float | None  # touch ÷ (touch + waiting), elapsed time
    causes: tuple[CauseFigures, ...]
    steps: tuple[WaitingOf, ...]  # most waiting first
    edges: tuple[WaitingOf, ...]
    units: tuple[WaitingOf, ...]
    weeks: tuple[WaitingOf, ...]  # in their order


@dataclass(frozen=True)
class Finding:
    """A question to the people who do the work, with what stands behind it; never a verdict."""

    code: str
    step: str | None
    edge: tuple[str, str] | None
    unit: str | None
    cases_touched: int
    cases: int
    # working hours a year that the step or the rework takes; None: touch time unknown
    hours_per_year: float | None
    days_per_case: Estimate | None  # calendar days that a touched case loses
    certainty: Certainty
    # what the sentence and the table behind it quote
    counts: Mapping[str, float | int | str] = field(default_factory=dict)
    score: float = 0.0  # for ranking only: days per case × share of cases touched


@dataclass(frozen=True)
class WithheldFinding:
    """A kind of finding that this input cannot show, and why."""

    code: str
    reason: str  # no_outcome, no_check_step, no_units, no_start, no_received, too_few_cases, date_only, no_…


@dataclass(frozen=True)
class Assessment:
    """One service, assessed; parameters and version say how each figure came about."""

    entrance: Literal["log", "steps"]
    facts: Facts | None
    first_on: str | None  # ISO dates of the period, local
    last_on: str | None
    lead_time: LeadTime | None
    promise: Promise | None
    work_minutes_per_case: Estimate | None
    work_estimated_share: float
    time_parts: tuple[TimePart, ...]
    steps: tuple[StepFigures, ...]
    edges: tuple[EdgeFigures, ...]
    weeks: tuple[WeekFigures, ...]
    littles_law: LittlesLaw | None
    variants: int
    first_time_right: Estimate | None
    cases_with_rework: int
    repeated_items: int
    handoffs_between_units: int
    ping_pong_cases: int
    stream: ValueStream
    measures: StreamMeasures
    replay_fitness: float | None
    findings: tuple[Finding, ...]
    withheld: tuple[WithheldFinding, ...]
    library_version: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    waiting: WaitingCauses | None = None  # None: this input cannot say why work waits
    # why not: no_start, few_starts, date_only; "": it is told, steps were told, or nobody asked yet
    waiting_reason: str = ""
    # of the cases [0..1], from which model, parts of the time, and questions come; all else is of every case
    sampled_share: float = 1.0
    stops_are_routine: bool = False  # first_time_right leaves out stops that nearly every case has

    def to_dict(self) -> dict[str, Any]:
        """Plain values (docs/schemas/assessment.schema.json); `from_dict` gives back an equal assessment."""
        from straume.lean.assess.plain import assessment_to_dict

        return assessment_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Assessment:
        from straume.lean.assess.plain import assessment_from_dict

        return assessment_from_dict(data)
