"""When work was enabled: parallel work found, loops told apart, published enabled times, the plain twin."""

from __future__ import annotations

import csv
import random
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from data_folder import shared_data
from lean.events.enabled_twin import Work, enabled, parallel
from lean.flow.logs import MONDAY, Case, Plain, Row, event_log
from straume.lean.events.enabled import parallel_steps
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log

HOUR = 3_600_000_000
SECOND = 1_000_000


def hours_enabled(log: EventLog) -> dict[tuple[int, str], float]:
    rows = log.items.to_pylist()
    return {
        (row["case"], log.activities[row["activity"]]): (row["enabled_at"] - MONDAY) / HOUR for row in rows
    }


def done(case: str, *names: str, begin: float = 0) -> list[Row]:
    """Work one after another, an hour each."""
    return [Row(case, name, end=begin + n + 1) for n, name in enumerate(names)]


def test_two_steps_in_either_order_wait_for_what_came_before_both() -> None:
    """By hand: the visa and the map are done in either order after the request; both wait from hour 1."""
    rows = [
        *done("1", "Request", "Visa", "Map", "Decide"),
        *done("2", "Request", "Map", "Visa", "Decide", begin=10),
    ]
    log = event_log(Plain(tuple(rows)))
    assert parallel_steps(log) == (("Map", "Visa"),)
    found = hours_enabled(log)
    assert found[0, "Visa"] == found[0, "Map"] == 1
    assert found[1, "Visa"] == found[1, "Map"] == 11
    assert found[0, "Decide"] == 3  # waits for the later of the two
    assert found[0, "Request"] == 1  # nothing is known before its completion


def test_the_first_steps_of_a_case_wait_from_its_receipt() -> None:
    rows = [*done("1", "Visa", "Map", "Decide"), *done("2", "Map", "Visa", "Decide", begin=10)]
    log = event_log(Plain(tuple(rows), {"1": Case(received=0.5)}))
    found = hours_enabled(log)
    assert (found[0, "Visa"], found[0, "Map"]) == (0.5, 0.5)
    assert (found[1, "Map"], found[1, "Visa"]) == (11, 11)  # not known: from the begin of the case


def test_rework_is_no_parallel_work() -> None:
    """Check – correct – check, three times: correcting waits for the check, however few loops there are."""
    rows = [row for n in range(3) for row in done(str(n), "Check", "Correct", "Check", "Decide", begin=9 * n)]
    log = event_log(Plain(tuple(rows)))
    assert parallel_steps(log) == ()
    assert hours_enabled(log)[0, "Correct"] == 1


def test_what_overlaps_in_time_does_not_enable() -> None:
    """The map is begun before the visa ends, always: also in the case in which it was not."""
    rows = [
        row
        for n, late in enumerate((0, 0, 2))
        for row in (
            Row(str(n), "Request", start=9 * n, end=9 * n + 1),
            Row(str(n), "Visa", start=9 * n + 2, end=9 * n + 4),
            Row(str(n), "Map", start=9 * n + 3 + late, end=9 * n + 6),
        )
    ]
    log = event_log(Plain(tuple(rows)))
    assert parallel_steps(log) == (("Map", "Visa"),)
    assert [hours_enabled(log)[n, "Map"] for n in range(3)] == [1, 10, 19]


def test_equal_times_say_nothing_of_an_order() -> None:
    """Dates without a time: that two steps stand now so, now so on one day makes them not parallel."""
    rows = [
        row
        for n, names in enumerate([("Visa", "Map"), ("Map", "Visa")] * 3)
        for row in (Row(str(n), "Request", end=0), *(Row(str(n), name, end=24) for name in names))
    ]
    log = event_log(Plain(tuple(rows)))
    assert parallel_steps(log) == ()
    waited = log.items["end_at"].to_numpy() - log.items["enabled_at"].to_numpy()
    assert sorted(waited // HOUR) == [0] * 12 + [24] * 6  # the day is waited once, not twice


work = some.lists(
    some.tuples(
        some.integers(0, 4),
        some.sampled_from("ABCD"),
        some.integers(0, 40),
        some.one_of(some.none(), some.integers(0, 6)),
    ),
    min_size=1,
    max_size=40,
)


@given(work, some.dictionaries(some.integers(0, 4), some.integers(0, 50)))
@settings(max_examples=300, deadline=None)
def test_the_plain_twin_agrees(rows: list[tuple[int, str, int, int | None]], received: dict) -> None:
    plain = [Work(case, name, end, None if took is None else end - took) for case, name, end, took in rows]
    log = logged(plain, received)
    position, at = log.items["position"].to_pylist(), log.items["enabled_at"].to_pylist()
    expected = enabled(plain, received=received)
    assert [(each - MONDAY) / HOUR for each in at] == [expected[place] for place in position]
    both = {pair for one, other in parallel_steps(log) for pair in ((one, other), (other, one))}
    assert both == parallel(plain)


@given(work, some.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_rows_does_not_matter(
    rows: list[tuple[int, str, int, int | None]], chance: random.Random
) -> None:
    """Where no two begin or end at once: among such the order of the source stands."""
    plain = [
        Work(case, name, end + n / 100, None if took is None else end + n / 100 - took - n / 1000)
        for n, (case, name, end, took) in enumerate(rows)
    ]
    mixed = list(plain)
    chance.shuffle(mixed)
    columns = ["case", "activity", "start_at", "end_at", "enabled_at"]
    one, other = (logged(each, {}).items.select(columns) for each in (plain, mixed))
    assert one.equals(other)


def logged(plain: list[Work], received: dict[object, float]) -> EventLog:
    rows = tuple(Row(str(each.case), str(each.activity), each.end, start=each.start) for each in plain)
    return event_log(Plain(rows, {str(case): Case(received=at) for case, at in received.items()}))


def test_the_enabled_times_of_the_purchasing_example() -> None:
    """Row by row against the source: where we differ, and who is right (docs/methods/enabled.md)."""
    path = shared_data("eventlogs/kronos_PurchasingExample.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        plain = [
            Work(
                row["case:concept:name"],
                row["concept:name"],
                at(row["time:timestamp"]),
                at(row["start_timestamp"]),
            )
            for row in csv.DictReader(lines)
        ]
    with shared_data("eventlogs/kronos_PurchasingExample_prepared.csv").open(encoding="utf-8") as lines:
        theirs = {int(row[""]): at(row["enabled_time"]) for row in csv.DictReader(lines)}
    by_their_rules = enabled(plain, as_published=True)
    assert [theirs[place] for place in range(len(plain))] == by_their_rules  # all 9,119
    hours = sum(each.at - since for each, since in zip(plain, by_their_rules)) / 3600
    assert hours == pytest.approx(303_280.9, abs=0.05)

    log = read_log(path, timezone="UTC")
    position = log.items["position"].to_numpy()
    ours = dict(zip(position.tolist(), (log.items["enabled_at"].to_numpy() // SECOND).tolist()))
    differing = [place for place in range(len(plain)) if ours[place] != theirs[place]]
    assert (len(plain) - len(differing), len(plain)) == (8_320, 9_119)
    # 780 take no time and end when what came before them ends: that enabled them, so they did not wait
    at_once = [place for place in differing if plain[place].start == plain[place].end == ours[place]]
    # 19 are requests amended after they were analysed and analysed again: a loop, nothing in parallel
    loop = {"Amend Purchase Requisition", "Analyze Purchase Requisition"}
    others = [place for place in differing if place not in at_once]
    assert (len(at_once), len(others)) == (780, 19)
    assert {plain[place].activity for place in others} == loop
    assert parallel_steps(log) == ()


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp())


def test_parallel_steps_of_a_municipality_are_found() -> None:
    """Completions only: in the receipt of a permit the checks for a stop run beside the confirmation."""
    log = read_log(shared_data("eventlogs/receipt_wabo.xes.gz"), timezone="Europe/Amsterdam")
    pairs = {(one[:3], other[:3]) for one, other in parallel_steps(log)}
    assert {("T02", "T06"), ("T04", "T06"), ("T05", "T10"), ("T02", "T10"), ("T04", "T10")} <= pairs
    assert not {("T02", "T04"), ("T04", "T05"), ("T06", "T10")} & pairs
    waited = log.items["end_at"].to_numpy() - log.items["enabled_at"].to_numpy()
    assert np.count_nonzero(waited > 0) > 0
