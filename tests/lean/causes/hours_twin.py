"""Working hours found in a log, once more in plain Python: our rule, and that of the source."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

Slot = tuple[int, int]  # weekday (Monday 0), hour or quarter of it


def seen(start: datetime | None, end: datetime) -> set[tuple[date, int]]:
    """Dates and hours in which a piece of work shows its worker; local time."""
    if start is None:
        return {(end.date(), end.hour)}
    if start.date() == end.date():
        return {(end.date(), hour) for hour in range(start.hour, end.hour + 1)}
    return {(start.date(), start.hour), (end.date(), end.hour)}


def open_hours(
    moments: set[tuple[date, int]], *, hours: int, dates: int, confidence: float = 0.1, weekday: float = 0.25
) -> set[Slot] | None:
    """Open hours of the week of somebody seen at these moments; None where that is too little."""
    days = {day for day, _ in moments}
    if len(moments) < hours or len(days) < dates:
        return None
    in_hour = Counter((day.weekday(), hour) for day, hour in moments)
    on_day = Counter(day.weekday() for day in days)
    accepted = {
        slot
        for slot, count in in_hour.items()
        if count / on_day[slot[0]] >= confidence and on_day[slot[0]] >= weekday * max(on_day.values())
    }
    for slot in sorted(in_hour, key=lambda each: (-in_hour[each], each)):
        if sum(in_hour[each] for each in accepted) >= 0.7 * len(moments):
            break
        accepted.add(slot)
    return accepted


def as_published(
    work: list[tuple[str, str, datetime, datetime]], *, minutes: int = 15, confidence: float, support: float
) -> dict[str, set[Slot]]:
    """Granules of each worker after López-Pintado & Dumas (2022); `work` is (worker, step, start, end)."""
    found = {}
    of_worker: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for worker, step, start, end in work:
        of_worker[worker] += [(step, start), (step, end)]
    for worker, stamps in of_worker.items():
        dates, with_step, count = defaultdict(set), defaultdict(set), Counter()
        for step, at in stamps:
            slot = at.weekday(), (at.hour * 60 + at.minute) // minutes
            dates[slot, step].add(at.date())
            with_step[at.weekday(), step].add(at.date())
            count[slot] += 1
        best = {
            slot: max(
                len(dates[slot, step]) / len(with_step[slot[0], step])
                for step in {s for k, s in dates if k == slot}
            )
            for slot in count
        }
        accepted = {slot for slot in count if best[slot] >= confidence}
        first = list(dict.fromkeys(slot[1] for slot in count))  # equal counts: as the source meets them
        for slot in sorted(count, key=lambda each: (-count[each], first.index(each[1]))):
            if sum(count[each] for each in accepted) >= support * len(stamps):
                break
            accepted.add(slot)
        found[worker] = accepted
    return found


def week_of(weekly: tuple[tuple[tuple[int, int], ...], ...], *, minutes: int = 60) -> set[Slot]:
    """The slots of a WorkCalendar's week."""
    return {
        (day, minute // minutes)
        for day, hours in enumerate(weekly)
        for begin, stop in hours
        for minute in range(begin, stop, minutes)
    }


def days_after(monday: date, days: int) -> date:
    return monday + timedelta(days=days)
