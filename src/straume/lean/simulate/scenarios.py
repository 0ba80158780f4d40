"""Scenarios beside each other: the same requests and the same luck, differences with intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US
from straume.lean.simulate.model import Floats, Ints
from straume.lean.simulate.simulating import Run, Setting, run
from straume.lean.stream.records import ValueStream

BUSY, OVERLOADED = 0.85, 0.95  # utilisation from which waiting grows steeply, and without end


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class UnitLoad:
    """Share of the open hours of a unit's people that this stream takes [0..1]."""

    utilisation: float
    mark: str  # "", "busy" over 0.85, "overloaded" over 0.95


@dataclass(frozen=True)
class Scenario:
    """One stream over all replications; times in calendar days of the cases answered."""

    mean_days: Estimate
    median_days: Estimate
    p90_days: Estimate
    answered: Estimate  # cases
    open_cases: Estimate  # at the end
    units: Mapping[str, UnitLoad]


@dataclass(frozen=True)
class Difference:
    """A scenario less the first one, paired by replication; below nought: fewer days."""

    mean_days: Estimate
    median_days: Estimate
    p90_days: Estimate
    answered: Estimate


@dataclass(frozen=True)
class Comparison:
    scenarios: tuple[Scenario, ...]
    differences: tuple[Difference, ...]  # of the second scenario, the third, …
    replications: int
    # for ± 5 % of the first scenario's mean days, by the spread that was seen
    replications_needed: int


def compare_scenarios(
    streams: Sequence[ValueStream],
    *,
    replications: int,
    seed: int,
    until: int,
    settings: Sequence[Setting] | None = None,
) -> Comparison:
    """Simulates every stream with common random numbers.

    Parameters: streams – the first is what others are compared with; replications – at least two; until –
    [µs UTC]; settings – one per stream.
    Returns: Comparison with 95 % intervals by Student's t, differences paired by replication.
    Raises: WrongCall as `run`, `replications_too_few`, `nothing_answered` where a replication ended no case.
    References: Law (2015), Simulation Modeling and Analysis, 5th ed., sections 9.4.1 and 10.2.1.
    """
    if replications < 2:
        raise WrongCall("replications_too_few")
    chosen = settings or [Setting()] * len(streams)
    figures, loads = [], []
    for stream, setting in zip(streams, chosen, strict=True):
        runs = [run(stream, seed=seed + n, until=until, setting=setting) for n in range(replications)]
        figures.append(np.array([_figures(each) for each in runs]))
        loads.append({name: _mean_load(name, runs) for name in runs[0].built.units})
    scenarios = tuple(
        Scenario(
            mean_days=_estimate(found[:, 0]),
            median_days=_estimate(found[:, 1]),
            p90_days=_estimate(found[:, 2]),
            answered=_estimate(found[:, 3]),
            open_cases=_estimate(found[:, 4]),
            units=load,
        )
        for found, load in zip(figures, loads)
    )
    differences = tuple(
        Difference(*(_estimate(column) for column in (found - figures[0]).T[:4])) for found in figures[1:]
    )
    return Comparison(scenarios, differences, replications, _needed(figures[0][:, 0]))


def utilisation(of: Run) -> Mapping[str, float]:
    """Work of each unit's people in the open hours after the warm-up, as a share of these hours.

    A person of several units has their work counted where it was done and their hours in equal parts.
    """
    built, model, happened = of.built, of.built.model, of.happened
    worked, hours = np.zeros(len(built.units)), np.zeros(len(built.units))
    begin, end = of.counts_from, model.until
    for person, calendar in enumerate(built.people_calendars):
        mine = (happened.person == person) & (happened.start_at < end)
        start = np.clip(happened.start_at[mine], begin, end)
        stop = np.clip(happened.end_at[mine], begin, end)
        unit = model.unit[happened.place[mine]]
        np.add.at(worked, unit, calendar.working_us(start, stop).astype(np.float64))
        units = list(built.person_units[person])
        hours[units] += float(calendar.working_us(begin, end)) / len(units)
    shares = worked / np.maximum(hours, 1.0)
    return {name: float(share) for name, share in zip(built.units, shares)}


def _figures(of: Run) -> tuple[float, float, float, float, float]:
    model, answered_at = of.built.model, of.happened.answered_at
    counts = model.arrival_at >= of.counts_from
    answered: Ints = np.flatnonzero(counts & (answered_at <= model.until))
    if not len(answered):
        raise WrongCall("nothing_answered")
    days: Floats = (answered_at[answered] - model.arrival_at[answered]) / DAY_US
    median, p90 = np.quantile(days, [0.5, 0.9])
    still_open = int(np.count_nonzero(counts)) - len(answered)
    return float(days.mean()), float(median), float(p90), float(len(answered)), float(still_open)


def _mean_load(name: str, runs: Sequence[Run]) -> UnitLoad:
    share = float(np.mean([utilisation(each)[name] for each in runs]))
    mark = "overloaded" if share > OVERLOADED else "busy" if share > BUSY else ""
    return UnitLoad(share, mark)


def _estimate(values: Floats) -> Estimate:
    half = _t(len(values)) * float(values.std(ddof=1)) / math.sqrt(len(values))
    mean = float(values.mean())
    return Estimate(mean, mean - half, mean + half)


def _needed(values: Floats) -> int:
    wanted = 0.05 * float(values.mean())
    spread = _t(len(values)) * float(values.std(ddof=1))
    return max(2, math.ceil((spread / wanted) ** 2)) if wanted > 0 else 2


def _t(count: int) -> float:
    return float(student.ppf(0.975, count - 1))
