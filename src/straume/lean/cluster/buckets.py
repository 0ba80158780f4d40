"""What a worker does with a bucket of whole cases: the functions of `events` and `flow`, as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.cluster.evidence import Pair, cases_with_pairs, told_of
from straume.lean.cluster.stack import BUCKET, stack, stacked_schema, unstack
from straume.lean.errors import InputProblems, Place
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.check_mapping import check_kinds
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.link import Source, link
from straume.lean.events.log import CASE_SCHEMA, LINK_SCHEMA, STOP_SCHEMA, UNKNOWN, EventLog, Facts
from straume.lean.events.pseudonyms import keys_of
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report
from straume.lean.events.work import Lifecycle, Work, work_of
from straume.lean.flow.causes.explain import COLUMNS, PLACED_COLUMNS, placed_rows
from straume.lean.flow.causes.split import split
from straume.lean.flow.prepare import CASE_COLUMNS, ITEM_COLUMNS, in_order, prepared_cases, prepared_items

POSITION, CASE = "straume_position", "straume_case"  # columns added to the source
_OF_THE_WHOLE = {"too_few_events", "activity_nearly_unique", "single_case"}  # what a part cannot know
NAMED = ("activity_name", "unit_name", "worker_key")
NOTE = pa.schema([("note", pa.string())])
# names still as text, workers as keyed hashes
WORK = {
    "item": pa.schema(
        [
            *((name, pa.string()) for name in ("case_name", "activity_name", "worker_key", "unit_name")),
            *((name, pa.int64()) for name in ("start_at", "end_at", "position")),
            ("flags", pa.int32()),
            ("paired", pa.bool_()),
        ]
    ),
    "case": pa.schema(
        [
            ("case_name", pa.string()),
            *((name, pa.int64()) for name in ("received_at", "due_at")),
            ("closed", pa.bool_()),
            *((name, pa.string()) for name in ("outcome", "channel")),
        ]
    ),
    "stop": pa.schema([("case_name", pa.string()), ("from_at", pa.int64()), ("to_at", pa.int64())]),
    "note": NOTE,
}
WORK_SCHEMA = stacked_schema(WORK)
NOTE_SCHEMA = stacked_schema({"note": NOTE})


def _schema(columns: Mapping[str, str], **more: pa.DataType) -> pa.Schema:
    types = {"int32": pa.int32(), "int64": pa.int64(), "boolean": pa.bool_(), "string": pa.string()}
    return pa.schema([*((name, types[kind]) for name, kind in columns.items()), *more.items()])


# what the expressions read; `first_position` to number the cases, instants to find the causes of waiting
LINKED = {
    "item": _schema(ITEM_COLUMNS),
    "wait": _schema(PLACED_COLUMNS, enabled_at=pa.int64(), start_at=pa.int64(), end_at=pa.int64()),
    "case": _schema(CASE_COLUMNS, first_position=pa.int64()),
    "note": NOTE,
}
LINKED_SCHEMA = stacked_schema(LINKED)
EXPLAINED = _schema(COLUMNS)
_COUNTS: dict[str, Any] = {each.name: 0 for each in fields(Facts) if each.type == "int"}
_NO_FACTS = Facts(**_COUNTS, timezone="UTC")


@dataclass(frozen=True)
class Reading:
    """How the rows of the source are read, the same on every worker."""

    mapping: Mapping[str, Any]
    timezone: str
    lifecycle: Lifecycle
    salt: bytes


@dataclass(frozen=True)
class Linking:
    """What is known of the whole log once every bucket has been read."""

    activities: tuple[str, ...]
    units: tuple[str, ...]
    workers: tuple[str, ...]
    calendar: Mapping[str, Any]
    unit_calendars: Mapping[str, Mapping[str, Any]]
    timezone: str
    has: frozenset[str]  # of worker, unit, start: what the source knows at all
    last_at: int  # [µs UTC]
    knows_receipts: bool  # of any case: received before its first piece of work
    in_parallel: tuple[tuple[str, str], ...] | None = None  # None: not known yet


def work_of_bucket(rows: pa.Table, *, how: Reading) -> pa.Table:
    """Rows of the source to pieces of work: WORK_SCHEMA."""
    bucket = int(rows[BUCKET][0].as_py())
    rows = rows.sort_by(POSITION)
    position = rows[POSITION].to_numpy()
    mapping = replace(ColumnMapping.from_dict(how.mapping), case=CASE)
    columns = {name: rows[name] for name in rows.column_names if name not in (POSITION, BUCKET)}
    raw = _BucketRows(format="parquet", columns=columns, rows=len(rows), positions=position)
    report = _BucketReport(raw)
    try:
        check_kinds(mapping, raw, report)
        report.stop_if_any()
        work = work_of(
            raw, mapping, timezone=how.timezone, lifecycle=how.lifecycle, now_at=None, report=report
        )
    except InputProblems as refusal:
        problems = [problem.to_dict() for problem in refusal.problems]
        return stack(
            {"note": _note({"problems": problems, "notices": []})}, bucket=bucket, schema=WORK_SCHEMA
        )
    items = _items(work, position, len(mapping.steps), how.salt)
    note = {
        "problems": [],
        "notices": [*report.notice_dicts()],
        "raw_events": work.raw_events,
        "names": {column: _distinct(items, column) for column in NAMED},
        "order": told_of(items),
        "knows_starts": _any(items, "start_at"),
        "knows_receipts": _knows_receipts(items, work.cases),
        "last_at": pc.max(items["end_at"]).as_py() or 0,
    }
    tables = {
        "item": items,
        "case": _renamed(work.cases, WORK["case"]),
        "stop": _renamed(work.stops, WORK["stop"]),
        "note": _note(note),
    }
    return stack(tables, bucket=bucket, schema=WORK_SCHEMA)


def pairs_of_bucket(rows: pa.Table, *, pairs: Sequence[Pair]) -> pa.Table:
    """How many cases of the bucket hold both steps of each pair: a note."""
    bucket = int(rows[BUCKET][0].as_py())
    items = unstack(rows, "item", WORK["item"])
    note = _note({"with_both": cases_with_pairs(items, pairs)})
    return stack({"note": note}, bucket=bucket, schema=NOTE_SCHEMA)


def log_of_bucket(rows: pa.Table, *, whole: Linking) -> EventLog:
    """The log of some whole cases, with the codes of the whole: WORK_SCHEMA in."""
    items = unstack(rows, "item", WORK["item"])
    given = pa.table(
        {
            "case": items["case_name"],
            "activity": items["activity_name"],
            **({"worker": items["worker_key"]} if "worker" in whole.has else {}),
            **({"unit": items["unit_name"]} if "unit" in whole.has else {}),
            **({"start_at": items["start_at"]} if "start" in whole.has else {}),
            "end_at": items["end_at"],
            "position": items["position"],
            "flags": items["flags"],
        }
    )
    paired = pc.fill_null(items["paired"], False).to_numpy()
    log = link(
        given,
        source=Source(timezone=whole.timezone, paired=paired if paired.any() else None),
        cases=unstack(rows, "case", WORK["case"]).rename_columns(["case", *WORK["case"].names[1:]]),
        stops=unstack(rows, "stop", WORK["stop"]).rename_columns(["case", "from_at", "to_at"]),
        calendar=WorkCalendar.from_dict(whole.calendar),
        unit_calendars={unit: WorkCalendar.from_dict(own) for unit, own in whole.unit_calendars.items()},
        in_parallel=whole.in_parallel,
    )
    return _with_codes_of_the_whole(log, items, whole)


def linked_of_bucket(rows: pa.Table, *, whole: Linking) -> pa.Table:
    """Pieces of work to the link table and what the expressions read: LINKED_SCHEMA."""
    bucket = int(rows[BUCKET][0].as_py())
    log = log_of_bucket(rows, whole=whole)
    facts = log.facts
    log = replace(log, facts=replace(facts, last_at=whole.last_at))
    items = prepared_items(log, knows_receipts=whole.knows_receipts)
    first = pa.array(np.flatnonzero(log.items["index"].to_numpy() == 0))
    tables = {
        "item": items,
        "wait": _waits(log),
        "case": prepared_cases(log).append_column("first_position", log.items["position"].take(first)),
        "note": _note({"facts": asdict(facts)}),
    }
    return stack(tables, bucket=bucket, schema=LINKED_SCHEMA)


def explained_of_group(rows: pa.Table, *, whole: Linking) -> pa.Table:
    """Pieces of work of whole workers with their causes of waiting: EXPLAINED."""
    unknown = {field.name: pa.nulls(len(rows), field.type) for field in LINK_SCHEMA}
    known = ("activity", "worker", "unit", "enabled_at", "start_at", "end_at")
    items = pa.table({**unknown, **{name: rows[name] for name in known}})
    log = EventLog(
        items=items,
        cases=CASE_SCHEMA.empty_table(),
        stops=STOP_SCHEMA.empty_table(),
        activities=whole.activities,
        units=whole.units,
        calendar=whole.calendar,
        unit_calendars={unit: own for unit, own in whole.unit_calendars.items() if unit in whole.units},
        facts=_NO_FACTS,
    )
    causes = split(log).items
    for field in EXPLAINED:
        if field.name not in rows.column_names:
            rows = rows.append_column(field, causes[field.name])
    return rows.select(EXPLAINED.names).cast(EXPLAINED)


def _waits(log: EventLog) -> pa.Table:
    items = in_order(log.items)
    known = items["start_at"].is_valid()
    rows = placed_rows(log, known=known)
    for name in ("enabled_at", "start_at", "end_at"):
        rows = rows.append_column(name, items[name].filter(known))
    return rows


class _BucketRows(RawTable):
    """A part of a source that knows where its rows stand in the whole."""

    def __init__(self, *, positions: np.ndarray[Any, Any], **given: Any) -> None:
        super().__init__(**given)
        object.__setattr__(self, "positions", positions)

    def place(self, row: int, column: str | None = None) -> Place:
        return super().place(int(self.positions[row]), column)  # type: ignore[attr-defined]


class _BucketReport(Report):
    """A report that leaves out what only the whole can tell."""

    def problem(self, code: str, place: Place | None = None, /, **params: Any) -> None:
        if code not in _OF_THE_WHOLE:
            super().problem(code, place, **params)

    def notice(self, code: str, place: Place | None = None, /, **params: Any) -> None:
        if code not in _OF_THE_WHOLE:
            super().notice(code, place, **params)


def _items(work: Work, position: np.ndarray[Any, Any], width: int, salt: bytes) -> pa.Table:
    items = work.items
    local = items["position"].to_numpy()
    width = max(width, 1)
    columns = {
        "case_name": items["case"].cast(pa.string()),
        "activity_name": items["activity"].cast(pa.string()),
        "worker_key": _keyed(items["worker"], salt) if "worker" in items.column_names else None,
        "unit_name": items["unit"].cast(pa.string()) if "unit" in items.column_names else None,
        "start_at": items["start_at"] if "start_at" in items.column_names else None,
        "end_at": items["end_at"],
        "position": pa.array(position[local // width] * width + local % width),
        "flags": items["flags"],
        "paired": pa.array(work.paired) if work.paired is not None else None,
    }
    return pa.table({name: column for name, column in columns.items() if column is not None})


def _distinct(items: pa.Table, column: str) -> list[str]:
    if column not in items.column_names:
        return []
    return [name for name in pc.unique(items[column]).to_pylist() if name is not None]


def _any(items: pa.Table, column: str) -> bool:
    return column in items.column_names and items[column].null_count < len(items)


def _knows_receipts(items: pa.Table, cases: pa.Table) -> bool:
    """Whether any case was received before its first piece of work began."""
    if "received_at" not in cases.column_names:
        return False
    begun = items["end_at"]
    if "start_at" in items.column_names:
        begun = pc.coalesce(items["start_at"], begun)
    first = pa.table({"case": items["case_name"], "at": begun}).group_by("case").aggregate([("at", "min")])
    row = pc.index_in(first["case"], value_set=cases["case"].cast(pa.string()))
    return bool(pc.any(pc.less(cases["received_at"].take(row), first["at_min"])).as_py())


def _keyed(column: pa.ChunkedArray, salt: bytes) -> pa.Array:
    """A keyed hash in place of each name, as text: no name of a worker leaves the process that read it."""
    coded = column.combine_chunks()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    keys = [str(key) for key in keys_of(coded.dictionary.to_pylist(), salt=salt)]
    return pa.array(keys, pa.string()).take(coded.indices)


def _with_codes_of_the_whole(log: EventLog, items: pa.Table, whole: Linking) -> EventLog:
    position = items["position"].to_numpy()
    order = np.argsort(position, kind="stable")
    rows = pa.array(order[np.searchsorted(position[order], log.items["position"].to_numpy())])
    table = log.items
    for column, source, names in (
        ("activity", "activity_name", whole.activities),
        ("unit", "unit_name", whole.units),
        ("worker", "worker_key", whole.workers),
    ):
        code = _codes(items[source].take(rows), names)
        last = log.items["next_activity"].to_numpy() == UNKNOWN
        following = np.append(code, np.int32(UNKNOWN))[1:]
        following[last] = UNKNOWN
        table = _set(_set(table, column, code), f"next_{column}", following)
    return replace(log, items=table, activities=whole.activities, units=whole.units, worker_keys=())


def _codes(column: pa.ChunkedArray, names: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.int32]]:
    found = pc.index_in(column, value_set=pa.array(names, pa.string()))
    codes: np.ndarray[Any, np.dtype[np.int32]] = pc.fill_null(found, UNKNOWN).to_numpy().astype(np.int32)
    return codes


def _set(table: pa.Table, name: str, values: np.ndarray[Any, Any]) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, table.schema.field(name), pa.array(values))


def _renamed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    names = ["case_name" if name == "case" else name for name in table.column_names]
    table = table.rename_columns(names)
    return table.set_column(0, "case_name", table["case_name"].cast(pa.string())).select(
        [name for name in schema.names if name in names]
    )


def _note(note: Mapping[str, Any]) -> pa.Table:
    return pa.table({"note": pa.array([json.dumps(note)], pa.string())})
