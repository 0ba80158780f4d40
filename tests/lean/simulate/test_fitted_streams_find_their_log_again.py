"""A stream fitted from a log, simulated, has the figures of that log; bounds were fixed before any run."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data_folder import shared_data
from straume.lean.assess.planted import PlantedStep, PlantedUnit, Process, as_log, generate
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.events.part import some_cases
from straume.lean.events.read import read_log
from straume.lean.flow.durations import case_durations
from straume.lean.simulate.distributions import Empirical
from straume.lean.simulate.fitted import fit
from straume.lean.simulate.model import ROUTE_DRAW, SKIPPED
from straume.lean.simulate.records import Found, Reproduction
from straume.lean.simulate.reproduction import fit_and_try, reproduce, try_later_half
from straume.lean.simulate.seen import SeenWeeks
from straume.lean.simulate.simulating import simulate

DAY_US = 86_400_000_000


@pytest.fixture(scope="module")
def credentials() -> EventLog:
    return read_log(shared_data("eventlogs/tartu_AcademicCredentials.csv.gz"))


@pytest.mark.parametrize(
    "name", ["receipt_wabo.xes.gz", "BPIC20_DomesticDeclarations.xes.gz", "tartu_work_orders_pre.csv.gz"]
)
def test_public_logs_are_found_again(name: str) -> None:
    found = fit_and_try(read_log(shared_data(f"eventlogs/{name}")), seed=1).reproduction
    assert (found.median_bound, found.p90_bound) == (0.10, 0.20)
    assert found.verdict == "fit", found


def test_the_first_half_does_not_foresee_a_later_half_that_went_quicker(credentials: EventLog) -> None:
    whole = fit_and_try(credentials, seed=1).reproduction
    assert whole.verdict == "fit"
    assert whole.median.seen_days == pytest.approx(
        case_durations(log=credentials).calendar.median_seconds / 86_400  # type: ignore[union-attr]
    )
    later = try_later_half(credentials, seed=1, people=False)
    assert (later.of, later.cases, later.verdict) == ("later_half", 477, "not_fit")
    assert later.median.simulated_days > 2 * later.median.seen_days  # docs/methods/simulation.md says so


def test_payments_go_out_on_the_days_on_which_they_were_seen_to() -> None:
    fitted = fit(read_log(shared_data("eventlogs/BPIC20_DomesticDeclarations.xes.gz")))
    names = {step.key: step.name for step in fitted.stream.steps}
    (key,) = fitted.setting.releases
    assert names[key] == "Payment Handled"
    days = Counter(minute // 1440 for week in fitted.setting.releases[key].weeks for minute in week)
    assert days[0] + days[3] > 0.98 * days.total()  # Mondays and Thursdays


@pytest.fixture(scope="module")
def town_hall() -> EventLog:
    process = Process(
        steps=(
            PlantedStep("Register", unit="Front office", touch_minutes=(10, 20, 60)),
            PlantedStep("Decide", unit="Legal", touch_minutes=(60, 120, 300), delay_days=(1, 3, 8)),
            PlantedStep("Sign", unit="Head", touch_minutes=(2, 4, 8), weekdays=(1,)),
        ),
        units=(PlantedUnit("Front office"), PlantedUnit("Legal", workers=2), PlantedUnit("Head")),
    )
    return as_log(generate(process, cases=700, first_on="2018-01-01", last_on="2018-12-31", seed=7), process)


def test_people_of_units_are_seen_and_queued_for(town_hall: EventLog) -> None:
    trusted = fit_and_try(town_hall, seed=1)
    assert trusted.fitted.people == {"Front office": 1, "Legal": 2, "Head": 1}
    assert trusted.reproduction.people
    assert trusted.reproduction.verdict == "fit", trusted.reproduction
    later = try_later_half(town_hall, seed=1, people=True)
    assert later.verdict == "fit", later  # nothing changed in this office, so the year is foreseen


def test_hours_are_found_where_the_calendar_of_the_log_is_not_theirs() -> None:
    late = WorkCalendar(weekly=(((840, 1260),),) * 5 + ((), ()), timezone="Europe/Riga")  # 14–21
    process = Process(
        steps=(
            PlantedStep("Register", unit="Front office", touch_minutes=(10, 20, 60)),
            PlantedStep("Decide", unit="Legal", touch_minutes=(60, 90, 200), delay_days=(1, 3, 8)),
        ),
        units=(PlantedUnit("Front office", calendar=late), PlantedUnit("Legal", calendar=late)),
    )
    made = generate(process, cases=600, first_on="2018-01-01", last_on="2018-12-31", seed=7)
    fitted = fit(as_log(made, process), people=True)  # the log says 8–17
    assert fitted.people == {"Front office": 1, "Legal": 1}
    hours = {unit.name: unit.calendar["weekly"] for unit in fitted.stream.units}
    assert hours["Legal"]["monday"] == [["14:00", "21:00"]]  # type: ignore[index]


def test_more_people_shorten_the_queue(town_hall: EventLog) -> None:
    fitted = fit(town_hall, people=True)
    busier = replace(fitted.setting, arrivals=replace(fitted.setting.arrivals, per_year=1600.0))

    def mean_days(staff: int) -> float:
        units = tuple(replace(unit, staff=staff) for unit in fitted.stream.units)
        log = simulate(replace(fitted.stream, units=units), seed=3, cases=700, setting=busier)
        return float(case_durations(log=log).calendar.mean_seconds) / 86_400  # type: ignore[union-attr]

    assert mean_days(1) > mean_days(2) + 1


def test_a_wrong_model_is_not_fit_for_decisions(town_hall: EventLog) -> None:
    fitted = fit(town_hall, people=True)
    halved = {
        key: Empirical(tuple(minutes / 2 for minutes in seen.minutes), seen.clock)
        for key, seen in fitted.setting.wait.items()
        if isinstance(seen, Empirical)
    }
    wrong = replace(fitted, setting=replace(fitted.setting, wait=halved))
    assert reproduce(fitted, town_hall, seed=1).verdict == "fit"
    assert reproduce(wrong, town_hall, seed=1).verdict == "not_fit"


def test_a_simulated_log_is_found_again_from_itself(town_hall: EventLog) -> None:
    fitted = fit(town_hall, people=True)
    log = simulate(fitted.stream, seed=5, cases=700, setting=fitted.setting)
    assert fit_and_try(log, seed=2).reproduction.verdict == "fit"


QUICK_AND_SLOW = "".join(
    f"{case},{step},2020-03-{day:02} {hour}:00,2020-03-{day:02} {hour}:30\n"
    for case in range(60)
    for step, day, hour in (
        (("Register", 2, 10), ("Check", 2, 11), ("Decide", 2, 12))
        if case % 3
        else (("Register", 2, 10), ("Check", 12, 11), ("Ask again", 13, 11), ("Decide", 30, 12))
    )
)


def test_who_goes_the_long_way_also_waits_long(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("case,activity,start,end\n" + QUICK_AND_SLOW, encoding="utf-8")
    log = read_log(path, timezone="Europe/Riga")
    fitted = fit(log)
    simulated = simulate(fitted.stream, seed=1, cases=600, setting=fitted.setting)
    hours = (simulated.cases["last_at"].to_numpy() - simulated.cases["received_at"].to_numpy()) / 3.6e9
    long_way = np.bincount(simulated.items["case"].to_numpy()) == 4
    assert long_way.mean() == pytest.approx(1 / 3, abs=0.06)
    # drawn one by one, a third of the quick ones would wait ten days; at the seams of two ranks durations mix
    assert np.median(hours[~long_way]) == pytest.approx(2.5, abs=0.1)
    assert np.mean(hours[~long_way] > 24) < 0.05
    assert np.median(hours[long_way]) == pytest.approx(28 * 24 + 2.5, abs=3)


def test_a_seen_case_keeps_its_ways_and_ranks_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("case,activity,start,end\n" + QUICK_AND_SLOW, encoding="utf-8")
    seen = fit(read_log(path, timezone="Europe/Riga")).setting.seen
    assert seen is not None
    assert len(seen) == 60
    routes = seen.purpose == ROUTE_DRAW
    assert np.allclose(np.unique(seen.width[routes]), [1 / 3, 2 / 3])
    assert np.all(seen.low + np.maximum(seen.width, 0) <= 1 + 1e-9)
    assert not np.any(seen.width == SKIPPED)


def test_batches_go_out_by_the_timetable_of_the_last_year_again() -> None:
    calendar = WorkCalendar.default(country=None, timezone="Europe/Riga")
    monday = int(np.datetime64("2024-01-01").astype(int))
    seen = SeenWeeks(monday, ((600,), (1440 + 540,), ()), (1, 3))
    begin = int(calendar.local_midnight_us(monday))
    found = seen.instants(calendar, begin=begin, end=begin + 34 * DAY_US)
    told = [str(each)[:16] for each in (found // 1_000_000 + 7200).astype("datetime64[s]")]
    assert told == ["2024-01-01T10:00", "2024-01-09T09:00", "2024-01-23T09:00"]


def test_a_part_of_a_log_counts_what_is_left(town_hall: EventLog) -> None:
    half = some_cases(town_hall, np.arange(700) % 2 == 0)
    assert (half.facts.cases, half.cases.num_rows) == (350, 350)
    assert half.facts.work_items == half.items.num_rows == int(np.sum(half.cases["items"].to_numpy()))
    assert np.array_equal(np.unique(half.items["case"].to_numpy()), np.arange(350))


@pytest.mark.parametrize(
    ("median", "p90", "cases", "verdict"),
    [
        (11.0, 24.0, 100, "fit"),
        (11.1, 20.0, 100, "not_fit"),
        (10.0, 24.1, 100, "not_fit"),
        (10, 20, 29, "few_cases"),
    ],
)
def test_bounds_are_ten_and_twenty_percent(median: float, p90: float, cases: int, verdict: str) -> None:
    found = Reproduction(Found(10.0, median), Found(20.0, p90), cases, 1000, 10, people=False)
    assert found.verdict == verdict
    assert Reproduction.from_dict(found.to_dict()) == found
