"""The plain-Python twin agrees with every function of `flow` on random logs, starts and units missing
included.
"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lean.flow.logs import Case, Plain, Row, event_log
from lean.flow.twin import Twin, mean, quantile
from straume.lean.flow.arrivals import littles_law, weeks
from straume.lean.flow.durations import case_durations, on_time, time_to_answer
from straume.lean.flow.handoffs import handoff_times, handoffs, handover_counts, ping_pong
from straume.lean.flow.process_map import process_map
from straume.lean.flow.rework import first_time_right, rework
from straume.lean.flow.steps import steps
from straume.lean.flow.variants import variants

MANY = settings(max_examples=50, deadline=None)
quarters = st.integers(0, 4 * 24 * 30).map(lambda n: n / 4)
clocks = st.sampled_from(["calendar", "working"])
maybe_unit = st.sampled_from([None, "Kanceleja", "Būvvalde", "Finanses"])


@st.composite
def rows(draw):
    end = draw(quarters)
    return Row(
        case=draw(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"])),
        activity=draw(st.sampled_from("ABCDE")),
        end=end,
        start=draw(st.none() | st.integers(0, 40).map(lambda n: end - n / 4)),
        unit=draw(maybe_unit),
        worker=draw(st.sampled_from([None, "w1", "w2", "w3"])),
    )


@st.composite
def logs(draw):
    """Rows in any order, with ties; some cases open, with a receipt, a due time or stops."""
    plain = Plain(tuple(draw(st.lists(rows(), max_size=40))))
    cases = {}
    for name, of_case in Twin(plain).cases.items():
        first = min(row.end if row.start is None else row.start for row in of_case)
        cases[name] = Case(
            received=draw(st.none() | st.integers(0, 200).map(lambda n, first=first: first - n / 4)),
            closed=draw(st.booleans()),
            due=draw(st.none() | quarters),
            stops=tuple(
                (begin, begin + length / 4)
                for begin, length in draw(st.lists(st.tuples(quarters, st.integers(1, 200)), max_size=3))
            ),
        )
    return replace(plain, cases=cases)


def by(table, *keys):
    """Rows of an Arrow table by their key columns."""
    return {
        tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]: row for row in table.to_pylist()
    }


def same(found, hours):
    """Seconds of the library against hours of the twin."""
    return found is None if hours is None else found == pytest.approx(hours * 3600, abs=1e-5)


def same_spread(row, name, values):
    return (
        same(row[f"mean_{name}"], mean(values))
        and same(row[f"median_{name}"], quantile(values, 0.5))
        and same(row[f"p90_{name}"], quantile(values, 0.9))
    )


@given(logs())
@MANY
def test_process_map(plain):
    twin, found = Twin(plain), process_map(log=event_log(plain))
    edges, expected = by(found.edges, "source", "target"), twin.edges()
    assert edges.keys() == expected.keys()
    for key, edge in expected.items():
        row = edges[key]
        assert (row["count"], row["cases"]) == (len(edge["calendar"]), edge["cases"])
        assert row["overlaps"] == edge["overlaps"]
        assert same_spread(row, "seconds", edge["calendar"])
        assert same_spread(row, "working_seconds", edge["working"])
    assert {key: row["cases"] for key, row in by(found.starts, "activity").items()} == twin.starts()
    assert {key: row["cases"] for key, row in by(found.ends, "activity").items()} == twin.ends()


@given(logs())
@MANY
def test_variants(plain):
    found = variants(log=event_log(plain))
    assert {tuple(row["activities"]): row["cases"] for row in found.table.to_pylist()} == Twin(
        plain
    ).variants()
    assert list(found.cases_counted) == sorted(found.cases_counted, reverse=True)
    assert (found.count, found.cases) == (len(found.table), len(Twin(plain).cases))
    short = variants(log=event_log(plain), limit=2)
    assert short.table.equals(found.table.slice(0, 2))
    assert short.cases_counted == found.cases_counted


@given(logs())
@MANY
def test_case_durations(plain):
    twin, found = Twin(plain), case_durations(log=event_log(plain))
    stopped = any(twin.stops(name, twin.last(name)) for name in twin.cases if twin.given(name).closed)
    for durations, clock, statutory in (
        (found.calendar, "calendar", False),
        (found.working, "working", False),
        (found.statutory_calendar, "calendar", True),
        (found.statutory_working, "working", True),
    ):
        expected = twin.durations(clock, statutory=statutory)
        if not expected or (statutory and not stopped):
            assert durations is None
            continue
        assert durations.n == len(expected)
        assert same(durations.mean_seconds, mean(expected))
        for share, value in (
            (0.5, durations.median_seconds),
            (0.8, durations.p80_seconds),
            (0.9, durations.p90_seconds),
            (1.0, durations.max_seconds),
        ):
            assert same(value, quantile(expected, share))
        assert same(durations.total_seconds, sum(expected))
    assert found.cases - found.open_cases == len(twin.durations("calendar"))


@given(logs(), clocks, st.sampled_from(["citizen", "statutory"]))
@MANY
def test_time_to_answer(plain, clock, whose):
    found = time_to_answer(log=event_log(plain), clock=clock, whose=whose)
    expected = Twin(plain).still_open(clock, statutory=whose == "statutory")
    assert [at / 3.6e9 for at in found.durations] == pytest.approx(list(expected))
    assert list(found.still_open) == pytest.approx(list(expected.values()))


@given(
    logs(),
    st.integers(0, 30),
    st.sampled_from(["calendar", "working"]),
    st.sampled_from(["citizen", "statutory"]),
)
@MANY
def test_on_time(plain, days, clock, whose):
    found = on_time(log=event_log(plain), deadline_days=days, clock=clock, whose=whose)
    expected = Twin(plain).on_time_counts(days, clock, statutory=whose == "statutory")
    if not expected or set(expected) == {("open", "on time")}:
        assert found is None
        return
    assert (found.on_time, found.late) == (expected["closed", "on time"], expected["closed", "late"])
    assert (found.open_late, found.open_undecided) == (expected["open", "late"], expected["open", "on time"])
    assert 0 <= found.low <= found.share <= found.high <= 1
    if not found.open_undecided:
        assert found.share == pytest.approx(found.on_time / (found.on_time + found.late + found.open_late))


@given(logs())
@MANY
def test_steps(plain):
    twin, found = Twin(plain), steps(log=event_log(plain))
    table, expected = by(found.table, "activity"), twin.steps()
    assert table.keys() == expected.keys()
    for activity, step in expected.items():
        row = table[activity]
        assert (row["items"], row["cases"]) == (step["items"], step["cases"])
        assert row["repeated"] == step["items"] - step["cases"]
        assert row["share_of_cases"] == pytest.approx(step["cases"] / len(twin.cases))
        assert (row["touch_known"], row["waiting_known"]) == (len(step["touch"]), len(step["waiting"]))
        assert same_spread(row, "touch_seconds", step["touch"])
        assert same_spread(row, "touch_working_seconds", step["touch_work"])
        assert same_spread(row, "waiting_seconds", step["waiting"])
        assert same_spread(row, "waiting_working_seconds", step["waiting_work"])
        total = sum(step["touch_work"]) if step["touch_work"] else None
        assert same(row["total_touch_working_seconds"], total)
    units = {(row["activity"], row["unit"]): row["items"] for row in found.units.to_pylist()}
    assert units == {(name, unit): n for name, step in expected.items() for unit, n in step["units"].items()}
    nth = {(row["activity"], row["nth"]): row["items"] for row in found.occurrences.to_pylist()}
    assert nth == {(name, number): n for name, step in expected.items() for number, n in step["nth"].items()}


@given(logs())
@MANY
def test_rework_and_first_time_right(plain):
    twin, log = Twin(plain), event_log(plain)
    found, expected = rework(log=log), twin.rework()
    assert (found.cases_with_rework, found.repeated_items) == (expected["cases"], expected["items"])
    activities = {key: drop(row, "activity") for key, row in by(found.activities, "activity").items()}
    assert activities == expected["activities"]
    loops = {key: drop(row, "source", "target") for key, row in by(found.loops, "source", "target").items()}
    assert loops == expected["loops"]
    right = first_time_right(log=log)
    assert (right.count, right.n) == twin.first_time_right() if right else twin.first_time_right()[1] == 0


@given(logs())
@MANY
def test_handoffs_and_ping_pong(plain):
    twin, log = Twin(plain), event_log(plain)
    found, expected = handoffs(log=log), twin.handoffs()
    table, times = (by(each, "source", "target") for each in (found.table, handoff_times(log=log)))
    assert table.keys() == times.keys()
    assert table.keys() == expected.keys()
    for key, entry in expected.items():
        assert (table[key]["count"], table[key]["cases"]) == (entry["count"], len(entry["cases"]))
        assert times[key]["count"] == entry["count"]
        assert same_spread(times[key], "seconds", entry["calendar"])
        assert same_spread(times[key], "working_seconds", entry["working"])
    assert found.count == sum(entry["count"] for entry in expected.values())
    assert found.cases == len(set().union(*(entry["cases"] for entry in expected.values())))
    assert found.unknown == sum(None in (before.unit, after.unit) for _, before, after, *_ in twin.pairs())
    people, of_people = handover_counts(log=log, by="worker"), twin.handoffs("worker")
    assert people.pairs == len(of_people)
    assert people.count == sum(entry["count"] for entry in of_people.values())
    assert people.successions == twin.successions("worker")
    back, of_back = ping_pong(log=log), twin.ping_pong()
    assert {k: drop(row, "unit", "other") for k, row in by(back.table, "unit", "other").items()} == of_back
    assert back.count == sum(entry["count"] for entry in of_back.values())


@given(logs())
@MANY
def test_weeks_and_littles_law(plain):
    twin, log = Twin(plain), event_log(plain)
    found = {
        row["week"]: (row["arrived"], row["ended"], row["in_progress"]) for row in weeks(log=log).to_pylist()
    }
    assert found == twin.weeks()
    law, expected = littles_law(log=log), twin.littles_law()
    if expected is None:
        assert law is None
        return
    figures = (law.in_progress_mean, law.throughput_per_day, law.lead_time_days_mean)
    assert figures == pytest.approx(expected, rel=1e-6)
    assert law.expected_in_progress == pytest.approx(expected[1] * expected[2])
    assert law.consistent == (abs(law.difference_share) <= 0.3)


def test_the_random_logs_are_not_all_alike():
    seen: Counter = Counter()

    @given(logs())
    @settings(max_examples=60, deadline=None, database=None)
    def look(plain):
        seen["empty"] += not plain.rows
        seen["no start"] += any(row.start is None for row in plain.rows)
        seen["open"] += any(not case.closed for case in plain.cases.values())
        seen["ties"] += event_log(plain).facts.ties > 0

    look()
    assert all(seen[kind] for kind in ("no start", "open", "ties"))


def drop(row, *keys):
    return {key: value for key, value in row.items() if key not in keys}
