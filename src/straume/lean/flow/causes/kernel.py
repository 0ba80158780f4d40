"""The split of waiting, one worker after another (compiled; the plain twin is in tests/lean/causes)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from straume.lean.compiled import compiled

Ints = npt.NDArray[np.int64]
DAY_US = 86_400_000_000
NEVER = np.iinfo(np.int64).max
BLOCK = 64  # stretches of a worker's time that are judged together where all of them agree


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
    worker: Ints,
    calendar: Ints,
    enabled: Ints,
    start: Ints,
    end: Ints,
    batch: Ints,
    ready: Ints,
    first: Ints,
    first_at: int,
    day: Ints,
    offset: Ints,
    opens: Ints,
    closes: Ints,
    before: Ints,
) -> Ints:
    """Batching, prioritisation, contention, unavailability, extraneous [µs] of each row: int64 (5, n).

    Rows are sorted by worker and start. `worker` is negative where nobody is known: such work never waits
    for its worker. `calendar` numbers the tables that `first_at … before` hold (see calendars.Tables).
    """
    causes = np.zeros((5, len(start)), np.int64)
    low = 0
    while low < len(start):
        high = low + 1
        while high < len(start) and worker[high] == worker[low]:
            high += 1
        if worker[low] < 0:
            for row in range(low, high):
                waited_from = min(enabled[row], start[row])
                length = start[row] - waited_from
                opened = open_until(start[row], calendar[row], first_at, day, offset, opens, closes, before)
                opened -= open_until(waited_from, calendar[row], first_at, day, offset, opens, closes, before)
                causes[3, row] = length - opened
                causes[4, row] = opened
        else:
            _split_worker(
                low, high, calendar[low], enabled, start, end, batch, ready, first,
                first_at, day, offset, opens, closes, before, causes,
            )  # fmt: skip
        low = high
    return causes


@compiled
def _split_worker(
    low: int, high: int, table: int, enabled: Ints, start: Ints, end: Ints, batch: Ints, ready: Ints,
    first: Ints, first_at: int, day: Ints, offset: Ints, opens: Ints, closes: Ints, before: Ints,
    causes: Ints,
) -> None:  # fmt: skip
    """The rows [low, high) of one worker.

    The worker's time is cut into stretches at every start and end. Of each stretch the earliest instant is
    known at which any of the work done in it was enabled: not later than that of the waiting work means
    contention, later means prioritisation. What is summed over many stretches comes from prefix sums.
    """
    bound, earliest, owner, other, place = _stretches(low, high, enabled, start, end, batch)
    count = len(bound) - 1
    opened = _open_until_each(bound, table, first_at, day, offset, opens, closes, before)
    busy, busy_closed = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    for k in range(count):
        length = bound[k + 1] - bound[k] if earliest[k] != NEVER else 0
        closed = length - (opened[k + 1] - opened[k]) if earliest[k] != NEVER else 0
        busy[k + 1] = busy[k] + length
        busy_closed[k + 1] = busy_closed[k] + closed
    soonest, latest = _blocks(count, earliest)
    for row in range(low, high):
        began = start[row]
        waited_from = min(enabled[row], began)
        if waited_from == began:
            continue
        judged_from = min(max(ready[row], waited_from), began) if batch[row] >= 0 else waited_from
        limit = max(ready[row], enabled[row]) if batch[row] >= 0 else enabled[row]
        causes[0, row] = judged_from - waited_from
        if judged_from == began:
            continue
        stop = place[row - low]  # bound[stop] == began
        at = _stretch_of(judged_from, bound, stop)
        worked = busy[stop] - busy[max(at, 0)]
        worked_closed = busy_closed[stop] - busy_closed[max(at, 0)]
        opened_from = open_until(judged_from, table, first_at, day, offset, opens, closes, before)
        contended = 0
        if at >= 0 and earliest[at] != NEVER:  # the stretch in which the judged time begins is cut
            cut = judged_from - bound[at]
            worked -= cut
            worked_closed -= cut - (opened_from - opened[at])
        zone = stop  # from here on work of the own batch may have been done
        if batch[row] >= 0 and first[row] < began:
            zone = max(_stretch_of(first[row], bound, stop), at, 0)
        contended += _contended(max(at, 0), zone, limit, bound, earliest, busy, soonest, latest)
        for k in range(zone, stop):
            if earliest[k] > limit:
                continue
            of_own_batch = owner[k] == batch[row]
            if not of_own_batch or earliest[k] <= enabled[row] or other[k] <= limit:
                contended += bound[k + 1] - bound[k]
        if at >= 0 and _is_contended(at, zone, batch[row], enabled[row], limit, earliest, owner, other):
            contended -= judged_from - bound[at]
        closed = (began - judged_from) - (opened[stop] - opened_from)
        causes[1, row] = worked - contended
        causes[2, row] = contended
        causes[3, row] = closed - worked_closed
        causes[4, row] = (began - judged_from) - worked - causes[3, row]


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
def _stretches(
    low: int, high: int, enabled: Ints, start: Ints, end: Ints, batch: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """The worker's time between any two neighbouring starts or ends.

    Returns: bounds (one more than stretches); of each stretch the earliest enablement of the work in it
    (NEVER: idle), the batch of that work, and the earliest enablement among work of other batches; for each
    row the bound at which it starts.
    """
    rows = high - low
    ends = _sorted_ends(end[low:high])
    bound = np.empty(2 * rows, np.int64)
    earliest, owner = np.full(2 * rows, NEVER, np.int64), np.full(2 * rows, -1, np.int64)
    other = np.full(2 * rows, NEVER, np.int64)
    place = np.empty(rows, np.int64)
    active = np.empty(rows, np.int64)
    size, next_start, next_end, count = 0, 0, 0, 0
    while next_start < rows or next_end < rows:
        now = ends[next_end]
        if next_start < rows and start[low + next_start] < now:
            now = start[low + next_start]
        while next_end < rows and ends[next_end] <= now:
            next_end += 1
        kept = 0
        for one in range(size):
            if end[active[one]] > now:
                active[kept] = active[one]
                kept += 1
        size = kept
        while next_start < rows and start[low + next_start] <= now:
            place[next_start] = count
            if end[low + next_start] > now:
                active[size] = low + next_start
                size += 1
            next_start += 1
        bound[count] = now
        for one in range(size):
            row = active[one]
            if enabled[row] < earliest[count]:
                earliest[count] = enabled[row]
                owner[count] = batch[row]
        if size > 1 and owner[count] >= 0:
            for one in range(size):
                row = active[one]
                if batch[row] != owner[count] and enabled[row] < other[count]:
                    other[count] = enabled[row]
        count += 1
    return bound[:count], earliest[: count - 1], owner[: count - 1], other[: count - 1], place


@compiled
def _sorted_ends(ends: Ints) -> Ints:
    """Ends are nearly in the order of the starts: insertion, and a real sort where that takes long."""
    out = ends.copy()
    moves = 0
    for i in range(1, len(out)):
        value = out[i]
        j = i - 1
        while j >= 0 and out[j] > value:
            out[j + 1] = out[j]
            j -= 1
            moves += 1
        out[j + 1] = value
        if moves > 16 * len(out):
            return np.sort(ends)
    return out


@compiled
def _blocks(count: int, earliest: Ints) -> tuple[Ints, Ints]:
    """Of each block of stretches the smallest and the largest key among those in which work was done."""
    blocks = count // BLOCK + 1
    soonest, latest = np.full(blocks, NEVER, np.int64), np.full(blocks, -NEVER, np.int64)
    for k in range(count):
        if earliest[k] != NEVER:
            soonest[k // BLOCK] = min(soonest[k // BLOCK], earliest[k])
            latest[k // BLOCK] = max(latest[k // BLOCK], earliest[k])
    return soonest, latest


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
def _contended(
    begin: int, stop: int, limit: int, bound: Ints, earliest: Ints, busy: Ints, soonest: Ints, latest: Ints
) -> int:
    """Time in the stretches [begin, stop) whose key is not later than the limit."""
    whole, whole_stop = (begin + BLOCK - 1) // BLOCK, stop // BLOCK
    if whole >= whole_stop:
        return _scanned(begin, stop, limit, bound, earliest)
    found = _scanned(begin, whole * BLOCK, limit, bound, earliest)
    for block in range(whole, whole_stop):
        if latest[block] <= limit:
            found += busy[(block + 1) * BLOCK] - busy[block * BLOCK]
        elif soonest[block] <= limit:
            found += _scanned(block * BLOCK, (block + 1) * BLOCK, limit, bound, earliest)
    return found + _scanned(whole_stop * BLOCK, stop, limit, bound, earliest)


@compiled
def _scanned(begin: int, stop: int, limit: int, bound: Ints, earliest: Ints) -> int:
    found = 0
    for k in range(begin, stop):
        found += (bound[k + 1] - bound[k]) * (earliest[k] <= limit)
    return found


@compiled
def _is_contended(
    k: int, zone: int, batch: int, enabled: int, limit: int, earliest: Ints, owner: Ints, other: Ints
) -> bool:
    if earliest[k] > limit:
        return False
    return bool(k < zone or owner[k] != batch or earliest[k] <= enabled or other[k] <= limit)
