"""Every measure of `straume.lean.flow` once more in plain Python, from rows as people write them.

Shares no code with the library: it sorts, counts and counts working time by itself (office hours Monday to
Friday 8–17 UTC without holidays; all instants lie on quarters of an hour).
"""

from __future__ import annotations

import datetime
import statistics
from collections import Counter, defaultdict
from itertools import pairwise

from lean.events.enabled_twin import Work, enabled
from lean.flow.logs import Case, Plain, Row

QUARTER = 0.25  # hours


def working_hours(begin: float, end: float) -> float:
    """Office hours between two moments, quarter by quarter."""
    quarters = range(round(begin / QUARTER), round(end / QUARTER))
    return sum(QUARTER for n in quarters if n * QUARTER // 24 % 7 < 5 and 8 <= n * QUARTER % 24 < 17)


def working_days(begin: float, end: float) -> int:
    return sum(1 for day in range(int(begin // 24) + 1, int(end // 24) + 1) if day % 7 < 5)


def quantile(values: list[float], share: float) -> float | None:
    """Linear interpolation between order statistics, as a spreadsheet does it."""
    if not values:
        return None
    values = sorted(values)
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def mean(values: list[float]) -> float | None:
    return statistics.fmean(values) if values else None


class Twin:
    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.cases: dict[str, list[Row]] = defaultdict(list)
        for row in plain.rows:
            self.cases[row.case].append(row)
        for rows in self.cases.values():
            rows.sort(key=moment)  # stable: equal times stay in the order of the rows
        self.drawn = max((row.end for row in plain.rows), default=0)
        self.receipts_known = any(self.received(name) < moment(rows[0]) for name, rows in self.cases.items())

    def given(self, name: str) -> Case:
        return self.plain.case(name)

    def received(self, name: str) -> float:
        given = self.given(name).received
        return moment(self.cases[name][0]) if given is None else given

    def last(self, name: str) -> float:
        return max(row.end for row in self.cases[name])

    def until(self, name: str) -> float:
        return self.last(name) if self.given(name).closed else self.drawn

    def pairs(self):
        """(case, before, after, waited calendar hours, waited office hours) of directly following rows."""
        for name, rows in self.cases.items():
            for before, after in pairwise(rows):
                since = min(before.end, moment(after))
                yield name, before, after, moment(after) - since, working_hours(since, moment(after))

    def edges(self) -> dict:
        found = defaultdict(lambda: {"cases": set(), "calendar": [], "working": [], "overlaps": 0})
        for name, before, after, calendar, working in self.pairs():
            edge = found[before.activity, after.activity]
            edge["cases"].add(name)
            edge["calendar"].append(calendar)
            edge["working"].append(working)
            edge["overlaps"] += moment(after) < before.end
        return {key: {**edge, "cases": len(edge["cases"])} for key, edge in found.items()}

    def starts(self) -> Counter:
        return Counter(rows[0].activity for rows in self.cases.values())

    def ends(self) -> Counter:
        return Counter(rows[-1].activity for rows in self.cases.values())

    def variants(self) -> Counter:
        return Counter(tuple(row.activity for row in rows) for rows in self.cases.values())

    def durations(self, clock: str, *, statutory: bool = False) -> list[float]:
        """Hours of closed cases."""
        return [self.length(name, clock, statutory) for name in self.cases if self.given(name).closed]

    def length(self, name: str, clock: str, statutory: bool) -> float:
        count = {"calendar": lambda a, b: b - a, "working": working_hours}[clock]
        whole = count(self.received(name), self.until(name))
        return whole - (sum(count(a, b) for a, b in self.stops(name, self.until(name))) if statutory else 0)

    def stops(self, name: str, until: float) -> list[tuple[float, float]]:
        """Stops of the statutory clock, joined where they touch, cut to receipt … until."""
        joined: list[list[float]] = []
        for a, b in sorted(self.given(name).stops):
            if joined and a <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], b)
            else:
                joined.append([a, b])
        low = self.received(name)
        cut = [(max(a, low), min(b, until)) for a, b in joined]
        return [(a, b) for a, b in cut if a < b]

    def days_used(self, name: str, clock: str, *, statutory: bool) -> int:
        count = {"calendar": lambda a, b: int(b // 24) - int(a // 24), "working": working_days}[clock]
        used = count(self.received(name), self.until(name))
        return used - (sum(count(a, b) for a, b in self.stops(name, self.until(name))) if statutory else 0)

    def on_time_counts(self, days: float, clock: str, *, statutory: bool) -> Counter:
        found: Counter = Counter()
        for name in self.cases:
            late = self.days_used(name, clock, statutory=statutory) > days
            found[("closed" if self.given(name).closed else "open", "late" if late else "on time")] += 1
        return found

    def still_open(self, clock: str, *, statutory: bool) -> dict[float, float]:
        """Kaplan–Meier by its definition: at each duration at which a case ended, the share still open."""
        lengths = [(self.length(name, clock, statutory), self.given(name).closed) for name in self.cases]
        share, found = 1.0, {}
        for duration in sorted({length for length, closed in lengths if closed}):
            risk = sum(length >= duration for length, _ in lengths)
            share *= 1 - sum(closed and length == duration for length, closed in lengths) / risk
            found[duration] = share
        return found

    def steps(self) -> dict:
        found = defaultdict(
            lambda: {
                "items": 0, "cases": set(), "touch": [], "touch_work": [], "waiting": [], "waiting_work": [],
                "units": Counter(), "nth": Counter(),
            }
        )  # fmt: skip
        enabled = self.enabled()
        for name, rows in self.cases.items():
            seen: Counter = Counter()
            for n, row in enumerate(rows):
                step = found[row.activity]
                seen[row.activity] += 1
                step["items"] += 1
                step["cases"].add(name)
                step["units"][row.unit] += 1
                step["nth"][seen[row.activity]] += 1
                if row.start is not None:
                    step["touch"].append(row.end - row.start)
                    step["touch_work"].append(working_hours(row.start, row.end))
                if n or self.receipts_known:
                    since = enabled[id(row)]
                    step["waiting"].append(moment(row) - since)
                    step["waiting_work"].append(working_hours(since, moment(row)))
        return {key: {**step, "cases": len(step["cases"])} for key, step in found.items()}

    def enabled(self) -> dict[int, float]:
        """When each row could have begun."""
        rows = self.plain.rows
        work = [Work(row.case, row.activity, row.end, row.start) for row in rows]
        received = {name: self.received(name) for name in self.cases}
        return dict(zip(map(id, rows), enabled(work, received=received)))

    def rework(self) -> dict:
        activities = defaultdict(lambda: {"cases": set(), "repeated_items": 0, "at_once": 0})
        loops = defaultdict(lambda: {"count": 0, "cases": set()})
        for name, rows in self.cases.items():
            seen = set()
            for before, row in zip([None, *rows], rows):
                if row.activity in seen:
                    activities[row.activity]["cases"].add(name)
                    activities[row.activity]["repeated_items"] += 1
                    activities[row.activity]["at_once"] += before.activity == row.activity
                    loops[before.activity, row.activity]["count"] += 1
                    loops[before.activity, row.activity]["cases"].add(name)
                seen.add(row.activity)
        touched = set().union(*(entry["cases"] for entry in activities.values()))
        return {
            "cases": len(touched),
            "items": sum(entry["repeated_items"] for entry in activities.values()),
            "activities": {key: {**entry, "cases": len(entry["cases"])} for key, entry in activities.items()},
            "loops": {key: {**entry, "cases": len(entry["cases"])} for key, entry in loops.items()},
        }

    def first_time_right(self) -> tuple[int, int]:
        closed = [name for name in self.cases if self.given(name).closed]
        stopped = sum(bool(self.stops(name, self.last(name))) for name in closed)
        routine = len(closed) >= 5 and 5 * stopped >= 4 * len(closed)  # four of five: not an exception
        right = [
            name
            for name in closed
            if len({row.activity for row in self.cases[name]}) == len(self.cases[name])
            and (routine or not self.stops(name, self.last(name)))
        ]
        return len(right), len(closed)

    def handoffs(self, by: str = "unit") -> dict:
        found = defaultdict(lambda: {"count": 0, "cases": set(), "calendar": [], "working": []})
        for name, before, after, calendar, working in self.pairs():
            source, target = getattr(before, by), getattr(after, by)
            if source is not None and target is not None and source != target:
                found[source, target]["count"] += 1
                found[source, target]["cases"].add(name)
                found[source, target]["calendar"].append(calendar)
                found[source, target]["working"].append(working)
        return dict(found)

    def successions(self, by: str) -> int:
        pairs = {(getattr(before, by), getattr(after, by)) for _, before, after, *_ in self.pairs()}
        return sum(None not in pair for pair in pairs)

    def ping_pong(self) -> dict:
        found = defaultdict(lambda: {"count": 0, "cases": set()})
        for name, rows in self.cases.items():
            moves = [
                (before.unit, after.unit)
                for before, after in pairwise(rows)
                if before.unit is not None and after.unit is not None and before.unit != after.unit
            ]
            for there, back in pairwise(moves):
                if back == (there[1], there[0]):
                    found[there]["count"] += 1
                    found[there]["cases"].add(name)
        return {key: {**entry, "cases": len(entry["cases"])} for key, entry in found.items()}

    def weeks(self) -> dict[str, tuple[int, int, int]]:
        if not self.cases:
            return {}
        arrived = Counter(int(self.received(name) // 168) for name in self.cases)
        ended = Counter(int(self.last(name) // 168) for name in self.cases if self.given(name).closed)
        found, open_now = {}, 0
        for week in range(min(arrived), int(self.drawn // 168) + 1):
            open_now += arrived[week] - ended[week]
            year, number, _ = (datetime.date(2018, 1, 8) + datetime.timedelta(weeks=week)).isocalendar()
            found[f"{year}-W{number:02}"] = (arrived[week], ended[week], open_now)
        return found

    def littles_law(self) -> tuple[float, float, float] | None:
        """Cases in progress, cases ended a day, days of a case that ended – over the middle half."""
        if not self.cases:
            return None
        begin = min(self.received(name) for name in self.cases)
        end = max(self.until(name) for name in self.cases)
        low, high = begin + (end - begin) / 4, end - (end - begin) / 4
        present = sum(
            max(0.0, min(self.until(name), high) - max(self.received(name), low)) for name in self.cases
        )
        leads = [
            self.length(name, "calendar", False)
            for name in self.cases
            if self.given(name).closed and low <= self.last(name) < high
        ]
        if len(leads) < 5 or not sum(leads):
            return None
        return present / (high - low), len(leads) / ((high - low) / 24), statistics.fmean(leads) / 24


def moment(row: Row) -> float:
    """When a piece of work stands in its case: its start, where unknown its end."""
    return row.end if row.start is None else row.start
