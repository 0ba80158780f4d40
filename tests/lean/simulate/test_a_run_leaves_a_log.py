"""The log that a run leaves is the one that reading its rows would give."""

import numpy as np
import pyarrow as pa
import pytest

from lean.simulate.streams import BEGIN, DAY_US, chain, random_stream
from straume.lean.events.link import Source, link
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, EventLog
from straume.lean.simulate.model import NONE
from straume.lean.simulate.simulating import Run, Setting, run, simulate_log
from straume.lean.stream.records import Span, Step, UnitCapacity


def read_back(of: Run) -> EventLog:
    """The same log by way of `link`, which knows only rows."""
    model, happened, steps = of.built.model, of.happened, of.built.steps
    kept = np.flatnonzero(
        (model.arrival_at[happened.case] >= of.counts_from) & (happened.end_at <= model.until)
    )
    place, person = happened.place[kept], happened.person[kept]
    no_start = np.array([bool(step) and step.touch is None and step.between is not None for step in steps])
    items = pa.table(
        {
            "case": pa.array(happened.case[kept]).cast(pa.string()),
            "activity": pa.array([step.name if step else "" for step in steps]).take(pa.array(place)),
            "unit": pa.array([(step.unit or None) if step else None for step in steps], pa.string()).take(
                pa.array(place)
            ),
            "worker": pa.array(person, mask=person == NONE).cast(pa.string()),
            "start_at": pa.array(happened.start_at[kept], mask=no_start[place]),
            "end_at": happened.end_at[kept],
        }
    )
    cases = np.flatnonzero(model.arrival_at >= of.counts_from)
    told = pa.table(
        {
            "case": pa.array(cases).cast(pa.string()),
            "received_at": model.arrival_at[cases],
            "closed": happened.answered_at[cases] <= model.until,
        }
    )
    return link(
        items,
        source=Source(timezone=of.built.calendar.timezone, source_format="simulation"),
        cases=told,
        calendar=of.built.calendar,
        unit_calendars=of.built.unit_calendars,
    )


def test_a_chain_leaves_the_same_log_to_the_last_column() -> None:
    units = (UnitCapacity("front", 1), UnitCapacity("back", 2, {"minutes_per_day": 300, "days_per_week": 5}))
    steps = [
        Step("a", "Register", unit="front", touch=Span(5, 10, 30)),
        Step("b", "Check", unit="back", touch=Span(60, 90, 400), wait=Span(0, 60, 9000)),
        Step("c", "Answer", unit="front", between=Span(5, 100, 3000)),
    ]
    of = run(chain(steps, units, demand_per_year=900), seed=4, until=BEGIN + 200 * DAY_US)
    found, other = simulate_log(of), read_back(of)
    by_first = np.argsort(found.cases["first_at"].to_numpy(), kind="stable")  # so does link number cases
    for name in ("received_at", "first_at", "last_at", "items", "closed", "duration_work_us"):
        assert found.cases[name].take(pa.array(by_first)).equals(other.cases[name]), name
    assert found.facts == other.facts
    assert (found.activities, found.units) == (other.activities, other.units)
    assert found.calendar == other.calendar
    assert found.unit_calendars == other.unit_calendars
    rows = found.items.sort_by("position"), other.items.sort_by("position")
    for name in LINK_SCHEMA.names:
        if name not in ("case", "worker", "next_worker"):  # numbered in another order
            assert rows[0][name].equals(rows[1][name]), name
    assert found.items.schema == LINK_SCHEMA
    assert found.cases.schema == CASE_SCHEMA


@pytest.mark.parametrize("number", range(0, 24, 2))
def test_on_random_streams_all_but_what_reading_has_to_guess(number: int) -> None:
    of = run(
        random_stream(number),
        seed=number,
        until=BEGIN + 90 * DAY_US,
        setting=Setting(warm_up_days=20 if number % 4 else 0),
    )
    found, other = simulate_log(of), read_back(of)
    rows = found.items.sort_by("position"), other.items.sort_by("position")
    assert len(rows[0]) == len(rows[1]) > 30
    guessed = ("enabled_at", "waiting_work_us")  # link does not know which steps are parallel
    numbered = ("case", "worker", "next_worker")
    for name in LINK_SCHEMA.names:
        if name not in guessed + numbered:
            assert rows[0][name].equals(rows[1][name]), name
    for name in numbered:
        pairs = set(zip(rows[0][name].to_pylist(), rows[1][name].to_pylist()))
        assert len(pairs) == len({one for one, _ in pairs}) == len({one for _, one in pairs}), name
    assert found.facts == other.facts
    assert np.all(rows[0]["enabled_at"].to_numpy() <= rows[0]["end_at"].to_numpy())


def test_a_run_in_which_nothing_ended_leaves_an_empty_log() -> None:
    stream = chain([Step("a", "a", touch=Span(60, 60, 60))], (), demand_per_year=900)
    log = simulate_log(run(stream, seed=1, until=BEGIN + 60_000_000))
    assert (log.items.num_rows, log.cases.num_rows, log.activities) == (0, 0, ())
    assert log.facts.first_at == log.facts.last_at == 0
