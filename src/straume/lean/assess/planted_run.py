"""The run behind `planted.generate`: requests arrive, units take what became ready first, work takes time."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from straume.lean.assess.planted import Change, Loop, PlantedStep, Process, Spread
from straume.lean.events.calendar import DAY_US, MINUTE_US, WorkCalendar

EPOCH = date(1970, 1, 1)
REACH_DAYS = 1_500  # after the last request the run ends here, whatever is still queued
OPEN_HOURS = (7.0, 21.0)  # when requests come on the web; on paper they come in these hours too, just fewer


_Ready = tuple[int, int, int, int, tuple[int, int] | None]  # at, ticket, case, step, the delay before it


@dataclass
class _Case:
    number: int
    received: int
    channel: str | None
    changes: tuple[Change, ...]
    rounds: dict[int, int] = field(default_factory=dict)  # loop → rounds made
    unit_of: dict[int, str] = field(default_factory=dict)  # step → unit that did it last
    ended: int = 0
    outcome: str | None = None


def run(
    process: Process, *, cases: int, first: date, last: date, seed: int, drawn: date | None, prefix: str
) -> pa.Table:
    """See `planted.generate`."""
    random = np.random.default_rng(seed)
    days = (first, last + timedelta(days=REACH_DAYS))
    offices = {
        unit.name: _Office(unit.calendar or process.calendar, unit.workers, days) for unit in process.units
    }
    arrived = _arrivals(process, cases, first, last, random, offices[process.steps[0].unit])
    rows = _work_through(process, arrived, offices, random)
    return _as_table(rows, process, drawn, prefix)


def _arrivals(
    process: Process, cases: int, first: date, last: date, random: np.random.Generator, office: _Office
) -> list[_Case]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = np.array(
        [
            process.month_weights[day.month - 1]
            * (1 + process.yearly_growth) ** ((day - first).days / 365.25)
            * (1.0 if process.calendar.is_working_day(day) else 0.12)
            for day in days
        ]
    )
    chosen = np.sort(random.choice(len(days), size=cases, p=weights / weights.sum()))
    names: list[str | None] = list(process.channels) or [None]
    shares = np.array(list(process.channels.values()) or [1.0])
    channels = random.choice(len(names), size=cases, p=shares / shares.sum())
    seconds = (random.beta(2.0, 2.2, size=cases) * (OPEN_HOURS[1] - OPEN_HOURS[0]) + OPEN_HOURS[0]) * 3_600
    received = [
        office.midnight(days[day]) + int(at) * 1_000_000 for day, at in zip(chosen, seconds, strict=True)
    ]
    order = np.argsort(np.array(received), kind="stable")
    lots = random.random((cases, max(1, len(process.changes))))
    return [
        _Case(
            number=number,
            received=received[index],
            channel=names[channels[index]],
            changes=_changes_for(process, days[chosen[index]], lots[index]),
        )
        for number, index in enumerate(order)
    ]


def _changes_for(process: Process, received_on: date, lots: np.ndarray[Any, Any]) -> tuple[Change, ...]:
    met = []
    for change, lot in zip(process.changes, lots, strict=False):
        since = (received_on - date.fromisoformat(change.on)).days
        if since >= 0 and lot < (since + 1) / max(1, change.over_days):
            met.append(change)
    return tuple(met)


def _work_through(
    process: Process, arrived: list[_Case], offices: Mapping[str, _Office], random: np.random.Generator
) -> list[dict[str, Any]]:
    """Take what is ready in the order of becoming ready: with equal workers, first come, first served."""
    ready: list[_Ready] = []
    ticket = 0
    for case in arrived:
        _queue(ready, process, case, 0, case.received, ticket, random)
        ticket += 1
    rows: list[dict[str, Any]] = []
    while ready:
        at, _, number, index, delayed = heapq.heappop(ready)
        case, step = arrived[number], process.steps[index]
        unit = case.unit_of.setdefault(index, _unit(step, random))
        days = _weekdays(step, case)
        opens = offices[unit].opens_for(at, days, step.weeks_of_month)
        if opens > at:  # not its day, or nobody free on it: others go first meanwhile
            heapq.heappush(ready, (opens, ticket, number, index, delayed))
            ticket += 1
            continue
        minutes = _drawn(step.touch_minutes, random) * _touch_factor(step, case)
        start, end, worker = offices[unit].take(at, round(minutes * 60) * 1_000_000)
        rows.append(
            {
                "case": number,
                "activity": step.name,
                "unit": unit,
                "worker": f"{unit} {worker + 1}",
                "start": start,
                "end": end,
                "stopped_from": delayed[0] if step.stops_clock and delayed else None,
                "stopped_to": delayed[1] if step.stops_clock and delayed else None,
            }
        )
        following = _next(process, case, index, random)
        if following is None:
            case.ended = end
            case.outcome = case.outcome or _lot(process.outcomes, random)
        else:
            _queue(ready, process, case, following, end, ticket, random)
            ticket += 1
    for row in rows:
        case = arrived[row["case"]]
        row.update(received=case.received, closed=case.ended, channel=case.channel, outcome=case.outcome)
    return rows


def _queue(
    ready: list[_Ready], process: Process, case: _Case, index: int, at: int,
    ticket: int, random: np.random.Generator,
) -> None:  # fmt: skip
    step = process.steps[index]
    delay: Spread | None = step.delay_days
    for change in case.changes:
        delay = change.delay_days.get(step.name, delay)
    until = at + (round(_drawn(delay, random) * DAY_US) if delay else 0)
    heapq.heappush(ready, (until, ticket, case.number, index, (at, until) if delay else None))


def _next(process: Process, case: _Case, index: int, random: np.random.Generator) -> int | None:
    """The step after this one: the case ends here, goes back, or goes on to the next step that it takes."""
    step = process.steps[index]
    ending = _lot(step.ends, random, or_none=True)
    if ending is not None:
        case.outcome = ending
        return None
    names = [one.name for one in process.steps]
    for number, loop in enumerate(process.loops):
        if loop.after != step.name or case.rounds.get(number, 0) >= loop.at_most:
            continue
        back = names.index(loop.back_to)
        if random.random() < _loop_share(loop, case, back):
            case.rounds[number] = case.rounds.get(number, 0) + 1
            return back
    return next(
        (later for later in range(index + 1, len(names)) if _takes(process.steps[later], case, random)), None
    )


def _loop_share(loop: Loop, case: _Case, back: int) -> float:
    share = loop.share
    for change in case.changes:
        share = change.loop_share.get(loop.after, share)
    by_channel = loop.share_by_channel.get(case.channel or "", 0.0)
    return max(share, by_channel, loop.share_by_unit.get(case.unit_of.get(back, ""), 0.0))


def _takes(step: PlantedStep, case: _Case, random: np.random.Generator) -> bool:
    share = step.share_by_channel.get(case.channel or "", step.share)
    for change in case.changes:
        share = 0.0 if step.name in change.without else change.step_share.get(step.name, share)
    return bool(random.random() < share)


def _unit(step: PlantedStep, random: np.random.Generator) -> str:
    return _lot(step.other_units, random, or_none=True) or step.unit


def _weekdays(step: PlantedStep, case: _Case) -> tuple[int, ...]:
    days = step.weekdays
    for change in case.changes:
        days = change.weekdays.get(step.name, days)
    return days


def _touch_factor(step: PlantedStep, case: _Case) -> float:
    factor = 1.0
    for change in case.changes:
        factor *= change.touch_factor.get(step.name, 1.0)
    return factor


def _drawn(spread: Spread, random: np.random.Generator) -> float:
    """One draw of the beta-PERT distribution that people mean by "least, usual, most"."""
    low, mode, high = spread
    if high <= low:
        return float(low)
    weight = 4 * (mode - low) / (high - low)
    return float(low + (high - low) * random.beta(1 + weight, 5 - weight))


def _lot(shares: Mapping[str, float], random: np.random.Generator, *, or_none: bool = False) -> str | None:
    """A name by its share; what they leave to 1 is None where `or_none`, else they are scaled to 1."""
    if not shares:
        return None
    lot = random.random() * (1.0 if or_none else sum(shares.values()))
    for name, share in shares.items():
        lot -= share
        if lot < 0:
            return name
    return None if or_none else next(reversed(list(shares)))


class _Office:
    """A unit's hours as working intervals, and when each of its workers is free again."""

    def __init__(self, calendar: WorkCalendar, workers: int, days: tuple[date, date]) -> None:
        numbers = np.arange((days[0] - EPOCH).days, (days[1] - EPOCH).days + 2)
        self.first = days[0]
        self.midnights = calendar.local_midnight_us(numbers).tolist()
        self.free_at = [0] * workers
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.days: list[date] = []
        for midnight, number in zip(self.midnights, numbers.tolist(), strict=True):
            day = EPOCH + timedelta(days=number)
            for opens, closes in calendar.hours_on(day):
                self.starts.append(midnight + opens * MINUTE_US)
                self.ends.append(midnight + closes * MINUTE_US)
                self.days.append(day)
        self.worked = [0, *np.cumsum(np.array(self.ends) - np.array(self.starts)).tolist()]

    def midnight(self, day: date) -> int:
        return int(self.midnights[(day - self.first).days])

    def opens_for(self, ready: int, weekdays: tuple[int, ...], weeks: tuple[int, ...]) -> int:
        """When to ask again for a step that is done on certain days only: `ready` itself if it can begin."""
        if not weekdays and not weeks:
            return ready
        at, hours = self._open(max(ready, min(self.free_at)))
        if _is_on(self.days[hours], weekdays, weeks):
            return ready
        while hours < len(self.starts) - 1 and not _is_on(self.days[hours], weekdays, weeks):
            hours += 1
        return max(at, self.starts[hours])

    def take(self, ready: int, work_us: int) -> tuple[int, int, int]:
        """Give the work to the worker who is free first; return its start, its end and the worker."""
        worker = min(range(len(self.free_at)), key=lambda one: (max(self.free_at[one], ready), one))
        at, hours = self._open(max(ready, self.free_at[worker]))
        done = self.worked[hours] + (at - self.starts[hours]) + work_us
        last = min(bisect_left(self.worked, done, lo=hours + 1), len(self.starts)) - 1
        end = self.starts[last] + done - self.worked[last]
        self.free_at[worker] = end
        return at, end, worker

    def _open(self, at: int) -> tuple[int, int]:
        """The first open instant from `at` on, and its interval."""
        hours = min(bisect_right(self.ends, at), len(self.starts) - 1)
        return max(at, self.starts[hours]), hours


def _is_on(day: date, weekdays: tuple[int, ...], weeks: tuple[int, ...]) -> bool:
    return (not weekdays or day.weekday() in weekdays) and (not weeks or (day.day - 1) // 7 + 1 in weeks)


def _as_table(rows: list[dict[str, Any]], process: Process, drawn: date | None, prefix: str) -> pa.Table:
    zone = pa.timestamp("us", tz=process.timezone)
    if drawn is not None:
        nights = process.calendar.local_midnight_us([(drawn - EPOCH).days + 1])
        until = int(nights[0])
        rows = [row for row in rows if row["end"] < until]
        for row in rows:
            if row["closed"] >= until:
                row.update(closed=None, outcome=None)
    rows.sort(key=lambda row: (row["end"], row["case"]))
    width = len(str(max((row["case"] for row in rows), default=0) + 1))
    types = {
        "start": zone,
        "end": zone,
        "received": zone,
        "closed": zone,
        "stopped_from": zone,
        "stopped_to": zone,
    }
    columns = {"case": pa.array([f"{prefix}{row['case'] + 1:0{width}d}" for row in rows], pa.string())}
    for name in ("activity", "unit", "worker", "start", "end", "received", "closed", "channel", "outcome",
                 "stopped_from", "stopped_to"):  # fmt: skip
        columns[name] = pa.array([row[name] for row in rows], types.get(name, pa.string()))
    return pa.table(columns)
