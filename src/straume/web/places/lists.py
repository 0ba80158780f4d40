"""Lists that people search, sort and take with them: what is asked in the address, and files of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

Cell = str | int | float | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("csv", "xlsx")
WIDEST = 60


@dataclass(frozen=True)
class Column:
    """One column of a list: its code in the address, its heading, whether numbers stand in it."""

    code: str
    label: Any
    is_number: bool = False


@dataclass(frozen=True)
class Asked:
    """What the address asks of a list: words, choices, order, and in what form."""

    q: str
    sort: str
    choices: Mapping[str, str]
    form: str  # "": the page; csv, xlsx

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or any(self.choices.values()))

    @property
    def kept(self) -> str:
        """The address without the order, for links that change the order."""
        return urlencode({"q": self.q, **self.choices})

    def context(self, columns: Sequence[Column]) -> dict[str, Any]:
        """What the templates of a list's form and of its head take."""
        return {
            "q": self.q,
            "sort": self.sort.removeprefix("-"),
            "descending": self.sort.startswith("-"),
            "columns": columns,
            "kept": self.kept,
            "filtered": self.is_filtered,
            **self.choices,
        }


def asked_of(request: HttpRequest, columns: Sequence[Column], *choices: str) -> Asked:
    """The list that the address asks for; an order that there is not is that of the first column."""
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") not in {column.code for column in columns}:
        sort = columns[0].code
    return Asked(
        q=request.GET.get("q", "").strip(),
        sort=sort,
        choices={name: request.GET.get(name, "").strip() for name in choices},
        form=request.GET.get("format", ""),
    )


def as_file(
    table: Sequence[Sequence[Cell]], form: str | None, *, name: str, title: str, today: date
) -> HttpResponse:
    """A table, its headings first, as CSV or XLSX."""
    content: str | bytes = as_xlsx(table, title) if form == "xlsx" else as_csv(table)
    response = HttpResponse(content, content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="straume-{name}-{today.isoformat()}.{form}"'
    return response


def as_csv(table: Sequence[Sequence[Cell]]) -> str:
    """With a byte-order mark: spreadsheets then read the letters right."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([_plain(row) for row in table])
    return out.getvalue()


def as_xlsx(table: Sequence[Sequence[Cell]], title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    for row in table:
        sheet.append([safe(cell) if isinstance(cell, str) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for number, cells in enumerate(zip(*table, strict=True), 1):
        longest = max(len(str(cell)) for cell in cells)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, longest + 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(text: str) -> str:
    """A name that begins like a formula stays text in a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _plain(row: Sequence[Cell]) -> list[str | int]:
    """Days as the spreadsheet of any language reads them: 2019-01-15."""
    return [cell if isinstance(cell, int) else "" if cell is None else safe(str(cell)) for cell in row]
