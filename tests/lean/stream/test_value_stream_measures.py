"""Published and hand-checkable examples of the measures, and that the two clocks stay apart."""

from dataclasses import replace

import pytest

from straume.lean.errors import ClockMismatch
from straume.lean.stream import formulas
from straume.lean.stream.clocks import WorkingTime, convert
from straume.lean.stream.measures import measure
from straume.lean.stream.records import UnitCapacity, ValueStream
from straume.lean.stream.step_table import read_steps

# A permit as a published template has it: 4.5 h of work in 446.5 h around the clock; 4.0 h of it add value
# where the completeness check (0.5 h) counts as value; defects 15, 20, 10, 5, 3, 2 % (lean-domain §2.2, S44).
PERMIT = [
    {"Step": "Receive application", "Touch time": "30 min", "Wait": "0", "%C&A": "85 %", "VA": "NNVA"},
    {"Step": "Check completeness", "Touch time": "30 min", "Wait": "48 h", "%C&A": "80 %", "VA": "VA"},
    {"Step": "Review technically", "Touch time": "2 h", "Wait": "160 h", "%C&A": "90 %", "VA": "VA"},
    {"Step": "Inspect site", "Touch time": "1 h", "Wait": "120 h", "%C&A": "95 %", "VA": "VA"},
    {"Step": "Decide", "Touch time": "15 min", "Wait": "80 h", "%C&A": "97 %", "VA": "VA"},
    {"Step": "Issue permit", "Touch time": "15 min", "Wait": "34 h", "%C&A": "98 %", "VA": "VA"},
]


def permit(**changed: str) -> ValueStream:
    rows = [{**row, "VA": changed.get(row["Step"], row["VA"])} for row in PERMIT]
    return read_steps(rows, hours_clock="calendar").stream


def test_the_worked_permit_template_comes_out() -> None:
    found = measure(permit())
    assert found.clock == "calendar"
    assert found.process_minutes == pytest.approx(4.5 * 60)
    assert found.lead_time_minutes == pytest.approx(446.5 * 60)
    assert found.activity_ratio is not None
    assert round(found.activity_ratio * 100, 2) == 1.01
    assert found.process_cycle_efficiency is not None
    assert round(found.process_cycle_efficiency * 100, 2) == 0.90
    assert found.rolled_yield is not None
    assert round(found.rolled_yield, 2) == 0.55


def test_the_permit_template_judged_strictly_calls_the_check_necessary() -> None:
    found = measure(permit(**{"Check completeness": "NNVA"})).process_cycle_efficiency
    assert found is not None
    assert round(found * 100, 2) == 0.78


def test_no_efficiency_is_given_before_people_have_judged_every_step() -> None:
    stream = permit()
    unjudged = replace(stream, steps=(replace(stream.steps[0], value_class=None), *stream.steps[1:]))
    found = measure(unjudged)
    assert found.process_cycle_efficiency is None
    assert found.missing["process_cycle_efficiency"] == "not_judged"


MIXED = [
    {"Step": "Take in", "Touch time": "30 min", "Wait": "0"},
    {"Step": "Decide", "Touch time": "90 min", "Wait": "2 weeks"},
]


def test_working_and_calendar_time_are_not_divided_by_one_another() -> None:
    stream = read_steps(MIXED).stream
    with pytest.raises(ClockMismatch) as refusal:
        measure(stream)
    assert refusal.value.params == {"source": "calendar", "target": "working"}
    with pytest.raises(ClockMismatch):
        formulas.activity_ratio(
            touch_minutes=120, touch_clock="working", lead_minutes=20_280, lead_clock="calendar"
        )


def test_a_calendar_converts_openly() -> None:
    """Two weeks are ten working days of 480 min: 2 h of work in 4 920 working minutes."""
    stream = read_steps(MIXED).stream
    found = measure(stream, calendar=stream.calendar)
    assert found.lead_time_minutes == pytest.approx(10 * 480 + 120)
    assert found.activity_ratio == pytest.approx(120 / 4920)
    # the same ratio on the other clock: the conversion is linear
    assert measure(stream, calendar=stream.calendar, clock="calendar").activity_ratio == pytest.approx(
        120 / 4920
    )
    assert found.lead_time_days == pytest.approx(14 + 120 / 2400 * 7)


def test_converting_there_and_back_gives_the_same() -> None:
    working = WorkingTime(450, 5)
    there = convert(1000, source="working", target="calendar", working=working)
    assert convert(there, source="calendar", target="working", working=working) == pytest.approx(1000)
    assert there == pytest.approx(1000 * 10080 / 2250)


def test_published_examples_of_load() -> None:
    hours = formulas.required_hours(demand=1200, touch_minutes=95)
    assert hours == 1900
    assert round(formulas.required_fte(hours=hours, productive_hours=1700), 2) == 1.12
    full = formulas.required_fte(hours=hours, productive_hours=1700, target_utilisation=0.85)
    assert round(full, 2) == 1.31
    assert formulas.lead_time_from_progress(in_progress=60, throughput_per_day=12.5) == pytest.approx(4.8)
    assert formulas.work_in_progress(throughput_per_day=12.5, lead_time_days=4.8) == pytest.approx(60)
    assert formulas.expected_passes(rework_share=0.3) == pytest.approx(1 / 0.7)
    assert formulas.takt_minutes(available_minutes=480 * 250, demand=1200) == 100


@pytest.mark.parametrize(("load", "queue"), [(0.7, 2.3), (0.8, 4.0), (0.9, 9.0), (0.95, 19.0)])
def test_the_queue_grows_with_utilisation(load: float, queue: float) -> None:
    assert round(formulas.queue_factor(utilisation=load), 1) == queue


LOADED = [
    {"Step": "Take in", "Unit": "Front", "Touch time": "15 min", "Wait": "0", "Staff": 2, "Rate": 12},
    {"Step": "Decide", "Unit": "Legal", "Touch time": "80 min", "Wait": "5 d. d.", "Staff": 1, "Rate": 18},
]


def test_load_and_cost_of_a_small_table_that_can_be_checked_by_hand() -> None:
    units = [UnitCapacity("Front", staff=0.5), UnitCapacity("Legal", staff=2.0)]
    found = measure(read_steps(LOADED, demand_per_year=1200, units=units).stream)
    assert found.process_minutes == 95
    assert found.required_hours_per_year == 1900
    assert found.takt_minutes == 100  # 50 weeks × 2 400 min / 1 200
    assert found.direct_cost_eur_per_case == pytest.approx(15 / 60 * 12 + 80 / 60 * 18)
    assert found.capacity_by_unit == pytest.approx({"Front": 0.5 * 102_000 / 15, "Legal": 2 * 102_000 / 80})
    assert found.utilisation_by_unit == pytest.approx({"Front": 1200 / 3400, "Legal": 1200 / 2550})
    assert found.capacity_by_step == pytest.approx({"s1": 2 * 102_000 / 15, "s2": 102_000 / 80})
    assert found.handoffs == 1
    assert found.lead_time_days is None
    assert found.missing["lead_time_days"] == "calendar_unknown"


def test_work_in_progress_is_what_littles_law_says() -> None:
    stream = read_steps(LOADED, demand_per_year=1200).stream
    found = measure(stream, calendar=stream.calendar)
    assert found.lead_time_days == pytest.approx((95 + 5 * 480) / 2400 * 7)
    assert found.work_in_progress == pytest.approx(1200 / 365.25 * found.lead_time_days)


def test_no_cost_is_given_where_a_rate_is_missing() -> None:
    rows = [dict(LOADED[0]), {key: value for key, value in LOADED[1].items() if key != "Rate"}]
    found = measure(read_steps(rows).stream)
    assert found.direct_cost_eur_per_case is None
    assert found.missing["direct_cost_eur_per_case"] == "rate_unknown"


def test_without_work_times_there_is_no_ratio_and_no_cost() -> None:
    found = measure(read_steps([{"Step": "a", "Wait": "1 d. d."}, {"Step": "b", "Wait": "2 d. d."}]).stream)
    assert found.process_minutes is None
    assert found.activity_ratio is None
    assert found.lead_time_minutes == 1440
    assert set(found.missing) >= {"process_minutes", "activity_ratio", "direct_cost_eur_per_case"}
