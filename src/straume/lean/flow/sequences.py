"""What is known of a case's whole sequence, found in one pass over rows that stand case by case."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

_ROOM = 1 << 22  # (case, code) pairs looked at together: what fits in a processor's cache
_LOW_BITS = 40  # the sum over eight million items fits in an int64


def first_of_pair_in_case(*, case: Codes, source: Codes, target: Codes) -> Bools:
    """Whether a row is the first of its case to go from its source to its target; never where one is unknown.

    Parameters: case in ascending order; source, target – codes from 0, negative: unknown.
    """
    known = (source >= 0) & (target >= 0)
    width = int(target.max(initial=0)) + 1
    pair = source.astype(np.int64) * width + target
    pair[~known] = 0
    size = (int(source.max(initial=0)) + 1) * width
    if size > _ROOM:
        names, pair = np.unique(pair, return_inverse=True)
        size = len(names)
    first = np.zeros(len(case), np.bool_)
    rows = np.flatnonzero(known)
    first[rows] = _first_in_case(case[rows], pair[rows], size)
    return first


def sequence_marks(*, starts: Ints, activity: Codes, index: Codes) -> tuple[Ints, Ints]:
    """Two numbers per case, the same for the same activities in the same order: sums of a hash of each item.

    Each item's activity and place are mixed to 64 bits (Steele, Lea & Flood 2014, splitmix64,
    doi:10.1145/2660193.2660195), of which 40 and 24 are summed; the place in the mix keeps the order. The
    chance that any two of n different sequences of one length get the same numbers is about n² / 2⁶⁵: 10⁻⁸
    for half a million variants.
    """
    mixed = (activity.astype(np.uint64) << np.uint64(32)) + index.astype(np.uint64)
    mixed += np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    low = (mixed & np.uint64((1 << _LOW_BITS) - 1)).astype(np.int64)
    high = (mixed >> np.uint64(_LOW_BITS)).astype(np.int64)
    return np.add.reduceat(low, starts), np.add.reduceat(high, starts)


def _first_in_case(case: Codes, code: Ints, size: int) -> Bools:
    first = np.zeros(len(case), np.bool_)
    if not len(case):
        return first
    cases_at_once = max(_ROOM // size, 1)
    seen = np.empty(cases_at_once * size, np.int32)  # read only where it was written in the same block
    blocks = np.arange(case[0], int(case[-1]) + cases_at_once + 1, cases_at_once, dtype=np.int64)
    for begin, stop in pairwise(np.searchsorted(case, blocks).tolist()):
        if begin == stop:
            continue
        lowest = (int(case[begin]) - int(case[0])) // cases_at_once * cases_at_once + int(case[0])
        key = (case[begin:stop] - lowest).astype(np.int64) * size + code[begin:stop]
        row = np.arange(stop - begin, dtype=np.int32)
        seen[key[::-1]] = row[::-1]  # of equal keys the last one written stays: the first of the case
        first[begin:stop] = seen[key] == row
    return first
