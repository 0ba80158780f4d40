"""Tables that people paste or upload: rows of cells with the number that the row has for them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from straume.web.places.models import Institution
from straume.web.places.wording import folded

MOST_ROWS = 20_000
LARGEST_FILE = 5_000_000  # bytes
LARGEST_UNPACKED = 60_000_000


class Unreadable(ValueError):
    """The file is no table; its text is a sentence for people."""


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        return self.cells[at] if at < len(self.cells) else ""


def rows_of_text(text: str) -> list[Row]:
    """Lines with tabs, semicolons or commas between; empty lines keep their number and are left out."""
    lines = text.replace("\r\n", "\n").replace("\ufeff", "").split("\n")
    if len(lines) > MOST_ROWS:
        raise Unreadable(_("There are more than %(most)s lines.") % {"most": MOST_ROWS})
    mark = _mark_between(lines)
    found = []
    for number, line in enumerate(lines, 1):
        cells = next(csv.reader([line], delimiter=mark), [])
        if any(cell.strip() for cell in cells):
            found.append(Row(number, tuple(cell.strip() for cell in cells)))
    return found


def rows_of_file(file: IO[bytes], *, name: str) -> list[Row]:
    """The first sheet of an XLSX file, or a CSV file in UTF-8."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than 5 MB. Send the list in two parts."))
    if name.lower().endswith(".csv"):
        try:
            return rows_of_text(content.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            raise Unreadable(_("The file is not written in UTF-8. Save it as “CSV UTF-8”.")) from fault
    return [Row(number, tuple(cells)) for number, cells in sheet_rows(content, 0) if any(cells)]


def sheet_rows(content: bytes, sheet: int | str) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of a sheet of a workbook, by its place or name."""
    book = open_book(content)
    at = book.sheet_names[sheet] if isinstance(sheet, int) else sheet
    found = book.get_sheet_by_name(at)
    table = found.to_python(skip_empty_area=False)
    for number, cells in enumerate(table[:MOST_ROWS], 1):
        yield number, [_said(cell) for cell in cells]


def open_book(content: bytes) -> Any:
    """The workbook; refused where it is none, or unpacks to something enormous."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("The file is too large when unpacked."))
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (zipfile.BadZipFile, CalamineError, OSError) as fault:
        raise Unreadable(
            _("This is no XLSX file. Save the table as .xlsx and choose it once more.")
        ) from fault


class Places:
    """Institutions by any of their names, in any language, with or without diacritics."""

    def __init__(self, institutions: Sequence[Institution]) -> None:
        self._found: dict[str, Institution] = {}
        for one in institutions:
            names = {one.slug, *(getattr(one, f"name_{code}") or "" for code in ("lv", "lt", "en"))}
            for name in names - {""}:
                self._found[folded(name)] = one

    def find(self, name: str) -> Institution | None:
        return self._found.get(folded(name.strip()))


def _mark_between(lines: Sequence[str]) -> str:
    return next((mark for mark in ("\t", ";") if any(mark in line for line in lines)), ",")


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
