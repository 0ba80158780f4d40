"""When a piece of work could have begun: the latest completion of what had to come before it in its case.

Here, and not in `flow`, because `enabled_at` is a column of the link table: it is found once, while a log is
made, and every later analysis reads it (docs/methods/enabled.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from straume.lean.events.log import EventLog

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
_COUNTED_DIRECTLY = 1 << 22  # pairs of activities up to which a table of all of them is counted into


@dataclass(frozen=True)
class Thresholds:
    """From where on two activities are parallel; the values are those of the sources.

    dependency : from it on the order of the two is settled [0..1].
    self_loop : from it on an activity repeats itself, and `short_loop` says nothing of it [0..1].
    short_loop : from it on the two alternate: a loop, not parallel work [0..1].
    overlap : share of the cases holding both in which they are worked on at the same time [0..1].
    """

    dependency: float = 0.9
    self_loop: float = 0.9
    short_loop: float = 0.9
    overlap: float = 0.5


PUBLISHED = Thresholds()


@dataclass(frozen=True, eq=False)
class Rows:
    """Pieces of work in the order of a link table: case, then start (where unknown: end), then position."""

    case: Codes
    activity: Codes
    start: Ints  # end where unknown [µs UTC]
    started: Bools
    end: Ints  # [µs UTC]

    @cached_property
    def activities(self) -> int:
        return int(self.activity.max(initial=-1)) + 1

    @cached_property
    def tangled(self) -> bool:
        """Some work begins before all that stands before it in its case has ended."""
        same = self.case[1:] == self.case[:-1]
        return bool((same & (self.start[1:] < self.end[:-1])).any())

    @cached_property
    def _ends(self) -> tuple[Ints, Ints]:
        if not self.tangled:
            rows = np.arange(len(self.case))
            return rows, rows - 1
        from straume.lean.events.tangled import ends_in_order  # not loaded for logs without need of it

        return ends_in_order(self.case, self.start, self.end)

    @property
    def by_end(self) -> Ints:
        """Rows case by case in the order of their ends; equal ends in the order of the table."""
        return self._ends[0]

    @property
    def last_ended(self) -> Ints:
        """Of each row the place in `by_end` of the last that had ended when it began."""
        return self._ends[1]


@dataclass(frozen=True, eq=False)
class Parallel:
    """Pairs of activities done in parallel: `keys` hold a · activities + b of (a, b) and (b, a), sorted."""

    activities: int
    keys: Ints

    @cached_property
    def _table(self) -> Bools:
        table = np.zeros(self.activities**2, np.bool_)
        table[self.keys] = True
        return table

    def holds(self, one: Codes, other: Codes) -> Bools:
        if self.activities**2 <= _COUNTED_DIRECTLY:
            found: Bools = self._table[one.astype(np.int64) * self.activities + other]
            return found
        return _found(one.astype(np.int64) * self.activities + other, self.keys)

    def pairs(self) -> list[tuple[int, int]]:
        """Each pair once, the smaller code first."""
        both = [divmod(int(key), self.activities) for key in self.keys]
        return [(one, other) for one, other in both if one < other]


def parallel(rows: Rows, *, thresholds: Thresholds = PUBLISHED) -> Parallel:
    """Which activities are done in parallel.

    Two are where their order is not settled (both orders occur outside A-B-A and B-A-B, the dependency of
    the heuristics miner is below its threshold, and they are no short loop), or where they are mostly
    worked on at the same time. Equal ends say nothing of an order.

    References: Weijters, van der Aalst & Alves de Medeiros (2006), Process mining with the HeuristicsMiner
    algorithm; Chapela-Campa & Dumas (2022), Repairing activity start times to improve business process
    simulation, arXiv:2208.12224; Augusto, Dumas & La Rosa (2020), Automated discovery of process models
    with true concurrency and inclusive choices.
    """
    return told_by(evidence(rows), lambda keys: cases_with_both(keys, rows), thresholds=thresholds)


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each pair of activities is met: `keys` hold a · activities + b, sorted."""

    keys: Ints
    counts: Ints

    def of(self, keys: Ints) -> Ints:
        place = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        counts: Ints = np.where(_found(keys, self.keys), np.append(self.counts, 0)[place], 0)
        return counts


@dataclass(frozen=True, eq=False)
class Evidence:
    """What tells parallel activities. Counts of parts of a log without a common case add up to those of the
    whole.
    """

    activities: int
    every: Counts  # b completed right after a, at a later instant
    outside: Counts  # the same outside a-b-a and b-a-b
    loops: Counts  # a-b-a
    overlapping: Counts  # a < b: cases in which both were worked on at the same time


def evidence(rows: Rows) -> Evidence:
    """Count what tells parallel activities."""
    from straume.lean.events.tangled import overlapping

    size = rows.activities
    case, end = rows.case[rows.by_end], rows.end[rows.by_end]
    activity = rows.activity[rows.by_end].astype(np.int64)
    same = case[1:] == case[:-1]
    follows = same & (end[1:] > end[:-1])
    short = same[1:] & same[:-1] & (activity[2:] == activity[:-2]) & (activity[1:-1] != activity[2:])
    in_loop = np.zeros(len(same), np.bool_)
    in_loop[:-1] |= short
    in_loop[1:] |= short
    succession = activity[:-1] * size + activity[1:]
    together = Counts(np.zeros(0, np.int64), np.zeros(0, np.int64))
    if rows.tangled and rows.started.any():
        together = Counts(*overlapping(rows.case, rows.activity, rows.start, rows.end, rows.started, size))
    return Evidence(
        activities=size,
        every=_counted(succession[follows], size),
        outside=_counted(succession[follows & ~in_loop], size),
        loops=_counted(succession[:-1][short], size),
        overlapping=together,
    )


def told_by(
    found: Evidence, with_both: Callable[[Ints], Ints], *, thresholds: Thresholds = PUBLISHED
) -> Parallel:
    """The parallel activities that evidence tells; `with_both` counts the cases that hold both of a pair."""
    keys = _unsettled(found, thresholds)
    if len(found.overlapping.keys):
        together = found.overlapping.keys
        mostly = found.overlapping.counts >= thresholds.overlap * with_both(together)
        keys = np.union1d(keys, np.union1d(together[mostly], _turned(together[mostly], found.activities)))
    return Parallel(found.activities, keys)


def parallel_steps(log: EventLog) -> tuple[tuple[str, str], ...]:
    """The pairs of steps of a log that its enabled times take for parallel, in alphabetical order."""
    items = log.items
    end = np.array(items["end_at"])  # copies: the kernels are compiled for arrays that may be written
    started = np.array(items["start_at"].is_valid())
    rows = Rows(
        case=np.array(items["case"]),
        activity=np.array(items["activity"]),
        start=np.where(started, items["start_at"].fill_null(0).to_numpy(), end),
        started=started,
        end=end,
    )
    return tuple((log.activities[one], log.activities[other]) for one, other in parallel(rows).pairs())


def enabled_at(rows: Rows, *, parallel: Parallel, since: Ints) -> Ints:
    """When each piece of work was enabled [µs UTC], never later than it began.

    The latest end among those that stand before it in its case, had ended when it began and are not
    parallel to it; where there is none, `since` (an instant for each case).
    """
    at = rows.last_ended
    found = since[rows.case]
    waiting = np.arange(len(rows.case))
    while len(waiting):
        at_place = np.maximum(at, 0)
        inside = (at >= 0) & (rows.case[at_place] == rows.case[waiting])
        waiting, at = waiting[inside], at[inside]
        before = rows.by_end[at]
        enables = (before < waiting) & ~parallel.holds(rows.activity[waiting], rows.activity[before])
        found[waiting[enables]] = rows.end[before[enables]]
        waiting, at = waiting[~enables], at[~enables] - 1
    return np.minimum(found, rows.start)


def _unsettled(found: Evidence, at: Thresholds) -> Ints:
    """Keys of the pairs whose order the completions do not settle."""
    size, every, outside, loops = found.activities, found.every, found.outside, found.loops
    key = outside.keys[outside.keys // size < outside.keys % size]
    key = key[outside.of(_turned(key, size)) > 0]
    there, back = every.of(key), every.of(_turned(key, size))
    dependency = np.abs(there - back) / (there + back + 1)
    alternating = loops.of(key) + loops.of(_turned(key, size))
    repeats = every.of((key // size) * (size + 1)), every.of((key % size) * (size + 1))
    repeating = np.maximum(*repeats)
    is_loop = (alternating / (alternating + 1) >= at.short_loop) & (
        repeating / (repeating + 1) < at.self_loop
    )
    key = key[(dependency < at.dependency) & ~is_loop]
    return np.union1d(key, _turned(key, size))


def cases_with_both(keys: Ints, rows: Rows) -> Ints:
    """How many cases hold both activities of each pair."""
    size, cases = rows.activities, int(rows.case[-1]) + 1
    order = np.argsort(rows.activity.astype(np.uint16) if size < 1 << 16 else rows.activity, kind="stable")
    bounds = np.searchsorted(rows.activity[order], np.arange(size + 1))
    holds = {}
    for code in np.unique(np.concatenate([keys // size, keys % size])).tolist():
        held = np.zeros(cases, np.bool_)
        held[rows.case[order[bounds[code] : bounds[code + 1]]]] = True
        holds[code] = np.packbits(held)
    pairs = zip((keys // size).tolist(), (keys % size).tolist())
    both = [int(np.bitwise_count(holds[one] & holds[other]).sum()) for one, other in pairs]
    return np.array(both, np.int64)


def _counted(keys: Ints, size: int) -> Counts:
    if size * size > _COUNTED_DIRECTLY:
        return Counts(*np.unique(keys, return_counts=True))
    counts = np.bincount(keys, minlength=size * size)
    occurring = np.flatnonzero(counts)
    return Counts(occurring, counts[occurring])


def _found(keys: Ints, among: Ints) -> Bools:
    if not len(among):
        return np.zeros(len(keys), np.bool_)
    found: Bools = among[np.minimum(np.searchsorted(among, keys), len(among) - 1)] == keys
    return found


def _turned(keys: Ints, size: int) -> Ints:
    """(b, a) of (a, b)."""
    return keys % size * size + keys // size
