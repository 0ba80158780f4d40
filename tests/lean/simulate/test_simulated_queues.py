"""Against queueing theory: Erlang C, pooling, Little's law."""

from math import factorial

import numpy as np
import pytest

from lean.simulate.streams import ALWAYS, BEGIN, DAY_US, chain
from straume.lean.flow.arrivals import littles_law
from straume.lean.simulate.distributions import Exponential
from straume.lean.simulate.simulating import Run, Setting, run, simulate
from straume.lean.stream.records import Step, UnitCapacity

MINUTES_PER_YEAR = 365.25 * 1440


def queue(*, people: int, offered: float, seed: int, cases: int = 60_000) -> Run:
    """Requests come by Poisson around the clock, work takes ten minutes on average, exponential."""
    stream = chain(
        [Step("s", "step", unit="desk")],
        (UnitCapacity("desk", people),),
        demand_per_year=offered / 10 * MINUTES_PER_YEAR,
        calendar=ALWAYS,
    )
    return run(stream, seed=seed, cases=cases, setting=Setting(touch={"s": Exponential(10)}))


def waits(of: Run) -> np.ndarray:
    """In mean durations of work, the first tenth left off."""
    done = of.happened
    return ((done.start_at - done.enabled_at) / 600e6)[len(done.case) // 10 :]


def erlang_c(people: int, offered: float) -> float:
    last = offered**people / factorial(people) * people / (people - offered)
    return last / (sum(offered**k / factorial(k) for k in range(people)) + last)


def interval(values: list[float]) -> tuple[float, float]:
    """99.9 % interval of the mean of 12 runs: t(11) = 4.437."""
    half = 4.437 * np.std(values, ddof=1) / np.sqrt(len(values))
    return float(np.mean(values) - half), float(np.mean(values) + half)


@pytest.mark.parametrize(
    ("people", "offered", "published"), [(5, 4.0, 0.5541), (10, 8.0, 0.4092), (2, 1.6, 0.7111)]
)
def test_the_share_that_waits_is_that_of_erlang(people: int, offered: float, published: float) -> None:
    assert erlang_c(people, offered) == pytest.approx(published, abs=5e-5)
    runs = [waits(queue(people=people, offered=offered, seed=seed)) for seed in range(12)]
    low, high = interval([float(np.mean(each > 0)) for each in runs])
    assert low <= published <= high
    assert high - low < 0.05
    low, high = interval([float(np.mean(each)) for each in runs])
    assert low <= published / (people - offered) <= high


def test_ten_desks_together_wait_a_ninth_of_five_pairs_apart() -> None:
    """The standard example: five units of two people with 1.6 Erlang each against one of ten with 8."""
    apart = [float(np.mean(waits(queue(people=2, offered=1.6, seed=seed)))) for seed in range(12)]
    together = [float(np.mean(waits(queue(people=10, offered=8.0, seed=seed)))) for seed in range(12)]
    assert interval(apart)[0] <= 1.778 <= interval(apart)[1]
    assert interval(together)[0] <= 0.2046 <= interval(together)[1]
    assert interval([one - other for one, other in zip(apart, together)])[0] > 1.4


def test_little_holds_in_the_log_of_a_simulation() -> None:
    stream = chain(
        [Step("s", "step", unit="desk")], (UnitCapacity("desk", 2),), demand_per_year=60_000, calendar=ALWAYS
    )
    log = simulate(stream, seed=3, until=BEGIN + 200 * DAY_US, setting=Setting(touch={"s": Exponential(14)}))
    found = littles_law(log=log)
    assert found is not None
    assert abs(found.difference_share) < 0.05


def test_the_same_seed_gives_the_same_log_and_another_another() -> None:
    stream = chain(
        [Step("s", "step", unit="desk")], (UnitCapacity("desk", 2),), demand_per_year=20_000, calendar=ALWAYS
    )
    one, same, other = (simulate(stream, seed=seed, until=BEGIN + 30 * DAY_US) for seed in (1, 1, 2))
    assert one.items.equals(same.items) and one.cases.equals(same.cases)
    assert not one.items.equals(other.items)
