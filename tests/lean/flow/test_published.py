"""Figures that others published for real logs come out exactly."""

import pyarrow.compute as pc
import pytest

from data_folder import shared_data
from straume.lean.events.read import read_log
from straume.lean.flow.arrivals import littles_law, weeks
from straume.lean.flow.durations import case_durations, on_time, time_to_answer
from straume.lean.flow.handoffs import handoff_times, handoffs, handover_counts
from straume.lean.flow.process_map import process_map
from straume.lean.flow.rework import rework
from straume.lean.flow.steps import steps
from straume.lean.flow.variants import variants


def shape(log):
    found = variants(log=log)
    return log.facts.cases, log.facts.raw_events, len(steps(log=log).table), found.count


@pytest.fixture(scope="module")
def receipt():
    return read_log(shared_data("eventlogs/receipt_wabo.xes.gz"), timezone="Europe/Amsterdam")


def test_receipt_wabo_has_its_cases_events_activities_and_variants(receipt):
    assert shape(receipt) == (1434, 8577, 27, 116)
    assert variants(log=receipt).cases_counted[:5] == (713, 123, 116, 115, 75)
    assert (
        variants(log=receipt, limit=1).table["activities"][0].as_py()[1]
        == "T02 Check confirmation of receipt"
    )
    assert (receipt.facts.workers, receipt.facts.units) == (48, 10)
    items = receipt.cases["items"]
    assert round(pc.mean(items).as_py(), 3) == 5.981
    assert round(pc.stddev(items, ddof=1).as_py(), 3) == 2.167


def test_receipt_wabo_has_its_durations(receipt):
    found = case_durations(log=receipt).calendar
    assert round(found.mean_seconds, 3) == 467_263.915
    assert round(found.max_seconds, 3) == 23_832_541.524
    assert round(found.total_seconds, 3) == 670_056_454.479


def test_receipt_wabo_has_its_process_map(receipt):
    found = process_map(log=receipt)
    assert len(found.edges) == 99
    assert pc.sum(found.edges["count"]).as_py() == 7143
    assert pc.sum(found.starts["cases"]).as_py() == pc.sum(found.ends["cases"]).as_py() == 1434


def test_receipt_wabo_has_its_rework(receipt):
    found = rework(log=receipt)
    assert (found.cases_with_rework, found.repeated_items) == (91, 245)
    by_case = dict(zip(found.activities["activity"].to_pylist(), found.activities["cases"].to_pylist()))
    assert {name.split()[0]: cases for name, cases in by_case.items() if cases >= 4} == {
        "T06": 59, "T02": 35, "T03": 11, "T07-1": 8, "T07-2": 8, "T07-5": 5, "T04": 4,
    }  # fmt: skip


def test_receipt_wabo_has_its_hand_overs_between_people_as_counts(receipt):
    found = handover_counts(log=receipt, by="worker")
    assert (found.successions, found.count) == (286, 1208)  # the 286 count those who hand over to themselves


def test_receipt_wabo_agrees_with_littles_law(receipt):
    assert littles_law(log=receipt).consistent
    by_week = weeks(log=receipt)
    assert pc.sum(by_week["arrived"]).as_py() == pc.sum(by_week["ended"]).as_py() == 1434


def test_the_same_log_as_a_table_gives_the_same_figures(receipt):
    table = read_log(
        shared_data("eventlogs/receipt_wabo.csv"),
        timezone="Europe/Amsterdam",
        mapping={
            "case": "case:concept:name",
            "activity": "concept:name",
            "end": "time:timestamp",
            "worker": "org:resource",
            "unit": "org:group",
        },
    )
    assert shape(table) == shape(receipt)
    assert case_durations(log=table).calendar == case_durations(log=receipt).calendar
    assert process_map(log=table).edges.equals(process_map(log=receipt).edges)
    assert handoffs(log=table).table.equals(handoffs(log=receipt).table)
    assert handoff_times(log=table).equals(handoff_times(log=receipt))


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, (1199, 52217, 398, 1170)), (2, (832, 44354, 410, 828)), (3, (1409, 59681, 383, 1349))],
)
def test_building_permits_of_three_municipalities(place, expected):
    log = read_log(shared_data(f"eventlogs/BPIC15_{place}.xes.gz"), timezone="Europe/Amsterdam")
    assert shape(log) == expected
    assert 0.43 <= round(log.facts.date_only / log.facts.raw_events, 2) <= 0.49


def test_loan_applications_as_raw_events():
    log = read_log(shared_data("eventlogs/BPIC12.xes.gz"), timezone="Europe/Amsterdam", lifecycle="all")
    assert shape(log) == (13087, 262200, 24, 4366)
    assert round(case_durations(log=log).calendar.mean_seconds, 3) == 745_100.096


def test_loan_applications_by_their_completions():
    log = read_log(shared_data("eventlogs/BPIC12.xes.gz"), timezone="Europe/Amsterdam", lifecycle="complete")
    found = variants(log=log)
    assert (log.facts.work_items, len(steps(log=log).table), found.count) == (164506, 23, 4336)


@pytest.mark.parametrize(
    ("name", "zone", "expected"),
    [
        ("BPIC20_DomesticDeclarations.xes.gz", "Europe/Amsterdam", (10500, 56437, 17, 99)),
        ("Sepsis.xes.gz", "Europe/Amsterdam", (1050, 15214, 16, 846)),
        ("roadtraffic100traces.xes", "Europe/Rome", (100, 390, 10, 10)),
        ("running-example.xes", "Europe/Amsterdam", (6, 42, 8, 6)),
    ],
)
def test_other_shapes_of_logs(name, zone, expected):
    assert shape(read_log(shared_data(f"eventlogs/{name}"), timezone=zone)) == expected


def test_a_log_with_start_times_has_its_ten_variants_when_read_by_completion():
    # published by completion; by start, as Straume orders work that overlaps, two of the ten are one
    file = shared_data("eventlogs/interval_event_log.xes")
    assert shape(read_log(file, timezone="Europe/Amsterdam", mapping={"start": None})) == (1266, 8109, 8, 10)
    by_start = read_log(file, timezone="Europe/Amsterdam")
    assert shape(by_start) == (1266, 8109, 8, 9)
    assert pc.sum(process_map(log=by_start).edges["overlaps"]).as_py() == 58


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tartu_AcademicCredentials.csv.gz", (954, 4928, 16)),
        ("tartu_work_orders_pre.csv.gz", (10022, 89817, 26)),
    ],
)
def test_logs_with_start_and_end(name, expected):
    log = read_log(shared_data(f"eventlogs/{name}"), timezone="Europe/Tallinn")
    assert shape(log)[:3] == expected
    assert log.facts.start_recorded == log.facts.work_items
    assert pc.sum(steps(log=log).table["touch_known"]).as_py() == log.facts.work_items


def test_the_answer_curve_of_a_closed_log_is_its_own_distribution(receipt):
    curve = time_to_answer(log=receipt)
    durations = case_durations(log=receipt).calendar
    assert curve.quantile(0.5).value / 1e6 == pytest.approx(durations.median_seconds, abs=1e-6)
    kept = on_time(log=receipt, deadline_days=30)
    assert kept.on_time + kept.late == 1434
    assert kept.low < kept.share < kept.high
