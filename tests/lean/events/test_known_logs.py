"""Every log of the shared data reads with the figures that its publishers give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from data_folder import shared_data
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log

AMSTERDAM = "Europe/Amsterdam"


@dataclass(frozen=True)
class Known:
    file: str
    cases: int
    events: int
    activities: int
    variants: int | None = None
    started: bool = False


KNOWN = (
    Known("receipt_wabo.xes.gz", 1434, 8577, 27, 116),
    Known("receipt_wabo.csv", 1434, 8577, 27, 116),
    Known("BPIC15_1.xes.gz", 1199, 52217, 398, 1170),
    Known("BPIC15_2.xes.gz", 832, 44354, 410, 828),
    Known("BPIC15_3.xes.gz", 1409, 59681, 383, 1349),
    Known("BPIC20_DomesticDeclarations.xes.gz", 10500, 56437, 17, 99),
    Known("BPIC12.xes.gz", 13087, 262200, 24, 4366),
    Known("Sepsis.xes.gz", 1050, 15214, 16, 846),
    Known("roadtraffic100traces.xes", 100, 390, 10, 10),
    Known("running-example.xes", 6, 42, 8, 6),
    Known("interval_event_log.xes", 1266, 8109, 8, None, started=True),
    Known("tartu_AcademicCredentials.csv.gz", 954, 4928, 16, None, started=True),
    Known("tartu_work_orders_pre.csv.gz", 10022, 89817, 26, None, started=True),
    Known("kronos_PurchasingExample.csv", 608, 9119, 21, None, started=True),
    Known("kronos_PurchasingExample_prepared.csv", 608, 9119, 21, None, started=True),
    Known("kronos_manual_log_1.csv", 4, 12, 6, None, started=True),
    Known("kronos_manual_log_2.csv", 5, 15, 3, None, started=True),
    Known("kronos_manual_log_3.csv", 18, 63, 7, None, started=True),
)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.file)
def test_a_known_log_reads_with_its_published_counts(known: Known) -> None:
    log = read_log(shared_data("eventlogs") / known.file, timezone=AMSTERDAM, lifecycle="all")
    facts = log.facts
    assert (facts.cases, facts.raw_events, facts.activities) == (known.cases, known.events, known.activities)
    assert facts.start_recorded == (known.events if known.started else 0)
    if known.variants is not None:
        assert variants(log) == known.variants


def variants(log: EventLog) -> int:
    case, activity = log.items["case"].to_numpy(), log.items["activity"].to_numpy()
    return len({tuple(steps) for steps in np.split(activity, np.flatnonzero(np.diff(case)) + 1)})


def test_receipt_wabo_has_the_durations_that_are_published() -> None:
    log = read_log(shared_data("eventlogs/receipt_wabo.xes.gz"), timezone=AMSTERDAM)
    seconds = (log.cases["last_at"].to_numpy() - log.cases["first_at"].to_numpy()) / 1e6
    assert seconds.mean() == pytest.approx(467_263.915, abs=5e-4)
    assert (round(seconds.max(), 3), round(seconds.sum(), 3)) == (23_832_541.524, 670_056_454.479)
    assert (log.facts.workers, log.facts.units, log.facts.ties) == (48, 10, 0)


def test_receipt_wabo_is_the_same_log_in_both_formats() -> None:
    of_xes = read_log(shared_data("eventlogs/receipt_wabo.xes.gz"), timezone=AMSTERDAM)
    of_csv = read_log(shared_data("eventlogs/receipt_wabo.csv"), timezone=AMSTERDAM)
    names = [name for name in of_xes.items.column_names if name != "position"]
    assert of_xes.items.select(names).equals(of_csv.items.select(names))
    assert of_xes.cases.equals(of_csv.cases)


def test_bpic12_pairs_starts_and_completions_to_work() -> None:
    path = shared_data("eventlogs/BPIC12.xes.gz")
    paired = read_log(path, timezone=AMSTERDAM)
    complete = read_log(path, timezone=AMSTERDAM, lifecycle="complete")
    assert paired.facts.work_items == complete.facts.work_items == 164_506
    assert (complete.facts.activities, variants(complete)) == (23, 4336)
    assert paired.facts.start_paired > 70_000
    raw = read_log(path, timezone=AMSTERDAM, lifecycle="all")
    seconds = (raw.cases["last_at"].to_numpy() - raw.cases["first_at"].to_numpy()) / 1e6
    assert seconds.mean() == pytest.approx(745_100.096, abs=5e-4)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_bpic15_tells_dates_without_a_time(number: int) -> None:
    facts = read_log(shared_data(f"eventlogs/BPIC15_{number}.xes.gz"), timezone=AMSTERDAM).facts
    assert 0.42 < facts.date_only / facts.work_items < 0.50
    assert "dates_without_time" in {notice["code"] for notice in facts.notices}


@pytest.mark.parametrize("ending", ["jsonocel", "xmlocel", "sqlite"])
@pytest.mark.parametrize(
    ("case_type", "cases", "events"), [("Purchase Order", 2, 5), ("Purchase Requisition", 1, 3)]
)
def test_the_ocel_example_reads_alike_in_its_three_forms(
    ending: str, case_type: str, cases: int, events: int
) -> None:
    log = read_log(shared_data(f"eventlogs/ocel20_example.{ending}"), case_type=case_type)
    assert (log.facts.cases, log.facts.raw_events) == (cases, events)


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert read_log(str(shared_data("eventlogs/running-example.xes"))).facts.cases == 6
