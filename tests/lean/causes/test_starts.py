"""Estimated starts: by hand, their bounds, the plain twin."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lean.causes.starts_twin import Done, start_of, touch_minutes
from lean.flow.logs import MONDAY, OFFICE, Case, Plain, Row, event_log
from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog, Flag
from straume.lean.flow.causes.split import CAUSES, split
from straume.lean.flow.causes.starts import estimate_starts, known_touch

MINUTE = 60_000_000
HOUR = 3600.0


def starts(log: EventLog) -> list[float | None]:
    """Hours since Monday, in the order of the rows as they were written."""
    at = dict(zip(log.items["position"].to_pylist(), log.items["start_at"].to_pylist()))
    return [None if at[n] is None else (at[n] - MONDAY) / 60 / MINUTE for n in range(len(at))]


def test_touch_told_in_the_workshop_fits_in_before_the_completion() -> None:
    rows = (
        Row("1", "Receive", end=10, worker="a"),
        Row("1", "Check", end=16, worker="b"),  # 2 h of work: from 14
        Row("2", "Receive", end=11, worker="a"),
        Row("2", "Check", end=32.5, worker="b"),  # next day 8:30: no sooner than the check at 16
        Row("3", "Check", end=33, worker="b"),  # after 8:30, when the worker completed another one
        Row("3", "Decide", end=40),  # nothing known of it
    )
    log = estimate_starts(event_log(Plain(rows)), told={"Check": 2 * HOUR})
    assert starts(log) == [None, 14, None, 16, 32.5, None]
    assert (log.facts.start_estimated, log.facts.start_unknown) == (3, 3)
    flagged = log.items["flags"].to_numpy() & int(Flag.START_ESTIMATED)
    assert np.count_nonzero(flagged) == 3
    work = dict(zip(log.items["position"].to_pylist(), log.items["processing_work_us"].to_pylist()))
    assert [None if work[n] is None else work[n] / 60 / MINUTE for n in range(6)] == [
        None,
        2,
        None,
        1.5,
        0.5,
        None,
    ]


def test_touch_is_the_median_of_what_is_recorded_in_part() -> None:
    recorded = [Row(str(n), "Check", start=9, end=9 + n, unit="Desk") for n in range(1, 6)]
    rows = (*recorded, Row("9", "Check", end=35), Row("9", "Decide", end=37))
    log = event_log(Plain(rows))
    touch = known_touch(log)
    assert {step: (each.seconds, each.source, each.recorded) for step, each in touch.items()} == {
        "Check": (3 * HOUR, "recorded", 5)
    }
    assert starts(estimate_starts(log))[5:] == [32, None]  # from 8 to 11 on Tuesday
    fewer = event_log(Plain(rows[1:]))
    assert known_touch(fewer) == {} and estimate_starts(fewer) is fewer
    told = known_touch(log, told={"Check": 60})["Check"]
    assert (told.seconds, told.source, told.recorded) == (60, "told", 5)


def test_nothing_known_means_nothing_shown() -> None:
    log = event_log(Plain((Row("1", "Receive", end=10), Row("1", "Check", end=16))))
    assert estimate_starts(log) is log


def test_a_date_without_a_time_gives_no_start() -> None:
    log = event_log(Plain((Row("1", "Receive", end=10), Row("1", "Check", end=16))))
    place = log.items.schema.get_field_index("flags")
    flags = log.items["flags"].to_numpy() | int(Flag.END_DATE_ONLY)
    dated = EventLog(
        **{**vars(log), "items": log.items.set_column(place, log.items.schema.field(place), [flags])}
    )
    assert estimate_starts(dated, told={"Check": 60}) is dated


def test_the_first_work_of_a_case_begins_before_its_completion_where_no_receipt_is_known() -> None:
    rows = (Row("1", "Receive", end=10), Row("1", "Check", end=16))
    unknown = estimate_starts(event_log(Plain(rows)), told={"Receive": HOUR})
    assert starts(unknown) == [9, None]
    assert (
        unknown.items["enabled_at"][0].as_py() == MONDAY + 9 * 60 * MINUTE
    )  # it is not known to have waited
    known = event_log(Plain(rows, {"1": Case(received=9.5)}))
    assert starts(estimate_starts(known, told={"Receive": HOUR})) == [9.5, None]


@pytest.mark.parametrize(
    ("told", "code"), [({"Paint": 60.0}, "touch_of_unknown_step"), ({"Check": -1.0}, "touch_negative")]
)
def test_it_refuses_touch_times_that_cannot_be(told: dict[str, float], code: str) -> None:
    with pytest.raises(WrongCall, match=code):
        estimate_starts(event_log(Plain((Row("1", "Check", end=9),))), told=told)


rows_of_a_log = some.lists(
    some.tuples(
        some.integers(0, 4),
        some.sampled_from("ABC"),
        some.sampled_from(["x", "y", None]),
        some.integers(0, 4 * 24 * 6),
        some.one_of(some.none(), some.none(), some.integers(0, 12)),
    ),
    min_size=1,
    max_size=30,
)
told_touch = some.dictionaries(some.sampled_from("ABC"), some.integers(0, 300))


def made(rows: list[tuple[int, str, str | None, int, int | None]]) -> EventLog:
    """Quarters of an hour; none of a case end at once."""
    return event_log(
        Plain(
            tuple(
                Row(str(case), step, end / 4, worker=worker, start=None if took is None else (end - took) / 4)
                for case, step, worker, end, took in rows
            )
        )
    )


@given(rows_of_a_log, told_touch)
@settings(max_examples=150, deadline=None)
def test_the_plain_twin_agrees(rows: list, touch: dict[str, int]) -> None:
    log = made(rows)
    touch = {step: minutes for step, minutes in touch.items() if step in log.activities}
    found = estimate_starts(log, told={step: minutes * 60.0 for step, minutes in touch.items()})
    received = dict(zip(log.cases["case"].to_pylist(), log.cases["received_at"].to_pylist()))

    def minute(at: int | None) -> int | None:
        return None if at is None else (at - MONDAY) // MINUTE

    plain = []
    for row in log.items.to_pylist():
        unknown = row["index"] == 0 and received[row["case"]] >= row["end_at"]
        names = None if row["worker"] < 0 else str(row["worker"])
        enabled = None if unknown else minute(row["enabled_at"])
        plain.append(
            Done(
                log.activities[row["activity"]],
                names,
                enabled,
                minute(row["start_at"]),
                minute(row["end_at"]),
            )
        )
    known = touch_minutes(plain, touch, in_office)
    for piece, row in zip(plain, found.items.to_pylist()):
        if piece.start is not None:
            assert minute(row["start_at"]) == piece.start
        elif piece.activity in known:
            expected = start_of(piece, plain, known[piece.activity], in_office)
            assert (row["start_at"] - MONDAY) / MINUTE == expected
        else:
            assert row["start_at"] is None


def in_office(minute: int) -> bool:
    return minute // 1440 % 7 < 5 and 480 <= minute % 1440 < 1020


@given(rows_of_a_log, told_touch, some.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_estimates_keep_their_bounds(rows: list, touch: dict[str, int], chance: random.Random) -> None:
    """Never before the enabling evidence allows, never after the end; as long as the touch time where there
    is room; the order of the rows does not matter; causes sum to the waiting."""
    log = made(rows)
    told = {step: minutes * 60.0 for step, minutes in touch.items() if step in log.activities}
    found = estimate_starts(log, told=told)
    ends = found.items["end_at"].to_pylist()
    workers = found.items["worker"].to_pylist()
    for before, row in zip(log.items.to_pylist(), found.items.to_pylist()):
        assert row["end_at"] == before["end_at"] and row["index"] == before["index"]
        if not row["flags"] & Flag.START_ESTIMATED:
            assert row["start_at"] == before["start_at"]
            continue
        assert row["enabled_at"] <= row["start_at"] <= row["end_at"]
        assert row["index"] == 0 or row["enabled_at"] == before["enabled_at"]
        step = log.activities[row["activity"]]
        free = [end for end, who in zip(ends, workers) if who == row["worker"] >= 0 and end < row["end_at"]]
        assert row["start_at"] >= max(free, default=0)
        if step in told:
            worked = int(OFFICE.working_us(row["start_at"], row["end_at"]))
            assert worked <= told[step] * 1e6
            if row["start_at"] > max([row["enabled_at"] if row["index"] else 0, *free]):
                assert worked == told[step] * 1e6 == row["processing_work_us"]
    mixed = list(rows)
    chance.shuffle(mixed)
    if len({(row[0], row[3]) for row in rows}) == len(rows) and all(row[4] is None for row in rows):
        again = estimate_starts(made(mixed), told=told)
        assert start_of_each(again, mixed) == start_of_each(found, rows)
    items = split(found).items
    for row in items.to_pylist():
        parts = [row[f"{cause}_us"] for cause in CAUSES]
        if row["start_at"] is not None:
            assert sum(parts) == row["start_at"] - row["enabled_at"]


def start_of_each(log: EventLog, rows: list) -> dict[tuple[int, int], int | None]:
    """By case and end, as they were written: the cases of a log are numbered in the order of its rows."""
    named = [(rows[position][0], rows[position][3]) for position in log.items["position"].to_pylist()]
    return dict(zip(named, log.items["start_at"].to_pylist(), strict=True))
