"""Causes that lie in the file itself: packing, text, XML, workbooks, Parquet, OCEL. Each makes its own
bad file.
"""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from lean.events.making import (
    HEADER,
    ROWS,
    csv_text,
    gz_of,
    ocel_json_with,
    ocel_sqlite,
    workbook,
    write,
    xes_text,
    zip_of,
)
from straume.lean.errors import Place

CSV = csv_text().encode()


@dataclass(frozen=True)
class Bad:
    """One cause: its code, how the file is made, where the problem stands, and whether it stops the
    reading.
    """

    code: str
    make: Callable[[Path], Path]
    place: Place = field(default_factory=Place)
    call: dict[str, Any] = field(default_factory=dict)
    stops: bool = True


def of(data: bytes | str, name: str = "log.csv") -> Callable[[Path], Path]:
    return lambda folder: write(folder, data, name)


def pipe(folder: Path) -> Path:
    path = folder / "log.csv"
    os.mkfifo(path)
    return path


def endless(folder: Path) -> Path:
    """A good beginning, and then 900 GB of nothing; it takes no room on the disk."""
    path = write(folder, CSV)
    os.truncate(path, 900 << 30)
    return path


def encrypted_zip(folder: Path) -> Path:
    data = bytearray(zip_of({"log.csv": CSV}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return write(folder, bytes(data), "log.zip")


def cut_zip(folder: Path) -> Path:
    return write(folder, zip_of({"log.csv": CSV * 50})[:-40], "log.zip")


def damaged_zip_member(folder: Path) -> Path:
    data = bytearray(zip_of({"log.csv": os.urandom(3000).hex().encode()}))
    data[600:640] = bytes(40)
    return write(folder, bytes(data), "log.zip")


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as out:
        out.write(b"case,activity,end\n")
        for _ in range(100):
            out.write(b"\x20" * (1 << 20))
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("log.csv", "w") as out:
        out.write(b"case,activity,end\n")
        for _ in range(100):
            out.write(b"1,a,2023-01-01 10:00\n" * 50_000)
    return path


def workbook_bomb(folder: Path) -> Path:
    path = workbook(folder)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.bin", "w") as out,
    ):
        for _ in range(100):
            out.write(bytes(1 << 20))
    return path


def without(book: openpyxl.Workbook) -> None:
    book.active.delete_rows(1, 100)  # type: ignore[union-attr]


def second_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Other").append(["case", "activity"])


def error_cell(book: openpyxl.Workbook) -> None:
    cell = book["Log"]["D3"]
    cell.value = "#REF!"
    cell.data_type = "e"


def formula_cell(book: openpyxl.Workbook) -> None:
    book["Log"]["D4"] = "=NOW()"


def damaged_workbook(folder: Path) -> Path:
    path = workbook(folder)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = files["xl/worksheets/sheet1.xml"][:-60]
    return write(folder, zip_of(files), "log.xlsx")


def entity_workbook(folder: Path) -> Path:
    path = workbook(folder)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    sheet = sheet[sheet.index(b"<worksheet") :].replace(b"</worksheet>", b'<f t="e"/></worksheet>')
    files["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE a [<!ENTITY x "y">]>' + sheet
    return write(folder, zip_of(files), "log.xlsx")


def parquet(**columns: Any) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        good = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}
        pq.write_table(pa.table({**good, **columns}), folder / "log.parquet")
        return folder / "log.parquet"

    return make


def damaged_parquet(folder: Path) -> Path:
    data = parquet()(folder).read_bytes()
    return write(folder, data[:-30], "log.parquet")


def parquet_twice(folder: Path) -> Path:
    column = pa.array([row[0] for row in ROWS])
    pq.write_table(pa.Table.from_arrays([column, column], names=["case", "case"]), folder / "log.parquet")
    return folder / "log.parquet"


def ocel(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], Path]:
    return lambda folder: write(folder, ocel_json_with(change), "log.jsonocel")


def drop(data: dict[str, Any], key: str) -> None:
    data["events"][1].pop(key)


OCEL_XML_ENTITY = (
    '<!DOCTYPE log [\n<!ENTITY a "b">]>\n<log><object-types/><event-types/><objects/><events/></log>'
)
BILLION = (
    '<!DOCTYPE log [\n<!ENTITY a "aaaaaaaaaa">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\n'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>\n'
)
EVENT = (
    '<event><string key="concept:name" value="a"/>'
    '<date key="time:timestamp" value="2023-01-01T10:00:00Z"/></event>'
)
TRACE = f'<trace><string key="concept:name" value="1"/>{EVENT}{EVENT}</trace>'
REQUEST = {"case_type": "request"}

PACKED = (
    Bad("empty_file", of(b"")),
    Bad("empty_file", of(gz_of(b""), "log.csv.gz")),
    Bad("not_a_plain_file", pipe),
    Bad("too_large", endless),
    Bad("gzip_truncated", of(gz_of(CSV * 2000)[:-500], "log.csv.gz")),
    Bad("gzip_damaged", of(gz_of(CSV * 20)[:40] + b"\0\1\2" * 30, "log.csv.gz")),
    Bad("zip_damaged", cut_zip),
    Bad("zip_damaged", damaged_zip_member),
    Bad("zip_without_file", of(zip_of({}), "log.zip")),
    Bad("zip_with_several_files", of(zip_of({"a.csv": CSV, "b.csv": CSV}), "log.zip")),
    Bad("zip_encrypted", encrypted_zip),
    Bad("gzip_bomb", gzip_bomb),
    Bad("zip_bomb", zip_bomb),
    Bad("workbook_bomb", workbook_bomb),
    Bad("archive_in_archive", of(gz_of(zip_of({"log.csv": CSV})), "log.zip.gz")),
    Bad("unpack_first", of(gz_of(b"PAR1" + bytes(100)), "log.parquet.gz")),
)
TEXT = (
    Bad("unknown_format", of(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "log.png")),
    Bad("unknown_format", of(bytes(range(1, 9)) * 200)),
    Bad("pdf_file", of(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "log.pdf")),
    Bad(
        "document_file", of(zip_of({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "a.docx")
    ),
    Bad(
        "html_file",
        of("<!DOCTYPE html><html><table><tr><td>case</td></tr></table></html>", "log.xls"),
        Place(line=1),
    ),
    Bad("wrong_encoding", of(csv_text().encode("cp1257"), "log.csv"), Place(line=2), {"encoding": "utf-8"}),
    Bad("unknown_encoding", of(CSV), Place(), {"encoding": "klingon"}),
    Bad("nul_bytes", of(CSV.replace(b"Check", b"Ch\0ck", 1)), Place(line=3)),
    Bad("nul_bytes", of(CSV * 4000 + b"A\0,b,c,d,e,f\n"), Place(line=28001)),
    Bad("header_missing", of(csv_text(ROWS[1:], ROWS[0])), Place(line=1)),
    Bad("title_above_header", of("Log of January,,,,,\n" + csv_text()), Place(line=1)),
    Bad("duplicate_columns", of(csv_text(header=(*HEADER[:5], "end"))), Place(line=1, column="end")),
    Bad("single_column", of("case\n1\n2\n"), Place(line=1)),
    Bad("no_rows", of(csv_text([]))),
    Bad(
        "too_many_columns",
        of(",".join(f"c{n}" for n in range(10_000)) + "\n" + "1," * 9_999 + "1\n"),
        Place(line=1),
    ),
    Bad("row_too_long", of(CSV + b"A-3,x,2023-01-01 10:00,2023-01-01 11:00,b,c,d\n"), Place(row=8, line=8)),
    Bad("row_too_short", of(CSV + b"A-3,x,2023-01-01 10:00\n"), Place(row=8, line=8)),
    Bad("unclosed_quotes", of(CSV + b'A-3,"x,2023-01-01 10:00,2023-01-01 11:00,b,c\n'), Place(row=8, line=8)),
    Bad(
        "text_after_quote",
        of(CSV + b'A-3,"x"y",2023-01-01 10:00,2023-01-01 11:00,b,c\n'),
        Place(row=8, line=8),
    ),
    Bad("line_too_long", of("case,activity" + "x" * (2 << 20) + "\n1,2\n"), Place(line=1)),
    Bad(
        "value_too_long",
        of(CSV + b'A-3,"' + b"x" * (60 << 20) + b'",2023-01-01 10:00,2023-01-01 11:00,b,c\n'),
        Place(row=8, line=8),
    ),
)
XML = (
    Bad("xml_truncated", of(xes_text()[:-30]), Place(line=11)),
    Bad("xml_mismatched_tag", of(xes_text(TRACE.replace("</trace>", "</tracy>"))), Place(line=3)),
    Bad("xml_invalid_character", of(xes_text(TRACE.replace('value="1"', 'value="1 & 2"'))), Place(line=3)),
    Bad(
        "xml_duplicate_attribute",
        of(xes_text(TRACE.replace('value="1"', 'value="1" value="2"'))),
        Place(line=3),
    ),
    Bad(
        "xml_encoding",
        of('<?xml version="1.0" encoding="klingon"?>\n<log>' + TRACE + "</log>"),
        Place(line=1),
    ),
    Bad("xml_not_well_formed", of(xes_text() + "<log/>"), Place(line=14)),
    Bad("xml_entity", of(xes_text(head=BILLION)), Place(line=3)),
    Bad("xml_entity", of(OCEL_XML_ENTITY, "log.xmlocel"), Place(line=2), REQUEST),
    Bad(
        "xml_external_entity",
        of(xes_text(head='<!DOCTYPE log SYSTEM "file:///etc/passwd">\n')),
        Place(line=2),
    ),
    Bad(
        "xml_external_entity",
        of(xes_text(head='<!DOCTYPE log [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n')),
        Place(line=3),
    ),
    Bad("not_xes", of("<invoice><line/></invoice>"), Place(line=1)),
    Bad(
        "xes_key_twice",
        of(xes_text(TRACE.replace("<event>", '<event><string key="concept:name" value="b"/>', 1))),
        Place(line=3, column="concept:name"),
    ),
    Bad("xes_attribute_incomplete", of(xes_text(TRACE.replace(' value="1"', ""))), Place(line=3)),
    Bad("xes_events_outside_traces", of(xes_text(TRACE + "\n" + EVENT)), Place(line=4)),
    Bad("no_events", of(xes_text('<trace><string key="concept:name" value="1"/></trace>'))),
    Bad(
        "value_too_long",
        of(xes_text(TRACE.replace('value="1"', f'value="{"x" * (60 << 20)}"'))),
        Place(line=3),
    ),
    Bad(
        "cases_without_events",
        of(xes_text(TRACE + '<trace><string key="concept:name" value="2"/></trace>')),
        stops=False,
    ),
)
WORKBOOKS = (
    Bad(
        "workbook_password",
        of(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(1000)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(1000),
            "log.xlsx",
        ),
    ),
    Bad("workbook_damaged", damaged_workbook),
    Bad("workbook_damaged", of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "log.xls")),
    Bad("xml_entity", entity_workbook, Place(line=1)),
    Bad("workbook_empty", lambda folder: workbook(folder, without)),
    Bad("several_sheets", lambda folder: workbook(folder, second_sheet), Place(sheet="Other")),
    Bad("unknown_sheet", workbook, Place(sheet="January"), {"sheet": "January"}),
    Bad(
        "merged_header",
        lambda folder: workbook(folder, lambda book: book["Log"].merge_cells("B1:C1")),
        Place(row=1, column="B", sheet="Log"),
    ),
    Bad(
        "merged_cells",
        lambda folder: workbook(folder, lambda book: book["Log"].merge_cells("A2:A4")),
        Place(row=2, column="A", sheet="Log"),
    ),
    Bad(
        "formula_error", lambda folder: workbook(folder, error_cell), Place(row=3, column="end", sheet="Log")
    ),
    Bad(
        "formula_without_value",
        lambda folder: workbook(folder, formula_cell),
        Place(row=4, column="end", sheet="Log"),
    ),
    Bad("no_rows", lambda folder: workbook(folder, rows=()), Place(sheet="Log")),
)
PARQUET = (
    Bad("parquet_damaged", damaged_parquet),
    Bad("nested_column", parquet(end=[[1]] * 6), Place(column="end"), {"mapping": {"end": "end"}}),
    Bad("nested_column_left_out", parquet(more=[{"a": 1}] * 6), Place(column="more"), stops=False),
    Bad("duplicate_columns", parquet_twice, Place(column="case")),
)
OCEL = (
    Bad("ocel_case_type_missing", ocel(lambda data: None)),
    Bad("ocel_case_type_unknown", ocel(lambda data: None), call={"case_type": "permit"}),
    Bad("ocel_no_events_of_type", ocel(lambda data: None), call={"case_type": "invoice"}),
    Bad(
        "ocel_reference_broken",
        ocel(lambda data: data["objects"].pop()),
        Place(row=4, column="events"),
        REQUEST,
    ),
    Bad("ocel_field_missing", ocel(lambda data: drop(data, "time")), Place(row=2, column="events"), REQUEST),
    Bad(
        "ocel_id_twice",
        ocel(lambda data: data["events"][2].update(id="e1")),
        Place(row=3, column="events"),
        REQUEST,
    ),
    Bad("no_events", ocel(lambda data: data["events"].clear()), call=REQUEST),
    Bad(
        "event_of_several_cases",
        ocel(lambda data: data["events"][0]["relationships"].append({"objectId": "A-2"})),
        call=REQUEST,
        stops=False,
    ),
    Bad(
        "ocel_events_of_other_types",
        ocel(lambda data: data["events"][0]["relationships"].clear()),
        call=REQUEST,
        stops=False,
    ),
    Bad("json_not_well_formed", of('{"events": [\n{"id": 1,,}]}', "log.json"), Place(line=2), REQUEST),
    Bad("json_too_deep", of("[" * 100_000, "log.json"), call=REQUEST),
    Bad("not_ocel", of(json.dumps({"cases": []}), "log.json"), call=REQUEST),
    Bad("sqlite_damaged", of(b"SQLite format 3\0" + os.urandom(500), "log.sqlite"), call=REQUEST),
    Bad("sqlite_not_ocel", lambda folder: ocel_sqlite(folder, "DROP TABLE event_object"), call=REQUEST),
    Bad(
        "ocel_event_table_missing", lambda folder: ocel_sqlite(folder, "DROP TABLE event_step"), call=REQUEST
    ),
)
ALL = (*PACKED, *TEXT, *XML, *WORKBOOKS, *PARQUET, *OCEL)
