"""The compiled loop and the plain one, written apart, give the same to the microsecond."""

import numpy as np
import pytest

from lean.simulate.streams import BEGIN, DAY_US, random_seen, random_stream
from straume.lean.simulate.building import Setting, build
from straume.lean.simulate.distributions import Exponential, Lognormal
from straume.lean.simulate.kernel import run
from straume.lean.simulate.people import Person
from straume.lean.simulate.plain import run_plain
from straume.lean.simulate.seen import SeenWeeks


def settings(number: int) -> Setting:
    people = (Person(("front",)), Person(("front", "back"), away_share=0.1), Person(("back", "front")))
    return Setting(
        people=people if number % 3 == 0 else None,
        urgent_share=0.2 if number % 2 else 0.0,
        step_priority={"check": -1} if number % 4 == 0 else {},
        touch={"b": Exponential(45)} if number % 5 == 0 else {},
        wait={"c": Lognormal(500, 300)} if number % 5 == 1 else {},
        seen=random_seen(number) if number % 4 == 2 else None,
        releases={"a": SeenWeeks(19723, ((600, 610, 5000), (), (8000,)), (0, 3))} if number % 6 == 1 else {},
    )


@pytest.mark.parametrize("number", range(24))
def test_on_random_streams(number: int) -> None:
    built = build(
        random_stream(number),
        seed=number,
        until=BEGIN + 60 * DAY_US,
        cases=None,
        setting=settings(number),
    )
    compiled, plain = run(built.model, 64), run_plain(built)
    assert len(plain.case) > 50
    for name, one, other in zip(plain._fields, compiled, plain):
        assert np.array_equal(one, other), name


def test_every_case_that_arrives_ends_or_is_open() -> None:
    for number in range(24):
        built = build(
            random_stream(number), seed=1, until=BEGIN + 90 * DAY_US, cases=None, setting=settings(number)
        )
        done = run(built.model, 64)
        until = built.model.until
        ended = done.answered_at <= until
        open_items = np.unique(done.case[done.end_at > until])
        assert set(np.flatnonzero(~ended)) <= set(open_items)  # an open case has work open somewhere
        worked_on = set(np.unique(done.case))
        missing = set(range(len(built.model.arrival_at))) - worked_on
        assert not missing or (len(built.model.like) and missing <= set(np.flatnonzero(ended)))
        assert np.all(done.end_at[np.isin(done.case, np.flatnonzero(ended))] <= until)
        began = done.start_at < 1 << 62
        assert np.all(done.enabled_at[began] <= done.start_at[began])
        assert np.all(done.start_at[began] <= done.end_at[began])
