"""Work at the same time in one case, walked through case by case (compiled; the plain twin is in tests)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
NEIGHBOURS = 100  # work at the same time is looked for among so many pieces of work that begin next
_FREE = -1


@compiled
def ends_in_order(case: Codes, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Rows case by case in the order of their ends, and for each row the place in that order of the last that
    had ended when it began (of an earlier case, where none had)."""
    order = np.arange(len(case))
    last_ended = np.empty(len(case), np.int64)
    low = 0
    while low < len(case):
        high = low + 1
        while high < len(case) and case[high] == case[low]:
            high += 1
        _sort_by_end(order, end, low, high)
        place = low - 1
        for row in range(low, high):  # starts do not fall
            while place + 1 < high and end[order[place + 1]] <= start[row]:
                place += 1
            last_ended[row] = place
        low = high
    return order, last_ended


@compiled
def _sort_by_end(order: Ints, end: Ints, low: int, high: int) -> None:
    """Insertion, as ends are nearly in order; a real sort where that takes long."""
    moves = 0
    for i in range(low + 1, high):
        row = order[i]
        j = i - 1
        while j >= low and end[order[j]] > end[row]:
            order[j + 1] = order[j]
            j -= 1
            moves += 1
        order[j + 1] = row
        if moves > 16 * (high - low):
            order[low:high] = low + np.argsort(end[low:high], kind="mergesort")
            return


@compiled
def overlapping(
    case: Codes, activity: Codes, start: Ints, end: Ints, started: Bools, size: int
) -> tuple[Ints, Ints]:
    """Pairs of activities (the smaller code · size + the larger) and the number of cases in which they are
    worked on at the same time."""
    keys, last, count = np.full(64, _FREE, np.int64), np.full(64, _FREE, np.int64), np.zeros(64, np.int64)
    used = 0
    for row in range(len(case)):
        if not started[row] or end[row] <= start[row]:
            continue
        for other in range(row + 1, min(row + 1 + NEIGHBOURS, len(case))):
            if case[other] != case[row] or start[other] >= end[row]:
                break
            one, two = activity[row], activity[other]
            if one == two or not started[other] or end[other] <= start[other]:
                continue
            place = _place(keys, np.int64(min(one, two)) * size + max(one, two))
            if keys[place] == _FREE:
                keys[place] = np.int64(min(one, two)) * size + max(one, two)
                used += 1
            if last[place] != case[row]:
                last[place] = case[row]
                count[place] += 1
            if 2 * used > len(keys):
                keys, last, count = _wider(keys, last, count)
    held = keys != _FREE
    return keys[held], count[held]


@compiled
def _place(keys: Ints, key: int) -> int:
    """Where a key stands in an open hash table, or may be put."""
    mask = len(keys) - 1
    place = (key * 0x9E3779B1 >> 7) & mask
    while keys[place] != _FREE and keys[place] != key:
        place = (place + 1) & mask
    return int(place)


@compiled
def _wider(keys: Ints, last: Ints, count: Ints) -> tuple[Ints, Ints, Ints]:
    new = np.full(2 * len(keys), _FREE, np.int64)
    new_last, new_count = np.full(len(new), _FREE, np.int64), np.zeros(len(new), np.int64)
    for old in range(len(keys)):
        if keys[old] != _FREE:
            place = _place(new, keys[old])
            new[place], new_last[place], new_count[place] = keys[old], last[old], count[old]
    return new, new_last, new_count
