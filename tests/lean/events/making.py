"""Files that the tests make themselves: one good log in many forms, and what can be done to it."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

HEADER = ("case", "activity", "start", "end", "worker", "unit")
ROWS = (
    ("A-1", "Register", "2023-01-02 08:00", "2023-01-02 08:10", "Anna Kalniņa", "Front desk"),
    ("A-1", "Check", "2023-01-02 09:00", "2023-01-02 09:40", "Jonas Petraitis", "Planning"),
    ("A-1", "Sign", "2023-01-05 10:00", "2023-01-05 10:02", "Ieva Ozola", "Head"),
    ("A-2", "Register", "2023-01-03 08:00", "2023-01-03 08:10", "Anna Kalniņa", "Front desk"),
    ("A-2", "Check", "2023-01-03 11:00", "2023-01-03 11:40", "Jonas Petraitis", "Planning"),
    ("A-2", "Sign", "2023-01-06 10:00", "2023-01-06 10:02", "Ieva Ozola", "Head"),
)
WORKERS = sorted({row[4] for row in ROWS})


def csv_text(
    rows: Sequence[Sequence[object]] = ROWS, header: Sequence[str] = HEADER, delimiter: str = ","
) -> str:
    return "\n".join(delimiter.join(str(value) for value in row) for row in (header, *rows)) + "\n"


def changed(row: int, column: str, value: str, rows: Sequence[Sequence[str]] = ROWS) -> list[list[str]]:
    """The good rows with one value changed (row from 1)."""
    copy = [list(each) for each in rows]
    copy[row - 1][HEADER.index(column)] = value
    return copy


def added(column: str, values: Sequence[str]) -> str:
    """The good CSV with one more column."""
    return csv_text([(*row, value) for row, value in zip(ROWS, values)], (*HEADER, column))


def write(folder: Path, data: bytes | str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def xes_text(inner: str | None = None, head: str = "") -> str:
    if inner is None:
        inner = "\n".join(
            f'<trace><string key="concept:name" value="{case}"/>\n'
            + "\n".join(
                f'<event><string key="concept:name" value="{row[1]}"/>'
                f'<string key="org:resource" value="{row[4]}"/>'
                f'<date key="time:timestamp" value="{row[3].replace(" ", "T")}:00+02:00"/></event>'
                for row in ROWS
                if row[0] == case
            )
            + "\n</trace>"
            for case in ("A-1", "A-2")
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<log xes.version="1.0">\n{inner}\n</log>\n'


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def gz_of(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def workbook(
    folder: Path,
    change: Callable[[openpyxl.Workbook], None] | None = None,
    rows: Sequence[Sequence[object]] = ROWS,
    header: Sequence[str] = HEADER,
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Log"
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    path = folder / "log.xlsx"
    book.save(path)
    return path


def ocel_json() -> dict[str, list[dict[str, object]]]:
    return {
        "objectTypes": [{"name": "request"}, {"name": "invoice"}],
        "eventTypes": [{"name": name} for name in ("Register", "Check", "Sign")],
        "objects": [{"id": "A-1", "type": "request"}, {"id": "A-2", "type": "request"}],
        "events": [
            {
                "id": f"e{number}",
                "type": row[1],
                "time": row[3].replace(" ", "T") + ":00Z",
                "attributes": [],
                "relationships": [{"objectId": row[0], "qualifier": ""}],
            }
            for number, row in enumerate(ROWS, start=1)
        ],
    }


def ocel_json_with(change: Callable[[dict[str, list[dict[str, object]]]], None]) -> str:
    data = ocel_json()
    change(data)
    return json.dumps(data)


def ocel_sqlite(folder: Path, change: str = "") -> Path:
    path = folder / "log.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
        CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
        CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);
        CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
        CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
        CREATE TABLE event_step (ocel_id TEXT, ocel_time TIMESTAMP);
        INSERT INTO event_map_type SELECT 'Register', 'step';
        INSERT INTO object VALUES ('A-1', 'request'), ('A-2', 'request');
        """
    )
    for number, row in enumerate(ROWS, start=1):
        connection.execute("INSERT INTO event VALUES (?, ?)", (f"e{number}", row[1]))
        connection.execute("INSERT INTO event_step VALUES (?, ?)", (f"e{number}", row[3]))
        connection.execute("INSERT INTO event_object VALUES (?, ?, '')", (f"e{number}", row[0]))
    connection.executescript(change)
    connection.commit()
    connection.close()
    return path
