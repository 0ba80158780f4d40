"""Kaplan–Meier: how long cases take while some of them are still open."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.flow.intervals import Z_95

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Quantile:
    """The duration after which a share of the cases has ended, with its 95 % interval; None: not reached
    in the log.
    """

    share: float
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Survival:
    """Share of cases still open after each duration at which one ended, in the unit of the durations
    given.
    """

    durations: Ints
    at_risk: Ints
    ended: Ints
    still_open: Floats
    low: Floats  # 95 % limits of still_open; nan once nobody is open
    high: Floats
    cases: int
    open_cases: int

    def quantile(self, share: float) -> Quantile:
        """When `share` of the cases has ended.

        The interval holds the durations whose limits of still_open cover 1 − share: Brookmeyer & Crowley
        (1982), Biometrics 38, 29–41, doi:10.2307/2530286, on the log-log scale. Where the curve lies
        exactly on 1 − share for a while, the middle of that while counts.
        """
        rest = 1 - share
        return Quantile(
            share,
            self._reached(self.still_open, rest),
            self._reached(self.low, rest),
            self._reached(self.high, rest),
        )

    def ended_within(self, duration: float) -> tuple[float, float, float]:
        """Share of cases ended within `duration`, with its 95 % limits (nan where the curve gives none)."""
        place = int(np.searchsorted(self.durations, duration, side="right")) - 1
        if place < 0:
            return 0.0, 0.0, 0.0
        return 1 - self.still_open[place], 1 - self.high[place], 1 - self.low[place]

    def _reached(self, curve: Floats, rest: float) -> float | None:
        known = ~np.isnan(curve)
        below = np.flatnonzero(known & (curve <= rest + 1e-12))
        if not below.size:
            return None
        place = int(below[0])
        if abs(curve[place] - rest) < 1e-12 and place + 1 < len(curve) and curve is self.still_open:
            return float(self.durations[place] + self.durations[place + 1]) / 2
        return float(self.durations[place])


def kaplan_meier(*, durations: npt.ArrayLike, ended: npt.ArrayLike) -> Survival:
    """Product-limit estimate with Greenwood's variance and log-log limits.

    Parameters: durations – one per case, any unit, int64; ended – whether the case ended then (False:
    still open, its duration so far). A case that is open at the same duration at which another ended
    counts as at risk.
    References: Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457–481, doi:10.1080/01621459.1958.10501452;
    Greenwood (1926), Reports on Public Health 33; Kalbfleisch & Prentice (2002), The Statistical Analysis of
    Failure Time Data, 2nd ed., sect. 1.4 (log-log limits), doi:10.1002/9781118032985.
    """
    length, has_ended = np.asarray(durations, np.int64), np.asarray(ended, np.bool_)
    every, number = np.unique(length, return_inverse=True)
    ends = np.bincount(number[has_ended], minlength=len(every))
    risk = len(length) - np.concatenate([[0], np.cumsum(np.bincount(number, minlength=len(every)))[:-1]])
    at = ends > 0
    every, ends, risk = every[at], ends[at].astype(np.int64), risk[at].astype(np.int64)
    still_open = np.cumprod(1 - ends / risk)
    low, high = _log_log_limits(still_open, ends, risk)
    return Survival(every, risk, ends, still_open, low, high, len(length), int((~has_ended).sum()))


def _log_log_limits(still_open: Floats, ends: Ints, risk: Ints) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ends / (risk * (risk - ends)))
        factor = Z_95 * np.sqrt(greenwood) / np.abs(np.log(still_open))
        low, high = still_open ** np.exp(factor), still_open ** np.exp(-factor)
    empty = still_open <= 0
    low[empty], high[empty] = math.nan, math.nan
    return low, high
