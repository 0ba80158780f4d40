"""The plain twin of the compiled split: it walks through time in ticks and asks of each tick whose it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

TICK_US = 15 * 60 * 1_000_000


@dataclass
class Piece:
    """One piece of work; instants in ticks."""

    worker: int
    activity: int
    calendar: int
    enabled: int
    start: int
    end: int
    batch: int = -1
    ready: int = field(default=0)


def find_batches(pieces: list[Piece], *, min_batch: int) -> None:
    """Put every piece into the batch of its worker and step, where there is one."""
    groups: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.worker >= 0:
            groups[piece.worker, piece.activity].append(piece)
    number = 0
    for group in groups.values():
        batch: list[Piece] = []
        for piece in [*sorted(group, key=lambda each: (each.start, each.enabled)), None]:
            if (
                piece is not None
                and batch
                and piece.start <= max(each.end for each in batch)
                and piece.enabled <= batch[0].start
            ):
                batch.append(piece)
                continue
            if len(batch) >= min_batch:
                number += 1
                for each in batch:
                    each.batch, each.ready = number, max(one.enabled for one in batch)
            batch = [piece] if piece is not None else []


def causes(piece: Piece, pieces: list[Piece], opened: set[tuple[int, int]]) -> list[int]:
    """Ticks of batching, prioritisation, contention, unavailability and extraneous of one piece of work.

    `opened` holds (calendar, tick) of all working time.
    """
    found = [0, 0, 0, 0, 0]
    colleagues = [each for each in pieces if each.worker == piece.worker >= 0 and each is not piece]
    for tick in range(piece.enabled, piece.start):
        found[_cause(tick, piece, colleagues, opened)] += 1
    return found


def _cause(tick: int, piece: Piece, colleagues: list[Piece], opened: set[tuple[int, int]]) -> int:
    if piece.batch >= 0 and tick < piece.ready:
        return 0
    done = [each for each in colleagues if each.start <= tick < each.end]
    if any(_was_ready_earlier(each, piece) for each in done):
        return 2
    if done:
        return 1
    return 4 if (piece.calendar, tick) in opened else 3


def _was_ready_earlier(other: Piece, piece: Piece) -> bool:
    in_one_batch = piece.batch >= 0 and other.batch == piece.batch
    ready = piece.ready if piece.batch >= 0 and not in_one_batch else piece.enabled
    return other.enabled <= ready
