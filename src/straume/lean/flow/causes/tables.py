"""Working calendars as flat arrays, as the compiled kernel reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.events.calendar import DAY_US, WorkCalendar

Ints = npt.NDArray[np.int64]
_FAR = np.int64(1) << 61


@dataclass(frozen=True)
class Tables:
    """The working intervals of several calendars, one after the other, over the same span of UTC days.

    day[offset[c] + d] is the first interval of calendar c that ends after UTC day d began; `before` counts
    the working time [µs] before each interval. The last interval of each calendar lies beyond all time.
    """

    first_at: int
    day: Ints
    offset: Ints
    opens: Ints
    closes: Ints
    before: Ints


def tables(calendars: Sequence[WorkCalendar], *, from_us: int, to_us: int) -> Tables:
    """The tables of `calendars` for instants from `from_us` to `to_us` [µs UTC]."""
    first_day, last_day = from_us // DAY_US, to_us // DAY_US
    days = np.arange(first_day, last_day + 1, dtype=np.int64) * DAY_US
    day, opens, closes, before = [], [], [], []
    base = 0
    for calendar in calendars:
        begin, end = calendar.working_intervals(from_us, to_us)
        inside = (end > days[0]) & (begin < days[-1] + DAY_US)
        begin, end = np.append(begin[inside], _FAR), np.append(end[inside], _FAR + 1)
        day.append(np.searchsorted(end, days, side="right") + base)
        opens.append(begin)
        closes.append(end)
        before.append(np.concatenate([[0], np.cumsum(end[:-1] - begin[:-1])]))
        base += len(begin)
    return Tables(
        first_at=int(days[0]),
        day=np.concatenate(day).astype(np.int64),
        offset=np.arange(len(calendars), dtype=np.int64) * len(days),
        opens=np.concatenate(opens).astype(np.int64),
        closes=np.concatenate(closes).astype(np.int64),
        before=np.concatenate(before).astype(np.int64),
    )
