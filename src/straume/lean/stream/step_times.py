"""How long each step of a discovered model takes and waits, in its log.

Waiting begins with the latest completion of what had to come before: the item before in the case that does
not run in parallel to it in the model (for the first item: the request).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog, Flag
from straume.lean.flow.prepare import in_order
from straume.lean.stream.records import Clock, Span
from straume.lean.stream.tree import Tree

US_PER_MINUTE = 60_000_000
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
KNOWN_ENOUGH = 0.5  # share of items with a start from which touch and waiting are told apart


@dataclass(frozen=True)
class StepTimes:
    """What the log says of one activity; spans on both clocks, the calendar one first."""

    cases: int
    items: int
    unit: str
    touch: tuple[Span, Span] | None  # working clock first
    wait: tuple[Span, Span] | None
    between: tuple[Span, Span] | None
    touch_estimated_share: float


def step_times(log: EventLog, tree: Tree) -> dict[int, StepTimes]:
    """Times of each activity in `tree` by its code."""
    columns = _Columns(log, tree)
    return {code: columns.of(code) for code in sorted(tree.alphabet())}


class _Columns:
    """Columns of the items that the model knows, in order of case and index, with when each was enabled."""

    def __init__(self, log: EventLog, tree: Tree) -> None:
        self.log = log
        kept = np.zeros(len(log.activities), bool)
        kept[sorted(tree.alphabet())] = True
        items = in_order(log.items)
        if not kept.all():
            items = items.filter(kept[items["activity"].to_numpy()])
        self.case: Ints = items["case"].to_numpy().astype(np.int64)
        self.activity: Ints = items["activity"].to_numpy().astype(np.int64)
        self.unit: Ints = items["unit"].to_numpy().astype(np.int64)
        self.end: Ints = items["end_at"].to_numpy()
        self.known: Bools = np.asarray(items["start_at"].is_valid()).astype(bool)
        self.start: Ints = np.where(self.known, items["start_at"].fill_null(0).to_numpy(), self.end)
        self.worked: Ints = items["processing_work_us"].fill_null(0).to_numpy()
        self.estimated: Bools = (items["flags"].to_numpy() & int(Flag.START_ESTIMATED)) > 0
        self.rows = rows_of_each(self.activity, len(log.activities))
        self.enabled = np.minimum(self._enabled(tree), self.start)
        self.waited_work = self._working(self.enabled, self.start)

    def of(self, code: int) -> StepTimes:
        mine = self.rows[code]
        known = mine[self.known[mine]]
        told = len(mine) > 0 and len(known) >= KNOWN_ENOUGH * len(mine)
        touch = _both(self.worked[known], "working", self.end[known] - self.start[known]) if told else None
        waited = self.start[known] - self.enabled[known], self.waited_work[known]
        between = None
        if not told and len(mine):
            work = self.waited_work[mine] + self.worked[mine]
            between = _both(self.end[mine] - self.enabled[mine], "calendar", work)
        return StepTimes(
            cases=int(np.count_nonzero(np.diff(self.case[mine], prepend=-1))),  # cases stand together
            items=len(mine),
            unit=self._usual_unit(mine),
            touch=touch,
            wait=_both(waited[0], "calendar", waited[1]) if told else None,
            between=between,
            touch_estimated_share=float(self.estimated[known].mean()) if told else 0.0,
        )

    def _enabled(self, tree: Tree) -> Ints:
        """End of the last item before in the case that is not parallel; of the first items: the request."""
        together = parallel_pairs(tree, len(self.log.activities))
        before = np.arange(len(self.case), dtype=np.int64) - 1
        looking = np.arange(len(self.case), dtype=np.int64)
        while len(looking):
            previous = before[looking]
            inside = (previous >= 0) & (self.case[previous] == self.case[looking])
            parallel = inside & together[self.activity[previous], self.activity[looking]]
            before[looking[~inside]] = -1
            before[looking[parallel]] -= 1
            looking = looking[parallel]
        received = np.zeros(int(self.case.max(initial=0)) + 1, np.int64)
        numbers = self.log.cases["case"].to_numpy()
        inside_range = numbers < len(received)
        received[numbers[inside_range]] = self.log.cases["received_at"].to_numpy()[inside_range]
        result: Ints = np.where(before >= 0, self.end[before], received[self.case])
        return result

    def _working(self, begin: Ints, end: Ints) -> Ints:
        """Working time between, by the calendar of the item's unit, or the log's own."""
        result = np.zeros(len(begin), np.int64)
        own = np.full(len(self.log.units) + 1, -1)  # the last place stands for "no unit"
        calendars = [self.log.calendar]
        for code, name in enumerate(self.log.units):
            if name in self.log.unit_calendars:
                own[code] = len(calendars)
                calendars.append(self.log.unit_calendars[name])
        which = np.maximum(own[self.unit], 0)
        for number, calendar in enumerate(calendars):
            mine = which == number
            if mine.any():
                working = WorkCalendar.from_dict(calendar)
                result[mine] = working.working_us(begin[mine], end[mine])
        return result

    def _usual_unit(self, mine: Ints) -> str:
        units = self.unit[mine]
        units = units[units != UNKNOWN]
        if not len(units):
            return ""
        return self.log.units[int(np.bincount(units).argmax())]


def rows_of_each(code: Ints, codes: int) -> list[Ints]:
    """The rows of each code from 0 on, in their order."""
    order = np.argsort(code.astype(np.uint16) if codes < 1 << 16 else code, kind="stable")
    return np.split(order, np.cumsum(np.bincount(code, minlength=codes))[:-1])


def parallel_pairs(tree: Tree, activities: int) -> Bools:
    """Pairs of activities that lie in different branches of the same parallel node."""
    pairs = np.zeros((activities, activities), bool)
    for node in tree.walk():
        if node.operator != "parallel":
            continue
        parts = [sorted(child.alphabet()) for child in node.children]
        for index, part in enumerate(parts):
            for other in parts[index + 1 :]:
                pairs[np.ix_(part, other)] = True
                pairs[np.ix_(other, part)] = True
    return pairs


def _both(first_us: Ints, clock: Clock, second_us: Ints) -> tuple[Span, Span]:
    other: Clock = "working" if clock == "calendar" else "calendar"
    return _span(first_us, clock), _span(second_us, other)


def _span(durations_us: Ints, clock: Clock) -> Span:
    """10th percentile, median, 90th percentile and mean [min]."""
    minutes = durations_us / US_PER_MINUTE
    low, mode, high = (float(value) for value in np.quantile(minutes, (0.1, 0.5, 0.9)))
    return Span(low, mode, high, clock, float(minutes.mean()))
