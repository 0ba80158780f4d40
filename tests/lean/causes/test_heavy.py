"""Much work at once, large batches and long waits take other ways through the kernel; all give the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lean.causes.twin import TICK_US, Piece, causes, find_batches
from straume.lean.events.calendar import WorkCalendar
from straume.lean.flow.causes import stretches, sums
from straume.lean.flow.causes.kernel import LARGE
from straume.lean.flow.causes.split import Work, split_work

NEVER = stretches.NEVER
OPEN = WorkCalendar.always()
Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def found_and_expected(pieces: list[Piece]) -> tuple[Ints, Ints]:
    def column(name: str, scale: int = 1) -> Ints:
        return np.array([getattr(each, name) * scale for each in pieces], np.int64)

    work = Work(
        activity=column("activity"),
        worker=column("worker"),
        calendar=column("calendar"),
        enabled=column("enabled", TICK_US),
        start=column("start", TICK_US),
        end=column("end", TICK_US),
    )
    opened = {(0, tick) for tick in range(max(each.end for each in pieces) + 1)}
    find_batches(pieces, min_batch=2)
    expected = np.array([causes(each, pieces, opened) for each in pieces]).T
    return split_work(work, calendars=(OPEN,)), expected * TICK_US


def test_more_at_once_than_a_sorted_list_holds_agrees_with_the_plain_split() -> None:
    random = np.random.default_rng(3)
    pieces = []
    for _ in range(stretches.CROWD + 60):
        start = int(random.integers(20, 60))
        enabled, activity = start - int(random.integers(0, 20)), int(random.integers(0, 60))
        pieces.append(Piece(0, activity, 0, enabled, start, start + int(random.integers(60, 90))))
    found, expected = found_and_expected(pieces)
    assert (found == expected).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_large_batch_agrees_with_the_plain_split(seed: int) -> None:
    """Its work is done in any order and some of it at once, other work beside it."""
    random = np.random.default_rng(seed)
    pieces, at = [], 100
    for _ in range(LARGE + 30):
        pieces.append(Piece(0, 0, 0, int(random.integers(60, 101)), at, at + int(random.integers(1, 4))))
        at += int(random.integers(0, 2))
    for _ in range(25):
        start = int(random.integers(95, at))
        pieces.append(Piece(0, 1, 0, start - int(random.integers(0, 40)), start, start + 2))
    found, expected = found_and_expected(pieces)
    assert (found == expected).all()
    assert (found[2] > 0).any() and (found[1] > 0).any()


@given(seed=some.integers(0, 10**6), rows=some.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_tree_and_list_cut_time_the_same_way(seed: int, rows: int) -> None:
    random = np.random.default_rng(seed)
    start = np.sort(random.integers(0, 30, rows)).astype(np.int64)
    end = start + random.integers(0, 12, rows)
    enabled = random.permutation(1000)[:rows].astype(np.int64)  # no ties: then the owner is one only
    batch = random.integers(-1, 3, rows)
    batch = np.array([-1 if each < 0 else int(np.flatnonzero(batch == each)[0]) for each in batch], np.int64)
    cap = np.full(rows, NEVER, np.int64)
    cuts = []
    for cut in (stretches._cut_few, stretches._cut_crowd):
        arrays = [np.zeros(2 * rows, np.int64) for _ in range(4)] + [np.zeros(rows, np.int64)]
        ending = np.argsort(end, kind="stable")
        given_cap = (cap,) if cut is stretches._cut_few else ()
        count = cut(enabled, start, end, batch, *given_cap, *arrays, ending)
        cuts.append([arrays[0][: count + 1], *(each[:count] for each in arrays[1:4]), arrays[4]])
    for one, other in zip(*cuts, strict=True):
        assert (one == other).all()


@given(seed=some.integers(0, 10**6), count=some.integers(1, 900))
@settings(max_examples=60, deadline=None)
def test_sums_of_all_rows_together_are_those_of_each(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    bound = np.cumsum(random.integers(1, 9, count + 1)).astype(np.int64)
    earliest = random.integers(0, 50, count) + (np.arange(count) // 10 if seed % 2 else 0)
    earliest = np.where(random.random(count) < 0.2, NEVER, earliest).astype(np.int64)
    busy = np.append(0, np.cumsum(np.where(earliest == NEVER, 0, np.diff(bound)))).astype(np.int64)
    blocks = []
    for size in (sums.BLOCK, sums.SQUARE):
        ends = np.empty(count // size + 1, np.int64), np.empty(count // size + 1, np.int64)
        sums.blocks(count, earliest, size, *ends)
        blocks += ends
    begin = random.integers(0, count, 50)
    stop = np.minimum(begin + random.integers(0, count, 50), count)
    limit = random.integers(-1, 120, 50)
    together = np.zeros(50, np.int64)
    sums.contended_each(begin, stop, limit, count, bound, earliest, together)
    lengths = np.diff(bound)
    for k in range(50):
        plain = lengths[begin[k] : stop[k]][earliest[begin[k] : stop[k]] <= limit[k]].sum()
        one = sums.contended(int(begin[k]), int(stop[k]), int(limit[k]), bound, earliest, busy, *blocks)
        assert one == plain == together[k]
