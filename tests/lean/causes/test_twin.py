"""The compiled split agrees with the plain twin, and its parts sum to the whole, on random work."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from lean.causes.twin import TICK_US, Piece, causes, find_batches
from straume.lean.events.calendar import WorkCalendar
from straume.lean.flow.causes.batches import Batches
from straume.lean.flow.causes.split import Work, split_work

CALENDARS = (
    WorkCalendar(weekly=(((0, 120), (180, 300)),) * 7, timezone="UTC"),
    WorkCalendar(weekly=(((60, 240),), (), ((0, 1440),), (), (), (), ()), timezone="UTC"),
    WorkCalendar.always(),
)
MONDAY = 4 * 24 * 4  # 5 January 1970 in ticks
HOURS = 72
OPENED = {
    (number, tick)
    for number, calendar in enumerate(CALENDARS)
    for tick in range(MONDAY, MONDAY + 4 * HOURS * 2)
    for minute in [tick * 15 % 1440]
    if any(start <= minute < stop for start, stop in calendar.weekly[(tick // 96 + 3) % 7])
}


@some.composite
def work(draw: some.DrawFn, workers: int = 3, horizon: int = 40) -> list[Piece]:
    def piece(worker: int, enabled: int, wait: int, length: int) -> Piece:
        start = MONDAY + enabled + wait
        return Piece(worker, 0, max(worker, 0) % 3, MONDAY + enabled, start, start + length)

    rows = draw(
        some.lists(
            some.tuples(
                some.integers(-1, workers - 1),
                some.integers(0, horizon),
                some.one_of(some.just(0), some.integers(0, 30)),
                some.integers(0, 12),
                some.integers(0, 1),
            ),
            min_size=1,
            max_size=25,
        )
    )
    pieces = [piece(*row[:4]) for row in rows]
    for each, row in zip(pieces, rows):
        each.activity = row[4]
    return pieces


def arrays(pieces: list[Piece]) -> Work:
    def column(name: str, scale: int = 1) -> np.ndarray:
        return np.array([getattr(each, name) * scale for each in pieces], np.int64)

    return Work(
        activity=column("activity"),
        worker=column("worker"),
        calendar=column("calendar"),
        enabled=column("enabled", TICK_US),
        start=column("start", TICK_US),
        end=column("end", TICK_US),
    )


@given(pieces=work(), min_batch=some.integers(2, 4))
@settings(max_examples=200, deadline=None)
def test_the_compiled_split_agrees_with_the_plain_one(pieces: list[Piece], min_batch: int) -> None:
    found = split_work(arrays(pieces), calendars=CALENDARS, min_batch=min_batch)
    find_batches(pieces, min_batch=min_batch)
    expected = np.array([causes(each, pieces, OPENED) for each in pieces]).T
    assert (found == expected * TICK_US).all()
    assert (found.sum(axis=0) == [(each.start - each.enabled) * TICK_US for each in pieces]).all()


@given(
    pieces=work(workers=1, horizon=200), members=some.lists(some.integers(-1, 3), min_size=25, max_size=25)
)
@settings(max_examples=200, deadline=None)
def test_they_agree_on_batches_that_are_given(pieces: list[Piece], members: list[int]) -> None:
    for each, batch in zip(pieces, members):
        each.batch = batch if each.worker >= 0 else -1
    for each in pieces:
        same = [one for one in pieces if one.batch == each.batch and each.batch >= 0]
        each.ready = max((one.enabled for one in same), default=0)
    given_batches = Batches(
        number=np.array([each.batch for each in pieces]),
        ready_at=np.array([each.ready * TICK_US for each in pieces]),
    )
    found = split_work(arrays(pieces), calendars=CALENDARS, batches=given_batches)
    expected = np.array([causes(each, pieces, OPENED) for each in pieces]).T
    assert (found == expected * TICK_US).all()


@given(pieces=work(), seed=some.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_rows_does_not_matter(pieces: list[Piece], seed: object) -> None:
    order = list(range(len(pieces)))
    seed.shuffle(order)  # type: ignore[attr-defined]
    one = split_work(arrays(pieces), calendars=CALENDARS)
    other = split_work(arrays([pieces[place] for place in order]), calendars=CALENDARS)
    assert (one[:, order] == other).all()


def test_long_waits_over_hundreds_of_pieces_of_work_agree_with_the_plain_split() -> None:
    """Long enough that whole blocks of stretches are judged together."""
    random = np.random.default_rng(7)
    pieces = []
    at = MONDAY
    for _ in range(400):
        at += int(random.integers(0, 2))
        length = int(random.integers(0, 3))
        enabled = max(MONDAY, at - int(random.integers(0, 300)))
        pieces.append(Piece(0, int(random.integers(0, 3)), 0, enabled, at, at + length))
        at += length
    opened = {
        (0, tick) for tick in range(MONDAY, at + 1) if tick * 15 % 1440 < 120 or 180 <= tick * 15 % 1440 < 300
    }
    find_batches(pieces, min_batch=2)
    found = split_work(arrays(pieces), calendars=CALENDARS)
    expected = np.array([causes(each, pieces, opened) for each in pieces]).T
    assert (found == expected * TICK_US).all()
