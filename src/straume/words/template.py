"""The step table as an empty spreadsheet in three languages, with an example that people can copy from."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from straume.words import terms
from straume.words.catalog import catalog, known

HEADER_ROW = 4  # above it: a title and how to fill in
EMPTY_ROWS = 60
VALUE_CLASSES = ("value", "necessary", "waste")
_WIDE = {
    "step": 34,
    "lane": 24,
    "unit": 24,
    "legal_basis": 30,
    "notes": 34,
    "touch": 18,
    "wait": 18,
    "goes_to": 18,
}
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E6EEF3")


def step_table_template(lang: str) -> bytes:
    """The XLSX template in one language: sheets for steps, service and units, and a constructed example.

    `lean.stream.step_workbook` reads it back; the headings are aliases of `lean.stream.columns`.
    """
    lang = known(lang)
    book = Workbook()
    steps = book.active
    assert isinstance(steps, Worksheet)
    steps.title = terms.sheet("steps", lang)
    _introduce(steps, lang)
    _headings(steps, lang)
    _lists(steps, lang)
    _service(book.create_sheet(terms.sheet("service", lang)), lang)
    _units(book.create_sheet(terms.sheet("units", lang)), lang)
    _example(book.create_sheet(terms.sheet("example", lang)), lang)
    book.properties.title = terms.sheet("steps", lang)
    book.properties.language = lang
    stored = BytesIO()
    book.save(stored)
    return stored.getvalue()


def _introduce(sheet: Worksheet, lang: str) -> None:
    _ = catalog("terms", lang).gettext
    sheet["A1"] = _("A list of steps as the people who do the work say it")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = _(
        "One row is one step, in working order. A rough time is enough: 15–40 min, 1.5 h, 2 working days, "
        "3 weeks. Only “What is done?” must be filled in."
    )
    sheet["A3"] = _(
        "Goes to: empty is the next row; “3 60%; 5 40%” is a choice; “3 + 4” is both at once; “end” is the "
        "answer to the client. Posts and units, never names of people."
    )


def _headings(sheet: Worksheet, lang: str) -> None:
    for number, role in enumerate(terms.COLUMNS, 1):
        cell = sheet.cell(HEADER_ROW, number, terms.column(role, lang))
        cell.font, cell.fill = _BOLD, _SHADE
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(role, 13)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)


def _lists(sheet: Worksheet, lang: str) -> None:
    """Cells that offer a list; other words are allowed, the reader knows more of them."""
    choices = {
        "value_class": [terms.value_class(code, lang, agreed=False) for code in VALUE_CLASSES],
        "is_check": [terms.yes_no(True, lang), terms.yes_no(False, lang)],
        "medium": [terms.medium(code, lang) for code in ("paper", "email", "system", "phone", "person")],
    }
    for role, words in choices.items():
        letter = get_column_letter(terms.COLUMNS.index(role) + 1)
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offered.showErrorMessage = False
        offered.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + EMPTY_ROWS}")
        sheet.add_data_validation(offered)


def _service(sheet: Worksheet, lang: str) -> None:
    for row, (fact, value) in enumerate(
        (("name", None), ("demand", None), ("minutes_per_day", 480), ("days_per_week", 5)), 1
    ):
        sheet.cell(row, 1, terms.service_line(fact, lang)).font = _BOLD
        sheet.cell(row, 2, value)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 34


def _units(sheet: Worksheet, lang: str) -> None:
    for number, role in enumerate(("unit", "staff", "rate"), 1):
        cell = sheet.cell(1, number, terms.unit_column(role, lang))
        cell.font, cell.fill = _BOLD, _SHADE
        sheet.column_dimensions[get_column_letter(number)].width = 30 if role == "unit" else 20


def _example(sheet: Worksheet, lang: str) -> None:
    _ = catalog("terms", lang).gettext
    sheet["A1"] = _("Constructed example")
    sheet["A1"].font = Font(bold=True, size=14)
    _headings(sheet, lang)
    places = {role: number for number, role in enumerate(terms.COLUMNS, 1)}
    for row, values in enumerate(example_rows(lang), HEADER_ROW + 1):
        for role, value in values.items():
            sheet.cell(row, places[role], value)


def example_rows(lang: str) -> Sequence[dict[str, Any]]:
    """A constructed service in five steps, as people would write it."""
    lang = known(lang)
    _ = catalog("terms", lang).gettext
    clerk, specialist, head = _("Clerk"), _("Specialist"), _("Head of unit")
    front, board = _("Front office"), _("Building board")
    yes = terms.yes_no(True, lang)
    return (
        {"number": 1, "step": _("Registers application"), "lane": clerk, "unit": front}
        | {"touch": _("15 min"), "medium": terms.medium("paper", lang)},
        {"number": 2, "step": _("Checks documents"), "lane": specialist, "unit": board}
        | {"touch": _("30–60 min"), "wait": _("2 working days"), "complete_accurate": 70}
        | {"is_check": yes, "goes_to": _("3 30%; 4")},
        {"number": 3, "step": _("Asks for what is missing"), "lane": specialist, "unit": board}
        | {"touch": _("20 min"), "goes_to": 2, "medium": terms.medium("email", lang)},
        {"number": 4, "step": _("Inspects on site"), "lane": specialist, "unit": board}
        | {"touch": _("2 h"), "wait": _("1 week")},
        {"number": 5, "step": _("Decides and answers"), "lane": head, "unit": board}
        | {"touch": _("1 h"), "wait": _("3–5 working days")},
    )
