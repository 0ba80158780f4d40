"""The time of one worker, cut at every start and end of their work (compiled)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled

Ints = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
CROWD = 256  # pieces of work at once from which a tree finds the earliest faster than a sorted list


@compiled
def cut(
    enabled: Ints, start: Ints, end: Ints, batch: Ints, cap: Ints, bound: Ints, earliest: Ints, owner: Ints,
    other: Ints, place: Ints,
) -> int:  # fmt: skip
    """Fill in the stretches between any two neighbouring starts or ends; gives their number.

    Rows are sorted by start. bound : one more than stretches; earliest : of each stretch the earliest
    enablement of the work in it (NEVER: idle); owner : the batch of that work; other : the earliest
    enablement among work of other batches, exact up to the `cap` of the owner and anything beyond it above;
    place : for each row the bound at which it starts.
    """
    ending = _by_end(end)
    count = _cut_few(enabled, start, end, batch, cap, bound, earliest, owner, other, place, ending)
    if count < 0:
        count = _cut_crowd(enabled, start, end, batch, bound, earliest, owner, other, place, ending)
    return count


@compiled
def _by_end(end: Ints) -> Ints:
    """Rows in the order of their ends. Ends are nearly in the order of the starts: insertion, and a real
    sort where that takes long.
    """
    order = np.arange(len(end))
    moves = 0
    for i in range(1, len(end)):
        value = end[i]
        j = i - 1
        while j >= 0 and end[order[j]] > value:
            order[j + 1] = order[j]
            j -= 1
        order[j + 1] = i
        moves += i - 1 - j
        if moves > 16 * len(end):
            return np.argsort(end)
    return order


@compiled
def _cut_few(
    enabled: Ints, start: Ints, end: Ints, batch: Ints, cap: Ints, bound: Ints, earliest: Ints, owner: Ints,
    other: Ints, place: Ints, ending: Ints,
) -> int:  # fmt: skip
    """The work at hand as a list sorted by enablement: what is new mostly goes to its end. -1: a crowd."""
    rows = len(start)
    ready, who = np.empty(CROWD, np.int64), np.empty(CROWD, np.int64)
    size, begun, ended, count = 0, 0, 0, 0
    while ended < rows:
        now = end[ending[ended]]
        if begun < rows and start[begun] < now:
            now = start[begun]
        while ended < rows and end[ending[ended]] == now:
            if start[ending[ended]] < now:
                at = 0
                while who[at] != ending[ended]:
                    at += 1
                size -= 1
                for k in range(at, size):
                    ready[k], who[k] = ready[k + 1], who[k + 1]
            ended += 1
        while begun < rows and start[begun] == now:
            place[begun] = count
            if end[begun] > now:
                if size == CROWD:
                    return -1
                at = size
                while at > 0 and ready[at - 1] > enabled[begun]:
                    ready[at], who[at] = ready[at - 1], who[at - 1]
                    at -= 1
                ready[at], who[at] = enabled[begun], begun
                size += 1
            begun += 1
        bound[count] = now
        earliest[count], owner[count], other[count] = NEVER, -1, NEVER
        if size:
            mine = batch[who[0]]
            earliest[count], owner[count] = ready[0], mine
            if mine >= 0:
                at = 1
                while at < size and batch[who[at]] == mine and ready[at] <= cap[mine]:
                    at += 1
                if at < size:
                    other[count] = ready[at]
        count += 1
    return count - 1


@compiled
def _cut_crowd(
    enabled: Ints, start: Ints, end: Ints, batch: Ints, bound: Ints, earliest: Ints, owner: Ints, other: Ints,
    place: Ints, ending: Ints,
) -> int:  # fmt: skip
    """The same with a tree over the rows, those of a batch side by side: each step costs log(rows)."""
    rows = len(start)
    leaves = 1
    while leaves < rows:
        leaves *= 2
    tree = np.full(2 * leaves, NEVER, np.int64)
    order = np.argsort(batch, kind="mergesort")
    leaf, first, stop = np.empty(rows, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    for k in range(rows):
        leaf[order[k]] = k
        mine = batch[order[k]]
        if mine >= 0:
            if stop[mine] == 0:
                first[mine] = k
            stop[mine] = k + 1
    begun, ended, count = 0, 0, 0
    while ended < rows:
        now = end[ending[ended]]
        if begun < rows and start[begun] < now:
            now = start[begun]
        while begun < rows and start[begun] == now:
            place[begun] = count
            if end[begun] > now:
                _put(tree, leaves + leaf[begun], enabled[begun])
            begun += 1
        while ended < rows and end[ending[ended]] == now:
            if start[ending[ended]] < now:
                _put(tree, leaves + leaf[ending[ended]], NEVER)
            ended += 1
        bound[count] = now
        earliest[count], owner[count], other[count] = tree[1], -1, NEVER
        if tree[1] != NEVER:
            node = 1
            while node < leaves:
                node = 2 * node if tree[2 * node] == tree[1] else 2 * node + 1
            mine = batch[order[node - leaves]]
            owner[count] = mine
            if mine >= 0:
                before = _least(tree, leaves, 0, first[mine])
                other[count] = min(before, _least(tree, leaves, stop[mine], rows))
        count += 1
    return count - 1


@compiled
def _put(tree: Ints, node: int, value: int) -> None:
    tree[node] = value
    while node > 1:
        node //= 2
        least = min(tree[2 * node], tree[2 * node + 1])
        if tree[node] == least:
            return
        tree[node] = least


@compiled
def _least(tree: Ints, leaves: int, begin: int, stop: int) -> int:
    """The least of the leaves [begin, stop)."""
    low, high, least = leaves + begin, leaves + stop, NEVER
    while low < high:
        if low % 2:
            least = min(least, tree[low])
            low += 1
        if high % 2:
            high -= 1
            least = min(least, tree[high])
        low //= 2
        high //= 2
    return least
