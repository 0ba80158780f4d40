"""The same networks in SimPy, another engine: every piece of work at the same microsecond.

Only the random numbers are shared; time, queues, people and calendars are SimPy's processes and resources and
the working calendar itself.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import simpy

from lean.simulate.streams import ALWAYS, BEGIN, DAY_US, OFFICE
from straume.lean.events.calendar import WorkCalendar
from straume.lean.simulate import model as m
from straume.lean.simulate.building import Built, Setting, build
from straume.lean.simulate.distributions import Exponential
from straume.lean.simulate.drawing import drawn, uniform
from straume.lean.simulate.kernel import run
from straume.lean.stream.records import Node, Route, Span, Step, UnitCapacity, ValueStream

Row = tuple[int, int, int, int, int]  # case, place, enabled, begun, ended
Process = Iterator[simpy.Event]


class InSimPy:
    """A built model as SimPy processes: one per branch of a case, one resource per unit."""

    def __init__(self, built: Built) -> None:
        self.built, self.model = built, built.model
        self.env = simpy.Environment(initial_time=BEGIN)
        people = Counter(unit for units in built.person_units for unit in units)
        self.units = {unit: simpy.Resource(self.env, capacity=count) for unit, count in people.items()}
        self.visits: Counter[tuple[int, int]] = Counter()
        self.arrived: Counter[tuple[int, int]] = Counter()
        self.rows: list[Row] = []

    def lived(self) -> list[Row]:
        self.env.process(self.arrivals())
        self.env.run(until=self.model.until + 1)
        return sorted(self.rows)

    def arrivals(self) -> Process:
        for case, at in enumerate(self.model.arrival_at.tolist()):
            yield self.env.timeout(at - self.env.now)
            self.env.process(self.branch(case, self.model.start))

    def branch(self, case: int, place: int) -> Process:
        while True:
            kind = self.model.kind[place]
            if kind in (m.ANSWER, m.DEAD_END):
                return
            if kind == m.ALL:
                self.arrived[case, place] += 1
                if self.arrived[case, place] == self.model.needs[place]:
                    self.arrived[case, place] = 0
                    for target in self.targets(place):
                        self.env.process(self.branch(case, target))
                return
            visit = self.visits[case, place]
            self.visits[case, place] += 1
            if kind == m.STEP:
                yield from self.step(case, place, visit)
            place = self.way_on(case, place, visit)

    def step(self, case: int, place: int, visit: int) -> Process:
        enabled = self.env.now
        own = self.built.steps[place]
        assert own is not None
        calendar = self.built.unit_calendars.get(own.unit, self.built.calendar)
        if self.model.wait[place] != m.NONE:
            until = self.later(
                calendar, self.model.wait_clock[place], self.duration(m.WAIT_DRAW, case, place, visit)
            )
            if until > self.env.now:
                yield self.env.timeout(until - self.env.now)
        unit = self.units.get(int(self.model.unit[place]))
        turn = unit.request() if unit else None
        if turn is not None:
            yield turn
        work = self.duration(m.TOUCH_DRAW, case, place, visit)
        in_hours = turn is not None or (work and self.model.touch_clock[place] == m.WORKING)
        opens = int(calendar.add_working_us(self.env.now, 1)) - 1
        begun = opens if in_hours else self.env.now
        if begun > self.env.now:
            yield self.env.timeout(begun - self.env.now)
        ended = self.later(calendar, self.model.touch_clock[place], work)
        if ended > self.env.now:
            yield self.env.timeout(ended - self.env.now)
        if unit is not None:
            unit.release(turn)
        self.rows.append((case, place, enabled, begun, self.env.now))

    def later(self, calendar: WorkCalendar, clock: int, duration: int) -> int:
        if clock == m.CALENDAR:
            return int(self.env.now + duration)
        return int(calendar.add_working_us(self.env.now, duration))

    def duration(self, purpose: int, case: int, place: int, visit: int) -> int:
        of = int((self.model.wait if purpose == m.WAIT_DRAW else self.model.touch)[place])
        luck = uniform(self.model.keys[place, purpose], case, visit)
        shape = self.model.dist_kind[of], self.model.dist_first[of], self.model.dist_second[of]
        plain: Any = drawn
        return int(plain.py_func(*shape, self.model.dist_table[of], luck))

    def way_on(self, case: int, place: int, visit: int) -> int:
        targets = self.targets(place)
        first = self.model.route_from[place]
        luck = uniform(self.model.keys[place, m.ROUTE_DRAW], case, visit)
        until = self.model.route_until[first : first + len(targets)]
        return targets[min(int(np.searchsorted(until, luck, side="right")), len(targets) - 1)]

    def targets(self, place: int) -> list[int]:
        first, last = self.model.route_from[place : place + 2]
        return [int(each) for each in self.model.route_to[first:last]]


class Network:
    """A stream of blocks in blocks by chance: steps, sequences, choices, parallel branches, loops."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.steps: list[Step] = []
        self.nodes = [Node("start", "start"), Node("end", "end")]
        self.routes: list[Route] = []

    def made(self) -> ValueStream:
        first, last, share = self.block(3)
        self.routes += [Route("start", first), Route(last, "end", share)]
        calendars = [{}, OFFICE, ALWAYS, {"minutes_per_day": 300, "days_per_week": 6}]
        units = tuple(
            UnitCapacity(name, self.chance.choice([1, 2, 3]), self.chance.choice(calendars))
            for name in ("front", "back", "field")
        )
        return ValueStream(
            tuple(self.steps),
            tuple(self.nodes),
            tuple(self.routes),
            units,
            demand_per_year=self.chance.choice([800, 2000]),
            calendar=OFFICE,
        )

    def block(self, depth: int) -> tuple[str, str, float]:
        """First and last key of a block, and the share of the route that leaves it."""
        kind = self.chance.choice(["step", "sequence", "xor", "and", "loop"]) if depth else "step"
        if depth == 3:
            kind = "sequence"
        if kind == "step":
            return self.step()
        if kind == "sequence":
            blocks = [self.block(depth - 1) for _ in range(self.chance.choice([2, 3]))]
            for (_, last, share), (first, _, _) in pairwise(blocks):
                self.routes.append(Route(last, first, share))
            return blocks[0][0], blocks[-1][1], blocks[-1][2]
        name = f"n{len(self.nodes)}"
        opens, closes = f"{name}.opens", f"{name}.closes"
        node = "and" if kind == "and" else "xor"
        self.nodes += [Node(opens, node), Node(closes, node)]  # type: ignore[arg-type]
        if kind == "loop":
            first, last, share = self.block(depth - 1)
            self.routes += [Route(opens, first), Route(last, closes, share), Route(closes, opens, 0.3)]
            return opens, closes, 0.7
        for way in (0.4, 0.6):
            first, last, share = self.block(depth - 1)
            self.routes.append(Route(opens, first, way if kind == "xor" else 1.0))
            self.routes.append(Route(last, closes, share))
        return opens, closes, 1.0

    def step(self) -> tuple[str, str, float]:
        key = f"s{len(self.steps)}"
        low, mode, high = sorted(self.chance.uniform(1, 200) for _ in range(3))
        wait = Span(1, 300, 3000, clock=self.chance.choice(["working", "calendar"]))
        self.steps.append(
            Step(
                key,
                key,
                unit=self.chance.choice(["front", "back", "field", ""]),
                touch=Span(low, mode, high),
                wait=self.chance.choice([None, None, wait]),
            )
        )
        return key, key, 1.0


@pytest.mark.parametrize("number", range(12))
def test_every_piece_of_work_of_random_networks(number: int) -> None:
    stream = Network(number).made()
    touch = {step.key: Exponential(40) for step in stream.steps[::3]}
    built = build(stream, seed=number, until=BEGIN + 30 * DAY_US, cases=None, setting=Setting(touch=touch))
    ours = run(built.model, 64)
    columns = ours.case, ours.place, ours.enabled_at, ours.start_at, ours.end_at
    ended = ours.end_at <= built.model.until
    rows = sorted(zip(*(column[ended].tolist() for column in columns)))
    assert len(rows) > 60
    assert rows == InSimPy(built).lived()
    waited = ours.start_at[ended] - ours.enabled_at[ended]
    assert number or np.count_nonzero(waited > 0) > 50  # people are busy, so queues are tested


def test_the_networks_have_loops_choices_and_parallel_branches() -> None:
    made = [Network(number).made() for number in range(12)]
    assert sum(any(node.kind == "and" for node in stream.nodes) for stream in made) >= 3
    assert sum(any(route.share == 0.3 for route in stream.routes) for stream in made) >= 3
    assert sum(any(route.share == 0.4 for route in stream.routes) for stream in made) >= 3
