"""A case log as a file that the readers read back: CSV, Parquet or XES, by the ending of its name."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog

ENDINGS = (".csv", ".parquet", ".xes", ".xes.gz")


def write_log(log: EventLog, path: Path) -> None:
    """One row per piece of work: case, step, unit, worker (a number), start, end; received and status of its
    case. Times are local to the log, with their distance from UTC.

    Raises WrongCall `log_format_unknown` for another ending.
    """
    name = path.name.lower()
    if not name.endswith(ENDINGS):
        raise WrongCall("log_format_unknown", file=path.name, known=", ".join(ENDINGS))
    table = log_rows(log)
    if name.endswith(".parquet"):
        pq.write_table(table, path)
    elif name.endswith(".csv"):
        pa_csv.write_csv(_as_text(table), path)
    else:
        opened: Any = gzip.open if name.endswith(".gz") else open
        with opened(path, "wt", encoding="utf-8") as file:
            _write_xes(table, file)


def log_rows(log: EventLog) -> pa.Table:
    """The items of a log with their names, in the order of its cases."""
    items, zone = log.items, log.facts.timezone
    case = items["case"].to_numpy()
    closed = log.cases["closed"].take(items["case"])
    return pa.table(
        {
            "case": pa.array(case + 1).cast(pa.string()),
            "step": _named(items["activity"], log.activities),
            "unit": _named(items["unit"], log.units),
            "worker": _numbered(items["worker"]),
            "start": _local(items["start_at"], zone),
            "end": _local(items["end_at"], zone),
            "received": _local(log.cases["received_at"].take(items["case"]), zone),
            "status": pc.if_else(closed, "closed", "open"),
        }
    )


def _named(codes: pa.ChunkedArray, names: tuple[str, ...]) -> pa.ChunkedArray:
    known = pc.if_else(pc.greater_equal(codes, 0), codes, pa.scalar(None, codes.type))
    return pa.chunked_array([pa.array(names, pa.string())]).take(known)


def _numbered(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    known = pc.if_else(pc.greater_equal(codes, 0), codes, pa.scalar(None, codes.type))
    return pc.cast(pc.add(known, 1), pa.string())


def _local(instants: pa.ChunkedArray, zone: str) -> pa.ChunkedArray:
    return instants.cast(pa.timestamp("us", tz=zone))


def _as_text(table: pa.Table) -> pa.Table:
    """Times as 2024-01-01T08:00:00.000000+0200."""
    texts = [
        pc.strftime(column, format="%Y-%m-%dT%H:%M:%S%z") if pa.types.is_timestamp(column.type) else column
        for column in table.columns
    ]
    return pa.table(dict(zip(table.column_names, texts)))


def _write_xes(table: pa.Table, file: IO[str]) -> None:
    """Each piece of work as a start and a complete event; received and status are said of the trace."""
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write('<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n')
    for name in ("Concept", "Time", "Lifecycle", "Organizational"):
        prefix = {"Organizational": "org"}.get(name, name.lower())
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        file.write(f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
    case = None
    for row in _rows(table):
        if row["case"] != case:
            file.write("  </trace>\n" if case is not None else "")
            case = row["case"]
            file.write("  <trace>\n" + _string("concept:name", row["case"], 4))
            file.write(_date("received", row["received"], 4) + _string("status", row["status"], 4))
        for transition, at in (("start", row["start"]), ("complete", row["end"])):
            if at is not None:
                file.write(_event(row, transition, at))
    file.write(("  </trace>\n" if case is not None else "") + "</log>\n")


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    number = 0
    for batch in _as_text(table).to_batches(max_chunksize=65_536):
        for row in batch.to_pylist():
            number += 1
            yield {**row, "number": number}


def _event(row: dict[str, Any], transition: str, at: str) -> str:
    said = [_string("concept:name", row["step"], 6), _string("concept:instance", str(row["number"]), 6)]
    said.append(_string("lifecycle:transition", transition, 6))
    said += [_string("org:resource", row["worker"], 6)] if row["worker"] is not None else []
    said += [_string("org:group", row["unit"], 6)] if row["unit"] is not None else []
    return "    <event>\n" + "".join(said) + _date("time:timestamp", at, 6) + "    </event>\n"


def _string(key: str, value: str, indent: int) -> str:
    return f"{' ' * indent}<string key={quoteattr(key)} value={quoteattr(value)}/>\n"


def _date(key: str, at: str, indent: int) -> str:
    return f'{" " * indent}<date key="{key}" value="{at[:-2]}:{at[-2:]}"/>\n'
