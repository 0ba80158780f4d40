"""Published splits of waiting (Kronos): the hand-made logs and the purchasing example, row by row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from data_folder import shared_data
from lean.causes.expected import (
    SALT,
    SECOND_US,
    THEIRS,
    at_us,
    discovered_calendars,
    rows_of,
    seconds,
    split_given,
    transitions,
)
from straume.lean.events.log import EventLog
from straume.lean.events.pseudonyms import keys_of
from straume.lean.events.read import read_log
from straume.lean.flow.causes.batches import NONE, Batches
from straume.lean.flow.causes.given import matched
from straume.lean.flow.causes.split import CAUSES, split


@pytest.mark.parametrize(("number", "total"), [(1, 18_900), (2, 21_600), (3, 75_600)])
def test_every_row_of_the_hand_made_logs_is_as_published(number: int, total: int) -> None:
    log_file = shared_data(f"eventlogs/kronos_manual_log_{number}.csv")
    log = split_given(log_file, shared_data("eventlogs/kronos_manual_calendars.json"))
    names = sorted({row["Resource"] for row in rows_of(log_file)})
    key = dict(zip(keys_of(names, salt=SALT), names))
    found = transitions(log, [key[each] for each in log.worker_keys])
    expected = {
        (row["source_activity"], row["source_resource"], row["target_activity"], row["target_resource"]): [
            float(row["frequency"]),
            *(seconds(row[name]) for name in ("wt_total", *THEIRS)),
        ]
        for row in rows_of(shared_data(f"eventlogs/kronos_manual_log_{number}_expected.csv"))
    }
    assert found == expected
    assert sum(row[1] for row in found.values()) == total


@pytest.mark.parametrize("batches_given", [True, False])
def test_every_row_of_the_purchasing_example_is_as_published(batches_given: bool) -> None:
    """With the batches as that tool prepared them, and with those that we find ourselves."""
    prepared = rows_of(shared_data("eventlogs/kronos_PurchasingExample_prepared.csv"))
    log, batches = _prepared(prepared)
    calendars = discovered_calendars(
        shared_data("eventlogs/kronos_PurchasingExample_discovered_calendars.json")
    )
    found = split(
        log,
        calendars=matched(calendars, log=log, salt=SALT).calendars,
        batches=batches if batches_given else None,
    ).items.to_pylist()
    expected = defaultdict(list)
    for row in rows_of(shared_data("eventlogs/kronos_PurchasingExample_expected.csv")):
        expected[(row["case_id"], row["destination_activity"], row["destination_resource"])].append(row)
    agreeing = 0
    for row in found:
        source = prepared[row["position"]]
        waited = row["start_at"] - row["enabled_at"]
        parts = [row[f"{cause}_us"] / SECOND_US for cause in CAUSES]
        assert sum(row[f"{cause}_us"] for cause in CAUSES) == waited
        same = expected[(source["case:concept:name"], source["concept:name"], source["org:resource"])]
        of_row = [
            each
            for each in same
            if float(each["wt_total"]) == waited / SECOND_US
            and [round(float(each[name])) for name in THEIRS] == parts
        ]
        if of_row:
            same.remove(of_row[0])
            agreeing += 1
        else:  # the first piece of work of a case waits for nothing and stands in no hand-over
            assert (row["index"], waited) == (0, 0)
    assert agreeing == 8_511
    assert not any(expected.values())


def test_the_shares_of_the_purchasing_example_are_as_published() -> None:
    log, batches = _prepared(rows_of(shared_data("eventlogs/kronos_PurchasingExample_prepared.csv")))
    calendars = discovered_calendars(
        shared_data("eventlogs/kronos_PurchasingExample_discovered_calendars.json")
    )
    items = split(log, calendars=matched(calendars, log=log, salt=SALT).calendars, batches=batches).items
    hours = [sum(items[f"{cause}_us"].to_pylist()) / 3600 / SECOND_US for cause in CAUSES]
    assert sum(hours) == pytest.approx(303_280.9, abs=0.05)
    shares = [round(each / sum(hours) * 100, 1) for each in hours]
    assert shares == pytest.approx([9.2, 13.3, 9.5, 42.8, 25.3])


def _prepared(prepared: list[dict[str, str]]) -> tuple[EventLog, Batches]:
    """The purchasing example with the enabled times and batches of its prepared file."""
    log = read_log(shared_data("eventlogs/kronos_PurchasingExample_prepared.csv"), timezone="UTC", salt=SALT)
    rows = [prepared[position] for position in log.items["position"].to_pylist()]
    place = log.items.schema.get_field_index("enabled_at")
    enabled = pa.array([at_us(row["enabled_time"]) for row in rows])
    items = log.items.set_column(place, log.items.schema.field(place), enabled)
    number = np.array([int(row["batch_instance_id"] or NONE) for row in rows])
    ready = np.array(
        [at_us(row["batch_instance_enabled"]) if row["batch_instance_id"] else 0 for row in rows]
    )
    return replace(log, items=items), Batches(number=number, ready_at=ready)
