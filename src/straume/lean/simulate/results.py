"""What simulated scenarios come to: figures with intervals, differences, the replications that they need."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from straume.lean.errors import WrongCall
from straume.lean.simulate.model import Floats

BUSY, OVERLOADED = 0.85, 0.95  # utilisation from which waiting grows steeply, and without end
MOST_REPLICATIONS = 100_000
Bools = npt.NDArray[np.bool_]


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
class PlaceFigures:
    """The cases of one of several places whose units work as one; calendar days."""

    mean_days: Estimate
    median_days: Estimate
    p90_days: Estimate
    within_deadline: Estimate | None  # share of cases [0..1]


@dataclass(frozen=True)
class Scenario:
    """One stream over all replications; times in calendar days.

    Median, P90 and the share within the deadline count open cases as far as they are known (Kaplan–Meier);
    the mean is that of the cases answered.
    """

    mean_days: Estimate
    median_days: Estimate
    p90_days: Estimate
    answered: Estimate  # cases
    open_cases: Estimate  # at the end
    units: Mapping[str, UnitLoad]
    within_deadline: Estimate | None = None  # share of cases [0..1]
    hours_a_year: Estimate | None = None  # of work in all steps
    work_in_progress: Estimate | None = None  # cases, in the mean
    places: Mapping[str, PlaceFigures] = field(default_factory=dict)  # where several are pooled
    name: str = ""


@dataclass(frozen=True)
class Difference:
    """A scenario less the first one, paired by replication; below nought: fewer days."""

    mean_days: Estimate
    median_days: Estimate
    p90_days: Estimate
    answered: Estimate
    within_deadline: Estimate | None = None
    hours_a_year: Estimate | None = None
    work_in_progress: Estimate | None = None
    replications_needed: int = 2  # for an interval of the mean days as narrow as was wanted


@dataclass(frozen=True)
class Comparison:
    scenarios: tuple[Scenario, ...]
    differences: tuple[Difference, ...]  # of the second scenario, the third, …
    replications: int
    replications_needed: int  # for the first scenario's mean days within ± `wanted_days`, by the spread seen
    wanted_days: float = 0.0  # half-width of the interval of the mean days


def estimate(values: Floats | Sequence[float]) -> Estimate:
    """Mean and its 95 % interval by Student's t."""
    found = np.asarray(values, np.float64)
    half = half_width(found)
    mean = float(found.mean())
    return Estimate(mean, mean - half, mean + half)


def half_width(values: Floats) -> float:
    return _t(len(values)) * float(values.std(ddof=1)) / math.sqrt(len(values))


def replications_needed(values: Floats | Sequence[float], *, half: float) -> int:
    """The smallest number of replications whose 95 % interval is at most ± `half`, by the spread of `values`.

    Raises WrongCall `replications_too_few` for fewer than two values.
    References: Law (2015), Simulation Modeling and Analysis, 5th ed., section 9.4.1 (n*_a).
    """
    if len(values) < 2:
        raise WrongCall("replications_too_few")
    spread = float(np.asarray(values, np.float64).std(ddof=1))
    if spread == 0:
        return 2
    if half <= 0:
        return MOST_REPLICATIONS
    count = max(2, math.floor((1.96 * spread / half) ** 2))
    while count < MOST_REPLICATIONS and _t(count) * spread / math.sqrt(count) > half:
        count += 1
    return min(count, MOST_REPLICATIONS)


def load(utilisation: float) -> UnitLoad:
    mark = "overloaded" if utilisation > OVERLOADED else "busy" if utilisation > BUSY else ""
    return UnitLoad(utilisation, mark)


def within_share(waited: Floats, ended: Bools, *, at: float) -> float:
    """Share of cases that end within `at`, open ones counted as far as they are known (Kaplan–Meier)."""
    times, left = survival(waited, ended)
    place = int(np.searchsorted(times, at, side="right"))
    return 1.0 - (float(left[place - 1]) if place else 1.0)


def quantile(waited: Floats, ended: Bools, share: float) -> float:
    """The time within which `share` of the cases end; the longest that was seen where more stay open."""
    times, left = survival(waited, ended)
    reached = np.flatnonzero(left <= 1 - share + 1e-12)
    return float(times[reached[0]] if len(reached) else waited.max())


def survival(waited: Floats, ended: Bools) -> tuple[Floats, Floats]:
    """Times in order, and the share of cases that is still open after each.

    References: Kaplan, Meier (1958), doi:10.1080/01621459.1958.10501452.
    """
    order = np.lexsort((~ended, waited))  # at equal times those that end come first
    at_risk = np.arange(len(waited), 0, -1)
    left = np.cumprod(1 - ended[order] / at_risk).astype(np.float64)
    return waited[order], left


def _t(count: int) -> float:
    return float(student.ppf(0.975, count - 1))
