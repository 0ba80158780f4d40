"""Batches: pieces of work of one step that one worker does in one go, all of them ready when it begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled

Ints = npt.NDArray[np.int64]
NONE = -1


@dataclass(frozen=True)
class Batches:
    """To which batch each piece of work belongs, and when it was complete.

    number : int64 (n,), NONE where the work was not done in a batch
    ready_at : int64 (n,) [µs UTC] when the last of its batch was enabled; meaningless where number is NONE
    """

    number: Ints
    ready_at: Ints


@compiled
def settle_ties(order: Ints, key: Ints, enabled: Ints) -> None:
    """Put rows of one key, which stand together in `order`, into the order of their enablement, in place."""
    begin = 0
    while begin < len(order):
        stop = begin + 1
        while stop < len(order) and key[order[stop]] == key[order[begin]]:
            stop += 1
        if stop - begin > 1:
            run = order[begin:stop].copy()
            ready = np.empty(len(run), np.int64)
            for place in range(len(run)):
                ready[place] = enabled[run[place]]
            order[begin:stop] = run[np.argsort(ready)]
        begin = stop


@compiled
def discover(
    activity: Ints, activities: int, enabled: Ints, start: Ints, end: Ints, min_batch: int
) -> tuple[Ints, Ints, Ints]:
    """Batch and completion [µs] of each row of one worker, and how many rows each batch has.

    Rows are sorted by start and enablement; a batch is numbered by the row of its first piece of work. A
    piece of work joins the batch of its step that its worker has begun if it starts before or when the last
    of them ends (at the same time, overlapping, or one right after the other) and was enabled before the
    batch began. Fewer than `min_batch` are no batch.
    """
    rows = len(start)
    number = np.full(rows, NONE, np.int64)
    ready = enabled.copy()
    open_number = np.full(activities, NONE, np.int64)  # of each step: the batch that may still grow
    open_until = np.zeros(activities, np.int64)
    size = np.zeros(rows, np.int64)
    latest = np.zeros(rows, np.int64)
    for row in range(rows):
        step = activity[row]
        batch = open_number[step]
        if batch == NONE or start[row] > open_until[step] or enabled[row] > start[batch]:
            batch = row
            open_number[step] = row
            open_until[step] = end[row]
            latest[row] = enabled[row]
        number[row] = batch
        size[batch] += 1
        latest[batch] = max(latest[batch], enabled[row])
        open_until[step] = max(open_until[step], end[row])
    for row in range(rows):
        batch = number[row]
        if size[batch] < min_batch:
            number[row] = NONE
        else:
            ready[row] = latest[batch]
    for row in range(rows):
        if size[row] < min_batch:
            size[row] = 0
    return number, ready, size
