"""The step table as a spreadsheet: finds the sheets with the steps, with the service and with its units."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from straume.lean.errors import InputProblems, Place, Problem, StraumeError
from straume.lean.stream import cells
from straume.lean.stream.clocks import MINUTES_PER_DAY, WorkingTime
from straume.lean.stream.columns import Column, looks_like_steps, recognise
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Clock, UnitCapacity
from straume.lean.stream.step_table import StepTable, read_steps

LARGEST_BYTES = 5_000_000
LARGEST_UNPACKED_BYTES = 100_000_000
MOST_ROWS, MOST_COLUMNS = 2_000, 200
_SPELT_UNITS = {"minute": "min", "hour": "h", "working_day": "d.d.", "day": "d", "week": "weeks"}
_USUAL_UNIT = dict.fromkeys(("touch_low", "touch_mode", "touch_high"), "minute")
_HEADER_WITHIN = 15  # rows above the header: a title, an explanation
Sheet = list[list[Any]]

# fact of the service → how its line is called; the first of each language is that of the template
SERVICE_LINES: dict[str, tuple[str, ...]] = {
    "name": ("Pakalpojums", "Pakalpojuma nosaukums", "Paslauga", "Paslaugos pavadinimas", "Service"),
    "demand": ("Lietas gadā", "Lietu skaits gadā", "Atvejai per metus", "Atvejų skaičius per metus")
    + ("Bylos per metus", "Bylų skaičius per metus")
    + ("Cases per year", "Demand per year"),
    "minutes_per_day": ("Darba minūtes dienā", "Darbo minutės per dieną", "Working minutes per day"),
    "days_per_week": ("Darba dienas nedēļā", "Darbo dienos per savaitę", "Working days per week"),
}
UNIT_HEADINGS: dict[str, tuple[str, ...]] = {
    "unit": ("Struktūrvienība", "Nodaļa", "Padalinys", "Skyrius", "Unit", "Department"),
    "staff": ("Slodzes (PSE)", "Slodzes", "Amata vietas", "Etatai (EE)", "Etatai")
    + ("Full-time equivalents", "FTE", "Staff"),
    "rate": ("Likme, EUR/h", "Likme", "Įkainis, EUR/val.", "Įkainis", "Rate, EUR/h", "Rate"),
}


def read_step_workbook(
    path: Path, *, calendar: Mapping[str, object] | None = None, hours_clock: Clock = "working"
) -> StepTable:
    """The value stream of an XLSX, XLS or ODS file made from the template, or of any sheet with its headings.

    A sheet with the service (cases a year, minutes of a working day) and one with its units are read where
    they are; `calendar` goes before what the sheet says. Raises InputProblems.
    """
    sheets = _sheets(path)
    steps = _find(sheets, looks_like_steps)
    if steps is None:
        raise InputProblems((Problem("steps_sheet_missing", {"sheets": ", ".join(sheets)}),))
    title, rows, header_row = steps
    facts, problems = _service(sheets, skip=title)
    units, more = _units(sheets, skip=title)
    problems += more
    stated = [key for key in ("minutes_per_day", "days_per_week") if key in facts]
    if calendar is None and stated:
        impossible = _impossible(facts)
        problems += impossible
        calendar = WorkingTime().to_dict() | {key: float(facts[key]) for key in stated if not impossible}
    try:
        table = read_steps(
            rows,
            name=str(facts.get("name", "")),
            demand_per_year=facts.get("demand"),
            calendar=calendar,
            units=units,
            hours_clock=hours_clock,
        )
    except InputProblems as found:
        on_sheet = [replace(p, place=_on_sheet(p.place, title, header_row)) for p in found.problems]
        raise InputProblems((*problems, *on_sheet)) from None
    if problems:
        raise InputProblems(tuple(problems))
    return table


@dataclass(frozen=True)
class StepRows:
    """The rows of a sheet as text by role, as a form shows them before anybody reads what they mean."""

    rows: tuple[dict[str, str], ...]
    demand_per_year: float | None = None


def read_step_rows(path: Path) -> StepRows:
    """The rows with steps as typed, unit of a heading added to bare numbers. Raises InputProblems."""
    sheets = _sheets(path)
    steps = _find(sheets, looks_like_steps)
    if steps is None:
        raise InputProblems((Problem("steps_sheet_missing", {"sheets": ", ".join(sheets)}),))
    title, rows, _header_row = steps
    columns, problems, _notices = recognise(rows[0] if rows else ())
    if problems:
        raise InputProblems(tuple(problems))
    facts, _problems = _service(sheets, skip=title)
    typed = [_typed(row, columns.values()) for row in rows]
    demand = facts.get("demand")
    return StepRows(tuple(row for row in typed if row), demand if isinstance(demand, float) else None)


def _typed(row: Mapping[str, Any], columns: Iterable[Column]) -> dict[str, str]:
    """A row's filled cells by role; least, usual and most work become one range."""
    cells_by_role = {
        column.role: _cell_text(row.get(column.heading), column.unit or _USUAL_UNIT.get(column.role))
        for column in columns
    }
    ends = [cells_by_role.pop(f"touch_{part}", "") for part in ("low", "mode", "high")]
    said = [end for end in ends if end]
    if said and not cells_by_role.get("touch"):
        cells_by_role["touch"] = " / ".join(said)
    return {role: text for role, text in cells_by_role.items() if text}


def _cell_text(cell: object, unit: str | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    bare = unit is not None and re.fullmatch(r"\d+(?:[.,]\d+)?", text)
    return f"{text} {_SPELT_UNITS[unit]}" if bare and unit in _SPELT_UNITS else text


def _impossible(facts: Mapping[str, Any]) -> list[Problem]:
    """Whether the sheet tells of a working day that cannot be."""
    minutes = facts.get("minutes_per_day", WorkingTime().minutes_per_day)
    days = facts.get("days_per_week", WorkingTime().days_per_week)
    if 0 < minutes <= MINUTES_PER_DAY and 0 < days <= 7:
        return []
    return [Problem("working_time_impossible", {"minutes": f"{minutes:g}", "days": f"{days:g}"})]


def is_step_workbook(path: Path) -> bool:
    """Whether a spreadsheet holds a list of steps and not a case log."""
    try:
        return _find(_sheets(path), looks_like_steps) is not None
    except InputProblems:
        return False


def _sheets(path: Path) -> dict[str, Sheet]:
    if path.stat().st_size > LARGEST_BYTES:
        raise InputProblems((Problem("steps_file_too_large", {"most_mb": LARGEST_BYTES // 1_000_000}),))
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED_BYTES:
                    raise InputProblems((Problem("steps_file_bomb"),))
        book = CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputProblems((Problem("steps_not_a_workbook", {"file": path.name}),)) from error
    tables = {}
    for name, sheet in sheets.items():
        rows, columns = sheet.total_height + 1, sheet.total_width + 1  # these count from nought
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            params = {"rows": rows, "columns": columns}
            raise InputProblems((Problem("steps_sheet_too_large", params, Place(sheet=name)),))
        tables[name] = sheet.to_python(skip_empty_area=False)
    return tables


def _on_sheet(place: Place, title: str, header_row: int) -> Place:
    """The place as the spreadsheet numbers it: rows are counted from its top, not from below the headings."""
    row = place.row + header_row if place.row is not None else None
    return replace(place, sheet=title, row=row)


def _find(
    sheets: Mapping[str, Sheet], fits: Any, skip: str = ""
) -> tuple[str, list[dict[str, Any]], int] | None:
    """The first sheet with a header row that fits, as a list of heading → cell; the number of that row."""
    for name, sheet in sheets.items():
        for index, header in enumerate(sheet[:_HEADER_WITHIN]):
            if name != skip and fits(header):
                headings = [str(cell).strip() for cell in header]
                rows = [_named(headings, row) for row in sheet[index + 1 :]]
                return name, rows, index + 1
    return None


def _named(headings: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return {heading: cell for heading, cell in zip(headings, row) if heading}


def _service(sheets: Mapping[str, Sheet], *, skip: str) -> tuple[dict[str, Any], list[Problem]]:
    """What the lines "Cases per year: 1 200" and their like say, on any sheet but that of the steps."""
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    lines = {fold(alias): fact for fact, aliases in SERVICE_LINES.items() for alias in aliases}
    for name, sheet in sheets.items():
        for number, row in enumerate(sheet if name != skip else [], 1):
            fact = lines.get(fold(row[0]).rstrip(" :")) if row else None
            value = next((cell for cell in row[1:] if str(cell).strip()), None)
            if fact is None or value is None:
                continue
            try:
                facts[fact] = str(value).strip() if fact == "name" else cells.number(value)
            except StraumeError as error:
                place = Place(row=number, column=str(row[0]), sheet=name)
                problems.append(Problem(error.code, error.params, place))
    return facts, problems


def _units(sheets: Mapping[str, Sheet], *, skip: str) -> tuple[list[UnitCapacity], list[Problem]]:
    headings = {fold(alias): role for role, aliases in UNIT_HEADINGS.items() for alias in aliases}

    def fits(header: Sequence[Any]) -> bool:
        roles = {headings.get(fold(cell)) for cell in header}
        return "unit" in roles and bool(roles & {"staff", "rate"})

    found = _find(sheets, fits, skip)
    if found is None:
        return [], []
    title, rows, header_row = found
    units: list[UnitCapacity] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, header_row + 1):
        values: dict[str, Any] = {}
        for heading, cell in row.items():
            role = headings.get(fold(heading))
            if role is None or not str(cell).strip():
                continue
            try:
                values[role] = str(cell).strip() if role == "unit" else cells.number(cell)
            except StraumeError as error:
                problems.append(Problem(error.code, error.params, Place(number, heading, sheet=title)))
        if "unit" in values:
            units.append(UnitCapacity(values["unit"], values.get("staff"), {}, values.get("rate")))
    return units, problems
