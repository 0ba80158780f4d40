"""The link table as the expressions read it: what came before, waiting and work as durations, days of the
calendar.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import UNKNOWN, EventLog, Flag
from straume.lean.flow.sequences import first_of_pair_in_case, sequence_marks

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


ITEM_COLUMNS = {
    **dict.fromkeys(("case", "index", "activity", "unit", "worker", "nth"), "int32"),
    **dict.fromkeys(("previous_activity", "previous_unit", "previous_worker"), "int32"),
    **dict.fromkeys(
        ("estimated", "is_last", "overlaps", "new_edge", "new_handoff", "first_handoff"), "boolean"
    ),
    **dict.fromkeys(("at", "end_at", "waiting_us", "waiting_work_us", "touch_us", "touch_work_us"), "int64"),
    **dict.fromkeys(("between_us", "between_work_us"), "int64"),
}
CASE_COLUMNS = {
    "case": "int32",
    "items": "int32",
    "closed": "boolean",
    "outcome": "string",
    "channel": "string",
    **dict.fromkeys(("received_at", "first_at", "last_at", "until_at", "due_us"), "int64"),
    **dict.fromkeys(("duration_us", "duration_work_us", "stopped_us", "stopped_work_us"), "int64"),
    **dict.fromkeys(("calendar_days", "working_days", "low_mark", "high_mark"), "int64"),
    **dict.fromkeys(("stopped_calendar_days", "stopped_working_days"), "int64"),
}


def prepared_items(log: EventLog, *, knows_receipts: bool | None = None) -> pa.Table:
    """Items in the order of their cases.

    Columns: case, index, activity, unit, worker, nth, flags as in the link table; previous_activity,
    previous_unit, previous_worker (UNKNOWN: first of its case); at (start, where unknown the end) and
    end_at [µs UTC]; waiting_us, waiting_work_us (enabled → at; null for first items where the log knows no
    receipts); between_us, between_work_us (end of the item before → at, nought where they overlap; of a
    first item as waiting); touch_us, touch_work_us (start → end; null where no start is known); estimated
    (the start is); overlaps (began before the item before it had ended); new_edge, new_handoff (the first
    of its case with these two activities, units); first_handoff (of its case).
    """
    items = in_order(log.items)
    case, flags = _codes(items, "case"), _codes(items, "flags")
    first = np.flatnonzero(np.diff(case, prepend=-1))
    activity, unit = _codes(items, "activity"), _codes(items, "unit")
    previous_activity, previous_unit = _previous(activity, first), _previous(unit, first)
    passes = (previous_unit >= 0) & (unit >= 0) & (previous_unit != unit)
    end, started = _int64(items, "end_at"), pc.is_valid(items["start_at"]).to_numpy()
    at = np.where(started, pc.fill_null(items["start_at"], 0).to_numpy(), end)
    enabled = _int64(items, "enabled_at")
    waiting, waiting_work = at - enabled, _int64(items, "waiting_work_us")
    since = np.minimum(np.where(np.diff(case, prepend=-1) != 0, enabled, np.roll(end, 1)), at)
    between_work = _between_work(log, unit, waiting_work, enabled=enabled, since=since, at=at)
    unwaited = np.zeros(len(case), np.bool_)
    unwaited[first] = not (_knows_receipts(log) if knows_receipts is None else knows_receipts)
    untouched = ~started
    return pa.table(
        {
            "case": case,
            "index": _codes(items, "index"),
            "activity": activity,
            "unit": unit,
            "worker": _codes(items, "worker"),
            "nth": _codes(items, "nth"),
            "estimated": (flags & int(Flag.START_ESTIMATED)) > 0,
            "previous_activity": previous_activity,
            "previous_unit": previous_unit,
            "previous_worker": _previous(_codes(items, "worker"), first),
            "is_last": _last(first, len(case)),
            "at": at,
            "end_at": end,
            "waiting_us": pa.array(waiting, mask=unwaited),
            "waiting_work_us": pa.array(waiting_work, mask=unwaited),
            "between_us": pa.array(at - since, mask=unwaited),
            "between_work_us": pa.array(between_work, mask=unwaited),
            "touch_us": pa.array(end - at, mask=untouched),
            "touch_work_us": items["processing_work_us"],
            "overlaps": _overlaps(at, end, first),
            "new_edge": first_of_pair_in_case(case=case, source=previous_activity, target=activity),
            "new_handoff": first_of_pair_in_case(case=case, source=previous_unit, target=unit),
            "first_handoff": _first_where(passes, case),
        }
    )


def _between_work(
    log: EventLog, unit: Codes, waiting_work: Ints, *, enabled: Ints, since: Ints, at: Ints
) -> Ints:
    """Working time of the unit from `since` to `at`: where `since` is when the item was enabled, known."""
    between = waiting_work.copy()
    rows = np.flatnonzero(since != enabled)
    if not len(rows):
        return between
    of_log = WorkCalendar.from_dict(log.calendar)
    between[rows] = of_log.working_us(since[rows], at[rows])
    for name, hours in log.unit_calendars.items():
        own = rows[unit[rows] == log.units.index(name)]
        between[own] = WorkCalendar.from_dict(hours).working_us(since[own], at[own])
    return between


def prepared_cases(log: EventLog) -> pa.Table:
    """Cases with durations on both clocks.

    Columns: case, received_at, last_at, closed, items, outcome, channel as in the case table; until_at
    (last_at, for an open case the moment the log was drawn) [µs UTC]; duration_us, duration_work_us,
    stopped_us, stopped_work_us; calendar_days, working_days from the day of receipt to that of until_at,
    and stopped_calendar_days, stopped_working_days, as deadlines count them (the first day does not
    count); due_us (due − received); low_mark, high_mark (equal for cases with
    the same sequence: `sequence_marks`).
    """
    calendar = WorkCalendar.from_dict(log.calendar)
    cases = log.cases
    received, last = _int64(cases, "received_at"), _int64(cases, "last_at")
    closed = cases["closed"].to_numpy()
    until = np.where(closed, last, np.maximum(last, drawn_at(log)))
    low_mark, high_mark = _marks(log)
    return pa.table(
        {
            **{
                name: cases[name]
                for name in ("case", "received_at", "first_at", "last_at", "closed", "items")
            },
            **{name: cases[name] for name in ("outcome", "channel")},
            "until_at": until,
            "duration_us": until - received,
            "duration_work_us": np.where(
                closed, _int64(cases, "duration_work_us"), calendar.working_us(received, until)
            ),
            "calendar_days": calendar.local_day(until) - calendar.local_day(received),
            "working_days": calendar.working_days(received, until),
            **_stopped(log, calendar, received, until),
            "low_mark": low_mark,
            "high_mark": high_mark,
            "due_us": pc.subtract(cases["due_at"], cases["received_at"]),
        }
    )


def drawn_at(log: EventLog) -> int:
    """The moment up to which the log knows its cases: its latest instant [µs UTC]."""
    return max(int(pc.max(log.cases["last_at"]).as_py() or 0), log.facts.last_at)


def _knows_receipts(log: EventLog) -> bool:
    return bool(pc.any(pc.less(log.cases["received_at"], log.cases["first_at"])).as_py())


def in_order(items: pa.Table) -> pa.Table:
    """Items case by case, as a link table holds them; one that already stands so is handed back."""
    case, index = _codes(items, "case"), _codes(items, "index")
    following = (case[1:] > case[:-1]) | ((case[1:] == case[:-1]) & (index[1:] > index[:-1]))
    return items if following.all() else items.take(np.lexsort((index, case)))


def _marks(log: EventLog) -> tuple[Ints, Ints]:
    """Marks of the sequence of each row of the case table; nought for a case without items."""
    items = in_order(log.items)
    case = _codes(items, "case")
    starts = np.flatnonzero(np.diff(case, prepend=-1))
    found = sequence_marks(starts=starts, activity=_codes(items, "activity"), index=_codes(items, "index"))
    row = _row_of_case(log)[case[starts]]
    low, high = np.zeros(len(log.cases), np.int64), np.zeros(len(log.cases), np.int64)
    low[row], high[row] = found
    return low, high


def _row_of_case(log: EventLog) -> Ints:
    row = np.zeros(int(pc.max(log.cases["case"]).as_py() or 0) + 1, np.int64)
    row[_int64(log.cases, "case")] = np.arange(len(log.cases))
    return row


def _previous(codes: Codes, first: Ints) -> Codes:
    previous = np.roll(codes, 1)
    previous[first] = UNKNOWN
    return previous


def _last(first: Ints, rows: int) -> npt.NDArray[np.bool_]:
    last = np.zeros(rows, np.bool_)
    if rows:
        last[np.append(first[1:], rows) - 1] = True
    return last


def _first_where(condition: npt.NDArray[np.bool_], case: Codes) -> npt.NDArray[np.bool_]:
    """The first row of each case for which a condition holds."""
    rows = np.flatnonzero(condition)
    first = np.zeros(len(case), np.bool_)
    first[rows[np.diff(case[rows], prepend=-1) != 0]] = True
    return first


def _overlaps(at: Ints, end: Ints, first: Ints) -> npt.NDArray[np.bool_]:
    overlaps = at < np.roll(end, 1)
    overlaps[first] = False
    return overlaps


def _stopped(log: EventLog, calendar: WorkCalendar, received: Ints, until: Ints) -> dict[str, Ints]:
    """How long the statutory clock stood, by case, cut to receipt … until (an open one may stand now)."""
    row = _row_of_case(log)[_int64(log.stops, "case")]
    begin = np.maximum(_int64(log.stops, "from_at"), received[row])
    end = np.maximum(np.minimum(_int64(log.stops, "to_at"), until[row]), begin)
    each = {
        "stopped_us": end - begin,
        "stopped_work_us": calendar.working_us(begin, end),
        "stopped_calendar_days": calendar.local_day(end) - calendar.local_day(begin),
        "stopped_working_days": calendar.working_days(begin, end),
    }
    found = {name: np.zeros(len(received), np.int64) for name in each}
    for name, values in each.items():
        np.add.at(found[name], row, values)
    return found


def _int64(table: pa.Table, name: str) -> Ints:
    return table[name].to_numpy().astype(np.int64, copy=False)  # type: ignore[no-any-return]


def _codes(table: pa.Table, name: str) -> Codes:
    return table[name].to_numpy().astype(np.int32, copy=False)  # type: ignore[no-any-return]
