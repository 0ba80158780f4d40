"""Figures with their 95 % intervals in closed form, and the few tests that findings rest on."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import stats

from straume.lean.assess.records import Estimate
from straume.lean.flow.intervals import Z_95 as Z95
from straume.lean.flow.intervals import wilson

Floats = npt.NDArray[np.float64]


def share(hits: int, n: int) -> Estimate:
    """A share [0..1] with its Wilson interval (flow.intervals); of nothing: somewhere between 0 and 1."""
    found = wilson(count=hits, n=n)
    if found is None:
        return Estimate(value=0.0, low=0.0, high=1.0, n=0, method="wilson")
    return Estimate(value=found.value, low=found.low, high=found.high, n=n, method="wilson")


def exact_share(hits: int, n: int) -> Estimate:
    """A share [0..1] with its exact interval, for shares near 0 or 1.

    References: Clopper, C., Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in
    the case of the binomial. Biometrika 26, 404–413, doi:10.1093/biomet/26.4.404.
    """
    low = 0.0 if hits == 0 else float(stats.beta.ppf(0.025, hits, n - hits + 1))
    high = 1.0 if hits == n else float(stats.beta.ppf(0.975, hits + 1, n - hits))
    return Estimate(value=hits / n if n else 0.0, low=low, high=high, n=n, method="clopper_pearson")


def median(values: npt.ArrayLike) -> Estimate | None:
    """The median with the interval between two order statistics (binomial, at least 95 %; open where n < 6).

    References: Conover, W. J. (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    n = len(ordered)
    if n == 0:
        return None
    middle = float(np.median(ordered))
    below = int(stats.binom.ppf(0.025, n, 0.5))  # P(B < below) ≤ 0.025 < P(B ≤ below)
    if below < 1:
        return Estimate(value=middle, low=None, high=None, n=n, method="order_statistics")
    low, high = float(ordered[below - 1]), float(ordered[n - below])
    return Estimate(value=middle, low=low, high=high, n=n, method="order_statistics")


def mean(values: npt.ArrayLike) -> Estimate | None:
    """The mean with Student's interval; no interval for one value."""
    observed = np.asarray(values, dtype=np.float64)
    n = len(observed)
    if n == 0:
        return None
    value = float(observed.mean())
    if n == 1:
        return Estimate(value=value, low=None, high=None, n=1, method="student")
    reach = float(stats.t.ppf(0.975, n - 1)) * float(observed.std(ddof=1)) / math.sqrt(n)
    return Estimate(value=value, low=value - reach, high=value + reach, n=n, method="student")


def lift(hits: int, n: int, other_hits: int, other_n: int) -> tuple[Estimate, float]:
    """How many times as often something happens with a trigger as without (Katz's interval), and Fisher's p.

    Half a case is added to each count where one is nought, so that the ratio stands.
    References: Katz, D. et al. (1978), Obtaining confidence intervals for the risk ratio in cohort studies.
    Biometrics 34, 469–474, doi:10.2307/2530610.
    """
    _, p = stats.fisher_exact([[hits, n - hits], [other_hits, other_n - other_hits]], alternative="greater")
    a, b, c, d = float(hits), float(n), float(other_hits), float(other_n)
    if not hits or not other_hits:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    ratio = (a / b) / (c / d)
    error = math.sqrt(max(0.0, 1 / a - 1 / b + 1 / c - 1 / d))
    low, high = ratio * math.exp(-Z95 * error), ratio * math.exp(Z95 * error)
    return Estimate(value=ratio, low=low, high=high, n=n + other_n, method="katz"), float(p)


def difference(hits: int, n: int, other_hits: int, other_n: int) -> Estimate:
    """Difference of two shares with Newcombe's interval (method 10).

    References: Newcombe, R. G. (1998), Interval estimation for the difference between independent
    proportions. Statistics in Medicine 17, 873–890,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    one, other = share(hits, n), share(other_hits, other_n)
    assert one.low is not None and one.high is not None and other.low is not None and other.high is not None
    gap = one.value - other.value
    low = gap - math.hypot(one.value - one.low, other.high - other.value)
    high = gap + math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value=gap, low=low, high=high, n=n + other_n, method="newcombe")


def trend_p(series: npt.ArrayLike) -> float:
    """One-sided p of a rising trend by Mann–Kendall, its variance widened for autocorrelation.

    References: Yue, S., Wang, C. Y. (2004), The Mann–Kendall test modified by effective sample size.
    Water Resources Management 18, 201–218, doi:10.1023/B:WARM.0000043140.61082.60 (lag one alone is used).
    """
    values = np.asarray(series, dtype=np.float64)
    n = len(values)
    if n < 8 or np.ptp(values) == 0:
        return 1.0
    s = float(sum(np.sign(values[i + 1 :] - values[i]).sum() for i in range(n - 1)))
    _, ties = np.unique(values, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    line = np.polyfit(np.arange(n), values, 1)
    rest = values - np.polyval(line, np.arange(n))
    r = float(rest[:-1] @ rest[1:] / (rest @ rest)) if rest @ rest > 0 else 0.0
    variance *= (1 + r) / (1 - r) if 0 < r < 0.99 else (199.0 if r >= 0.99 else 1.0)
    return float(stats.norm.sf((s - 1) / math.sqrt(variance))) if s > 0 else 1.0


def accepted(p_values: list[float], *, false_discovery: float) -> list[bool]:
    """Which of many tests stand at a false discovery rate.

    References: Benjamini, Y., Hochberg, Y. (1995), Controlling the false discovery rate. JRSS B 57, 289–300,
    doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    last = max(
        (rank for rank, at in enumerate(order, 1) if p_values[at] <= false_discovery * rank / len(order)),
        default=0,
    )
    kept = set(order[:last])
    return [at in kept for at in range(len(p_values))]
