"""Batches in a log: steps that begin for many cases at once, on some days of the week only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import DAY_US, MINUTE_US, WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.simulate.model import Ints
from straume.lean.simulate.seen import SeenWeeks

FEWEST_ITEMS = 50
FEWEST_BATCHES = 8
GAP_US = 10 * MINUTE_US  # what begins so soon after the one before goes out with it
TIMES_FEWER = 4.0  # batches than clusters of the instants at which the work was enabled
IN_BATCHES_SHARE = 0.8  # of its items that go out with at least one other


@dataclass(frozen=True, eq=False)
class Batched:
    """When a step's batches went out, and from when on each piece of work was ready for its batch [µs]."""

    releases: SeenWeeks
    ready: Ints


def seen_weeks(log: EventLog, enabled: Ints, begun: Ints) -> Batched | None:
    """Batches of one step by when its work was enabled and begun [µs]; None where it is not batched.

    A piece of work that did not go out with the first batch after it was enabled became ready right after the
    last batch that it missed.
    """
    if len(begun) < FEWEST_ITEMS:
        return None
    order = np.argsort(begun, kind="stable")
    new = np.diff(begun[order], prepend=-GAP_US - 1) > GAP_US
    batch = np.empty(len(begun), np.int64)
    batch[order] = np.cumsum(new) - 1
    sizes = np.bincount(batch)
    together = sizes[sizes > 1].sum() / len(begun)
    came = np.count_nonzero(np.diff(np.sort(enabled), prepend=-GAP_US - 1) > GAP_US)
    if len(sizes) < FEWEST_BATCHES or came < TIMES_FEWER * len(sizes) or together < IN_BATCHES_SHARE:
        return None
    out_at = begun[order][np.append(np.flatnonzero(new)[1:] - 1, len(begun) - 1)]  # when its last one began
    missed = np.append(-1, out_at[:-1])[batch]
    return Batched(
        _weeks(WorkCalendar.from_dict(log.calendar), out_at),
        np.maximum(enabled, np.where(missed < 0, enabled, missed + 1)),
    )


def _weeks(calendar: WorkCalendar, out_at: Ints) -> SeenWeeks:
    """From the week of the first batch to that of the last."""
    day = calendar.local_day(out_at)
    monday = day - (day + 3) % 7  # 1970-01-01 was a Thursday
    minute = -(-(out_at - calendar.local_midnight_us(day)) // MINUTE_US) + (day - monday) * (
        DAY_US // MINUTE_US
    )
    mondays = range(int(monday.min()), int(monday.max()) + 1, 7)
    return SeenWeeks(mondays[0], tuple(tuple(minute[monday == week].tolist()) for week in mondays))
