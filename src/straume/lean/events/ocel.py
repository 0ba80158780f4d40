"""OCEL 2.0: object-centric logs become case logs once the caller has named the object type that is the
case.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from lxml import etree

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import Limits, Opened, refused

CASE, ACTIVITY, TIME, EVENT = "case:concept:name", "concept:name", "time:timestamp", "ocel:eid"


@dataclass
class Ocel:
    """Objects and events as they stand in the source; `place` of an event: its number, and its line in
    XML.
    """

    object_types: list[str] = field(default_factory=list)
    objects: dict[str, str] = field(default_factory=dict)  # id → type
    events: list[tuple[str, str, str, dict[str, str], list[str]]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add_object(self, id_: Any, kind: Any, place: Place) -> None:
        if not id_ or not kind:
            self.problems.append(Problem("ocel_field_missing", {"field": "id" if not id_ else "type"}, place))
        elif str(id_) in self.objects:
            self.problems.append(Problem("ocel_id_twice", {}, place))
        else:
            self.objects[str(id_)] = str(kind)

    def add_event(
        self, id_: Any, kind: Any, at: Any, attributes: dict[str, str], related: list[str], place: Place
    ) -> None:
        for name, value in (("id", id_), ("type", kind), ("time", at)):
            if not value:
                self.problems.append(Problem("ocel_field_missing", {"field": name}, place))
                return
        if str(id_) in self.seen:
            self.problems.append(Problem("ocel_id_twice", {}, place))
            return
        self.seen.add(str(id_))
        self.events.append((str(id_), str(kind), str(at), attributes, related))
        self.places.append(place)


def open_ocel(
    ocel: Ocel, *, format_name: str, case_type: str | None, limits: Limits
) -> tuple[RawTable, Callable[[Wanted], RawTable]]:
    """The events of the objects of one type as a case log: an event of several such objects is one of
    each case.
    """
    table = _table(ocel, format_name, case_type, limits)
    sample_columns = {name: column.slice(0, SAMPLE_ROWS) for name, column in table.columns.items()}
    sample = RawTable(format=format_name, columns=sample_columns, rows=min(table.rows, SAMPLE_ROWS))
    return sample, lambda wanted: table


def _table(ocel: Ocel, format_name: str, case_type: str | None, limits: Limits) -> RawTable:
    types = list(dict.fromkeys([*ocel.object_types, *ocel.objects.values()]))
    listed = ", ".join(types[:12])
    if ocel.problems:
        raise InputProblems(tuple(ocel.problems[: limits.problems]))
    if not ocel.events:
        raise refused("no_events")
    if case_type is None:
        raise refused("ocel_case_type_missing", types=listed)
    if case_type not in types:
        raise refused("ocel_case_type_unknown", type=case_type[:60], types=listed)
    rows, shared, broken = _rows(ocel, case_type)
    if broken:
        raise InputProblems(tuple(broken[: limits.problems]))
    if not rows:
        raise refused("ocel_no_events_of_type", type=case_type)
    notices: tuple[Problem, ...] = (Problem("event_of_several_cases", {"count": shared}),) if shared else ()
    unrelated = len(ocel.events) - len({event for event, _ in rows})
    if unrelated:
        notices += (Problem("ocel_events_of_other_types", {"count": unrelated}),)
    return RawTable(
        format=format_name,
        columns=_columns(ocel, rows, limits),
        rows=len(rows),
        details={"case_type": case_type},
        notices=notices,
        line_of_row=(lambda row: ocel.places[rows[row][0]].line or 0) if ocel.places[0].line else None,
    )


def _rows(ocel: Ocel, case_type: str) -> tuple[list[tuple[int, str]], int, list[Problem]]:
    """(event, object of the case type) pairs, how many events have several, and references that lead
    nowhere.
    """
    rows: list[tuple[int, str]] = []
    shared = 0
    broken = []
    for number, (_, _, _, _, related) in enumerate(ocel.events):
        cases = []
        for object_id in dict.fromkeys(related):
            kind = ocel.objects.get(object_id)
            if kind is None:
                broken.append(Problem("ocel_reference_broken", {}, ocel.places[number]))
            elif kind == case_type:
                cases.append(object_id)
        shared += len(cases) > 1
        rows.extend((number, object_id) for object_id in cases)
    return rows, shared, broken


def _columns(ocel: Ocel, rows: list[tuple[int, str]], limits: Limits) -> dict[str, pa.ChunkedArray]:
    events = [ocel.events[event] for event, _ in rows]
    columns: dict[str, list[str | None]] = {
        CASE: [object_id for _, object_id in rows],
        ACTIVITY: [event[1] for event in events],
        TIME: [event[2] for event in events],
    }
    for name in dict.fromkeys(name for event in events for name in event[3]):
        columns.setdefault(name, [event[3].get(name) for event in events])
    if len(columns) > limits.columns:
        raise refused("too_many_columns", count=len(columns), limit=limits.columns)
    return {name: pa.chunked_array([pa.array(values, pa.string())]) for name, values in columns.items()}


def ocel_of_json(opened: Opened) -> Ocel:
    """Objects and events of OCEL 2.0 JSON."""
    with opened.stream as stream:
        data = stream.read()
    try:
        root = json.loads(data)
    except UnicodeDecodeError:
        raise refused("wrong_encoding", encoding="utf-8") from None
    except json.JSONDecodeError as error:
        raise refused("json_not_well_formed", Place(line=error.lineno), position=error.colno) from None
    except RecursionError:
        raise refused("json_too_deep") from None
    if (
        not isinstance(root, dict)
        or not isinstance(root.get("events"), list)
        or not isinstance(root.get("objects"), list)
    ):
        raise refused("not_ocel")
    ocel = Ocel(object_types=[str(kind.get("name")) for kind in _dicts(root.get("objectTypes"))])
    for number, entry in enumerate(root["objects"], start=1):
        entry = entry if isinstance(entry, dict) else {}
        ocel.add_object(entry.get("id"), entry.get("type"), Place(row=number, column="objects"))
    for number, entry in enumerate(root["events"], start=1):
        entry = entry if isinstance(entry, dict) else {}
        attributes = {str(a.get("name")): str(a.get("value")) for a in _dicts(entry.get("attributes"))}
        related = [str(r.get("objectId")) for r in _dicts(entry.get("relationships"))]
        place = Place(row=number, column="events")
        ocel.add_event(entry.get("id"), entry.get("type"), entry.get("time"), attributes, related, place)
    return ocel


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (entry for entry in value if isinstance(entry, dict)) if isinstance(value, list) else iter(())


def ocel_of_xml(opened: Opened) -> Ocel:
    """Objects and events of OCEL 2.0 XML."""
    if match := re.search(rb"<!ENTITY\s+(%\s+)?\S+\s+(SYSTEM|PUBLIC)?", opened.head):
        code = "xml_external_entity" if match.group(2) else "xml_entity"
        raise refused(code, Place(line=opened.head.count(b"\n", 0, match.start()) + 1))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with opened.stream as stream:
            root = etree.parse(cast(IO[bytes], stream), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise refused("xml_not_well_formed", Place(line=error.lineno), position=error.offset or 0) from None
    ocel = Ocel(
        object_types=[str(kind.get("name")) for kind in root.iterfind("{*}object-types/{*}object-type")]
    )
    for entry in root.iterfind("{*}objects/{*}object"):
        ocel.add_object(entry.get("id"), entry.get("type"), Place(line=_line(entry)))
    for number, entry in enumerate(root.iterfind("{*}events/{*}event"), start=1):
        attributes = {str(a.get("name")): a.text or "" for a in entry.iterfind("{*}attributes/{*}attribute")}
        related = [str(r.get("object-id")) for r in entry.iterfind("{*}objects/{*}relationship")]
        place = Place(row=number, line=_line(entry))
        ocel.add_event(entry.get("id"), entry.get("type"), entry.get("time"), attributes, related, place)
    return ocel


def _line(entry: etree._Element) -> int | None:
    line = entry.sourceline
    return line if isinstance(line, int) else None


def ocel_of_sqlite(path: Path) -> Ocel:
    """Objects and events of OCEL 2.0 in SQLite, opened read-only; only tables are read, no view runs."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return _from_sqlite(connection)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        raise refused("sqlite_damaged") from None


def _from_sqlite(connection: sqlite3.Connection) -> Ocel:
    connection.execute("PRAGMA trusted_schema = OFF")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"event", "object", "event_object", "event_map_type"} <= tables:
        raise refused("sqlite_not_ocel")
    ocel = Ocel()
    for number, (id_, kind) in enumerate(
        connection.execute("SELECT ocel_id, ocel_type FROM object"), start=1
    ):
        ocel.add_object(id_, kind, Place(row=number, column="object"))
    related: dict[str, list[str]] = {}
    for event, object_id in connection.execute("SELECT ocel_event_id, ocel_object_id FROM event_object"):
        related.setdefault(str(event), []).append(str(object_id))
    attributes: dict[str, dict[str, str]] = {}
    for (mapped,) in connection.execute("SELECT ocel_type_map FROM event_map_type"):
        if f"event_{mapped}" not in tables:
            ocel.problems.append(Problem("ocel_event_table_missing", {"table": f"event_{mapped}"[:60]}))
            continue
        table = str(mapped).replace('"', '""')
        cursor = connection.execute(f'SELECT * FROM "event_{table}"')  # noqa: S608  its name is quoted
        names = [column[0] for column in cursor.description]
        for row in cursor:
            values = {name: str(value) for name, value in zip(names, row) if value is not None}
            attributes[values.pop("ocel_id", "")] = values
    for number, (id_, kind) in enumerate(connection.execute("SELECT ocel_id, ocel_type FROM event"), start=1):
        own = attributes.get(str(id_), {})
        at = own.pop("ocel_time", None)
        ocel.add_event(id_, kind, at, own, related.get(str(id_), []), Place(row=number, column="event"))
    for event in related:
        if event not in ocel.seen:
            ocel.problems.append(Problem("ocel_reference_broken", {}, Place(column="event_object")))
            break
    return ocel
