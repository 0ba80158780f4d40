"""Working hours given by name of worker or unit; the names of workers pass through the pseudonyms."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import Intervals, WorkCalendar
from straume.lean.events.calendar_form import WEEKDAYS
from straume.lean.events.log import EventLog
from straume.lean.events.pseudonyms import keys_of

_CLOCK = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")


@dataclass(frozen=True)
class Matched:
    """Calendars as `split` takes them, and how many of those given belong to nobody in the log."""

    calendars: Mapping[str | int, WorkCalendar]
    workers: int
    units: int
    unmatched: int


def calendars_from_file(
    path: Path, *, timezone: str, country: str | None = None
) -> Mapping[str, WorkCalendar]:
    """Weekly hours by name: {"name": [{"from": "MONDAY", "to": "FRIDAY", "beginTime", "endTime"}, …]}.

    Public holidays of `country` are closed. A minute that is begun at the end of an interval counts whole
    (23:59:59 is the end of the day). Raises WrongCall `hours_file_unreadable`, `hours_not_by_name`,
    `hours_unreadable` (which does not repeat the name).
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise WrongCall("hours_file_unreadable", file=path.name) from error
    if not isinstance(data, Mapping) or not all(isinstance(entries, list) for entries in data.values()):
        raise WrongCall("hours_not_by_name", file=path.name)
    return {
        name: WorkCalendar(weekly=_weekly(entries), timezone=timezone, country=country)
        for name, entries in data.items()
    }


def matched(calendars: Mapping[str, WorkCalendar], *, log: EventLog, salt: bytes) -> Matched:
    """Whose calendars these are: a unit's by its name, else a worker's by the key of the name.

    The log has to be read with the same salt.
    """
    names = list(calendars)
    found: dict[str | int, WorkCalendar] = {}
    workers = set(log.worker_keys)
    for name, key in zip(names, keys_of(names, salt=salt)):
        if name in log.units:
            found[name] = calendars[name]
        elif key in workers:
            found[key] = calendars[name]
    of_units = sum(isinstance(each, str) for each in found)
    return Matched(found, len(found) - of_units, of_units, len(names) - len(found))


def _weekly(entries: list[Any]) -> tuple[Intervals, ...]:
    days: list[list[tuple[int, int]]] = [[] for _ in WEEKDAYS]
    for entry in entries:
        try:
            first, last = (WEEKDAYS.index(entry[end].lower()) for end in ("from", "to"))
            begin, stop = _minute(entry["beginTime"]), _minute(entry["endTime"], up=True)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WrongCall("hours_unreadable", text=json.dumps(entry, ensure_ascii=False)) from error
        if not begin < stop <= 1440:
            raise WrongCall("hours_unreadable", text=json.dumps(entry, ensure_ascii=False))
        for day in range(first, first + (last - first) % 7 + 1):
            days[day % 7].append((begin, stop))
    return tuple(_merged(hours) for hours in days)


def _minute(text: str, *, up: bool = False) -> int:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2]) + (up and int(found[3] or 0) > 0)


def _merged(hours: list[tuple[int, int]]) -> Intervals:
    out: list[tuple[int, int]] = []
    for begin, stop in sorted(hours):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], stop))
        else:
            out.append((begin, stop))
    return tuple(out)
