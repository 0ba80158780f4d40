"""One small log that a colleague can check by hand, and logs with nothing or one thing in them."""

import pytest

from lean.flow.logs import Case, Plain, Row, event_log
from straume.lean.errors import WrongCall
from straume.lean.flow.arrivals import littles_law, weeks
from straume.lean.flow.durations import case_durations, on_time, time_to_answer
from straume.lean.flow.handoffs import handoff_times, handoffs, handover_counts, ping_pong
from straume.lean.flow.process_map import process_map
from straume.lean.flow.rework import first_time_right, rework
from straume.lean.flow.steps import steps
from straume.lean.flow.variants import variants

# Two requests. Hours since Monday midnight: 9 is Monday 9:00, 33 Tuesday 9:00.
#   a: received Mon 8 · register Mon 9–10 (office) · check Tue 9–11 (legal) · register again Tue 13–14
# (office)
#   b: register Mon 10–11 (office) · check Mon 11–12 (legal)
PERMIT = Plain(
    (
        Row("a", "register", start=9, end=10, unit="office"),
        Row("a", "check", start=33, end=35, unit="legal"),
        Row("a", "register", start=37, end=38, unit="office"),
        Row("b", "register", start=10, end=11, unit="office"),
        Row("b", "check", start=11, end=12, unit="legal"),
    ),
    {"a": Case(received=8, stops=((10, 33),), due=40), "b": Case(due=11.5)},
)


@pytest.fixture(scope="module")
def permit():
    return event_log(PERMIT)


def test_edges_by_hand(permit):
    edges = {(row["source"], row["target"]): row for row in process_map(log=permit).edges.to_pylist()}
    once = edges["register", "check"]
    assert (once["count"], once["cases"]) == (2, 2)
    assert once["mean_seconds"] == 11.5 * 3600  # 23 h overnight and none
    assert once["median_seconds"] == 11.5 * 3600
    assert once["p90_seconds"] == pytest.approx(0.9 * 23 * 3600)
    assert once["mean_working_seconds"] == 4 * 3600  # Mon 10–17 and Tue 8–9 are 8 working hours
    assert edges["check", "register"]["mean_seconds"] == 2 * 3600


def test_durations_by_hand(permit):
    found = case_durations(log=permit)
    assert found.calendar.mean_seconds == (30 + 2) / 2 * 3600  # Mon 8 → Tue 14; Mon 10 → 12
    assert found.calendar.sd_seconds == pytest.approx(28 / 2**0.5 * 3600)
    assert found.calendar.p80_seconds == pytest.approx((2 + 0.8 * 28) * 3600)
    assert found.working.total_seconds == (9 + 6 + 2) * 3600
    assert found.statutory_calendar.total_seconds == (30 - 23 + 2) * 3600
    assert found.statutory_working.total_seconds == (15 - 8 + 2) * 3600


def test_the_promise_by_hand(permit):
    citizen = on_time(log=permit, deadline_days=0)
    assert (citizen.on_time, citizen.late, citizen.share) == (1, 1, 0.5)
    statutory = on_time(log=permit, deadline_days=0, whose="statutory")
    assert (statutory.on_time, statutory.late) == (2, 0)  # the one day lay within the stop
    own = on_time(log=permit, deadline_days=None)
    assert (own.on_time, own.late) == (1, 1)  # a: 38 ≤ 40, b: 12 > 11.5


def test_steps_by_hand(permit):
    found = {row["activity"]: row for row in steps(log=permit).table.to_pylist()}
    register = found["register"]
    assert (register["items"], register["cases"], register["repeated"]) == (3, 2, 1)
    assert register["mean_touch_working_seconds"] == 3600
    assert register["mean_waiting_seconds"] == (1 + 2 + 0) / 3 * 3600  # a: received an hour before; b at once
    assert found["check"]["total_touch_working_seconds"] == 3 * 3600


def test_rework_handoffs_and_ping_pong_by_hand(permit):
    again = rework(log=permit)
    assert (again.cases_with_rework, again.repeated_items) == (1, 1)
    assert again.loops.to_pylist() == [{"source": "check", "target": "register", "count": 1, "cases": 1}]
    right = first_time_right(log=permit)
    assert (right.count, right.n) == (1, 2)
    going = handoffs(log=permit)
    assert (going.count, going.cases, going.per_case, going.unknown) == (3, 2, 1.5, 0)
    to_legal = handoff_times(log=permit).to_pylist()[0]
    assert (to_legal["source"], to_legal["target"], to_legal["mean_working_seconds"]) == (
        "office",
        "legal",
        4 * 3600,
    )
    back = ping_pong(log=permit)
    assert back.table.to_pylist() == [{"unit": "office", "other": "legal", "count": 1, "cases": 1}]


def stopping(stopped, of, again=1):
    """Cases of one step, some of which stop the clock; the first do the step again."""
    rows = [Row(f"{n}", "decide", 10 + hour) for n in range(of) for hour in range(2 if n < again else 1)]
    return event_log(
        Plain(tuple(rows), {f"{n}": Case(8, stops=((9, 9.5),)) for n in range(of - stopped, of)})
    )


def test_a_stop_of_few_cases_is_a_return():
    right = first_time_right(log=stopping(3, of=10))
    assert (right.count, right.n, right.stops_are_routine) == (6, 10, False)  # three stops, one repetition
    assert first_time_right(log=stopping(7, of=10)).count == 2


def test_a_stop_of_nearly_every_case_is_the_way_of_the_service():
    for stopped in (8, 10):
        right = first_time_right(log=stopping(stopped, of=10))
        assert (right.count, right.n, right.stops_are_routine) == (9, 10, True)


def test_a_handful_of_cases_tells_no_routine():
    right = first_time_right(log=stopping(4, of=4, again=0))
    assert (right.count, right.stops_are_routine) == (0, False)


def test_a_ping_pong_may_rest_in_between():
    rows = [Row("a", str(n), n, unit=unit) for n, unit in enumerate("AABBAACA")]
    assert ping_pong(log=event_log(Plain(tuple(rows)))).count == 2  # A→B→A and A→C→A, not B→A→C


def test_weeks_by_hand():
    rows = (Row("a", "x", 10), Row("a", "y", 24 * 8), Row("b", "x", 24 * 15), Row("c", "x", 24 * 7 - 0.25))
    found = weeks(log=event_log(Plain(rows, {"b": Case(closed=False)}))).to_pylist()
    assert [(row["week"], row["arrived"], row["ended"], row["in_progress"]) for row in found] == [
        ("2018-W02", 2, 1, 1),
        ("2018-W03", 0, 1, 0),
        ("2018-W04", 1, 0, 1),
    ]


def test_a_steady_stream_obeys_littles_law():
    # one case a day, each three days: three in progress
    rows = [Row(f"{n}", name, 24 * n + lag) for n in range(100) for name, lag in (("in", 0), ("out", 72))]
    law = littles_law(log=event_log(Plain(tuple(rows))))
    assert law.throughput_per_day == pytest.approx(1, abs=0.03)
    assert law.lead_time_days_mean == 3
    assert law.in_progress_mean == pytest.approx(3, abs=0.05)
    assert law.consistent


def test_a_growing_backlog_breaks_littles_law():
    # cases take longer and longer
    rows = [Row(f"{n}", name, 24 * n + lag * n) for n in range(100) for name, lag in (("in", 0), ("out", 72))]
    assert not littles_law(log=event_log(Plain(tuple(rows)))).consistent


def test_a_log_without_cases():
    log = event_log(Plain(()))
    assert len(process_map(log=log).edges) == len(steps(log=log).table) == len(weeks(log=log)) == 0
    assert variants(log=log).count == 0
    assert case_durations(log=log).calendar is None
    assert on_time(log=log, deadline_days=30) is None
    assert time_to_answer(log=log).quantile(0.5).value is None
    assert first_time_right(log=log) is None
    assert (handoffs(log=log).count, ping_pong(log=log).count, rework(log=log).repeated_items) == (0, 0, 0)
    assert handover_counts(log=log, by="worker").count == 0
    assert littles_law(log=log) is None


def test_a_log_of_one_item():
    log = event_log(Plain((Row("a", "register", 9),)))
    found = process_map(log=log)
    assert len(found.edges) == 0
    assert found.starts.to_pylist() == found.ends.to_pylist() == [{"activity": "register", "cases": 1}]
    assert variants(log=log).table.to_pylist() == [
        {"cases": 1, "share": 1.0, "items": 1, "activities": ["register"]}
    ]
    durations = case_durations(log=log).calendar
    assert (durations.n, durations.mean_seconds, durations.sd_seconds) == (1, 0, None)
    assert steps(log=log).table["mean_touch_seconds"].to_pylist() == [None]
    assert littles_law(log=log) is None


def test_a_clock_that_does_not_exist_is_refused():
    log = event_log(PERMIT)
    for call in (
        lambda: on_time(log=log, deadline_days=3, clock="lunar"),
        lambda: time_to_answer(log=log, whose="mayor"),
        lambda: handover_counts(log=log, by="person"),
    ):
        with pytest.raises(WrongCall) as refusal:
            call()
        assert refusal.value.code == "not_one_of"
