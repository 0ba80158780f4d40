"""The event loop once more, in plain Python with a heap and lists: what the compiled one is tested against.

Slow, and written for reading: same rules, other code. Working time comes from WorkCalendar itself.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.simulate import model as m
from straume.lean.simulate.building import Built

_MASK = (1 << 64) - 1


@dataclass(eq=False)
class _Item:
    number: int
    case: int
    place: int
    visit: int
    enabled_at: int
    start_at: int = m.NEVER
    end_at: int = m.NEVER
    person: int = m.NONE


def run_plain(built: Built) -> m.Happened:
    """What `kernel.run` gives, found in another way."""
    return _World(built).lived()


class _World:
    def __init__(self, built: Built) -> None:
        self.built, self.model = built, built.model
        self.now = 0
        self.items: list[_Item] = []
        self.events: list[tuple[int, int, Callable[[], None]]] = []
        self.order = 0
        self.visits: dict[tuple[int, int], int] = defaultdict(int)
        self.arrived: dict[tuple[int, int], int] = defaultdict(int)
        self.answered: dict[int, int] = {}
        # by unit: class, case where the oldest goes first, turn, item
        self.queues: dict[int, list[tuple[int, int, int, _Item]]] = defaultdict(list)
        self.held: dict[int, list[_Item]] = defaultdict(list)
        self.releasing: set[int] = set()
        self.idle = [True] * len(built.people_calendars)
        self.waking = [False] * len(built.people_calendars)

    def lived(self) -> m.Happened:
        arrivals = self.model.arrival_at.tolist()
        case = 0
        while case < len(arrivals) or self.events:
            arrives = case < len(arrivals) and (not self.events or arrivals[case] <= self.events[0][0])
            self.now = arrivals[case] if arrives else self.events[0][0]
            if self.now > self.model.until:
                break
            if arrives:
                self._move(case, self.model.start)
                case += 1
            else:
                heapq.heappop(self.events)[2]()
        return self._happened(len(arrivals))

    def _move(self, case: int, place: int) -> None:
        kind = int(self.model.kind[place])
        if kind == m.ALL:
            self.arrived[case, place] += 1
            self.visits[case, place] += 1
            if self.arrived[case, place] == self.model.needs[place]:
                self.arrived[case, place] = 0
                for target in self._targets(place):
                    self._move(case, target)
            return
        visit = self.visits[case, place]
        self.visits[case, place] += 1
        past = kind == m.STEP and self._entry(case, place, m.WAIT_DRAW, visit)[1] == m.SKIPPED
        if kind == m.CHOICE or past:
            self._move(case, self._way_on(case, place, visit))
        elif kind == m.STEP:
            self._come_to_step(case, place, visit)
        elif kind == m.ANSWER:
            self.answered.setdefault(case, self.now)

    def _targets(self, place: int) -> list[int]:
        first, last = self.model.route_from[place : place + 2]
        return [int(each) for each in self.model.route_to[first:last]]

    def _way_on(self, case: int, place: int, visit: int) -> int:
        targets = self._targets(place)
        if len(targets) == 1:
            return targets[0]
        first, last = self.model.route_from[place : place + 2]
        if len(self.model.case_kind):
            row = self.model.case_kind[case] * len(self.model.route_to)
            first, last = first + row, last + row
        luck = self._luck(m.ROUTE_DRAW, case, place, visit)
        shares = self.model.route_until[first:last].tolist()
        return next((to for to, until in zip(targets, shares) if luck < until), targets[-1])

    def _come_to_step(self, case: int, place: int, visit: int) -> None:
        item = _Item(len(self.items), case, place, visit, self.now)
        self.items.append(item)
        distribution = int(self.model.wait[place])
        wait = 0 if distribution == m.NONE else self._duration(item, distribution, m.WAIT_DRAW)
        if wait == 0:
            self._ready(item)
            return
        until = self.now + wait
        if self.model.wait_clock[place] == m.WORKING:
            until = int(self._step_calendar(place).add_working_us(self.now, wait))
        self._later(until, lambda: self._ready(item))

    def _ready(self, item: _Item) -> None:
        place, size = item.place, int(self.model.batch_size[item.place])
        first, last = self.model.release_from[place : place + 2]
        releases = self.model.release_at[first:last]
        if size == 0 and not len(releases):
            self._queue(item)
            return
        self.held[place].append(item)
        if size and len(self.held[place]) >= size:
            self._release(place)
        elif place not in self.releasing:
            later = releases[releases >= self.now]
            if len(later):
                self.releasing.add(place)
                self._later(int(later[0]), lambda: self._release_day(place))

    def _release_day(self, place: int) -> None:
        self.releasing.discard(place)
        self._release(place)

    def _release(self, place: int) -> None:
        batch, self.held[place] = self.held[place], []
        for item in batch:
            self._queue(item)

    def _queue(self, item: _Item) -> None:
        unit = int(self.model.unit[item.place])
        if unit == m.NONE:
            self._begin(item, m.NONE)
            return
        number = int(self.model.priority[item.place] + self.model.case_class[item.case])
        oldest = item.case if self.model.oldest_first else 0
        heapq.heappush(self.queues[unit], (number, oldest, self._turn(), item))
        for person, units in enumerate(self.built.person_units):
            if unit in units and self.idle[person]:
                self._look_for_work(person)
                if not self.idle[person]:
                    return

    def _look_for_work(self, person: int) -> None:
        units = [unit for unit in self.built.person_units[person] if self.queues[unit]]
        if not units:
            return
        opens = _opening(self.built.people_calendars[person], self.now)
        if opens > self.now:
            if not self.waking[person]:
                self.waking[person] = True
                self._later(opens, lambda: self._wake(person))
            return
        unit = min(units, key=lambda each: self.queues[each][0][:3])
        self.idle[person] = False
        self._begin(heapq.heappop(self.queues[unit])[3], person)

    def _wake(self, person: int) -> None:
        self.waking[person] = False
        if self.idle[person]:
            self._look_for_work(person)

    def _begin(self, item: _Item, person: int) -> None:
        place = item.place
        work = self._duration(item, int(self.model.touch[place]), m.TOUCH_DRAW)
        item.person, item.start_at, item.end_at = person, self.now, self.now + work
        if work and self.model.touch_clock[place] == m.WORKING:
            calendar = self._step_calendar(place) if person == m.NONE else self.built.people_calendars[person]
            item.start_at = _opening(calendar, self.now)
            item.end_at = int(calendar.add_working_us(self.now, work))
        self._later(item.end_at, lambda: self._done(item))

    def _done(self, item: _Item) -> None:
        if item.person != m.NONE:
            self.idle[item.person] = True
            self._look_for_work(item.person)
        self._move(item.case, self._way_on(item.case, item.place, item.visit))

    def _step_calendar(self, place: int) -> WorkCalendar:
        step = self.built.steps[place]
        return self.built.unit_calendars.get(step.unit if step else "", self.built.calendar)

    def _later(self, at: int, what: Callable[[], None]) -> None:
        heapq.heappush(self.events, (at, self._turn(), what))

    def _turn(self) -> int:
        self.order += 1
        return self.order

    def _duration(self, item: _Item, distribution: int, purpose: int) -> int:
        kind = int(self.model.dist_kind[distribution])
        first = float(self.model.dist_first[distribution])
        if kind == m.CONSTANT:
            return int(first + 0.5)
        luck = self._luck(purpose, item.case, item.place, item.visit)
        if kind == m.EXPONENTIAL:
            return int(-first * math.log(1.0 - luck) + 0.5)
        if kind == m.LOGNORMAL:
            from straume.lean.simulate.drawing import normal_quantile

            spread = float(self.model.dist_second[distribution])
            return int(math.exp(first + spread * normal_quantile(luck)) + 0.5)
        table = self.model.dist_table[distribution]
        cell, part = divmod(luck * (len(table) - 1), 1)
        return int(table[int(cell)] + (table[int(cell) + 1] - table[int(cell)]) * part + 0.5)

    def _luck(self, purpose: int, case: int, place: int, visit: int) -> float:
        low, width = self._entry(case, place, purpose, visit)
        return low + width * self._uniform(purpose, case, place, visit)

    def _entry(self, case: int, place: int, purpose: int, visit: int) -> tuple[float, float]:
        """Where the draw of the seen case lies that this one takes after; anywhere, where it has none."""
        if not len(self.model.like) or visit >= m.VISITS:
            return 0.0, 1.0
        like = int(self.model.like[case])
        first, last = self.model.seen_from[like : like + 2]
        wanted = (place * m.PURPOSES + purpose) * m.VISITS + visit
        for at in range(first, last):
            if self.model.seen_code[at] == wanted:
                return float(self.model.seen_low[at]), float(self.model.seen_width[at])
        return 0.0, 1.0

    def _uniform(self, purpose: int, case: int, place: int, visit: int) -> float:
        x = _mixed(int(self.model.keys[place, purpose]) + visit * 0xD1B54A32D192ED03)
        return (_mixed(x + (case + 1) * 0x9E3779B97F4A7C15) >> 11) / (1 << 53)

    def _happened(self, cases: int) -> m.Happened:
        rows = [(i.case, i.place, i.enabled_at, i.start_at, i.end_at, i.person) for i in self.items]
        columns = np.array(rows, np.int64).reshape(-1, 6).T
        answered = np.array([self.answered.get(case, m.NEVER) for case in range(cases)], np.int64)
        case, place, enabled, start, end, person = columns
        return m.Happened(case, place, enabled, start, end, person, answered)


def _opening(calendar: WorkCalendar, now: int) -> int:
    """Now where it is open, otherwise the next opening."""
    return int(calendar.add_working_us(now, 1)) - 1


def _mixed(x: int) -> int:
    x &= _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)
