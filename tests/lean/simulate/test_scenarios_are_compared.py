"""Scenarios share their luck; what differs is what was changed."""

from dataclasses import replace

import pytest

from lean.simulate.streams import ALWAYS, BEGIN, DAY_US, chain
from straume.lean.errors import WrongCall
from straume.lean.simulate.distributions import Exponential
from straume.lean.simulate.scenarios import compare_scenarios, utilisation
from straume.lean.simulate.simulating import Setting, run
from straume.lean.stream.records import Step, UnitCapacity

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
