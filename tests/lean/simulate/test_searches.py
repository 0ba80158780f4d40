"""Searches: as good as trying everything, in seconds, and they can be stopped."""

import time
from dataclasses import replace
from itertools import product

import pytest

from lean.simulate.streams import BEGIN, DAY_US, OFFICE, chain
from straume.lean.errors import WrongCall
from straume.lean.simulate.scenarios import Cancelled, Deadline, compare_scenarios
from straume.lean.simulate.search import pareto_front, smallest_staff
from straume.lean.stream import changes as c
from straume.lean.stream.records import Span, Step, UnitCapacity, ValueStream

UNTIL = BEGIN + 250 * DAY_US
PERMIT = chain(
    [
        Step("receive", "receive", unit="desk", touch=Span(15, 20, 45)),
        Step("check", "check", unit="law", touch=Span(60, 90, 240)),
        Step("sign", "sign", unit="desk", touch=Span(10, 15, 30), wait=Span(480, 480, 960)),
    ],
    (UnitCapacity("desk", 4, OFFICE), UnitCapacity("law", 4, OFFICE)),
    demand_per_year=2400,
    calendar=OFFICE,
)
DEADLINE = Deadline(6)


HEAVY = replace(
    PERMIT,
    steps=(
        replace(PERMIT.steps[0], touch=Span(200, 600, 1800)),
        replace(PERMIT.steps[1], touch=Span(300, 900, 2700)),
        replace(PERMIT.steps[2], wait=None, touch=None),
    ),
    demand_per_year=400,
)


@pytest.fixture(scope="module")
def within_by_staff() -> dict[tuple[int, int], list[float]]:
    """Share of cases within 7, 10 and 14 days, of every staff that may do."""
    found = {}
    for desk, law in product(range(2, 7), range(3, 9)):
        stream = c.change(HEAVY, [c.SetStaff("desk", desk), c.SetStaff("law", law)])
        found[desk, law] = [within(stream, Deadline(days)) for days in (7, 10, 14)]
    return found


def within(stream: ValueStream, deadline: Deadline) -> float:
    found = compare_scenarios([stream], replications=4, seed=1, until=UNTIL, deadline=deadline)
    share = found.scenarios[0].within_deadline
    assert share is not None
    return share.mean


@pytest.mark.parametrize(("number", "days"), [(0, 7), (1, 10), (2, 14)])
def test_the_smallest_staff_is_that_of_trying_all(
    number: int, days: int, within_by_staff: dict[tuple[int, int], list[float]]
) -> None:
    found = smallest_staff(HEAVY, deadline=Deadline(days), replications=4, seed=1, until=UNTIL)
    kept = [staff for staff, shares in within_by_staff.items() if shares[number] >= 0.9]
    assert found.proven and sum(found.staff.values()) == min(map(sum, kept))
    assert (found.staff["desk"], found.staff["law"]) in kept
    assert found.within_deadline.mean >= 0.9
    assert found.tried < len(within_by_staff) / 2


def test_waiting_that_people_do_not_cause_is_said_to_be_so() -> None:
    slow = replace(PERMIT, steps=(replace(PERMIT.steps[0], wait=Span(9e4, 9e4, 9e4)), *PERMIT.steps[1:]))
    with pytest.raises(WrongCall, match="search_not_reached"):
        smallest_staff(slow, deadline=DEADLINE, replications=2, seed=1, until=BEGIN + 400 * DAY_US)
    nobody = replace(PERMIT, units=())
    with pytest.raises(WrongCall, match="search_without_staff"):
        smallest_staff(nobody, deadline=DEADLINE, replications=2, seed=1, until=UNTIL)


def test_the_front_holds_what_no_other_choice_beats() -> None:
    plans = (
        c.Plan((c.TakeOut("sign"),), "no signature"),
        c.Plan((c.Reorder("sign", after="sign"),), "impossible"),
    )
    points = pareto_front(
        PERMIT,
        plans=plans,
        staff={"law": (2, 3, 4)},
        replications=3,
        seed=1,
        until=UNTIL,
        deadline=DEADLINE,
    )
    assert len(points) == 2 * 3  # what cannot be done is left out
    best = [point for point in points if point.is_best]
    assert best and all(point.switches == (0,) for point in best)
    days = [point.p90_days.mean for point in best]
    assert days == sorted(days, reverse=True)  # more hours, fewer days
    hours = {point.staff["law"]: point.hours_a_year for point in points}
    assert hours[4] - hours[3] == pytest.approx(hours[3] - hours[2], rel=1e-6)
    with pytest.raises(WrongCall, match="search_too_wide"):
        pareto_front(PERMIT, staff={"law": range(1, 1000)}, replications=2, seed=1, until=UNTIL)


def test_searches_take_seconds_tell_how_far_they_are_and_stop() -> None:
    seen: list[tuple[int, int]] = []

    def stop_at_three(done: int, whole: int) -> bool:
        seen.append((done, whole))
        return done < 3

    with pytest.raises(Cancelled):
        smallest_staff(PERMIT, deadline=DEADLINE, replications=4, seed=1, until=UNTIL, progress=stop_at_three)
    assert [done for done, _ in seen] == [1, 2, 3]
    with pytest.raises(Cancelled):
        pareto_front(
            PERMIT, staff={"law": (2, 3)}, replications=2, seed=1, until=UNTIL, progress=lambda *_: False
        )
    began = time.process_time()
    smallest_staff(PERMIT, deadline=DEADLINE, replications=30, seed=1, until=UNTIL)
    assert time.process_time() - began < 20
