"""Estimated starts once more in plain Python, minute by minute; instants in minutes since a Monday."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """A piece of work with what the estimate needs to know of it."""

    activity: str
    worker: str | None
    enabled: int | None  # None: nobody knows
    start: int | None
    end: int


def touch_minutes(
    work: list[Done], told: dict[str, float], is_open: Callable[[int], bool]
) -> dict[str, float]:
    found = {}
    for step in {each.activity for each in work}:
        recorded = [
            sum(is_open(minute) for minute in range(each.start, each.end))
            for each in work
            if each.activity == step and each.start is not None
        ]
        if step in told:
            found[step] = told[step]
        elif len(recorded) >= 5:
            found[step] = statistics.median(recorded)
    return found


def start_of(piece: Done, work: list[Done], touch: float, is_open: Callable[[int], bool]) -> float:
    """Walk back from the end until the touch time is in, but not past what had to come before."""
    ends = [
        each.end for each in work if piece.worker and each.worker == piece.worker and each.end < piece.end
    ]
    bounds = [bound for bound in (piece.enabled, max(ends, default=None)) if bound is not None]
    at, left = float(piece.end), touch
    while left > 0:
        minute = int(at) - 1 if at == int(at) else int(at)
        if is_open(minute):
            whole = at - minute
            at, left = (minute, left - whole) if whole <= left else (at - left, 0.0)
        else:
            at = minute
    return min(float(piece.end), max([at, *bounds]))
