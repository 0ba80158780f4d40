"""Causes of a log are the same however its rows are ordered and shared out, and their sums add up exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lean.causes.test_twin import CALENDARS, arrays, work
from lean.causes.twin import Piece
from lean.flow.logs import Plain, Row, event_log
from straume.lean.events.log import EventLog
from straume.lean.flow.causes.explain import explain
from straume.lean.flow.causes.split import CAUSES, Work, split, split_work

SUMS = [f"{cause}_us" for cause in CAUSES]
GROUPS = {"by_step": "step", "by_unit": "unit", "by_week": "monday"}


@given(pieces=work(workers=4), seed=some.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_workers_can_be_shared_out_among_machines(pieces: list[Piece], seed: int) -> None:
    """Work of one worker has to stay together; that of different ones does not."""
    whole = arrays(pieces)
    machine = np.random.default_rng(seed).integers(0, 3, 5)[whole.worker]
    together = split_work(whole, calendars=CALENDARS)
    for number in range(3):
        rows = machine == number
        share = Work(**{name: getattr(whole, name)[rows] for name in Work.__dataclass_fields__})
        assert (split_work(share, calendars=CALENDARS) == together[:, rows]).all()


@pytest.fixture(scope="module")
def log() -> EventLog:
    """Sixty cases over ten weeks, three workers, two units; every fifth start unknown."""
    random = np.random.default_rng(11)
    rows = []
    for case in range(60):
        at = float(random.integers(0, 24 * 70))
        for _ in range(int(random.integers(1, 6))):
            start = at + float(random.integers(0, 50)) / 2
            at = start + float(random.integers(0, 8)) / 2
            known = random.random() > 0.2
            step, who = f"s{random.integers(0, 4)}", int(random.integers(0, 3))
            rows.append(
                Row(
                    str(case),
                    step,
                    start=start if known else None,
                    end=at,
                    unit=f"u{who % 2}",
                    worker=str(who),
                )
            )
    return split(event_log(Plain(tuple(rows))))


def test_the_parts_of_every_wait_sum_to_the_whole_of_it(log: EventLog) -> None:
    items = log.items.filter(log.items["start_at"].is_valid())
    parts = sum(items[name].to_numpy() for name in SUMS)
    assert (parts == items["start_at"].to_numpy() - items["enabled_at"].to_numpy()).all()
    assert log.items.filter(log.items["start_at"].is_null())["batching_us"].null_count == len(
        log.items
    ) - len(items)


def test_sums_of_shards_by_case_are_those_of_the_whole(log: EventLog) -> None:
    case = log.items["case"].to_numpy()
    assert_shards_add_up(log, [case % 3 == number for number in range(3)])


def test_sums_of_shards_by_time_are_those_of_the_whole(log: EventLog) -> None:
    """Cut at the starts of work; the first of a shard keeps what came before it in its case."""
    at = log.items["end_at"].to_numpy()
    middle = np.median(at)
    assert_shards_add_up(log, [at <= middle, at > middle])


def assert_shards_add_up(log: EventLog, shards: list[np.ndarray]) -> None:
    whole = explain(log)
    found = [explain(replace(log, items=log.items.filter(pa.array(rows)))) for rows in shards]
    assert sum(one.items for one in found) == whole.items
    for cause in CAUSES:
        assert sum(micros(one.causes[cause].seconds) for one in found) == micros(whole.causes[cause].seconds)
    for table, name in GROUPS.items():
        for cause in ("waiting", *CAUSES):
            assert totals(found, table, name, cause) == totals([whole], table, name, cause)


def totals(found: list, table: str, name: str, cause: str) -> dict[str, int]:
    summed: dict[str, int] = {}
    for one in found:
        for row in getattr(one, table).to_pylist():
            key = str(row[name])
            summed[key] = summed.get(key, 0) + micros(row[f"{cause}_seconds"])
    return summed


def micros(seconds: float) -> int:
    return round(seconds * 1_000_000)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_of_a_log_does_not_matter(log: EventLog, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(log.items))
    items = log.items.take(order)
    for name in SUMS:
        place = items.schema.get_field_index(name)
        items = items.set_column(place, items.schema.field(place), pa.nulls(len(items), pa.int64()))
    again = split(replace(log, items=items))
    for name in SUMS:
        assert again.items[name].to_pylist() == log.items.take(order)[name].to_pylist()
    one, other = explain(again), explain(log)
    for table in GROUPS:
        assert getattr(one, table).equals(getattr(other, table))
    assert one.by_edge.equals(other.by_edge)
