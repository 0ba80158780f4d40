"""Scenarios beside each other: the same requests and the same luck, differences with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from straume.lean.errors import StraumeError, WrongCall
from straume.lean.events.calendar import DAY_US
from straume.lean.simulate.hours import hours_a_year, open_hours_a_year, utilisation, work_in_progress
from straume.lean.simulate.model import Floats
from straume.lean.simulate.results import (
    Bools,
    Comparison,
    Difference,
    Estimate,
    PlaceFigures,
    Scenario,
    UnitLoad,
    estimate,
    load,
    quantile,
    replications_needed,
    within_share,
)
from straume.lean.simulate.simulating import Run, Setting, run
from straume.lean.stream.records import Clock, ValueStream

__all__ = [
    "Cancelled",
    "Comparison",
    "Deadline",
    "Difference",
    "Estimate",
    "Scenario",
    "UnitLoad",
    "compare_scenarios",
    "utilisation",
]

WANTED_SHARE = 0.05  # half-width of the interval, where none is asked for: of the first scenario's mean
PLACE = "place"  # attribute that tells the places apart whose streams are put together
# done, in all → False: stop
Progress = Callable[[int, int], bool | None]


class Cancelled(StraumeError):
    """Whoever asked no longer wants the result."""

    def __init__(self) -> None:
        super().__init__("simulation_cancelled")


@dataclass(frozen=True)
class Deadline:
    """So many days after the day of receipt, on one clock."""

    days: float
    clock: Clock = "calendar"


def compare_scenarios(
    streams: Sequence[ValueStream],
    *,
    replications: int,
    seed: int,
    until: int,
    settings: Sequence[Setting] | None = None,
    deadline: Deadline | None = None,
    wanted_days: float | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Simulates every stream with common random numbers.

    Parameters: streams – the first is what others are compared with; replications – at least two; until –
    [µs UTC]; settings – one per stream; deadline – for the share of cases within it; wanted_days – half-width
    of the interval of the mean days for which the replications needed are told (None: 5 % of the first
    scenario's mean); progress – called after each run with the runs done and in all: False stops.
    Returns: Comparison with 95 % intervals by Student's t, differences paired by replication.
    Raises: WrongCall as `run`, `replications_too_few`, `nothing_answered` where a replication ended no case;
    Cancelled.
    References: Law (2015), Simulation Modeling and Analysis, 5th ed., sections 9.4.1 and 10.2.1.
    """
    chosen = settings or [Setting()] * len(streams)
    found = []
    for number, (stream, setting) in enumerate(zip(streams, chosen, strict=True)):
        before, whole = number * replications, len(streams) * replications
        found.append(
            replicated(
                stream,
                replications=replications,
                seed=seed,
                until=until,
                setting=setting,
                deadline=deadline,
                progress=_from(progress, before, whole),
            )
        )
    return compared(found, names=[stream.name for stream in streams], wanted_days=wanted_days)


def replicated(
    stream: ValueStream,
    *,
    replications: int,
    seed: int,
    until: int,
    setting: Setting | None = None,
    deadline: Deadline | None = None,
    progress: Progress | None = None,
) -> tuple[Figures, ...]:
    """One stream simulated as often as asked: what `compared` puts beside others of the same seed.

    Whoever changes scenarios keeps these of the first stream, which stays as it is. Parameters and what is
    raised: as of `compare_scenarios`.
    """
    if replications < 2:
        raise WrongCall("replications_too_few")
    found = []
    for replication in range(replications):
        lived = run(stream, seed=seed + replication, until=until, setting=setting)
        found.append(figures(lived, deadline))
        told(progress, replication + 1, replications)
    return tuple(found)


def compared(
    found: Sequence[Sequence[Figures]], *, names: Sequence[str], wanted_days: float | None = None
) -> Comparison:
    """What `replicated` gave for several streams, of the same seeds, beside the first one's."""
    first = _column(found[0], "mean_days")
    wanted = wanted_days if wanted_days is not None else WANTED_SHARE * float(first.mean())
    return Comparison(
        scenarios=tuple(_scenario(each, name) for each, name in zip(found, names, strict=True)),
        differences=tuple(_difference(each, found[0], wanted) for each in found[1:]),
        replications=len(found[0]),
        replications_needed=replications_needed(first, half=wanted),
        wanted_days=wanted,
    )


def _from(progress: Progress | None, before: int, whole: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _in_all: progress(before + done, whole)


def told(progress: Progress | None, done: int, whole: int) -> None:
    """Tells how far a computation is; raises Cancelled where nobody wants the rest."""
    if progress is not None and progress(done, whole) is False:
        raise Cancelled


@dataclass(frozen=True)
class Figures:
    """What one run comes to."""

    mean_days: float
    median_days: float
    p90_days: float
    answered: float
    open_cases: float
    within_deadline: float | None
    hours_a_year: float | None
    open_hours_a_year: float  # of all people
    work_in_progress: float
    units: Mapping[str, float]
    places: Mapping[str, tuple[float, float, float, float | None]]


def figures(of: Run, deadline: Deadline | None, *, may_be_none: bool = False) -> Figures:
    """What one run comes to; `may_be_none`: where no case was answered all count as late, without end."""
    model, answered_at = of.built.model, of.happened.answered_at
    counts = np.flatnonzero(model.arrival_at >= of.counts_from)
    ended = answered_at[counts] <= model.until
    if not ended.any() and not (may_be_none and len(counts)):
        raise WrongCall("nothing_answered")
    times = _times(of, counts, ended, deadline)
    places = {
        place: _lead(times[0][mine], times[1][mine] if times[1] is not None else None, ended[mine], deadline)
        for place, mine in _places(of, counts)
        if ended[mine].any()
    }
    mean, median, p90, within = _lead(*times, ended, deadline)
    answered = int(np.count_nonzero(ended))
    return Figures(
        mean_days=mean,
        median_days=median,
        p90_days=p90,
        answered=float(answered),
        open_cases=float(len(counts) - answered),
        within_deadline=within,
        hours_a_year=hours_a_year(of),
        open_hours_a_year=open_hours_a_year(of),
        work_in_progress=work_in_progress(of),
        units=utilisation(of),
        places=places,
    )


def _times(
    of: Run, counts: np.typing.NDArray[np.int64], ended: Bools, deadline: Deadline | None
) -> tuple[Floats, Floats | None]:
    """Days from request to answer, or to the end for open cases; the same as the deadline counts them."""
    received = of.built.model.arrival_at[counts]
    until = np.where(ended, of.happened.answered_at[counts], of.built.model.until)
    days = (until - received) / DAY_US
    if deadline is None:
        return days, None
    calendar = of.built.calendar
    if deadline.clock == "working":
        return days, calendar.working_days(received, until).astype(np.float64)
    return days, (calendar.local_day(until) - calendar.local_day(received)).astype(np.float64)


def _lead(
    days: Floats, counted: Floats | None, ended: Bools, deadline: Deadline | None
) -> tuple[float, float, float, float | None]:
    within = None
    if counted is not None and deadline is not None:
        within = within_share(counted, ended, at=deadline.days)
    mean = float(days[ended].mean()) if ended.any() else float(days.max())
    return mean, quantile(days, ended, 0.5), quantile(days, ended, 0.9), within


def _places(of: Run, counts: np.typing.NDArray[np.int64]) -> list[tuple[str, Bools]]:
    """Where streams of several places are put together: whose cases are whose."""
    kinds = of.built.kinds
    if PLACE not in kinds.names:
        return []
    own = np.array([values[kinds.names.index(PLACE)] for values in kinds.values])[kinds.of_case[counts]]
    return [(str(place), own == place) for place in np.unique(own)]


def _column(figures: Sequence[Figures], name: str) -> Floats:
    return np.array([getattr(each, name) for each in figures], np.float64)


def _estimate(values: Floats) -> Estimate | None:
    """None where a replication could not tell the figure."""
    return None if np.isnan(values).any() else estimate(values)


def _scenario(figures: Sequence[Figures], name: str) -> Scenario:
    return Scenario(
        mean_days=estimate(_column(figures, "mean_days")),
        median_days=estimate(_column(figures, "median_days")),
        p90_days=estimate(_column(figures, "p90_days")),
        answered=estimate(_column(figures, "answered")),
        open_cases=estimate(_column(figures, "open_cases")),
        units={unit: load(float(np.mean([f.units[unit] for f in figures]))) for unit in figures[0].units},
        within_deadline=_estimate(_column(figures, "within_deadline")),
        hours_a_year=_estimate(_column(figures, "hours_a_year")),
        work_in_progress=estimate(_column(figures, "work_in_progress")),
        places={place: _place([f.places[place] for f in figures]) for place in _in_all(figures)},
        name=name,
    )


def _in_all(figures: Sequence[Figures]) -> list[str]:
    """Places with an answered case in every replication."""
    return [place for place in figures[0].places if all(place in each.places for each in figures)]


def _place(of: Sequence[tuple[float, float, float, float | None]]) -> PlaceFigures:
    mean, median, p90, within = zip(*of)
    shares = [each for each in within if each is not None]
    return PlaceFigures(
        estimate(mean), estimate(median), estimate(p90), estimate(shares) if len(shares) == len(of) else None
    )


def _difference(figures: Sequence[Figures], first: Sequence[Figures], wanted: float) -> Difference:
    def less(name: str) -> Floats:
        return _column(figures, name) - _column(first, name)

    return Difference(
        mean_days=estimate(less("mean_days")),
        median_days=estimate(less("median_days")),
        p90_days=estimate(less("p90_days")),
        answered=estimate(less("answered")),
        within_deadline=_estimate(less("within_deadline")),
        hours_a_year=_estimate(less("hours_a_year")),
        work_in_progress=estimate(less("work_in_progress")),
        replications_needed=replications_needed(less("mean_days"), half=wanted),
    )
