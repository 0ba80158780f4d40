"""Shares and means of a finite population from weighted answers, with their 95 % intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy import stats

from straume.lean.ask.weights import Floats

Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class AskedShare:
    """A share [0..1] of the people, its interval, and the answers behind it.

    count and n: answers as they came, not weighted; effective_n: how many answers of equal weight from an
    endless population would say as much (infinite where everybody answered).
    """

    value: float
    low: float
    high: float
    count: int
    n: int
    effective_n: float


@dataclass(frozen=True)
class AskedMean:
    """A mean in the unit of the answers, its interval, its standard error, and n answers."""

    value: float
    low: float
    high: float
    standard_error: float
    n: int


def share(
    *, chosen: npt.NDArray[np.bool_], weights: Floats, fractions: Floats, z: float = Z_95
) -> AskedShare | None:
    """Weighted share of those who chose it, with Wilson's interval for a finite population.

    The interval is Wilson's with n* = (Σw)² ÷ Σw²(1 − f) for n: Kish's effective n, each answer with
    the finite-population correction of its stratum. Equal weights and one stratum give n* = n·N ÷ (N − n).

    Parameters: chosen – whether each of those who were asked this and answered chose it, shape (n,);
    weights – [people per answer], shape (n,); fractions – share of the people of its stratum who answered,
    shape (n,), 0 for an endless population; z – quantile of the normal distribution.
    Returns: AskedShare, or None where nobody answered.
    References: Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209–212, doi:10.1080/01621459.1927.10502953;
    Kish, L. (1965), Survey Sampling, section 11.7; Cochran, W. G. (1977), Sampling Techniques, 3rd ed.,
    sections 2.6 and 3.2.
    """
    n = len(chosen)
    if n == 0:
        return None
    total = float(weights.sum())
    p = float(weights[chosen].sum()) / total
    spread = float((np.square(weights) * (1 - fractions)).sum())
    known = total**2 / spread if spread > 0 else math.inf
    low, high = _wilson(p, known, z)
    return AskedShare(p, low, high, int(chosen.sum()), n, known)


def mean(
    *,
    values: Floats,
    weights: Floats,
    strata: npt.NDArray[np.int64],
    fractions: Floats,
    bounds: tuple[float, float] | None = None,
    confidence: float = 0.95,
) -> AskedMean | None:
    """Weighted mean of a stratified sample from a finite population, with its interval.

    Σw·y ÷ Σw; variance Σ_h (1 − f_h) n_h ÷ (n_h − 1) Σ_i (z_i − z̄_h)², z_i = w_i (y_i − ȳ) ÷ Σw, which for
    weights N_h ÷ n_h is Cochran's Σ (N_h ÷ N)² (1 − f_h) s_h² ÷ n_h. A stratum with one answer is centred
    at nought. Interval: Student's t with n − (number of strata) degrees of freedom, at least 1.

    Parameters: values – answers in any unit, NaN where there is none, shape (n,); weights, strata (number of
    the stratum), fractions – shape (n,); bounds – ends of the scale, which the interval does not pass.
    Returns: AskedMean, or None with fewer than two answers.
    References: Cochran, W. G. (1977), Sampling Techniques, 3rd ed., sections 5.3, 5.4 and 6.11.
    """
    there = ~np.isnan(values)
    n = int(there.sum())
    if n < 2:
        return None
    y, w, of, f = values[there], weights[there], strata[there], fractions[there]
    total = float(w.sum())
    value = float((w * y).sum()) / total
    error = math.sqrt(_variance(w * (y - value) / total, of, f))
    freedom = max(1, n - len(np.unique(of)))
    wide = float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    low, high = value - wide, value + wide
    if bounds is not None:
        low, high = max(low, bounds[0]), min(high, bounds[1])
    return AskedMean(value, low, high, error, n)


def _wilson(p: float, n: float, z: float) -> tuple[float, float]:
    if math.isinf(n):
        return p, p
    spread = z * math.sqrt(max(0.0, p * (1 - p)) / n + z * z / (4 * n * n))
    middle, scale = p + z * z / (2 * n), 1 + z * z / n
    low = max(0.0, (middle - spread) / scale) if p > 0 else 0.0
    high = min(1.0, (middle + spread) / scale) if p < 1 else 1.0
    return low, high


def _variance(z: Floats, of: npt.NDArray[np.int64], fractions: Floats) -> float:
    names, inside = np.unique(of, return_inverse=True)
    count = np.bincount(inside, minlength=len(names)).astype(float)
    middle = np.bincount(inside, weights=z, minlength=len(names)) / count
    middle[count == 1] = 0.0
    squares = np.bincount(inside, weights=np.square(z - middle[inside]), minlength=len(names))
    left = 1 - np.bincount(inside, weights=fractions, minlength=len(names)) / count
    return float((left * np.where(count > 1, count / np.maximum(count - 1, 1), 1.0) * squares).sum())
