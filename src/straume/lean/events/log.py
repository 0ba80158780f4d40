"""The EventLog: what happened, one row per piece of work, with a frozen schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

import pyarrow as pa

UNKNOWN = -1  # code of a missing worker, unit or successor


class Flag(IntFlag):
    """Bits of the `flags` column."""

    END_DATE_ONLY = 1  # the source gives a date without a time for the end
    START_DATE_ONLY = 2
    START_ESTIMATED = 4  # the start is not recorded but estimated
    TIE = 8  # same time as the item before it in its case; the order of the source was kept
    FIRST = 16  # first item of its case
    LAST = 32  # last item of its case


# One row per piece of work. Codes are positions in EventLog.activities, .units; workers are numbered
# pseudonyms.
# Instants are µs since 1970-01-01 UTC. Order in a case: start (where unknown: end), then position in the
# source.
LINK_SCHEMA = pa.schema(
    [
        pa.field("case", pa.int32(), nullable=False),
        pa.field("index", pa.int32(), nullable=False),  # 0-based place in the case
        pa.field("activity", pa.int32(), nullable=False),
        pa.field("worker", pa.int32(), nullable=False),  # UNKNOWN where the source names nobody
        pa.field("unit", pa.int32(), nullable=False),
        pa.field("enabled_at", pa.int64(), nullable=False),
        pa.field("start_at", pa.int64()),  # null: unknown
        pa.field("end_at", pa.int64(), nullable=False),
        pa.field(
            "waiting_work_us", pa.int64(), nullable=False
        ),  # enabled → start, or end where start is unknown; unit's calendar
        pa.field(
            "processing_work_us", pa.int64()
        ),  # start → end, unit's calendar; null where start is unknown
        pa.field("next_activity", pa.int32(), nullable=False),  # UNKNOWN: last of its case
        pa.field("next_worker", pa.int32(), nullable=False),
        pa.field("next_unit", pa.int32(), nullable=False),
        pa.field("next_start_at", pa.int64()),  # where unknown the successor's end; null: last of its case
        pa.field("nth", pa.int32(), nullable=False),  # 1 = first time this activity happens in the case
        pa.field("position", pa.int64(), nullable=False),  # 0-based row or event in the source
        pa.field("batching_us", pa.int64()),  # the five causes of waiting; null until they are computed
        pa.field("prioritisation_us", pa.int64()),
        pa.field("contention_us", pa.int64()),
        pa.field("unavailability_us", pa.int64()),
        pa.field("extraneous_us", pa.int64()),
        pa.field("flags", pa.int32(), nullable=False),
    ]
)

# One row per case. `closed` is false for a case that had not ended when the log was drawn (right-censored).
CASE_SCHEMA = pa.schema(
    [
        pa.field("case", pa.int32(), nullable=False),
        pa.field(
            "received_at", pa.int64(), nullable=False
        ),  # the request; where no column says it, start of the first item
        pa.field("first_at", pa.int64(), nullable=False),
        pa.field("last_at", pa.int64(), nullable=False),  # latest end
        pa.field("items", pa.int32(), nullable=False),
        pa.field("closed", pa.bool_(), nullable=False),
        pa.field(
            "stopped_us", pa.int64(), nullable=False
        ),  # statutory clock stopped (union of the intervals)
        pa.field(
            "stopped_work_us", pa.int64(), nullable=False
        ),  # the same in working time of the log's calendar
        pa.field(
            "duration_work_us", pa.int64(), nullable=False
        ),  # received → last, working time of the log's calendar
        pa.field("due_at", pa.int64()),
        pa.field("outcome", pa.string()),
        pa.field("channel", pa.string()),
    ]
)

STOP_SCHEMA = pa.schema(
    [
        pa.field("case", pa.int32(), nullable=False),
        pa.field("from_at", pa.int64(), nullable=False),
        pa.field("to_at", pa.int64(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Facts:
    """What a log holds, in counts; nothing here names a case or a worker."""

    cases: int
    open_cases: int
    raw_events: int
    work_items: int
    ties: int
    activities: int
    units: int
    workers: int
    first_at: int  # µs UTC
    last_at: int
    start_recorded: int  # items by how their start was obtained: in the source as such,
    start_paired: int  # paired from start and complete events,
    start_estimated: int
    start_unknown: int
    date_only: int  # items whose end is a date without a time
    timezone: str
    source_format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # role → column of the source
    notices: tuple[
        Mapping[str, Any], ...
    ] = ()  # what was noticed but did not stop the reading (Problem.to_dict)


@dataclass(frozen=True)
class EventLog:
    """What happened: the link table (LINK_SCHEMA), its cases (CASE_SCHEMA), stops of the statutory clock
    and facts.
    """

    items: pa.Table
    cases: pa.Table
    stops: pa.Table
    activities: tuple[str, ...]
    units: tuple[str, ...]
    calendar: Mapping[str, Any]  # WorkCalendar.to_dict() of the log's own calendar
    unit_calendars: Mapping[str, Mapping[str, Any]]
    facts: Facts
    # Keyed hash of each worker by number, only where the log was read with a salt: `concat` knows the same
    # worker again by it.
    worker_keys: tuple[int, ...] = ()
