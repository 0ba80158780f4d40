"""A table of figures as a file: CSV as the reader's spreadsheet opens it, XLSX with numbers as numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from straume.web.studies import analysis, sentences
from straume.web.studies.figures import FEW, Table
from straume.web.studies.models import AssessmentRun
from straume.words import format as words_format

DECIMAL_COMMA = ("lv", "lt")


def as_csv(table: Table, *, lang: str) -> bytes:
    """With semicolons and a decimal comma where the language has it; a byte-order mark keeps the letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang in DECIMAL_COMMA else ",", lineterminator="\r\n")
    writer.writerow(headings(table))
    for row in table.rows:
        writer.writerow([safe(csv_cell(cell, lang)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table, *, about: Sequence[tuple[str, str]]) -> bytes:
    """The table on one sheet, and on a second where it comes from (period, n, version, "simulated")."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(str(table.title))
    sheet.append([safe(name) for name in headings(table)])
    for row in table.rows:
        sheet.append([safe(xlsx_cell(cell)) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(60, max(10, widest + 2))
    origin = book.create_sheet(_("About")[:31])
    for name, value in [*about, ("", str(table.note))]:
        origin.append([safe(str(name)), safe(str(value))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """As a workbook takes it: at most 31 letters, none of those that stand for something in a formula."""
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split())[:31]


def about(run: AssessmentRun, lang: str) -> list[tuple[str, str]]:
    """Where a file of figures comes from."""
    made = analysis.stored(run, {})
    rows = [
        (_("Service"), str(run.study.offer.service)),
        (_("Institution"), str(run.study.institution)),
        (
            _("Period"),
            words_format.period(made.first_on, made.last_on, lang) if made.first_on and made.last_on else "",
        ),
        (_("Cases"), sentences.cases_sentence(made.facts.cases, lang) if made.facts else ""),
        (_("Version"), run.library_version),
    ]
    if run.is_simulated:
        rows.append((_("Simulated, not real data"), ""))
    return rows


def headings(table: Table) -> list[str]:
    units = {
        "days": _("days"),
        "duration": _("days"),
        "working_days": _("working days"),
        "minutes": _("minutes of work"),
        "share": _("share of 1"),
    }
    return [
        f"{column.label} [{units[column.kind]}]" if column.kind in units else str(column.label)
        for column in table.columns
    ]


def csv_cell(cell: Any, lang: str) -> str:
    if cell is None:
        return ""
    if cell == FEW:
        return _("fewer than five")
    if isinstance(cell, float):
        text = f"{cell:.6g}" if abs(cell) < 1e6 else f"{cell:.0f}"
        return text.replace(".", ",") if lang in DECIMAL_COMMA else text
    return str(cell)


def xlsx_cell(cell: Any) -> Any:
    if cell == FEW:
        return _("fewer than five")
    if isinstance(cell, int | float) or cell is None:
        return cell
    return str(cell)


def safe(cell: Any) -> Any:
    """A name of a step that begins like a formula is text, not something that a spreadsheet runs."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "@", "\t", "\r", "-")) and cell != "–":
        return f"'{cell}"
    return cell
