"""Findings about hand-offs: cases that cross many units, and cases that go to and fro between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Finding
from straume.lean.assess.seen import Bools, Ints, Seen, distinct
from straume.lean.assess.thresholds import HAND_OFF_WAIT_SHARE, HAND_OFFS, MIN_CASES, PING_PONG_SHARE
from straume.lean.assess.waits import waiting_cap
from straume.lean.events.calendar import DAY_US
from straume.lean.flow.sequences import first_of_pair_in_case


def hand_offs(seen: Seen, *, aside: list[int] | None = None) -> list[Finding]:
    """Whether the usual case changes unit four times or more and loses a fifth of its time after that.

    Waiting before the steps `aside` is left out: another finding explains it.
    """
    handed = (seen.previous_unit >= 0) & (seen.unit >= 0) & (seen.previous_unit != seen.unit)
    per_case = np.bincount(seen.case[handed], minlength=seen.cases)
    ended = seen.closed
    if not ended.any() or float(np.median(per_case[ended])) < HAND_OFFS:
        return []
    many = ended & (per_case >= HAND_OFFS)
    unexplained = handed & ~np.isin(seen.activity, aside or [])
    rows = unexplained & many[seen.case]
    days = estimates.median(seen.sum_per_case(rows, seen.waiting_days))
    wait_share = (
        float(seen.waiting_days[unexplained].sum()) / (seen.case_days * seen.cases) if seen.case_days else 0.0
    )
    if days is None or days.n < MIN_CASES or wait_share < HAND_OFF_WAIT_SHARE:
        return []
    counts: dict[str, float | int | str] = {
        "per_case": float(per_case[ended].mean()),
        "units_per_case": _units_per_case(seen, ended),
        "wait_share": min(1.0, wait_share),
    }
    # one hand-off less is what a team can decide on: the rank counts the wait after one of them
    score = days.value / float(np.median(per_case[many])) * int(many.sum()) / seen.cases
    return [
        seen.finding(
            "hand_offs",
            touched=int(many.sum()),
            days=days,
            counts=counts,
            cap=waiting_cap(seen, rows),
            score=score,
        )
    ]


def _units_per_case(seen: Seen, ended: Bools) -> float:
    known = seen.unit >= 0
    case, unit = seen.case[known].astype(np.int32), seen.unit[known].astype(np.int32)
    new = first_of_pair_in_case(case=case, source=np.zeros_like(unit), target=unit)
    return float(np.bincount(case[new], minlength=seen.cases)[ended].mean())


@dataclass(frozen=True)
class _Runs:
    """Stretches of a case in one unit."""

    case: Ints
    unit: Ints
    start: Ints  # instants
    end: Ints
    again: Bools  # something in it had been done before in the case


def ping_pong(seen: Seen) -> list[Finding]:
    """Pairs of units between which cases go A → B → A to work that A had done, or A → B → A → B."""
    runs = _runs(seen)
    if len(runs.case) < 3:
        return []
    returned = np.zeros(len(runs.case), np.bool_)
    returned[2:] = (runs.case[2:] == runs.case[:-2]) & (runs.unit[2:] == runs.unit[:-2])
    to_and_fro = returned.copy()
    to_and_fro[1:] &= runs.again[1:] | returned[:-1]
    at = np.flatnonzero(to_and_fro)
    low, high = np.minimum(runs.unit[at], runs.unit[at - 1]), np.maximum(runs.unit[at], runs.unit[at - 1])
    found = []
    for one, other in sorted(set(zip(low.tolist(), high.tolist(), strict=True))):
        places = at[(low == one) & (high == other)]
        away = (runs.start[places] - runs.end[places - 2]) / DAY_US
        found += _pair(seen, runs, places, away, one, other)
    return found


def _pair(
    seen: Seen,
    runs: _Runs,
    places: Ints,
    away: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    one: int,
    other: int,
) -> list[Finding]:
    cases = distinct(runs.case[places])
    share = estimates.share(len(cases), seen.cases)
    if len(cases) < MIN_CASES or share.low is None or share.low < PING_PONG_SHARE:
        return []
    per_case = np.bincount(runs.case[places], weights=away, minlength=seen.cases)[cases]
    days = estimates.median(per_case)
    back, _ = seen.mostly(runs.unit[places])
    counts: dict[str, float | int | str] = {
        "other_unit": seen.unit_name(other if back == one else one),
        "repeats": len(places),
    }
    return [
        seen.finding(
            "ping_pong",
            unit=back,
            touched=len(cases),
            days=days,
            counts=counts,
            cap=waiting_cap(seen, seen.unit >= 0),
        )
    ]


def _runs(seen: Seen) -> _Runs:
    known = seen.unit >= 0
    case, unit = seen.case[known], seen.unit[known]
    begins = np.flatnonzero((np.diff(case, prepend=-1) != 0) | (np.diff(unit, prepend=-1) != 0))
    if not len(begins):
        empty = np.zeros(0, np.int64)
        return _Runs(empty, empty, empty, empty, empty.astype(np.bool_))
    return _Runs(
        case=case[begins],
        unit=unit[begins],
        start=seen.at[known][begins],
        end=np.maximum.reduceat(seen.end[known], begins),
        again=np.logical_or.reduceat(seen.nth[known] > 1, begins),
    )
