"""Two estimates of the same figure, of two periods: by how much they differ, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from straume.lean.assess.records import Estimate


@dataclass(frozen=True)
class Difference:
    """After − before, in the unit of the two; `is_clear`: the 95 % interval leaves out nought."""

    value: float
    low: float | None
    high: float | None
    is_clear: bool


def difference(*, before: Estimate, after: Estimate) -> Difference:
    """The difference of two independent estimates, its interval made from theirs (square and add).

    Parameters: before, after – the same figure in the same unit, from cases that have nothing in common.
    Returns: Difference; without an interval where one of the two has none or an open one.
    References: Newcombe, R. G. (1998), Interval estimation for the difference between independent
    proportions: comparison of eleven methods. Statistics in Medicine 17, 873–890 (method 10);
    Zou, G. Y., Donner, A. (2008), Construction of confidence limits about effect measures: a general
    approach. Statistics in Medicine 27, 1693–1702, doi:10.1002/sim.3095 (for other estimates).
    """
    value = after.value - before.value
    ends = (before.low, before.high, after.low, after.high)
    if any(end is None for end in ends):
        return Difference(value, None, None, is_clear=False)
    before_low, before_high, after_low, after_high = (float(end or 0.0) for end in ends)
    below = ((after.value - after_low) ** 2 + (before_high - before.value) ** 2) ** 0.5
    above = ((after_high - after.value) ** 2 + (before.value - before_low) ** 2) ** 0.5
    low, high = value - below, value + above
    return Difference(value, low, high, is_clear=low > 0 or high < 0)
