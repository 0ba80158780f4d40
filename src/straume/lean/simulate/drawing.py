"""Compiled draws: a uniform number by what it is for, and a duration from it."""

from __future__ import annotations

import math

import numpy as np

from straume.lean.compiled import inner
from straume.lean.simulate.model import Floats

_CONSTANT, _TABLE, _EXPONENTIAL = 0, 1, 2  # kinds of distribution; globals of compiled code are constants


@inner
def uniform(key: np.uint64, case: int, visit: int) -> float:
    """A number in [0, 1) that depends on nothing but these three (SplitMix64's mixer, twice)."""
    x = key + np.uint64(visit) * np.uint64(0xD1B54A32D192ED03)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = (x ^ (x >> np.uint64(31))) + (np.uint64(case) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return float(np.int64(x >> np.uint64(11))) * (1.0 / 9007199254740992.0)


@inner
def normal_quantile(p: float) -> float:
    """Acklam's rational approximation, relative error below 1.2e-9."""
    if p < 1e-300:
        p = 1e-300
    tail = p if p < 0.5 else 1.0 - p
    if tail < 0.02425:
        q = math.sqrt(-2.0 * math.log(tail))
        c = -7.784894002430293e-03 * q - 3.223964580411365e-01
        c = ((c * q - 2.400758277161838e00) * q - 2.549732539343734e00) * q + 4.374664141464968e00
        c = c * q + 2.938163982698783e00
        d = (7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00
        d = (d * q + 3.754408661907416e00) * q + 1.0
        return c / d if p < 0.5 else -c / d
    q = p - 0.5
    r = q * q
    a = -3.969683028665376e01 * r + 2.209460984245205e02
    a = ((a * r - 2.759285104469687e02) * r + 1.383577518672690e02) * r - 3.066479806614716e01
    a = (a * r + 2.506628277459239e00) * q
    b = (-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02
    b = ((b * r + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0
    return a / b


@inner
def drawn(kind: int, first: float, second: float, table: Floats, u: float) -> int:
    """A duration [µs] from a uniform number, by the inverse of its distribution."""
    if kind == _CONSTANT:
        return int(first + 0.5)
    if kind == _TABLE:
        place = u * (table.shape[0] - 1)
        cell = int(place)
        return int(table[cell] + (table[cell + 1] - table[cell]) * (place - cell) + 0.5)
    if kind == _EXPONENTIAL:
        return int(-first * math.log(1.0 - u) + 0.5)
    return int(math.exp(first + second * normal_quantile(u)) + 0.5)
