"""Small logs for the tests: rows as a person would write them, and the EventLog that they become."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from lean.calendar.clock import us
from straume.lean.events.calendar import OFFICE_HOURS, WorkCalendar
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog

HOUR = 3_600_000_000
DAY = 24 * HOUR
MONDAY = us("2018-01-08 00:00")
OFFICE = WorkCalendar(OFFICE_HOURS, "UTC")


@dataclass(frozen=True)
class Row:
    """One piece of work; hours since Monday, 8 January 2018, midnight UTC."""

    case: str
    activity: str
    end: float
    start: float | None = None
    unit: str | None = None
    worker: str | None = None


@dataclass(frozen=True)
class Case:
    received: float | None = None
    closed: bool = True
    due: float | None = None
    stops: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Plain:
    """A log as plain Python values."""

    rows: tuple[Row, ...]
    cases: dict[str, Case] = field(default_factory=dict)

    def case(self, name: str) -> Case:
        return self.cases.get(name, Case())


def at(hours: float) -> int:
    return MONDAY + round(hours * HOUR)


def instant(hours: float | None) -> int | None:
    return None if hours is None else at(hours)


def event_log(plain: Plain, *, calendar: WorkCalendar = OFFICE) -> EventLog:
    rows = plain.rows
    items = pa.table(
        {
            "case": pa.array([row.case for row in rows], pa.string()),
            "activity": pa.array([row.activity for row in rows], pa.string()),
            "end_at": pa.array([at(row.end) for row in rows], pa.int64()),
            "start_at": pa.array([instant(row.start) for row in rows], pa.int64()),
            "unit": pa.array([row.unit for row in rows], pa.string()),
            "worker": pa.array([row.worker for row in rows], pa.string()),
        }
    )
    known = {name: case for name, case in plain.cases.items() if any(row.case == name for row in rows)}
    cases = pa.table(
        {
            "case": pa.array(list(known), pa.string()),
            "received_at": pa.array([instant(case.received) for case in known.values()], pa.int64()),
            "due_at": pa.array([instant(case.due) for case in known.values()], pa.int64()),
            "closed": pa.array([case.closed for case in known.values()], pa.bool_()),
        }
    )
    stopped = [(name, at(a), at(b)) for name, case in known.items() for a, b in case.stops]
    stops = pa.table(
        {
            "case": pa.array([name for name, _, _ in stopped], pa.string()),
            "from_at": pa.array([begin for _, begin, _ in stopped], pa.int64()),
            "to_at": pa.array([end for _, _, end in stopped], pa.int64()),
        }
    )
    return link(items, source=Source(timezone=calendar.timezone), cases=cases, stops=stops, calendar=calendar)
