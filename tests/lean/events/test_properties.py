"""What holds for every log: rows in any order, cut in two and put together, saved and loaded; bad bytes
never crash.
"""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_folder import shared_data
from lean.events.making import (
    HEADER,
    ROWS,
    csv_text,
    gz_of,
    ocel_json,
    ocel_sqlite,
    workbook,
    write,
    xes_text,
    zip_of,
)
from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.link import Source, link
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, UNKNOWN, EventLog
from straume.lean.events.read import inspect_log, read_log
from straume.lean.events.store import concat, load, save

SALT = b"salt"
RIGA = WorkCalendar.default(timezone="Europe/Riga", country="LV")
HOUR = 3_600_000_000
MONDAY = 1_672_646_400_000_000  # 2023-01-02 08:00 UTC

item = st.tuples(
    st.integers(0, 4),  # case
    st.sampled_from("abcd"),
    st.one_of(st.none(), st.sampled_from(["Anna", "Jonas", "Ieva"])),
    st.one_of(st.none(), st.sampled_from(["Front desk", "Planning"])),
    st.integers(0, 200),  # start, in quarters of an hour; made unequal below
    st.integers(0, 12),
    st.booleans(),  # start is known
)
logs = st.lists(item, min_size=1, max_size=40)


def linked(rows: list[tuple[object, ...]], *, order: list[int] | None = None) -> EventLog:
    order = list(range(len(rows))) if order is None else order
    chosen = [(place, rows[place]) for place in order]
    # No two items of a log begin at the same instant, so that the order of the rows cannot matter.
    start = [MONDAY + int(str(row[4])) * HOUR // 4 + place for place, row in chosen]
    end = [at + int(str(row[5])) * HOUR // 4 for at, (_, row) in zip(start, chosen)]
    known = [row[6] for _, row in chosen]
    end = [at if is_known else begin for at, begin, is_known in zip(end, start, known)]
    table = pa.table(
        {
            "case": [f"case {row[0]}" for _, row in chosen],
            "activity": [row[1] for _, row in chosen],
            "worker": pa.array([row[2] for _, row in chosen], pa.string()),
            "unit": pa.array([row[3] for _, row in chosen], pa.string()),
            "start_at": pa.array(
                [at if is_known else None for at, is_known in zip(start, known)], pa.int64()
            ),
            "end_at": pa.array(end, pa.int64()),
        }
    )
    return link(table, source=Source(timezone="Europe/Riga"), calendar=RIGA, salt=SALT)


def without_position(log: EventLog) -> pa.Table:
    return log.items.drop_columns(["position"])


@given(logs, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(rows: list[tuple[object, ...]], chance: random.Random) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    one, other = linked(rows), linked(rows, order=order)
    assert without_position(one).equals(without_position(other))
    assert one.cases.equals(other.cases)
    assert one.worker_keys == other.worker_keys


@given(logs, st.sets(st.integers(0, 4)))
@settings(max_examples=60, deadline=None)
def test_a_log_cut_in_two_by_case_and_put_together_is_the_same(
    rows: list[tuple[object, ...]], left: set[int]
) -> None:
    whole = linked(rows)
    places = [[n for n, row in enumerate(rows) if (row[0] in left) == side] for side in (True, False)]
    parts = [linked(rows, order=part) for part in places if part]
    together = concat(parts)
    assert without_position(together).equals(without_position(whole))
    assert together.cases.equals(whole.cases)
    assert (together.activities, together.units) == (whole.activities, whole.units)
    assert together.worker_keys == whole.worker_keys
    assert replace(together.facts, columns={}) == replace(whole.facts, columns={})


@given(logs)
@settings(max_examples=60, deadline=None)
def test_the_link_table_keeps_its_promises(rows: list[tuple[object, ...]]) -> None:
    log = linked(rows)
    assert log.items.schema.equals(LINK_SCHEMA) and log.cases.schema.equals(CASE_SCHEMA)
    items = log.items.to_pydict()
    at = [start if start is not None else end for start, end in zip(items["start_at"], items["end_at"])]
    for place, case in enumerate(items["case"]):
        assert items["enabled_at"][place] <= at[place] <= items["end_at"][place]
        assert items["waiting_work_us"][place] >= 0
        is_last = place + 1 == len(at) or items["case"][place + 1] != case
        assert (items["next_activity"][place] == UNKNOWN) == is_last
        if not is_last:
            assert items["next_activity"][place] == items["activity"][place + 1]
            assert items["next_start_at"][place] == at[place + 1] >= at[place]
        before = [items["activity"][n] for n in range(place) if items["case"][n] == case]
        assert items["nth"][place] == before.count(items["activity"][place]) + 1
        assert items["index"][place] == len(before)


def test_waiting_is_counted_from_the_end_of_the_step_before() -> None:
    """By hand: Check starts Monday 09:00, Register ended 08:10; Sign starts Thursday 10:00, Check ended
    Monday 09:40.
    """
    with TemporaryDirectory() as folder:
        log = read_log(write(Path(folder), csv_text(ROWS[:3])))
    minutes = [us // 60_000_000 for us in log.items["waiting_work_us"].to_pylist()]
    # Monday 09:40–17 is 440, Tuesday and Wednesday 540 each, Thursday 8–10 is 120 minutes.
    assert minutes == [0, 50, 440 + 540 + 540 + 120]
    assert [us // 60_000_000 for us in log.items["processing_work_us"].to_pylist()] == [10, 40, 2]


@pytest.mark.parametrize("name", ["receipt_wabo.csv", "kronos_PurchasingExample.csv", "Sepsis.xes.gz"])
def test_a_real_log_is_loaded_as_it_was_saved(name: str, tmp_path: Path) -> None:
    log = read_log(shared_data("eventlogs") / name, salt=SALT)
    save(log, tmp_path / "log")
    again = load(tmp_path / "log")
    assert again.items.equals(log.items) and again.cases.equals(log.cases) and again.stops.equals(log.stops)
    assert again.facts == log.facts and again.worker_keys == log.worker_keys
    assert concat([again]).items.equals(log.items)
    with pytest.raises(WrongCall, match="log_folder_exists"):
        save(log, tmp_path / "log")


def test_stops_of_the_clock_are_counted_once(tmp_path: Path) -> None:
    header = ("case", "activity", "end", "from", "to")
    stops = ["2023-01-02 10:00", "2023-01-02 12:00"], ["2023-01-02 11:00", "2023-01-02 13:00"]
    rows = [
        ("A", "Register", "2023-01-02 08:00", *stops[0]),
        ("A", "Check", "2023-01-02 09:00", *stops[1]),
        ("A", "Sign", "2023-01-02 16:00", "", ""),
    ]
    log = read_log(write(tmp_path, csv_text(rows, header)), mapping={"stop_from": "from", "stop_to": "to"})
    assert log.cases["stopped_us"].to_pylist() == [3 * HOUR]
    assert log.cases["duration_work_us"].to_pylist() == [8 * HOUR]
    assert len(log.stops) == 1


@cache
def good_files() -> tuple[bytes, ...]:
    text = csv_text()
    with TemporaryDirectory() as name:
        folder = Path(name)
        return (
            text.encode(),
            text.encode("utf-16"),
            gz_of(text.encode()),
            zip_of({"log.csv": text.encode()}),
            xes_text().encode(),
            workbook(folder).read_bytes(),
            json.dumps(ocel_json()).encode(),
            ocel_sqlite(folder).read_bytes(),
            parquet_bytes(),
        )


def parquet_bytes() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}), out)
    return out.getvalue()


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_mutated_file_gives_a_log_or_problems(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = bytearray(data.draw(st.sampled_from(good_files())))
        for _ in range(data.draw(st.integers(1, 6))):
            place = data.draw(st.integers(0, len(content) - 1))
            piece = data.draw(
                st.one_of(st.binary(max_size=4), st.sampled_from([b'"', b"\n", b",", b"<", b"\0"]))
            )
            content[place : place + data.draw(st.integers(0, 3))] = piece
            if not content:
                content += b"x"
        path = write(folder, bytes(content), "log")
        try:
            found = inspect_log(path, case_type="request")
        except WrongCall as refused:  # no OCEL, or none any more
            assert refused.code == "said_of_other_format"
            found = inspect_log(path)
        assert (found.log is None) == bool(found.problems)


@given(st.one_of(st.binary(max_size=600), st.text(max_size=300).map(str.encode)))
@settings(max_examples=250, deadline=None)
def test_random_bytes_give_a_log_or_problems(content: bytes) -> None:
    with TemporaryDirectory() as name:
        found = inspect_log(write(Path(name), content, "log"))
        assert (found.log is None) == bool(found.problems)


def test_nothing_here_rests_on_random_names() -> None:
    first, second = (linked([(n % 3, "a", "Anna", None, n, 1, True) for n in range(9)]) for _ in range(2))
    assert first.items.equals(second.items)
    assert np.array_equal(first.items["worker"].to_numpy(), np.zeros(9))
