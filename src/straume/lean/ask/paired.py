"""How much a group changed between two moments: by pairs where there are pairs, else as two groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import t

NO_SPREAD = 1e-12  # what is left of rounding where all values are alike


@dataclass(frozen=True)
class Difference:
    """Mean after minus mean before, in the unit of the values, with its 95 % interval.

    `low` and `high` are None where all values are alike: there is no spread to judge by. `n` counts pairs, or
    for two groups the answers after; `n_before` the answers before.
    """

    before: float
    after: float
    value: float
    low: float | None
    high: float | None
    n: int
    n_before: int
    method: Literal["paired", "groups"]


def paired_difference(*, pairs: Sequence[tuple[float, float]]) -> Difference | None:
    """Mean of the differences of pairs with Student's t interval; None under two pairs.

    Parameters: `pairs`, shape (n, 2), before and after of the same one, both in the same unit; order of the
    pairs does not matter.
    Returns: Difference, method "paired".
    References: Student (1908), Biometrika 6, 1–25, doi:10.1093/biomet/6.1.1.
    """
    if len(pairs) < 2:
        return None
    values = np.asarray(pairs, float)
    changes, n = values[:, 1] - values[:, 0], len(pairs)
    error = float(changes.std(ddof=1)) / math.sqrt(n)
    low, high = _around(float(changes.mean()), error, n - 1)
    return Difference(
        before=float(values[:, 0].mean()),
        after=float(values[:, 1].mean()),
        value=float(changes.mean()),
        low=low,
        high=high,
        n=n,
        n_before=n,
        method="paired",
    )


def groups_difference(*, before: Sequence[float], after: Sequence[float]) -> Difference | None:
    """Difference of the means of two groups with Welch's interval; None where one has under two values.

    Wider than the paired interval when the same people answered both times: use it where pairs are few.

    Parameters: `before`, shape (m,), and `after`, shape (n,), the same unit; order does not matter.
    Returns: Difference, method "groups".
    References: Welch (1947), Biometrika 34, 28–35, doi:10.1093/biomet/34.1-2.28.
    """
    if len(before) < 2 or len(after) < 2:
        return None
    first, second = np.asarray(before, float), np.asarray(after, float)
    parts = [float(group.var(ddof=1)) / len(group) for group in (first, second)]
    error = math.sqrt(sum(parts))
    weights = parts[0] ** 2 / (len(first) - 1) + parts[1] ** 2 / (len(second) - 1)
    freedom = sum(parts) ** 2 / weights if error >= NO_SPREAD else 1.0
    value = float(second.mean() - first.mean())
    low, high = _around(value, error, freedom)
    return Difference(
        before=float(first.mean()),
        after=float(second.mean()),
        value=value,
        low=low,
        high=high,
        n=len(after),
        n_before=len(before),
        method="groups",
    )


def _around(value: float, error: float, freedom: float) -> tuple[float | None, float | None]:
    if error < NO_SPREAD:
        return None, None
    reach = float(t.ppf(0.975, freedom)) * error
    return value - reach, value + reach
