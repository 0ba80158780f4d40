"""From raw events with a life cycle (schedule, start, complete) to pieces of work with a start and an end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

STARTS = frozenset({"start", "started", "begin", "sākts", "sākums", "pradėta", "pradžia"})
# Known words for what is no work by itself.
OTHERS = frozenset(
    {"schedule", "scheduled", "assign", "assigned", "reassign", "suspend", "suspended", "resume", "resumed"}
    | {"withdraw", "manualskip", "autoskip", "allocated", "enabled", "offered", "unknown"}
)
ENDS = frozenset(
    {
        "complete",
        "completed",
        "end",
        "ended",
        "finish",
        "finished",
        "close",
        "closed",
        "ate_abort",
        "pi_abort",
    }
    | {"pabeigts", "beigas", "baigta", "pabaiga"}
)


@dataclass(frozen=True)
class Paired:
    """The pieces of work found: row of the ending event, start [µs UTC] where one was paired, and what was
    left over.
    """

    row: Ints
    start_row: Ints  # -1 where no start belongs to this end
    starts_without_end: int
    other_events: int  # scheduled, assigned, suspended … : not work by themselves


def pair(
    *,
    case: Codes,
    activity: Codes,
    instance: Codes | None,
    at: Ints,
    position: Ints,
    starts: Bools,
    ends: Bools,
) -> Paired:
    """Pair each end with the earliest open start of the same activity (and instance) in its case.

    An end with no open start is a piece of work with unknown start. Starts that never end and events that
    are neither are counted, not kept: an item needs an end.
    """
    key = case.astype(np.int64) * (int(activity.max(initial=0)) + 1) + activity
    if instance is not None:
        key = key * (int(instance.max(initial=0)) + 2) + instance + 1
    rows = np.flatnonzero(starts | ends)
    order = rows[np.lexsort((position[rows], at[rows], key[rows]))]
    group = np.cumsum(np.diff(key[order], prepend=key[order][:1]) != 0)
    is_start = starts[order]
    alone = _ends_without_start(is_start, group)
    start_rows, end_rows = order[is_start], order[~is_start & ~alone]
    start_group, end_group = group[is_start], group[~is_start & ~alone]
    start_nth, end_nth = _nth_in_group(start_group), _nth_in_group(end_group)
    width = int(max(start_nth.max(initial=0), end_nth.max(initial=0))) + 1
    place = np.searchsorted(start_group * width + start_nth, end_group * width + end_nth)
    row = np.concatenate([end_rows, order[alone]])
    start_row = np.concatenate([start_rows[place], np.full(int(alone.sum()), -1, np.int64)])
    by_source = np.argsort(row, kind="stable")
    return Paired(
        row=row[by_source],
        start_row=start_row[by_source],
        starts_without_end=len(start_rows) - len(end_rows),
        other_events=len(at) - len(rows),
    )


def _ends_without_start(is_start: Bools, group: Ints) -> Bools:
    """Ends that come when no start of their group is open: there the running count falls below all before
    it.
    """
    if not len(group):
        return np.zeros(0, np.bool_)
    total = np.cumsum(np.where(is_start, 1, -1))
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    before = np.concatenate([[0], total])[begins]
    depth = total - np.repeat(before, np.diff(begins, append=len(group)))
    far = len(group) + 1  # puts each group below all earlier ones, so that one running minimum serves all
    lowest = np.minimum.accumulate(np.minimum(depth, 0) - group * far)
    previous = np.concatenate([[0], lowest[:-1]])
    previous[begins] = -group[begins] * far
    falls: Bools = ~is_start & (depth - group * far < previous)
    return falls


def _nth_in_group(group: Ints) -> Ints:
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    return np.arange(len(group)) - np.repeat(begins, np.diff(begins, append=len(group)))
