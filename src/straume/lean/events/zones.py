"""Local wall-clock times to instants: every row at once, daylight saving resolved and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from straume.lean.errors import WrongCall

Ints = npt.NDArray[np.int64]
_SECOND = 1_000_000
_BLOCK = 1 << 18
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FromLocal:
    """Instants of local times. In a gap the clock is taken as it stood before the change, in a fold as the
    first time round.
    """

    at: Ints  # µs UTC
    gaps: int  # local times that never were
    folds: int  # local times that were twice


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; raises WrongCall `unknown_timezone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongCall("unknown_timezone", timezone=name[:60]) from None


def from_local(local: Ints, *, timezone: str) -> FromLocal:
    """Instants [µs UTC] of local times [µs of the wall clock since 1970-01-01]."""
    if not len(local):
        return FromLocal(local, 0, 0)
    at = np.empty_like(local)
    gaps = folds = 0
    for begin in range(0, len(local), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        at[block], block_gaps, block_folds = _block_from_local(local[block], timezone)
        gaps, folds = gaps + block_gaps, folds + block_folds
    return FromLocal(at, gaps, folds)


def _block_from_local(local: Ints, timezone: str) -> tuple[Ints, int, int]:
    begins, offsets = _offsets(timezone)
    # Local time at which each offset stops; the last one never does.
    until = np.append(begins[1:] + offsets[:-1], np.iinfo(np.int64).max)
    segment = np.searchsorted(until, local, side="right")
    from_local_at = begins + offsets
    in_gap = local < from_local_at[segment]
    following = np.append(from_local_at[1:], np.iinfo(np.int64).max)
    in_fold = local >= following[segment]
    gaps, folds = int(np.count_nonzero(in_gap)), int(np.count_nonzero(in_fold))
    if gaps:
        segment = np.where(in_gap, segment - 1, segment)
    return local - offsets[segment], gaps, folds


def to_local(at: Ints, *, timezone: str) -> Ints:
    """Wall-clock µs of instants [µs UTC]."""
    begins, offsets = _offsets(timezone)
    segment = np.maximum(np.searchsorted(begins, at, side="right") - 1, 0)
    local: Ints = at + offsets[segment]
    return local


@lru_cache(maxsize=16)
def _offsets(timezone: str) -> tuple[Ints, Ints]:
    """Where each offset of the zone begins [µs UTC] from 1899 to 2201, and the offsets [µs]."""
    zone = zone_of(timezone)
    begins, offsets = [np.iinfo(np.int64).min // 4], [_offset_at(zone, datetime(1899, 1, 1, tzinfo=UTC))]
    day = datetime(1899, 1, 1, tzinfo=UTC)
    last = datetime(2201, 1, 1, tzinfo=UTC)
    while day < last:
        following = day + timedelta(days=7)
        if _offset_at(zone, following) != offsets[-1]:
            change = _change(zone, day, following)
            begins.append((change - _EPOCH) // timedelta(microseconds=1))
            offsets.append(_offset_at(zone, change))
            day = change
        else:
            day = following
    return np.array(begins, np.int64), np.array(offsets, np.int64)


def _offset_at(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) * _SECOND


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """First second at which the offset differs from that at `before`."""
    low, high = 0, int((after - before).total_seconds())
    start = _offset_at(zone, before)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_at(zone, before + timedelta(seconds=middle)) == start:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)
