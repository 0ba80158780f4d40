"""Scenarios share their luck; what differs is what was changed."""

from dataclasses import replace

import pytest

from lean.simulate.streams import ALWAYS, BEGIN, DAY_US, chain
from straume.lean.errors import WrongCall
from straume.lean.simulate.distributions import Exponential
from straume.lean.simulate.results import replications_needed
from straume.lean.simulate.scenarios import Cancelled, Deadline, Estimate, compare_scenarios, utilisation
from straume.lean.simulate.simulating import Setting, run
from straume.lean.stream.pooling import pool_streams
from straume.lean.stream.records import Span, Step, UnitCapacity

STREAM = chain(
    [Step("s", "step", unit="desk")],
    (UnitCapacity("desk", 2),),
    demand_per_year=1.6 / 10 * 365.25 * 1440,
    calendar=ALWAYS,
)
SETTING = Setting(touch={"s": Exponential(10)}, warm_up_days=5)
UNTIL = BEGIN + 40 * DAY_US


def test_a_third_person_saves_time_and_the_interval_shows_it() -> None:
    more = replace(STREAM, units=(UnitCapacity("desk", 3),))
    found = compare_scenarios(
        [STREAM, more, STREAM], replications=6, seed=1, until=UNTIL, settings=[SETTING] * 3
    )
    three, same = found.differences
    assert three.mean_days.high < 0
    assert (same.mean_days.low, same.mean_days.high) == (0, 0)  # same seed, same luck
    assert found.scenarios[0].units["desk"].utilisation == pytest.approx(0.8, abs=0.03)
    assert found.scenarios[1].units["desk"].utilisation == pytest.approx(1.6 / 3, abs=0.03)
    assert found.replications == 6


def test_marks_stand_over_85_and_95_percent() -> None:
    def mark(demand: float) -> str:
        streams = [replace(STREAM, demand_per_year=demand / 1.6 * float(STREAM.demand_per_year or 0))]
        found = compare_scenarios(streams, replications=2, seed=1, until=UNTIL, settings=[SETTING])
        return found.scenarios[0].units["desk"].mark

    assert [mark(1.6), mark(1.8), mark(2.5)] == ["", "busy", "overloaded"]


def test_the_work_of_a_unit_is_its_share_of_open_hours() -> None:
    assert utilisation(run(STREAM, seed=1, until=UNTIL, setting=SETTING))["desk"] == pytest.approx(
        0.8, abs=0.04
    )


def test_one_replication_gives_no_interval() -> None:
    with pytest.raises(WrongCall, match="replications_too_few"):
        compare_scenarios([STREAM], replications=1, seed=1, until=UNTIL)


def test_nearly_all_cases_of_an_overloaded_desk_are_counted_as_late() -> None:
    """Open cases count as far as they are known: without them the few quick ones would look like all."""
    crowded = replace(STREAM, demand_per_year=2 * float(STREAM.demand_per_year or 0))
    found = compare_scenarios(
        [STREAM, crowded],
        replications=3,
        seed=1,
        until=UNTIL,
        settings=[SETTING] * 2,
        deadline=Deadline(2),
    )
    (less,) = found.differences
    assert found.scenarios[0].within_deadline == Estimate(1, 1, 1)
    assert less.within_deadline is not None and less.within_deadline.high < -0.5
    assert less.work_in_progress is not None and less.work_in_progress.low > 500


def test_little_and_the_hours_of_work_hold() -> None:
    found = compare_scenarios([STREAM], replications=4, seed=1, until=UNTIL, settings=[SETTING])
    (base,) = found.scenarios
    a_day = float(STREAM.demand_per_year or 0) / 365.25
    assert base.work_in_progress is not None and base.hours_a_year is not None
    assert base.work_in_progress.mean == pytest.approx(a_day * base.mean_days.mean, rel=0.03)
    assert base.hours_a_year.mean == pytest.approx(1.6 * 365.25 * 24, rel=0.03)


def test_hours_of_work_that_nobody_told_are_not_nought() -> None:
    untold = chain([Step("s", "step")], (), demand_per_year=1000, calendar=ALWAYS)
    (base,) = compare_scenarios([untold], replications=2, seed=1, until=UNTIL).scenarios
    assert base.hours_a_year is None and base.units == {}


def test_half_a_post_works_longer_but_not_more_hours() -> None:
    stream = chain(
        [Step("s", "step", unit="desk", touch=Span(30, 30, 30))],
        (UnitCapacity("desk", 1),),
        demand_per_year=1000,
        calendar=ALWAYS,
    )
    half = replace(stream, units=(UnitCapacity("desk", 0.5),))
    found = compare_scenarios([stream, half], replications=2, seed=1, until=UNTIL)
    hours = [each.hours_a_year.mean for each in found.scenarios if each.hours_a_year]
    assert hours[1] == pytest.approx(hours[0], rel=0.01) and hours[0] == pytest.approx(500, rel=0.15)
    assert found.scenarios[1].units["desk"].utilisation == pytest.approx(
        2 * found.scenarios[0].units["desk"].utilisation, rel=0.01
    )


def test_as_many_replications_as_are_said_give_the_wanted_interval() -> None:
    few = compare_scenarios(
        [STREAM], replications=8, seed=1, until=UNTIL, settings=[SETTING], wanted_days=0.002
    )
    assert 2 < few.replications_needed < 400
    many = compare_scenarios(
        [STREAM], replications=few.replications_needed, seed=100, until=UNTIL, settings=[SETTING]
    )
    interval = many.scenarios[0].mean_days
    assert (interval.high - interval.low) / 2 == pytest.approx(0.002, rel=0.5)
    assert replications_needed([1.0, 2.0, 3.0], half=1.0) == 7  # t(6) · 1 / √7 = 0.925; of 6: 1.049
    assert replications_needed([1.0, 1.0], half=1.0) == 2


def test_whoever_asked_can_stop_it() -> None:
    seen: list[tuple[int, int]] = []

    def stop_after_two(done: int, whole: int) -> bool:
        seen.append((done, whole))
        return done < 2

    with pytest.raises(Cancelled):
        compare_scenarios([STREAM], replications=6, seed=1, until=UNTIL, progress=stop_after_two)
    assert seen == [(1, 6), (2, 6)]


def test_a_shared_unit_of_several_places_is_compared_with_units_apart() -> None:
    """The pooling example of queueing theory, as municipalities have it: each its cases, each its people."""
    mine = replace(
        STREAM, steps=(Step("s", "step", unit="desk", touch=Span(10, 10, 10)),), demand_per_year=40_000
    )
    places = dict.fromkeys(("Utena", "Preiļi", "Ludza"), mine)
    apart = pool_streams(places)
    together = pool_streams(places, shared={"Joint": dict.fromkeys(places, "desk")})
    assert together.units[0].staff == 6 and len(together.units[0].pooled) == 3
    found = compare_scenarios(
        [apart, together], replications=4, seed=1, until=BEGIN + 60 * DAY_US, deadline=Deadline(1)
    )
    assert set(found.scenarios[0].places) == set(places)
    for place in places:
        one, other = (scenario.places[place].mean_days for scenario in found.scenarios)
        assert other.high < one.low
    assert found.differences[0].mean_days.high < 0
    answered = [scenario.answered.mean for scenario in found.scenarios]
    assert answered[1] == pytest.approx(answered[0], rel=0.01)
    with pytest.raises(WrongCall, match="pool_unit_missing"):
        pool_streams(places, shared={"Joint": {"Utena": "attic"}})
    with pytest.raises(WrongCall, match="pool_without_streams"):
        pool_streams({"Utena": mine})
