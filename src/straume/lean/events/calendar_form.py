"""The JSON form of a working calendar, and everything that can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from straume.lean.errors import WrongCall
from straume.lean.events.public_days import COUNTRIES

if TYPE_CHECKING:
    from straume.lean.events.calendar import WorkCalendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KEYS = ("timezone", "country", "weekly", "closures", "moved_days", "shortened_eves")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


def write(calendar: WorkCalendar) -> dict[str, Any]:
    """JSON form: local times as HH:MM, dates as YYYY-MM-DD; weekdays without work are left out."""
    return {
        "timezone": calendar.timezone,
        "country": calendar.country,
        "weekly": {
            name: [[_clock(start), _clock(stop)] for start, stop in hours]
            for name, hours in zip(WEEKDAYS, calendar.weekly)
            if hours
        },
        "closures": [{"from": a.isoformat(), "to": b.isoformat()} for a, b in calendar.closures],
        "moved_days": calendar.moved_days,
        "shortened_eves": calendar.shortened_eves,
    }


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a WorkCalendar from the JSON form."""
    if not isinstance(data, Mapping):
        raise WrongCall("calendar_not_an_object")
    for key in data:
        if key not in KEYS:
            raise WrongCall("calendar_unknown_key", key=str(key), known=", ".join(KEYS))
    for key in ("timezone", "weekly"):
        if key not in data:
            raise WrongCall("calendar_missing_key", key=key)
    return {
        "timezone": data["timezone"],
        "country": data.get("country"),
        "weekly": _weekly(data["weekly"]),
        "closures": _closures(data.get("closures", [])),
        "moved_days": _yes_or_no(data, "moved_days"),
        "shortened_eves": _yes_or_no(data, "shortened_eves"),
    }


def check(calendar: WorkCalendar) -> None:
    """Raises WrongCall where the calendar cannot be one."""
    try:
        ZoneInfo(calendar.timezone)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise WrongCall("calendar_timezone_unknown", timezone=str(calendar.timezone)) from error
    if calendar.country is not None and calendar.country not in COUNTRIES:
        raise WrongCall("calendar_country_unknown", country=str(calendar.country), known=", ".join(COUNTRIES))
    if len(calendar.weekly) != 7:
        raise WrongCall("calendar_not_seven_days", days=len(calendar.weekly))
    for name, hours in zip(WEEKDAYS, calendar.weekly):
        _check_hours(name, hours)
    if not any(calendar.weekly):
        raise WrongCall("calendar_without_hours")
    for first, last in calendar.closures:
        if last < first:
            raise WrongCall("calendar_closure_backwards", first=first.isoformat(), last=last.isoformat())


def _check_hours(weekday: str, hours: tuple[tuple[int, int], ...]) -> None:
    earlier_stop = 0
    for start, stop in hours:
        if not 0 <= start < stop <= 1440:
            raise WrongCall(
                "calendar_interval_backwards", weekday=weekday, start=_clock(start), stop=_clock(stop)
            )
        if start < earlier_stop:
            raise WrongCall("calendar_interval_overlaps", weekday=weekday, start=_clock(start))
        earlier_stop = stop


def _weekly(data: Any) -> tuple[tuple[tuple[int, int], ...], ...]:
    if not isinstance(data, Mapping):
        raise WrongCall("calendar_weekly_not_an_object")
    for name in data:
        if name not in WEEKDAYS:
            raise WrongCall("calendar_weekday_unknown", weekday=str(name), known=", ".join(WEEKDAYS))
    return tuple(_hours(name, data.get(name, [])) for name in WEEKDAYS)


def _hours(weekday: str, data: Any) -> tuple[tuple[int, int], ...]:
    if not isinstance(data, list) or any(not isinstance(pair, list) or len(pair) != 2 for pair in data):
        raise WrongCall("calendar_hours_unreadable", weekday=weekday)
    return tuple(sorted((_minutes(weekday, start), _minutes(weekday, stop)) for start, stop in data))


def _minutes(weekday: str, text: Any) -> int:
    if not isinstance(text, str) or not _CLOCK.fullmatch(text):
        raise WrongCall("calendar_time_unreadable", weekday=weekday, text=str(text))
    return int(text[:2]) * 60 + int(text[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _closures(data: Any) -> tuple[tuple[date, date], ...]:
    if not isinstance(data, list):
        raise WrongCall("calendar_closures_not_a_list")
    return tuple(sorted(_closure(entry) for entry in data))


def _closure(entry: Any) -> tuple[date, date]:
    try:
        return date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"])
    except (KeyError, TypeError, ValueError) as error:
        raise WrongCall("calendar_closure_unreadable", text=str(entry)) from error


def _yes_or_no(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, True)
    if not isinstance(value, bool):
        raise WrongCall("calendar_not_yes_or_no", key=key, text=str(value))
    return value
