"""Small streams to simulate."""

import random
from itertools import pairwise

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.simulate.building import STANDARD_BEGIN
from straume.lean.simulate.model import ROUTE_DRAW, SKIPPED, TOUCH_DRAW, WAIT_DRAW
from straume.lean.simulate.seen import SeenCases
from straume.lean.stream.records import CaseAttribute, Node, Route, Span, Step, UnitCapacity, ValueStream

DAY_US = 86_400_000_000
BEGIN = STANDARD_BEGIN
ALWAYS = WorkCalendar.always(timezone="Europe/Riga").to_dict()
OFFICE = {"minutes_per_day": 480, "days_per_week": 5}


def chain(steps: list[Step], units: tuple[UnitCapacity, ...], **more: object) -> ValueStream:
    keys = ["start", *(step.key for step in steps), "end"]
    routes = tuple(Route(one, other) for one, other in pairwise(keys))
    nodes = (Node("start", "start"), Node("end", "end"))
    return ValueStream(tuple(steps), nodes, routes, units, **more)  # type: ignore[arg-type]


def random_stream(number: int) -> ValueStream:
    """A first step, then a choice of a way with two parallel branches and a plain one, a check that may
    lead back; units, batches, waits and calendars by chance.
    """
    chance = random.Random(number)
    units = tuple(
        UnitCapacity(
            name,
            chance.choice([None, 1, 1, 2, 1.5, 3]),
            chance.choice([{}, OFFICE, ALWAYS]),
            away_share=chance.choice([0.0, 0.2]),
            pooled=chance.choice([(), (UnitCapacity("one", 1, OFFICE), UnitCapacity("other", 2, ALWAYS))]),
        )
        for name in ("front", "back")
    )

    def step(key: str) -> Step:
        low, mode, high = sorted(chance.uniform(0, 300) for _ in range(3))
        wait = Span(0, chance.choice([60, 600]), 3000, clock=chance.choice(["working", "calendar"]))
        return Step(
            key=key,
            name=key,
            unit=chance.choice(["front", "back", ""]),
            touch=chance.choice(
                [None, Span(low, mode, high), Span(15, 15, 15), Span(low, mode, high, "calendar")]
            ),
            wait=chance.choice([None, None, wait]),
            batch_size=chance.choice([None, None, None, 3]),
            batch_every_days=chance.choice([None, None, 1, 5]),
            batch_weekday=chance.choice([None, None, "thursday"]),
            priority=chance.choice([0, 0, 1]),
        )

    back = chance.choice([0.1, 0.4])
    routes = [("start", "again", 1), ("again", "a", 1), ("a", "x", 1), ("x", "split", 0.6), ("x", "d", 0.4)]
    routes += [("split", "b", 1), ("split", "c", 1), ("b", "join", 1), ("c", "join", 1), ("join", "meet", 1)]
    routes += [
        ("d", "meet", 1),
        ("meet", "check", 1),
        ("check", "y", 1),
        ("y", "again", back),
        ("y", "end", 1 - back),
    ]
    by_kind = chance.random() < 0.4
    nodes = [("start", "start"), ("end", "end"), ("split", "and"), ("join", "and")]
    nodes += [(key, "xor") for key in ("again", "x", "meet", "y")]
    return ValueStream(
        steps=tuple(step(key) for key in ("a", "b", "c", "d", "check")),
        nodes=tuple(Node(*node) for node in nodes),  # type: ignore[arg-type]
        routes=tuple(
            Route(*route, when={"kind": "hard"} if by_kind and route[:2] == ("x", "split") else {})
            for route in routes
        ),
        attributes=(CaseAttribute("kind", {"hard": 0.3, "easy": 0.7}),) if by_kind else (),
        queue_rule=chance.choice(["first_come", "oldest_case"]),
        units=units,
        demand_per_year=chance.choice([500, 2000]),
        calendar=chance.choice([{}, OFFICE, ALWAYS]),
    )


def random_seen(number: int) -> SeenCases:
    """Forty seen cases of a random stream: some draws lie in an interval, some steps were left out."""
    chance = random.Random(number)
    names = ("x", "y", "a", "b", "c", "d", "check", "no step of this stream")
    rows: list[tuple[int, int, int, int, float, float]] = []
    for case in range(40):
        for name in range(len(names)):
            for visit in range(chance.choice([0, 1, 2])):
                for purpose in (ROUTE_DRAW,) if name < 2 else (WAIT_DRAW, TOUCH_DRAW):
                    low = chance.random()
                    past = name > 1 and purpose == WAIT_DRAW and chance.random() < 0.2
                    rows.append((case, name, purpose, visit, low, SKIPPED if past else (1 - low) / 4))
    case, name, purpose, visit, low, width = (np.array(column) for column in zip(*rows))
    begins = np.searchsorted(case, np.arange(41)).astype(np.int64)
    return SeenCases(begins, names, name, purpose, visit, low, width)
