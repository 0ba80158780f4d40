"""What was seen in a log and comes again in a simulation: cases that others take after, weeks of batches.

A simulated case takes after one seen case, drawn by chance: it goes the same way, and where that case was
quick it is quick. What is kept of a seen case are its places in the order of all (the empirical copula), not
its durations: these come from the distributions, which a scenario may change.

References: Segers, Sibuya, Tsukahara (2017), The empirical beta copula, doi:10.1016/j.jmva.2016.11.010.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import DAY_US, MINUTE_US, WorkCalendar
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.model import PURPOSES, SKIPPED, VISITS, WAIT_DRAW, Floats, Ints


@dataclass(frozen=True, eq=False)
class SeenCases:
    """Where each draw of a seen case lies: in [low, low + width) of all that could be drawn.

    One entry per draw, the cases one after the other. `width` below nought: the case went past the step.
    """

    begins: Ints  # by case: its first entry; at the end the number of entries
    names: tuple[str, ...]  # keys of steps and gateways
    name: Ints  # by entry: place in `names`
    purpose: Ints  # ROUTE_DRAW, WAIT_DRAW, TOUCH_DRAW
    visit: Ints  # nth coming to the place, from 0; below VISITS
    low: Floats
    width: Floats

    def __len__(self) -> int:
        return len(self.begins) - 1


@dataclass(frozen=True, eq=False)
class SeenArrays:
    """The same as the kernel reads it: entries of a case in the order of `code`."""

    like: Ints  # by simulated case: the seen case that it takes after
    begins: Ints
    code: Ints
    low: Floats
    width: Floats


def seen_arrays(seen: SeenCases | None, *, place: Mapping[str, int], cases: int, draws: Draws) -> SeenArrays:
    """Entries of places that the stream still has, and who takes after whom."""
    if seen is None or not len(seen):
        nothing, none = np.zeros(0, np.int64), np.zeros(0)
        return SeenArrays(nothing, np.zeros(1, np.int64), nothing, none, none)
    number = np.array([place.get(name, -1) for name in seen.names], np.int64)[seen.name]
    kept = number >= 0
    case = np.repeat(np.arange(len(seen)), np.diff(seen.begins))[kept]
    code = (number[kept] * PURPOSES + seen.purpose[kept]) * VISITS + seen.visit[kept]
    order = np.lexsort((code, case))
    begins = np.searchsorted(case, np.arange(len(seen) + 1)).astype(np.int64)
    like = (draws.uniforms("like", first=0, count=cases) * len(seen)).astype(np.int64)
    return SeenArrays(like, begins, code[order], seen.low[kept][order], seen.width[kept][order])


def skipped(seen: SeenCases) -> int:
    """Entries of steps that a case went past."""
    return int(np.count_nonzero((seen.purpose == WAIT_DRAW) & (seen.width == SKIPPED)))


@dataclass(frozen=True)
class SeenWeeks:
    """When batches went out, as a timetable: by week the minutes from its Monday, 0:00 of the local clock."""

    first_monday: int  # of the first week, in days since 1970-01-01
    weeks: tuple[tuple[int, ...], ...]
    # of these, [from, to), that come again in their order before and after; (0, 0): all
    again: tuple[int, int] = (0, 0)

    def instants(self, calendar: WorkCalendar, *, begin: int, end: int) -> Ints:
        """From `begin` to `end` [µs]."""
        first, last = (int(calendar.local_day(at)) for at in (begin, end))
        mondays = np.arange(first - (first + 3) % 7, last + 1, 7)  # 1970-01-01 was a Thursday
        weeks = (mondays - self.first_monday) // 7
        first_again, stop_again = self.again if any(self.again) else (0, len(self.weeks))
        again = first_again + (weeks - first_again) % (stop_again - first_again)
        weeks = np.where((weeks < 0) | (weeks >= stop_again), again, weeks)
        minutes = [np.array(self.weeks[week], np.int64) for week in weeks.tolist()]
        counts = [len(each) for each in minutes]
        minute = np.concatenate([np.zeros(0, np.int64), *minutes])
        days = np.repeat(mondays, counts) + minute * MINUTE_US // DAY_US
        found = calendar.local_midnight_us(days) + minute * MINUTE_US % DAY_US
        return np.unique(found[found >= begin])
