"""How long things take: distributions as inverse functions, so that one uniform number gives one duration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from straume.lean.errors import WrongCall
from straume.lean.simulate.model import CONSTANT, EXPONENTIAL, LOGNORMAL, TABLE, Floats
from straume.lean.stream.records import Clock, Span

CELLS = 1024  # of a table: equal shares, straight lines between their ends
MINUTE_US = 60_000_000.0


@dataclass(frozen=True)
class Exponential:
    """Mean [min]."""

    mean_minutes: float


@dataclass(frozen=True)
class Lognormal:
    """Mean and standard deviation of the durations themselves [min]."""

    mean_minutes: float
    sd_minutes: float


@dataclass(frozen=True)
class Triangular:
    """Least, usual, most [min]."""

    low_minutes: float
    mode_minutes: float
    high_minutes: float


@dataclass(frozen=True)
class Empirical:
    """Durations that were seen [min]; those between two neighbours happen as well. The mean is theirs."""

    minutes: tuple[float, ...]
    clock: Clock = "working"


Distribution = Span | Exponential | Lognormal | Triangular | Empirical


@dataclass(frozen=True)
class Inverse:
    """A distribution as the simulator draws from it: kind, two parameters, and a table or none [µs]."""

    kind: int
    first: float = 0.0
    second: float = 0.0
    table: Floats | None = None

    def scaled(self, factor: float) -> Inverse:
        table = None if self.table is None else self.table * factor
        first = self.first + math.log(factor) if self.kind == LOGNORMAL else self.first * factor
        return Inverse(self.kind, first, self.second, table)


def inverse(distribution: Distribution) -> Inverse:
    """The inverse of a distribution [µs]; raises WrongCall where its figures are impossible.

    A Span of people (least, usual, most) is a PERT distribution, whose mean is (least + 4·usual + most) / 6;
    a Span of a log (10th percentile, median, 90th, exact mean) keeps all four.
    """
    if isinstance(distribution, Exponential):
        _check(distribution.mean_minutes)
        return Inverse(EXPONENTIAL, distribution.mean_minutes * MINUTE_US)
    if isinstance(distribution, Lognormal):
        return _lognormal(distribution)
    if isinstance(distribution, Triangular):
        return _triangular(distribution)
    if isinstance(distribution, Empirical):
        _check(*distribution.minutes)
        if not distribution.minutes:
            raise WrongCall("duration_impossible")
        return _table(np.quantile(np.array(distribution.minutes), _shares(), method="hazen"))
    if distribution.mean_minutes is not None:
        return _of_log(distribution, distribution.mean_minutes)
    return _pert(distribution.low_minutes, distribution.mode_minutes, distribution.high_minutes)


def _shares() -> Floats:
    return np.linspace(0.0, 1.0, CELLS + 1)


def _table(minutes: Floats | Sequence[float]) -> Inverse:
    return Inverse(TABLE, table=np.maximum(np.asarray(minutes, np.float64), 0.0) * MINUTE_US)


def _lognormal(asked: Lognormal) -> Inverse:
    _check(asked.mean_minutes, asked.sd_minutes)
    if asked.mean_minutes == 0 or asked.sd_minutes == 0:
        return Inverse(CONSTANT, asked.mean_minutes * MINUTE_US)
    variance = math.log1p((asked.sd_minutes / asked.mean_minutes) ** 2)
    return Inverse(LOGNORMAL, math.log(asked.mean_minutes * MINUTE_US) - variance / 2, math.sqrt(variance))


def _pert(low: float, mode: float, high: float) -> Inverse:
    _check_order(low, mode, high)
    if high == low:
        return Inverse(CONSTANT, low * MINUTE_US)
    to_mode = 4 * (mode - low) / (high - low)
    return _table(low + (high - low) * betaincinv(1 + to_mode, 5 - to_mode, _shares()))


def _triangular(asked: Triangular) -> Inverse:
    low, mode, high = asked.low_minutes, asked.mode_minutes, asked.high_minutes
    _check_order(low, mode, high)
    if high == low:
        return Inverse(CONSTANT, low * MINUTE_US)
    u, rise = _shares(), (mode - low) / (high - low)
    up = low + np.sqrt(u * (high - low) * (mode - low))
    down = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return _table(np.where(u < rise, up, down))


def _of_log(span: Span, mean: float) -> Inverse:
    """Quantiles of a log: straight up to the 10th percentile, on a log scale between the three, then a
    tail – straight to its end or exponential – that gives the exact mean as far as it can.
    """
    low, median, high = span.low_minutes, span.mode_minutes, span.high_minutes
    _check_order(low, median, high)
    _check(mean)
    if low == high and mean == low:
        return Inverse(CONSTANT, low * MINUTE_US)
    u = _shares()
    body = np.interp(u, [0.0, 0.1, 0.5, 0.9], [low / 2, low, median, high])
    if low > 0:
        body = np.exp(np.interp(u, [0.0, 0.1, 0.5, 0.9], np.log([low / 2, low, median, high])))
    tail = np.flatnonzero(u > 0.9)
    shape = -np.log(np.maximum(1 - u[tail], 0.25 / CELLS) / 0.1)
    flat, unit = body.copy(), np.zeros_like(body)
    flat[tail], unit[tail] = high, shape
    stretch = max(0.0, (mean - _mean(flat)) / _mean(unit))
    return _table(flat + stretch * unit)


def _mean(table: Floats) -> float:
    return float((table[:-1] + table[1:]).mean() / 2)


def _check_order(low: float, mode: float, high: float) -> None:
    _check(low, mode, high)
    if not low <= mode <= high:
        raise WrongCall("duration_impossible")


def _check(*minutes: float) -> None:
    if not all(math.isfinite(each) and each >= 0 for each in minutes):
        raise WrongCall("duration_impossible")
