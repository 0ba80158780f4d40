"""The split of waiting, one worker after another (compiled; the plain twin is in tests/lean/causes)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled
from straume.lean.flow.causes.batches import discover
from straume.lean.flow.causes.stretches import cut
from straume.lean.flow.causes.sums import BLOCK, SQUARE, add, blocks, contended, contended_each, until

Ints = npt.NDArray[np.int64]
DAY_US = 86_400_000_000
NEVER = np.iinfo(np.int64).max
LONG = 4096  # stretches of a mean wait from which the sums of all rows are taken together
LARGE = 64  # pieces of work of a batch from which its own stretches are summed in a tree


@compiled
def open_until(at: int, table: int, first_at: int, day: Ints, offset: Ints, opens: Ints, closes: Ints,
               before: Ints) -> int:  # fmt: skip
    """Working time [µs] of calendar `table` from its begin to an instant."""
    place = day[offset[table] + (at - first_at) // DAY_US]
    while closes[place] <= at:
        place += 1
    return int(before[place] + max(at - opens[place], 0))


@compiled
def split_rows(
    order: Ints,
    worker: Ints,
    activity: Ints,
    calendar: Ints,
    enabled: Ints,
    start: Ints,
    end: Ints,
    min_batch: int,
    given_number: Ints,
    given_ready: Ints,
    first_at: int,
    day: Ints,
    offset: Ints,
    opens: Ints,
    closes: Ints,
    before: Ints,
) -> Ints:
    """Batching, prioritisation, contention, unavailability, extraneous [µs] of each row: int64 (5, n).

    `order` puts the rows by worker, start and enablement. `worker` is negative where nobody is known: such
    work never waits for its worker. `given_number` is empty where batches are to be found. `calendar`
    numbers the tables that `first_at … before` hold (see tables.Tables).
    """
    causes = np.zeros((5, len(order)), np.int64)
    known_at = activity.max() + 1
    low = 0
    while low < len(order):
        high = low + 1
        while high < len(order) and worker[order[high]] == worker[order[low]]:
            high += 1
        of = order[low:high]
        if worker[of[0]] < 0:
            _nobody(of, calendar, enabled, start, first_at, day, offset, opens, closes, before, causes)
        else:
            _somebody(
                of, calendar[of[0]], activity, known_at, enabled, start, end, min_batch, given_number,
                given_ready, first_at, day, offset, opens, closes, before, causes,
            )  # fmt: skip
        low = high
    return causes


@compiled
def _nobody(of: Ints, calendar: Ints, enabled: Ints, start: Ints, first_at: int, day: Ints, offset: Ints,
            opens: Ints, closes: Ints, before: Ints, causes: Ints) -> None:  # fmt: skip
    for row in of:
        waited_from = min(enabled[row], start[row])
        table = calendar[row]
        opened = open_until(start[row], table, first_at, day, offset, opens, closes, before)
        opened -= open_until(waited_from, table, first_at, day, offset, opens, closes, before)
        causes[3, row] = start[row] - waited_from - opened
        causes[4, row] = opened


@compiled
def _somebody(
    of: Ints, table: int, activity: Ints, activities: int, all_enabled: Ints, all_start: Ints, all_end: Ints,
    min_batch: int, given_number: Ints, given_ready: Ints, first_at: int, day: Ints, offset: Ints,
    opens: Ints, closes: Ints, before: Ints, causes: Ints,
) -> None:  # fmt: skip
    """The rows of one worker.

    The worker's time is cut into stretches at every start and end. Of each stretch the earliest instant is
    known at which any of the work done in it was enabled: not later than that of the waiting work means
    contention, later means prioritisation. Work of the own batch counts by the own enablement, so stretches
    that hold only such work are put right afterwards.
    """
    rows = len(of)
    start, end, enabled = all_start[of], all_end[of], np.minimum(all_enabled[of], all_start[of])
    found_here = len(given_number) == 0
    if found_here:
        batch, ready, size = discover(activity[of], activities, enabled, start, end, min_batch)
        cap = ready
    else:
        batch, ready, size = _renumbered(given_number[of], given_ready[of], enabled)
        cap = np.full(rows, NEVER, np.int64)
    bound, earliest = np.empty(2 * rows, np.int64), np.empty(2 * rows, np.int64)
    owner, other, place = (
        np.empty(2 * rows, np.int64), np.empty(2 * rows, np.int64), np.empty(rows, np.int64)
    )  # fmt: skip
    count = cut(enabled, start, end, batch, cap, bound, earliest, owner, other, place)
    opened = _open_until_each(bound[: count + 1], table, first_at, day, offset, opens, closes, before)
    busy, busy_closed = _busy(count, bound, earliest, opened)
    limit, judged_from, at = np.empty(rows, np.int64), np.empty(rows, np.int64), np.empty(rows, np.int64)
    ranged = _judged(enabled, start, batch, ready, bound, place, limit, judged_from, at)
    sums = np.zeros(rows, np.int64)
    if ranged > LONG * rows:
        contended_each(np.maximum(at, 0), place, limit, count, bound, earliest, sums)
    else:
        _contended_one_by_one(at, place, limit, count, bound, earliest, busy, sums)
    _without_own(
        found_here, batch, ready, size, enabled, start, limit, judged_from, at, place, count, bound,
        earliest, owner, other, sums,
    )  # fmt: skip
    for k in range(rows):
        waited_from, began, judged = enabled[k], start[k], judged_from[k]
        if waited_from == began:
            continue
        row, stop, of_stretch = of[k], place[k], at[k]
        causes[0, row] = judged - waited_from
        if judged == began:
            continue
        opened_from = open_until(judged, table, first_at, day, offset, opens, closes, before)
        worked = busy[stop] - busy[max(of_stretch, 0)]
        worked_closed = busy_closed[stop] - busy_closed[max(of_stretch, 0)]
        if of_stretch >= 0 and earliest[of_stretch] != NEVER:  # the stretch in which it begins is cut
            cut_off = judged - bound[of_stretch]
            worked -= cut_off
            worked_closed -= cut_off - (opened_from - opened[of_stretch])
            if earliest[of_stretch] <= limit[k]:
                sums[k] -= cut_off
        closed = (began - judged) - (opened[stop] - opened_from)
        causes[1, row] = worked - sums[k]
        causes[2, row] = sums[k]
        causes[3, row] = closed - worked_closed
        causes[4, row] = (began - judged) - worked - causes[3, row]


@compiled
def _renumbered(number: Ints, ready: Ints, enabled: Ints) -> tuple[Ints, Ints, Ints]:
    """Given batches numbered by the row of their first piece of work, as `discover` numbers them."""
    rows = len(number)
    batch, size = np.full(rows, -1, np.int64), np.zeros(rows, np.int64)
    order = np.argsort(number, kind="mergesort")
    head = -1
    for k in range(rows):
        row = order[k]
        if number[row] < 0:
            ready[row] = enabled[row]
            continue
        if head < 0 or number[head] != number[row]:
            head = row
        batch[row] = head
        size[head] += 1
    return batch, ready, size


@compiled
def _open_until_each(bound: Ints, table: int, first_at: int, day: Ints, offset: Ints, opens: Ints,
                     closes: Ints, before: Ints) -> Ints:  # fmt: skip
    """Working time [µs] until each bound; neighbours lie close, so the place is mostly walked to."""
    opened = np.empty(len(bound), np.int64)
    place, last = day[offset[table] + (bound[0] - first_at) // DAY_US], bound[0]
    for k in range(len(bound)):
        at = bound[k]
        if at - last > DAY_US:
            place = day[offset[table] + (at - first_at) // DAY_US]
        while closes[place] <= at:
            place += 1
        opened[k] = before[place] + max(at - opens[place], 0)
        last = at
    return opened


@compiled
def _busy(count: int, bound: Ints, earliest: Ints, opened: Ints) -> tuple[Ints, Ints]:
    """Time in which work was done until each bound, and how much of it outside working hours."""
    busy, busy_closed = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    for k in range(count):
        length = bound[k + 1] - bound[k] if earliest[k] != NEVER else 0
        closed = length - (opened[k + 1] - opened[k]) if earliest[k] != NEVER else 0
        busy[k + 1] = busy[k] + length
        busy_closed[k + 1] = busy_closed[k] + closed
    return busy, busy_closed


@compiled
def _judged(
    enabled: Ints, start: Ints, batch: Ints, ready: Ints, bound: Ints, place: Ints, limit: Ints,
    judged_from: Ints, at: Ints,
) -> int:  # fmt: skip
    """Fill in from when each row is judged (its batch complete), by which limit, and the stretch in which
    that lies (-1: before all work); gives the number of stretches of all rows together.
    """
    ranged = 0
    for k in range(len(start)):
        judged_from[k], limit[k] = enabled[k], enabled[k]
        if batch[k] >= 0:
            judged_from[k] = min(max(ready[k], enabled[k]), start[k])
            limit[k] = max(ready[k], enabled[k])
        at[k] = place[k]
        if judged_from[k] < start[k]:
            at[k] = _stretch_of(judged_from[k], bound, place[k])
            ranged += place[k] - at[k]
    return ranged


@compiled
def _stretch_of(at: int, bound: Ints, stop: int) -> int:
    """The stretch before bound `stop` in which an instant lies; -1 before the first."""
    step, high = 1, stop
    while high - step >= 0 and bound[high - step] > at:
        high -= step
        step *= 2
    low = max(high - step, -1)
    while high - low > 1:
        middle = (low + high) // 2
        if bound[middle] <= at:
            low = middle
        else:
            high = middle
    return low


@compiled
def _contended_one_by_one(
    at: Ints, place: Ints, limit: Ints, count: int, bound: Ints, earliest: Ints, busy: Ints, found: Ints
) -> None:
    soonest, latest = np.empty(count // BLOCK + 1, np.int64), np.empty(count // BLOCK + 1, np.int64)
    blocks(count, earliest, BLOCK, soonest, latest)
    of_square = np.empty(count // SQUARE + 1, np.int64), np.empty(count // SQUARE + 1, np.int64)
    blocks(count, earliest, SQUARE, of_square[0], of_square[1])
    for k in range(len(at)):
        if at[k] < place[k]:
            found[k] = contended(
                max(at[k], 0), place[k], limit[k], bound, earliest, busy, soonest, latest, of_square[0],
                of_square[1],
            )  # fmt: skip


@compiled
def _without_own(
    found_here: bool, batch: Ints, ready: Ints, size: Ints, enabled: Ints, start: Ints, limit: Ints,
    judged_from: Ints, at: Ints, place: Ints, count: int, bound: Ints, earliest: Ints, owner: Ints,
    other: Ints, sums: Ints,
) -> None:  # fmt: skip
    """Take out the stretches in which only work of the own batch was done that was enabled later than the
    own: that is prioritisation, though it was enabled before the batch was complete.
    """
    rows = len(batch)
    head, last = np.full(rows, -1, np.int64), np.full(rows, -1, np.int64)
    following = np.full(count, -1, np.int64)  # the next stretch of the same batch
    for k in range(count):
        mine = owner[k]
        if mine >= 0 and (not found_here or other[k] > ready[mine]):
            if head[mine] < 0:
                head[mine] = k
            else:
                following[last[mine]] = k
            last[mine] = k
    for k in range(rows):
        mine = batch[k]
        if mine < 0 or head[mine] < 0 or judged_from[k] == start[k] or (found_here and size[mine] >= LARGE):
            continue
        one = head[mine]
        while one >= 0 and one < place[k]:
            if one >= at[k] and enabled[k] < earliest[one] <= limit[k] and other[one] > limit[k]:
                sums[k] -= bound[one + 1] - max(bound[one], judged_from[k])
            one = following[one]
    if found_here and size.max() >= LARGE:
        members = np.argsort(batch, kind="mergesort")
        k = 0
        while k < rows:
            mine = batch[members[k]]
            stop = k + (size[mine] if mine >= 0 else 1)
            if stop - k >= LARGE:
                _without_own_of_large(members[k:stop], enabled, start, judged_from, place, bound, earliest,
                                      head[mine], following, sums)  # fmt: skip
            k = stop


@compiled
def _without_own_of_large(
    members: Ints, enabled: Ints, start: Ints, judged_from: Ints, place: Ints, bound: Ints, earliest: Ints,
    one: int, following: Ints, sums: Ints,
) -> None:  # fmt: skip
    """The same for one large batch: its stretches, from `one` on, go into a tree of sums by their key."""
    keys = np.sort(enabled[members])
    tree = np.zeros(len(keys) + 1, np.int64)
    whole = 0
    for row in members:
        while one >= 0 and one < place[row]:
            length = bound[one + 1] - bound[one]
            add(tree, np.searchsorted(keys, earliest[one]), length)
            whole += length
            one = following[one]
        if judged_from[row] < start[row]:
            sums[row] -= whole - until(tree, np.searchsorted(keys, enabled[row], side="right"))
