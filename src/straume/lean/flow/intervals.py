"""Intervals of shares, means and medians."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """A share [0..1] with its 95 % interval and the counts behind it."""

    value: float
    low: float
    high: float
    count: int
    n: int


def wilson(*, count: int, n: int, z: float = Z_95) -> Share | None:
    """Share count/n with the Wilson score interval; None where n = 0.

    Parameters: count of successes and n of trials, 0 ≤ count ≤ n; z quantile of the normal distribution.
    References: Wilson (1927), J. Am. Stat. Assoc. 22, 209–212, doi:10.1080/01621459.1927.10502953.
    """
    if n == 0:
        return None
    share = count / n
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle = share + z * z / (2 * n)
    scale = 1 + z * z / n
    low = (middle - spread) / scale if count else 0.0
    high = (middle + spread) / scale if count < n else 1.0
    return Share(share, low, high, count, n)
