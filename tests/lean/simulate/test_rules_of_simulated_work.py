"""What people say about how work goes: when it comes, who does it, what goes first, when it is released."""

from dataclasses import replace

import numpy as np
import pytest

from lean.simulate.streams import ALWAYS, BEGIN, DAY_US, OFFICE, chain
from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.simulate.arrivals import Arrivals
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.people import AWAY_DAYS, Person, with_absences
from straume.lean.simulate.simulating import Run, Setting, run, simulate
from straume.lean.stream.records import (
    CaseAttribute,
    Node,
    Route,
    Span,
    Step,
    UnitCapacity,
    ValueStream,
)

HOUR_US = DAY_US // 24
YEAR = BEGIN + 365 * DAY_US
RIGA = WorkCalendar.always(timezone="Europe/Riga")
LATVIA = WorkCalendar.default(country="LV", timezone="Europe/Riga")


def one_step(*, demand: float = 2000, **step: object) -> ValueStream:
    return chain(
        [Step("s", "step", **{"unit": "desk", **step})],  # type: ignore[arg-type]
        (UnitCapacity("desk", 1, OFFICE),),
        demand_per_year=demand,
        calendar=LATVIA.to_dict(),
    )


def worked_on(of: Run) -> np.ndarray:
    """Weekday (0 Monday) of the start of each piece of work."""
    return (RIGA.local_day(of.happened.start_at) + 3) % 7


def test_requests_come_by_hour_weekday_and_month() -> None:
    hours = tuple(1.0 if 9 <= hour < 11 else 0.0 for hour in range(24))
    weekdays, months = (3.0, 1, 1, 1, 1, 0, 0), (0.0, 2, *[1.0] * 10)
    asked = Arrivals(per_year=8000, hours=hours, weekdays=weekdays, months=months)
    at = run(one_step(), seed=1, until=YEAR, setting=Setting(arrivals=asked)).built.model.arrival_at
    day = RIGA.local_day(at)
    hour = (at - RIGA.local_midnight_us(day)) // HOUR_US
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    assert set(hour) == {9, 10}
    mondays, tuesdays = (np.count_nonzero((day + 3) % 7 == weekday) for weekday in (0, 1))
    assert mondays / tuesdays == pytest.approx(3, rel=0.1)
    assert not np.any(month == 0)
    per_month = np.bincount(month, minlength=12)
    assert per_month[1] / per_month[2] == pytest.approx(2, rel=0.15)  # as many weighted days
    assert len(at) == pytest.approx(8000, rel=0.05)


def test_a_batch_goes_out_on_its_weekday_and_after_a_holiday_on_the_next_working_day() -> None:
    weekly = run(one_step(batch_weekday="monday"), seed=1, until=YEAR, setting=Setting())
    started = weekly.happened.start_at[weekly.happened.start_at < YEAR]
    days = np.unique(RIGA.local_day(started))
    easter_monday, tuesday = 19_814, 19_815  # 2024-04-01, a public holiday
    assert easter_monday not in days and tuesday in days
    assert np.mean((days + 3) % 7 == 0) > 0.9
    fortnightly = run(one_step(batch_weekday="monday", batch_every_days=10), seed=1, until=YEAR)
    fewer = np.unique(RIGA.local_day(fortnightly.happened.start_at[fortnightly.happened.start_at < YEAR]))
    assert len(fewer) == pytest.approx(len(days) / 2, abs=1)


def test_cases_go_the_way_of_their_kind() -> None:
    easy, hard = Step("e", "easy"), Step("h", "hard")
    stream = ValueStream(
        steps=(easy, hard),
        nodes=(Node("start", "start"), Node("x", "xor"), Node("end", "end")),
        routes=(
            Route("start", "x"),
            Route("x", "e", 0.75),
            Route("x", "h", 0.25, when={"kind": "hard"}),
            Route("e", "end"),
            Route("h", "end"),
        ),
        demand_per_year=4000,
        attributes=(CaseAttribute("kind", {"hard": 0.25, "easy": 0.75}),),
    )
    by_chance = simulate(stream, seed=1, until=YEAR).items
    shares = np.mean(
        np.array(by_chance["activity"]) == list(simulate(stream, seed=1, until=YEAR).activities).index("hard")
    )
    assert shares == pytest.approx(0.25, abs=0.02)
    given = Setting(attributes={"kind": ["hard", "easy", "easy"]})
    done = run(stream, seed=1, until=YEAR, setting=given)
    hard_place = done.built.steps.index(hard)
    assert np.array_equal(done.happened.place == hard_place, done.happened.case % 3 == 0)
    unknown = replace(stream, attributes=())
    with pytest.raises(WrongCall, match="attribute_unknown"):
        run(unknown, seed=1, until=YEAR)
    nowhere = replace(
        stream,
        routes=tuple(replace(r, when={"kind": "hard"}) if r.source == "x" else r for r in stream.routes),
    )
    with pytest.raises(WrongCall, match="attribute_without_way"):
        run(nowhere, seed=1, until=YEAR)


def test_people_are_away_as_often_as_said_in_runs_of_days() -> None:
    end = BEGIN + 5 * 365 * DAY_US
    left, runs, days = [], 0, 0
    for number in range(12):
        calendar = with_absences(LATVIA, 0.1, draws=Draws(1), name=f"desk {number}", begin=BEGIN, end=end)
        left.append(calendar.working_us(BEGIN, end) / LATVIA.working_us(BEGIN, end))
        away = np.array([first.toordinal() for first, _ in calendar.closures])
        runs += 1 + np.count_nonzero(np.diff(away) > 4)  # longer than a week-end with a holiday
        days += len(away)
    assert np.mean(left) == pytest.approx(0.9, abs=0.02)
    assert days / runs == pytest.approx(AWAY_DAYS, rel=0.3)


def test_absences_make_work_wait_and_take_hours_away() -> None:
    stream = one_step(touch=Span(30, 45, 60))
    units = (replace(stream.units[0], away_share=0.2),)
    here = run(stream, seed=1, until=YEAR)
    away = run(replace(stream, units=units), seed=1, until=YEAR)
    assert np.array_equal(here.built.model.arrival_at, away.built.model.arrival_at)
    waits = [np.mean(np.minimum(of.happened.start_at, YEAR) - of.happened.enabled_at) for of in (here, away)]
    assert waits[1] > 1.5 * waits[0]
    with pytest.raises(WrongCall, match="away_impossible"):
        run(replace(stream, units=(replace(units[0], away_share=1.0),)), seed=1, until=YEAR)


def test_a_client_takes_their_time_and_nobody_queues_for_them() -> None:
    week = Span(7 * 1440, 7 * 1440, 7 * 1440, "calendar")
    client = Step("c", "client signs", wait=week)
    done = run(chain([client], (), demand_per_year=500, calendar=ALWAYS), seed=1, until=YEAR).happened
    ended = done.end_at < YEAR
    assert set((done.end_at - done.enabled_at)[ended]) == {7 * DAY_US}


def test_one_person_of_two_lanes_does_one_thing_at_a_time() -> None:
    steps = [
        Step("a", "a", unit="front", touch=Span(60, 60, 60)),
        Step("b", "b", unit="back", touch=Span(60, 60, 60)),
    ]
    stream = chain(steps, (), demand_per_year=1500, calendar=ALWAYS)
    done = run(stream, seed=1, until=YEAR, setting=Setting(people=(Person(("front", "back")),))).happened
    order = np.argsort(done.start_at)
    begun = order[done.start_at[order] < YEAR]
    assert np.all(done.start_at[begun][1:] >= done.end_at[begun][:-1])
    assert set(done.place[begun]) == {2, 3} or len(set(done.place[begun])) == 2


def test_the_oldest_case_goes_first_where_that_is_the_rule() -> None:
    steps = [Step("a", "a", wait=Span(0, 600, 9000)), Step("b", "b", unit="desk", touch=Span(50, 50, 50))]
    stream = chain(steps, (UnitCapacity("desk", 1),), demand_per_year=9500, calendar=ALWAYS)
    oldest = run(replace(stream, queue_rule="oldest_case"), seed=1, until=YEAR)
    first = run(stream, seed=1, until=YEAR)

    def spread(of: Run) -> float:
        lived = of.happened.answered_at - of.built.model.arrival_at
        return float(np.quantile(lived[of.happened.answered_at < YEAR], 0.95))

    assert spread(oldest) < spread(first)


def test_urgent_steps_go_before_others_of_their_unit() -> None:
    steps = [
        Step("a", "a", unit="desk", touch=Span(40, 40, 40)),
        Step("b", "b", unit="desk", touch=Span(5, 5, 5)),
    ]
    stream = chain(steps, (UnitCapacity("desk", 1),), demand_per_year=10_500, calendar=ALWAYS)
    before = replace(stream, steps=(steps[0], replace(steps[1], priority=-1)))

    def waited(of: Run) -> float:
        mine = (of.happened.place == 3) & (of.happened.start_at < YEAR)
        return float(np.mean((of.happened.start_at - of.happened.enabled_at)[mine]))

    assert waited(run(before, seed=1, until=YEAR)) < waited(run(stream, seed=1, until=YEAR)) / 2


def test_units_that_work_as_one_keep_the_hours_of_each() -> None:
    morning = {"timezone": "Europe/Riga", "weekly": {"monday": [["08:00", "12:00"]]}}
    evening = {"timezone": "Europe/Riga", "weekly": {"monday": [["16:00", "20:00"]]}}
    both = UnitCapacity("desk", 2, pooled=(UnitCapacity("a", 1, morning), UnitCapacity("b", 1, evening)))
    stream = replace(one_step(demand=300, touch=Span(5, 5, 5)), units=(both,))
    started = run(stream, seed=1, until=YEAR).happened.start_at
    started = started[started < YEAR]
    hour = (started - RIGA.local_midnight_us(RIGA.local_day(started))) // HOUR_US
    assert {8, 16} <= set(hour) <= set(range(8, 12)) | set(range(16, 20))


def test_a_loop_without_end_is_refused() -> None:
    nodes = (Node("start", "start"), Node("in", "xor"), Node("x", "xor"), Node("end", "end"))
    routes = (
        Route("start", "in"),
        Route("in", "s"),
        Route("s", "x"),
        Route("x", "in", 1 - 1e-9, True),
        Route("x", "end", 1e-9),
    )
    stream = ValueStream((Step("s", "s"),), nodes, routes, demand_per_year=100)
    with pytest.raises(WrongCall, match="stream_without_end"):
        run(stream, seed=1, until=YEAR)
