"""Sums over many stretches of a worker's time at once (compiled)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled

Ints = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
BLOCK, SQUARE = 16, 256  # stretches that are judged together where all of them agree, and blocks of blocks


@compiled
def blocks(count: int, earliest: Ints, size: int, soonest: Ints, latest: Ints) -> None:
    """Of each block of stretches the smallest and the largest key among those in which work was done."""
    for block in range(count // size + 1):
        least, most = NEVER, -NEVER
        for k in range(block * size, min(count, (block + 1) * size)):
            if earliest[k] != NEVER:
                least, most = min(least, earliest[k]), max(most, earliest[k])
        soonest[block], latest[block] = least, most


@compiled
def contended(
    begin: int, stop: int, limit: int, bound: Ints, earliest: Ints, busy: Ints, soonest: Ints, latest: Ints,
    soonest_of_square: Ints, latest_of_square: Ints,
) -> int:  # fmt: skip
    """Time in the stretches [begin, stop) whose key is not later than the limit."""
    found, k = 0, begin
    while k < stop:
        if k % SQUARE == 0 and k + SQUARE <= stop:
            square = k // SQUARE
            if latest_of_square[square] <= limit:
                found += busy[k + SQUARE] - busy[k]
                k += SQUARE
                continue
            if soonest_of_square[square] > limit:
                k += SQUARE
                continue
        if k % BLOCK == 0 and k + BLOCK <= stop:
            block = k // BLOCK
            if latest[block] <= limit:
                found += busy[k + BLOCK] - busy[k]
            elif soonest[block] <= limit:
                for one in range(k, k + BLOCK):
                    found += (bound[one + 1] - bound[one]) * (earliest[one] <= limit)
            k += BLOCK
            continue
        upto = min(stop, (k // BLOCK + 1) * BLOCK)
        for one in range(k, upto):
            found += (bound[one + 1] - bound[one]) * (earliest[one] <= limit)
        k = upto
    return found


@compiled
def contended_each(
    begin: Ints, stop: Ints, limit: Ints, count: int, bound: Ints, earliest: Ints, found: Ints
) -> None:
    """The same for many rows whose waits are long: keys and limits in their order, lengths in a tree of sums.

    References: Fenwick, P. M. (1994), A new data structure for cumulative frequency tables, Software:
    Practice and Experience 24(3), 10.1002/spe.4380240306.
    """
    by_key, by_limit = np.argsort(earliest[:count]), np.argsort(limit)
    tree = np.zeros(count + 1, np.int64)
    put = 0
    for k in range(len(by_limit)):
        row = by_limit[k]
        while put < count and earliest[by_key[put]] <= limit[row] and earliest[by_key[put]] != NEVER:
            one = by_key[put]
            add(tree, one, bound[one + 1] - bound[one])
            put += 1
        if begin[row] < stop[row]:
            found[row] = until(tree, stop[row]) - until(tree, begin[row])


@compiled
def add(tree: Ints, place: int, value: int) -> None:
    """Add a value at a place (from 0) of a Fenwick tree."""
    at = place + 1
    while at < len(tree):
        tree[at] += value
        at += at & -at


@compiled
def until(tree: Ints, stop: int) -> int:
    """Sum of the places [0, stop) of a Fenwick tree."""
    found, at = 0, stop
    while at > 0:
        found += tree[at]
        at -= at & -at
    return found
