"""Written dates and times to instants: a whole column at once, by the shapes its values have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events import layouts, zones
from straume.lean.events.layouts import Layout, layout_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

DAY_US = 86_400_000_000
_BLOCK = 1 << 16
_SHAPES_AT_MOST = 256  # in one block; more is no column of dates
_ORDINAL_1970 = date(1970, 1, 1).toordinal()
_SERIAL_ZERO = 25_569  # the spreadsheet's day number of 1970-01-01


@dataclass(frozen=True)
class Instants:
    """A column of dates and times as instants, and what was found on the way."""

    at: Ints  # µs UTC; nought where not known
    known: Bools
    date_only: Bools  # written without a time, or exactly midnight of the local day
    unreadable: Ints  # rows with something written that is no date
    families: dict[str, int] = field(default_factory=dict)  # family → first row that has it
    day_first_row: int | None = None  # among 01/02/2023: a row that can only be day first,
    month_first_row: int | None = None  # and one that can only be month first
    either_row: int | None = None  # first row whose order day–month the value alone does not tell
    with_zone_row: int | None = None
    without_zone_row: int | None = None
    short_year_row: int | None = None
    gaps: int = 0
    folds: int = 0


def instants_of(column: pa.ChunkedArray, *, timezone: str, day_first: bool = True) -> Instants:
    """Instants of a column of text, dates, timestamps or numbers.

    Parameters
    ----------
    column : as it came from the source.
    timezone : of values that do not name theirs.
    day_first : how 01/02/2023 is to be read where no other value of the column tells.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        coded = column.unify_dictionaries().combine_chunks()
        coded = coded if isinstance(coded, pa.DictionaryArray) else coded.chunk(0)
        if len(coded.dictionary) * 4 > len(coded):
            return _of_text(column.cast(kind.value_type), timezone, day_first)
        return _spread(
            instants_of(pa.chunked_array([coded.dictionary]), timezone=timezone, day_first=day_first), coded
        )
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _of_timestamps(column, timezone)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _of_numbers(column, timezone)
    return _of_text(column.cast(pa.string()), timezone, day_first)


def _spread(distinct: Instants, coded: pa.DictionaryArray) -> Instants:
    """The same for every row, from what was found for the distinct values."""
    index = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    present = index >= 0
    bad = np.zeros(len(coded.dictionary) + 1, np.bool_)
    bad[distinct.unreadable] = True
    first_row = np.full(len(coded.dictionary), len(index), np.int64)
    rows = np.flatnonzero(present)[::-1]
    first_row[index[rows]] = rows

    def row(place: int | None) -> int | None:
        return None if place is None else int(first_row[place])

    def by_row(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        spread: npt.NDArray[Any] = np.append(values, np.zeros(1, values.dtype))[index]
        return spread

    return Instants(
        at=by_row(distinct.at).astype(np.int64),
        known=by_row(distinct.known).astype(np.bool_),
        date_only=by_row(distinct.date_only).astype(np.bool_),
        unreadable=np.flatnonzero(bad[index] & present),
        families={family: int(first_row[place]) for family, place in distinct.families.items()},
        day_first_row=row(distinct.day_first_row),
        month_first_row=row(distinct.month_first_row),
        either_row=row(distinct.either_row),
        with_zone_row=row(distinct.with_zone_row),
        without_zone_row=row(distinct.without_zone_row),
        short_year_row=row(distinct.short_year_row),
        gaps=distinct.gaps,
        folds=distinct.folds,
    )


def _of_timestamps(column: pa.ChunkedArray, timezone: str) -> Instants:
    has_zone = pa.types.is_timestamp(column.type) and column.type.tz is not None
    known = pc.is_valid(column).to_numpy()
    us = column.cast(pa.timestamp("us", tz=column.type.tz if has_zone else None), safe=False)
    at: Ints = pc.fill_null(us.cast(pa.int64()), 0).to_numpy()
    if has_zone:
        local, gaps, folds = zones.to_local(at, timezone=timezone), 0, 0
    else:
        local = at
        found = zones.from_local(at, timezone=timezone)
        at, gaps, folds = found.at, found.gaps, found.folds
    return Instants(
        at=np.where(known, at, 0),
        known=known,
        date_only=known & (local % DAY_US == 0),
        unreadable=np.zeros(0, np.int64),
        families={layouts.YEAR_FIRST: int(np.argmax(known))} if known.any() else {},
        gaps=gaps,
        folds=folds,
    )


def _of_numbers(column: pa.ChunkedArray, timezone: str) -> Instants:
    """Numbers are a spreadsheet's days (20 000 … 80 000, local time) or seconds, ms or µs since 1970
    (UTC).
    """
    known = pc.is_valid(column).to_numpy()
    number = pc.fill_null(column.cast(pa.float64(), safe=False), 0.0).to_numpy()
    return _numbers(number, known, timezone)


def _numbers(number: npt.NDArray[np.float64], known: Bools, timezone: str) -> Instants:
    number = np.nan_to_num(number, nan=-1.0, posinf=-1.0, neginf=-1.0)
    serial = known & (number >= 20_000) & (number < 80_000)
    scale = np.select([number < 1e11, number < 1e14, number < 1e17], [1e6, 1e3, 1.0], 0.0)
    epoch = known & (number >= 1e8) & (scale > 0)
    # A serial's fraction is exact to about a millisecond; times are written to the second at best.
    local = np.where(serial, np.round((number - _SERIAL_ZERO) * 86_400) * 1e6, 0).astype(np.int64)
    found = zones.from_local(local[serial], timezone=timezone)
    at = np.where(epoch, number * scale, 0).astype(np.int64)
    at[serial] = found.at
    families = {
        name: int(np.argmax(rows))
        for name, rows in ((layouts.SERIAL, serial), (layouts.EPOCH, epoch))
        if rows.any()
    }
    return Instants(
        at=at,
        known=serial | epoch,
        date_only=serial & (local % DAY_US == 0),
        unreadable=np.flatnonzero(known & ~serial & ~epoch),
        families=families,
        gaps=found.gaps,
        folds=found.folds,
    )


class _Parts:
    """The parts of every written date of a column, row by row."""

    def __init__(self, rows: int) -> None:
        self.year = np.zeros(rows, np.int32)
        self.month = np.zeros(rows, np.int8)
        self.day = np.zeros(rows, np.int8)
        self.time = np.full(rows, -1, np.int64)  # µs of the day; -1: no time written
        self.offset = np.zeros(rows, np.int32)  # minutes
        self.zoned = np.zeros(rows, np.bool_)
        self.either = np.zeros(rows, np.bool_)
        self.numeric: npt.NDArray[np.float64] | None = None  # made when the first number comes
        self.read = np.zeros(rows, np.bool_)
        self.blank = np.ones(rows, np.bool_)
        self.families: dict[str, int] = {}
        self.short_year_row: int | None = None


def _of_text(column: pa.ChunkedArray, timezone: str, day_first: bool) -> Instants:
    parts = _Parts(len(column))
    begin = 0
    for chunk in column.chunks:
        for offset in range(0, len(chunk), _BLOCK):
            _read_block(chunk.slice(offset, _BLOCK), begin + offset, parts)
        begin += len(chunk)
    return _instants(parts, timezone, day_first)


def _read_block(block: pa.Array, begin: int, parts: _Parts) -> None:
    for rows, characters in _by_length(block):
        _read_alike(rows + begin, characters, parts)


def _by_length(block: pa.Array) -> Iterator[tuple[Ints, Bytes]]:
    """Values of equal length as a matrix of bytes, with their rows."""
    buffer = block.buffers()[2]
    if buffer is None:
        return
    data = np.frombuffer(buffer, np.uint8)
    bounds = np.frombuffer(block.buffers()[1], np.int32)[block.offset : block.offset + len(block) + 1]
    lengths = np.diff(bounds)
    if block.null_count:
        lengths = np.where(block.is_valid().to_numpy(zero_copy_only=False), lengths, 0)
    longest = int(lengths.max(initial=0))
    if len(lengths) and int(lengths.min()) == longest and longest:
        yield np.arange(len(lengths)), data[bounds[0] : bounds[-1]].reshape(-1, longest)
        return
    for length in np.unique(lengths[lengths > 0]):
        rows = np.flatnonzero(lengths == length)
        if length > 64:
            yield rows, np.full((len(rows), 1), ord("?"), np.uint8)  # too long for a date: read as no date
        else:
            yield rows, data[bounds[rows][:, None] + np.arange(length)]


def _read_alike(rows: Ints, characters: Bytes, parts: _Parts) -> None:
    """Read rows whose values are equally long: one shape after the other."""
    digit = (characters - 48) < 10
    shapes = np.where(digit, np.uint8(57), characters)
    left = np.arange(len(rows))
    for _ in range(_SHAPES_AT_MOST):
        if not len(left):
            return
        shape = shapes[left[0]]
        alike = (shapes[left] == shape).all(axis=1)
        chosen = left[alike]
        text = shape.tobytes()
        if text.strip():
            parts.blank[rows[chosen]] = False
            if layout := layout_of(text):
                _read_layout(
                    rows[chosen],
                    characters if len(chosen) == len(rows) else characters[chosen],
                    layout,
                    parts,
                )
        left = left[~alike]
    parts.blank[rows[left]] = False


def _read_layout(rows: Ints, characters: Bytes, layout: Layout, parts: _Parts) -> None:
    parts.families.setdefault(layout.family, int(rows[0]))
    if layout.whole:
        number = _number(characters, layout.whole).astype(np.float64)
        if layout.part:
            number += _number(characters, layout.part) / 10.0 ** (layout.part[1] - layout.part[0])
        if parts.numeric is None:
            parts.numeric = np.full(len(parts.read), np.nan)
        parts.numeric[rows] = number
        parts.read[rows] = True
        return
    year = _number(characters, layout.year)
    if layout.year and layout.year[1] - layout.year[0] == 2:
        year = np.where(year < 70, year + 2000, year + 1900)
        parts.short_year_row = int(rows[0]) if parts.short_year_row is None else parts.short_year_row
    parts.year[rows] = year
    parts.month[rows] = layout.month_named or _number(characters, layout.month)
    parts.day[rows] = _number(characters, layout.day)
    parts.either[rows] = layout.family == layouts.EITHER
    good = np.ones(len(rows), np.bool_)
    if layout.hour:
        good = _read_time(rows, characters, layout, parts)
    parts.read[rows] = good


def _read_time(rows: Ints, characters: Bytes, layout: Layout, parts: _Parts) -> Bools:
    hour, minute = _number(characters, layout.hour), _number(characters, layout.minute)
    second = _number(characters, layout.second)
    good = (hour <= 24) & (minute < 60) & (second < 61)
    good &= (hour < 24) | ((minute == 0) & (second == 0))  # 24:00 is the end of the day
    if layout.afternoon is not None:
        good &= (hour >= 1) & (hour <= 12)
        hour = hour % 12 + 12 * layout.afternoon
    time = (hour * 3600 + minute * 60 + second) * 1_000_000
    if layout.fraction:
        begin, end = layout.fraction
        end = min(end, begin + 6)  # finer than a microsecond is cut off
        time = time + _number(characters, (begin, end)) * 10 ** (6 - (end - begin))
    parts.time[rows] = time
    if layout.has_zone:
        offset = _number(characters, layout.zone_hours) * 60 + _number(characters, layout.zone_minutes)
        good &= offset <= 18 * 60
        parts.offset[rows] = offset * layout.zone_sign
        parts.zoned[rows] = True
    return good


def _number(characters: Bytes, span: tuple[int, int] | None) -> Ints:
    if span is None:
        return np.zeros(len(characters), np.int64)
    number = np.zeros(len(characters), np.int64)
    for place in range(*span):
        number *= 10
        number += characters[:, place]
        number -= 48
    return number


def _instants(parts: _Parts, timezone: str, day_first: bool) -> Instants:
    numeric = np.zeros(len(parts.read), np.bool_) if parts.numeric is None else ~np.isnan(parts.numeric)
    dated = parts.read & ~numeric
    only_day_first = only_month_first = np.zeros(0, np.bool_)
    if parts.either.any():
        only_day_first = dated & parts.either & (parts.day > 12) & (parts.month <= 12)
        only_month_first = dated & parts.either & (parts.month > 12) & (parts.day <= 12)
        if only_month_first.any() or (not day_first and not only_day_first.any()):
            swapped = parts.either & ~only_day_first
            parts.day[swapped], parts.month[swapped] = parts.month[swapped], parts.day[swapped]
    real, days = _days(parts.year, parts.month, parts.day)
    dated &= real
    known = dated
    date_only = dated & (parts.time <= 0)
    at = days.astype(np.int64)
    at *= DAY_US
    at += np.maximum(parts.time, 0)
    plain = dated & ~parts.zoned
    gaps = folds = 0
    if plain.all():
        found = zones.from_local(at, timezone=timezone)
        at, gaps, folds = found.at, found.gaps, found.folds
    else:
        found = zones.from_local(at[plain], timezone=timezone)
        at -= parts.offset.astype(np.int64) * 60_000_000
        at[plain], gaps, folds = found.at, found.gaps, found.folds
    if parts.numeric is not None:
        numbers = _numbers(np.nan_to_num(parts.numeric), numeric, timezone)
        at = np.where(numbers.known, numbers.at, at)
        known = known | numbers.known
        date_only = date_only | numbers.date_only
        gaps, folds = gaps + numbers.gaps, folds + numbers.folds
    return Instants(
        at=at if known.all() else np.where(known, at, 0),
        known=known,
        date_only=date_only,
        unreadable=np.flatnonzero(~known & ~parts.blank),
        families=parts.families,
        day_first_row=_first(only_day_first),
        month_first_row=_first(only_month_first),
        either_row=_first(dated & parts.either),
        with_zone_row=_first(dated & parts.zoned),
        without_zone_row=_first(plain & (parts.time >= 0)),
        short_year_row=parts.short_year_row,
        gaps=gaps,
        folds=folds,
    )


def _first(rows: Bools) -> int | None:
    return int(np.argmax(rows)) if rows.any() else None


_FIRST_YEAR, _LAST_YEAR = 1, 9999
_MONTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int8)


@lru_cache(maxsize=1)
def _month_tables() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """Days from 1970-01-01 to the first of each month from the year 0 on, and the length of each (0: no
    such month).
    """
    years = np.arange(_LAST_YEAR + 1)
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    lengths = np.zeros((len(years), 16), np.int8)
    lengths[:, :13] = _MONTHS
    lengths[:, 2] += leap
    lengths[0] = 0
    before_year = np.array([date(year, 1, 1).toordinal() if year else 0 for year in years]) - _ORDINAL_1970
    before = before_year[:, None] + np.cumsum(lengths, axis=1) - lengths
    return before.ravel().astype(np.int32), lengths.ravel()


def _days(
    year: npt.NDArray[np.int32], month: npt.NDArray[np.int8], day: npt.NDArray[np.int8]
) -> tuple[Bools, npt.NDArray[np.int32]]:
    """Whether there is such a day, and days since 1970-01-01."""
    before, lengths = _month_tables()
    place = np.minimum(year, _LAST_YEAR) * 16 + np.clip(month, 0, 15)
    real = (day >= 1) & (day <= lengths[place]) & (year <= _LAST_YEAR)
    return real, before[place] + day - np.int32(1)
