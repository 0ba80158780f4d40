"""Spreadsheets: one sheet, one header, cells as text; formula errors and merged cells are told, not
guessed away.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from straume.lean.errors import Place
from straume.lean.events.delimited import checked_header
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import ZIP_FAULTS, Limits, refused

FORMULA_ERROR, FORMULA_WITHOUT_VALUE = "#ERROR!", "#FORMULA!"
_BLOCK_ROWS = 20_000


def open_workbook(
    path: Path, *, sheet: str | None, limits: Limits
) -> tuple[RawTable, Callable[[Wanted], RawTable]]:
    """Sample a sheet of a workbook (XLSX, XLS, ODS); and how the wanted columns are given."""
    table = _guarded(lambda: _read(path, sheet, limits))
    columns = {name: column.slice(0, SAMPLE_ROWS) for name, column in table.columns.items()}
    sample = RawTable(format="xlsx", columns=columns, rows=min(table.rows, SAMPLE_ROWS), sheet=table.sheet)

    def read(wanted: Wanted) -> RawTable:
        if not table.rows:
            raise refused("no_rows", Place(sheet=table.sheet))
        return table

    return sample, read


def _read(path: Path, sheet: str | None, limits: Limits) -> RawTable:
    _check_size(path, limits)
    chosen = _chosen_sheet(_workbook(path), sheet)
    return _table(chosen, _spoilt_cells(path, chosen.name), limits)


def _guarded(read: Callable[[], RawTable]) -> RawTable:
    try:
        return read()
    except (CalamineError, expat.ExpatError, *ZIP_FAULTS):
        raise refused("workbook_damaged") from None
    except BaseException as error:
        # The reader below is Rust: a bug there comes as a panic, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise refused("workbook_damaged") from None
        raise


def _check_size(path: Path, limits: Limits) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > max(64 << 20, limits.ratio * path.stat().st_size) or unpacked > limits.uncompressed_bytes:
        raise refused("workbook_bomb", ratio=limits.ratio)


def _workbook(path: Path) -> CalamineWorkbook:
    with path.open("rb") as file:
        if "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20):
            raise refused("workbook_password")
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise refused("workbook_password") from None


def _chosen_sheet(workbook: CalamineWorkbook, wanted: str | None) -> CalamineSheet:
    names = workbook.sheet_names
    listed = ", ".join(names[:8])
    if wanted is not None:
        if wanted not in names:
            raise refused("unknown_sheet", Place(sheet=wanted[:40]), sheets=listed)
        return workbook.get_sheet_by_name(wanted)
    filled = [found for name in names if (found := workbook.get_sheet_by_name(name)).height > 0]
    if not filled:
        raise refused("workbook_empty")
    if len(filled) > 1:
        raise refused("several_sheets", Place(sheet=filled[1].name), count=len(filled), sheets=listed)
    return filled[0]


def _table(sheet: CalamineSheet, spoilt: dict[tuple[int, int], str], limits: Limits) -> RawTable:
    if sheet.width > limits.columns:
        raise refused("too_many_columns", Place(sheet=sheet.name), count=sheet.width, limit=limits.columns)
    if sheet.height > limits.rows:
        raise refused("too_many_rows", Place(sheet=sheet.name), count=sheet.height, limit=limits.rows)
    _check_merged(sheet)
    rows = sheet.iter_rows()
    _, first_column = sheet.start or (0, 0)
    header: tuple[str, ...] | None = None
    chunks: list[list[pa.Array]] = []
    block: list[list[str | None]] = []
    shown = array("l")  # row of the sheet, from 1, of each row of the table
    for number, row in enumerate(rows):  # all rows from the top, columns from the first filled one
        texts = [_text(value) for value in row]
        if spoilt:
            texts = [spoilt.get((number, first_column + place), text) for place, text in enumerate(texts)]
        if header is None:
            following = [text or "" for text in texts]
            if any(following):
                header = _header(following, sheet)
            continue
        if any(text is not None for text in texts):
            block.append(texts)
            shown.append(number + 1)
        if len(block) == _BLOCK_ROWS:
            chunks.append(_columns(block, len(header)))
            block = []
    if header is None:
        raise refused("workbook_empty", Place(sheet=sheet.name))
    chunks.append(_columns(block, len(header)))
    columns = {
        name: pa.chunked_array([chunk[place] for chunk in chunks], pa.string())
        for place, name in enumerate(header)
    }
    return RawTable(
        format="xlsx",
        columns=columns,
        rows=len(shown),
        sheet=sheet.name,
        details={"sheet": sheet.name},
        shown_row=shown.__getitem__,
    )


def _header(texts: list[str], sheet: CalamineSheet) -> tuple[str, ...]:
    filled = len([text for text in texts if text])
    # A row with one cell above a table of several columns is a title.
    return checked_header(texts, ["x"] * len(texts) if filled == 1 else ())


def _columns(block: list[list[str | None]], width: int) -> list[pa.Array]:
    return [
        pa.array([row[place] if place < len(row) else None for row in block], pa.string())
        for place in range(width)
    ]


def _text(value: Any) -> str | None:
    """A cell as its text: dates in ISO form, whole numbers without a decimal point."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def _check_merged(sheet: CalamineSheet) -> None:
    try:
        merged = sheet.merged_cell_ranges
    except (CalamineError, AttributeError):
        return
    if merged:
        (row, column), _ = sorted(merged)[0]
        header_row = (sheet.start or (0, 0))[0]
        code = "merged_header" if row <= header_row else "merged_cells"
        place = Place(row=row + 1, column=column_letters(column), sheet=sheet.name)
        raise refused(code, place, count=len(merged))


def column_letters(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _spoilt_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Cells of an XLSX sheet that hold an error or a formula whose value was never computed (row, column
    from 0).
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        member = _member_of(archive, sheet)
        return _scan(archive.read(member)) if member is not None else {}


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    relations: dict[str, str] = {}
    _attributes(
        archive.read("xl/_rels/workbook.xml.rels"),
        "Relationship",
        lambda a: relations.update({a["Id"]: a["Target"]}),
    )
    found: list[str] = []

    def of_sheet(attributes: dict[str, str]) -> None:
        if attributes.get("name") == sheet:
            found.extend(value for key, value in attributes.items() if key.endswith(":id"))

    _attributes(archive.read("xl/workbook.xml"), "sheet", of_sheet)
    target = relations.get(found[0], "") if found else ""
    member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return member if member in names else None


def _attributes(xml: bytes, tag: str, take: Callable[[dict[str, str]], None]) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == tag:
            take(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _no_entities
    parser.Parse(xml, True)


def _no_entities(*_: Any) -> None:
    raise refused("xml_entity", Place(line=1))


def _scan(xml: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    spoilt: dict[tuple[int, int], str] = {}
    cell: dict[str, Any] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            cell.update(
                at=attributes.get("r", ""),
                error=attributes.get("t") == "e",
                formula=False,
                value="",
                inside=False,
            )
        elif tag == "f":
            cell["formula"] = True
        elif tag in ("v", "t"):
            cell["inside"] = True

    def text(data: str) -> None:
        if cell.get("inside"):
            cell["value"] += data

    def end(name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("v", "t"):
            cell["inside"] = False
        elif tag == "c" and (place := _cell_place(cell["at"])) is not None:
            if cell["error"]:
                spoilt[place] = FORMULA_ERROR
            elif cell["formula"] and not cell["value"]:
                spoilt[place] = FORMULA_WITHOUT_VALUE

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.EntityDeclHandler = _no_entities
    parser.Parse(xml, True)
    return spoilt


def _cell_place(reference: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1
