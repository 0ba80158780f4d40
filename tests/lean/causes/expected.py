"""The expected tables of the published logs, as the tests read them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log
from straume.lean.flow.causes.given import calendars_from_file, matched
from straume.lean.flow.causes.split import CAUSES, split

SALT = b"salt of the tests"
THEIRS = ("wt_batching", "wt_prioritization", "wt_contention", "wt_unavailability", "wt_extraneous")
SECOND_US = 1_000_000


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def seconds(text: str) -> float:
    """ "1 days 02:30:00", "0 days" """
    days, _, clock = text.partition(" days")
    hours, minutes, rest = clock.strip().split(":") if clock.strip() else ("0", "0", "0")
    return timedelta(
        days=int(days), hours=int(hours), minutes=int(minutes), seconds=float(rest)
    ).total_seconds()


def at_us(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp()) * SECOND_US


def split_given(log_file: Path, calendar_file: Path, *, timezone: str = "UTC") -> EventLog:
    log = read_log(log_file, timezone=timezone, salt=SALT)
    given = calendars_from_file(calendar_file, timezone=timezone)
    return split(log, calendars=matched(given, log=log, salt=SALT).calendars, min_batch=2)


def transitions(log: EventLog, names: list[str]) -> dict[tuple[str, str, str, str], list[float]]:
    """Frequency and seconds of all waiting and of each cause, by step and worker → step and worker."""
    found: dict[tuple[str, str, str, str], list[float]] = defaultdict(lambda: [0.0] * 7)
    rows = log.items.to_pylist()
    for before, row in pairwise(rows):
        if before["case"] != row["case"]:
            continue
        key = (
            log.activities[before["activity"]],
            names[before["worker"]],
            log.activities[row["activity"]],
            names[row["worker"]],
        )
        parts = [row[f"{cause}_us"] / SECOND_US for cause in CAUSES]
        for place, value in enumerate([1, (row["start_at"] - row["enabled_at"]) / SECOND_US, *parts]):
            found[key][place] += value
    return dict(found)


def discovered_calendars(path: Path) -> dict[str, WorkCalendar]:
    """{"name": [[weekday, from second, to second], …]} in UTC; 86399.999 is midnight."""
    found = {}
    for name, entries in json.loads(path.read_text()).items():
        weekly: list[list[tuple[int, int]]] = [[] for _ in range(7)]
        for day, begin, stop in entries:
            weekly[day].append((int(begin) // 60, round(stop / 60)))
        found[name] = WorkCalendar(weekly=tuple(tuple(sorted(hours)) for hours in weekly), timezone="UTC")
    return found
