"""The working calendar: when a unit is open, and how much working time lies between two instants."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from straume.lean.errors import WrongCall
from straume.lean.events import calendar_form
from straume.lean.events.public_days import EVE_SHORTER_MINUTES, is_eve, public_days

DAY_US = 86_400_000_000
MINUTE_US = 60_000_000
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
_CHUNK = 1 << 17  # values at a time: keeps the temporaries in the cache
_EPOCH = date(1970, 1, 1)

Instants = npt.NDArray[np.int64]
Intervals = tuple[tuple[int, int], ...]  # local minutes of a day, [from, to)
OFFICE_HOURS: tuple[Intervals, ...] = (((480, 1020),),) * 5 + ((), ())  # Monday to Friday 8–17


@dataclass(frozen=True)
class WorkCalendar:
    """When a unit works: weekly hours in its zone, less public holidays and closures, plus moved Saturdays.

    An instant is working time when its local wall clock lies inside the hours of its local day; so the hour
    that daylight saving skips is nobody's working time and the hour it repeats counts twice.

    References: Latvia: Darba likums (Labour Law) sections 133(4) and 135; Lithuania: Darbo kodeksas (Labour
    Code) art. 112.
    """

    weekly: tuple[Intervals, ...]  # seven days, Monday first
    timezone: str
    country: str | None = None  # whose public holidays: LV, LT or none
    closures: tuple[tuple[date, date], ...] = ()  # first and last closed day, both included
    moved_days: bool = True  # Latvian working days that a cabinet order moved to a Saturday
    shortened_eves: bool = True  # an hour less on the working day before a public holiday

    def __post_init__(self) -> None:
        calendar_form.check(self)

    @classmethod
    def default(cls, *, country: str | None, timezone: str) -> WorkCalendar:
        """Monday to Friday 8–17 with the public holidays of `country` (LV, LT, or None for none)."""
        return cls(weekly=OFFICE_HOURS, timezone=timezone, country=country)

    @classmethod
    def always(cls, *, timezone: str = "UTC") -> WorkCalendar:
        """Every hour of every day: working time is calendar time."""
        return cls(weekly=(((0, 1440),),) * 7, timezone=timezone)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> WorkCalendar:
        """A calendar from its JSON form (docs/methods/calendar.md); raises WrongCall with the first fault."""
        return cls(**calendar_form.read(data))

    @classmethod
    def from_file(cls, path: Path) -> WorkCalendar:
        """A calendar from a JSON file; raises WrongCall, `calendar_file_unreadable` or as `from_dict`."""
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise WrongCall("calendar_file_unreadable", file=path.name, why=type(error).__name__) from error
        return cls.from_dict(data)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; `from_dict` gives the same calendar back."""
        return calendar_form.write(self)

    def working_us(self, from_us: npt.ArrayLike, to_us: npt.ArrayLike) -> Instants:
        """Working time from one instant to another [µs]; negative where `to_us` is earlier.

        Parameters: instants [µs since 1970-01-01 UTC], int64 scalars or arrays that broadcast.
        Returns: int64 [µs]. Raises WrongCall `calendar_horizon` outside the years 1900–2200.
        """
        starts, ends = np.broadcast_arrays(_instants(from_us), _instants(to_us))
        horizon = _horizon(self, starts, ends)
        return _in_chunks(lambda a, b: horizon.worked_until(b) - horizon.worked_until(a), starts, ends)

    def add_working_us(self, at_us: npt.ArrayLike, working_us: npt.ArrayLike) -> Instants:
        """The instant that lies `working_us` of working time after `at_us` (before it, where negative).

        The nearest such instant to `at_us`; with nothing to add, `at_us` itself.
        Returns: int64 [µs since 1970-01-01 UTC].
        Raises WrongCall `calendar_horizon` where the answer lies outside the years 1900–2200.
        """
        at, amount = np.broadcast_arrays(_instants(at_us), _instants(working_us))
        horizon = _horizon(self, at)
        while at.size and not horizon.holds(at, amount):
            horizon = _wider(self, horizon)
        return _in_chunks(horizon.after, at, amount)

    def working_intervals(self, from_us: int, to_us: int) -> tuple[Instants, Instants]:
        """Begins and ends of working intervals, at least in the years of the two instants [µs UTC]."""
        horizon = _horizon(self, _instants([from_us, to_us]))
        return horizon.starts[:-1], horizon.ends[:-1]

    def local_day(self, at_us: npt.ArrayLike) -> Instants:
        """Local date of an instant, in days since 1970-01-01."""
        at = _instants(at_us)
        return _in_chunks(_horizon(self, at).day_of, at)

    def local_midnight_us(self, days: npt.ArrayLike) -> Instants:
        """The instant at which a local date (days since 1970-01-01) begins [µs UTC]."""
        wanted = _instants(days)
        horizon = _horizon(self, wanted * DAY_US)
        return horizon.midnights[wanted - horizon.first_day]

    def intervals(self, from_us: int, to_us: int) -> tuple[Instants, Instants]:
        """Open intervals that end after `from_us` and begin before `to_us`: starts and ends [µs UTC].

        Raises WrongCall `calendar_horizon` outside the years 1900–2200.
        """
        horizon = _horizon(self, _instants([from_us, to_us]))
        first = int(np.searchsorted(horizon.ends, from_us, side="right"))
        last = min(int(np.searchsorted(horizon.starts, to_us, side="left")), len(horizon.starts) - 1)
        return horizon.starts[first:last], horizon.ends[first:last]

    def working_days(self, from_us: npt.ArrayLike, to_us: npt.ArrayLike) -> Instants:
        """Working days after the day of `from_us` up to and including that of `to_us`, as deadlines count."""
        starts, ends = np.broadcast_arrays(_instants(from_us), _instants(to_us))
        horizon = _horizon(self, starts, ends)
        return _in_chunks(lambda a, b: horizon.days_until(b) - horizon.days_until(a), starts, ends)

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours_on(day))

    def hours_on(self, day: date) -> Intervals:
        """Working hours of a local date, in minutes of its wall clock."""
        if any(first <= day <= last for first, last in self.closures):
            return ()
        if self.country is None:
            return self.weekly[day.weekday()]
        days = public_days(country=self.country, year=day.year)
        taken_from = [off for off, worked in days.moved if worked == day] if self.moved_days else []
        is_bridge = not self.moved_days and any(off == day for off, _ in days.moved)
        if days.is_free(day) and not is_bridge:
            return ()
        hours = self.weekly[taken_from[0].weekday() if taken_from else day.weekday()]
        # a day is moved with its rights: a Saturday worked for an eve is short (inspectorate, 16.04.2018)
        if self.shortened_eves and any(is_eve(eve, country=self.country) for eve in [day, *taken_from]):
            return _shortened(hours, minutes=EVE_SHORTER_MINUTES[self.country])
        return hours


@dataclass(frozen=True, eq=False)
class _Horizon:
    """Working intervals of whole years with prefix sums, and where in them each UTC day begins."""

    first_year: int
    last_year: int
    first_day: int  # days since 1970 of midnights[0]
    midnights: Instants  # UTC µs of each local midnight, one more than days
    days_worked: Instants  # working days before each local day
    starts: Instants  # UTC µs; the last is a sentinel beyond the horizon
    ends: Instants
    before: Instants  # working µs before each interval
    first_at: int  # begin of the first UTC day of the table
    first_interval: Instants  # per UTC day: first interval that ends after the day began
    per_day: int  # at most so many intervals end inside one UTC day

    def worked_until(self, at: Instants) -> Instants:
        """Working µs from the horizon's begin to `at`: a look-up by day, then at most `per_day` steps."""
        place = self.first_interval[(at - self.first_at) // DAY_US]
        for _ in range(self.per_day):
            place = place + (self.ends[place] <= at)
        into: Instants = np.maximum(at - self.starts[place], 0)
        return self.before[place] + into

    def holds(self, at: Instants, amount: Instants) -> bool:
        goal = self.worked_until(at) + amount
        return bool(goal.min() >= 0 and goal.max() <= self.before[-1])

    def after(self, at: Instants, amount: Instants) -> Instants:
        goal = self.worked_until(at) + amount
        last = len(self.starts) - 2
        later = np.minimum(np.searchsorted(self.before[1:], goal, side="left"), last)
        earlier = np.minimum(np.searchsorted(self.before, goal, side="right") - 1, last)
        place = np.where(amount > 0, later, earlier)
        found: Instants = np.where(amount == 0, at, self.starts[place] + goal - self.before[place])
        return found

    def day_of(self, at: Instants) -> Instants:
        day = (at - self.midnights[0]) // DAY_US
        day = day + (at >= self.midnights[day + 1])  # a day of 25 hours behind us or of 23 before us
        day = day - (at < self.midnights[day])
        found: Instants = day + self.first_day
        return found

    def days_until(self, at: Instants) -> Instants:
        return self.days_worked[self.day_of(at) - self.first_day + 1]


_horizons: dict[WorkCalendar, _Horizon] = {}
_lock = threading.Lock()


def _horizon(calendar: WorkCalendar, *instants: Instants) -> _Horizon:
    """The calendar's table, widened to the years of the instants where it does not reach them yet."""
    filled = [values for values in instants if values.size]
    low = min((int(values.min()) for values in filled), default=0)
    high = max((int(values.max()) for values in filled), default=0)
    first, last = _year(low), _year(high)
    known = _horizons.get(calendar)
    if known and known.first_year <= first and last <= known.last_year:
        return known
    if first < EARLIEST_YEAR or last > LATEST_YEAR:
        raise WrongCall("calendar_horizon", first_year=EARLIEST_YEAR, last_year=LATEST_YEAR)
    if known:
        first, last = min(first, known.first_year), max(last, known.last_year)
    return _remember(calendar, first, last)


def _wider(calendar: WorkCalendar, known: _Horizon) -> _Horizon:
    first, last = max(known.first_year - 5, EARLIEST_YEAR), min(known.last_year + 5, LATEST_YEAR)
    if (first, last) == (known.first_year, known.last_year):
        raise WrongCall("calendar_horizon", first_year=EARLIEST_YEAR, last_year=LATEST_YEAR)
    return _remember(calendar, first, last)


def _remember(calendar: WorkCalendar, first: int, last: int) -> _Horizon:
    built = _build(calendar, first, last)
    with _lock:
        if len(_horizons) > 256:
            _horizons.clear()
        _horizons[calendar] = built
    return built


def _build(calendar: WorkCalendar, first_year: int, last_year: int) -> _Horizon:
    zone = ZoneInfo(calendar.timezone)
    first, last = date(first_year, 1, 1) - timedelta(days=2), date(last_year, 12, 31) + timedelta(days=2)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    midnights = [_midnight_us(day, zone) for day in [*days, last + timedelta(days=1)]]
    hours = [calendar.hours_on(day) for day in days]
    spans: list[tuple[int, int]] = []
    for place, intervals in enumerate(hours):
        for start, end in _utc_spans(intervals, days[place], midnights[place], midnights[place + 1], zone):
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)  # open over midnight
            else:
                spans.append((start, end))
    far = midnights[-1] + 4 * DAY_US
    starts = np.array([start for start, _ in spans] + [far], dtype=np.int64)
    ends = np.array([end for _, end in spans] + [far + DAY_US], dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(ends[:-1] - starts[:-1])]).astype(np.int64)
    utc_days = np.arange(midnights[0] // DAY_US, midnights[-1] // DAY_US + 2, dtype=np.int64)
    first_interval = np.searchsorted(ends, utc_days * DAY_US, side="right").astype(np.int64)
    return _Horizon(
        first_year=first_year,
        last_year=last_year,
        first_day=(first - _EPOCH).days,
        midnights=np.array(midnights, dtype=np.int64),
        days_worked=np.concatenate([[0], np.cumsum([bool(each) for each in hours])]).astype(np.int64),
        starts=starts,
        ends=ends,
        before=before,
        first_at=int(utc_days[0]) * DAY_US,
        first_interval=first_interval,
        per_day=int(np.diff(first_interval).max(initial=0)),
    )


def _utc_spans(hours: Intervals, day: date, begin: int, end: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """A day's hours as UTC spans [µs]; a day on which the clock changes is cut at the change."""
    if not hours:
        return []
    wall = (day - _EPOCH).days * DAY_US
    pieces = _constant_offsets(begin, end, zone)
    spans = (
        (
            max(wall + start * MINUTE_US - offset, piece_begin),
            min(wall + stop * MINUTE_US - offset, piece_end),
        )
        for piece_begin, piece_end, offset in pieces
        for start, stop in hours
    )
    return [(start, stop) for start, stop in spans if start < stop]


def _constant_offsets(begin: int, end: int, zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """[begin, end) cut where the offset to UTC changes: (begin, end, offset), all in µs."""
    before, after = _offset_us(begin, zone), _offset_us(end - 1, zone)
    if before == after:
        return [(begin, end, before)]
    low, high = begin, end - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_us(middle, zone) == before else (low, middle)
    return [(begin, high, before), (high, end, after)]


def _midnight_us(day: date, zone: ZoneInfo) -> int:
    local = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int(local.astimezone(UTC).timestamp()) * 1_000_000


def _offset_us(at: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(at // 1_000_000, zone).utcoffset()
    return int((offset or timedelta()).total_seconds()) * 1_000_000


def _year(at: int) -> int:
    """Year of an instant; instants far outside every calendar count as the year before or after all."""
    seconds = at // 1_000_000
    if not -2_300_000_000 < seconds < 7_400_000_000:
        return EARLIEST_YEAR - 1 if seconds < 0 else LATEST_YEAR + 1
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).year


def _shortened(hours: Intervals, *, minutes: int) -> Intervals:
    kept: list[tuple[int, int]] = []
    for start, stop in reversed(hours):
        cut = min(minutes, stop - start)
        minutes -= cut
        if start < stop - cut:
            kept.append((start, stop - cut))
    return tuple(reversed(kept))


def _instants(values: npt.ArrayLike) -> Instants:
    return np.asarray(values, dtype=np.int64)


def _in_chunks(function: Any, *arrays: Instants) -> Instants:
    if arrays[0].ndim == 0 or arrays[0].size <= _CHUNK:
        result: Instants = np.asarray(function(*arrays), dtype=np.int64)
        return result
    flat = [np.ascontiguousarray(values).reshape(-1) for values in arrays]
    out = np.empty(flat[0].size, dtype=np.int64)
    for begin in range(0, out.size, _CHUNK):
        out[begin : begin + _CHUNK] = function(*(values[begin : begin + _CHUNK] for values in flat))
    return out.reshape(arrays[0].shape)
