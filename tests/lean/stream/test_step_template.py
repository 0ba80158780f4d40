"""The spreadsheet template in three languages: its headings are understood, its example reads back."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from straume.lean.errors import InputProblems
from straume.lean.stream.columns import ALIASES, looks_like_steps, recognise
from straume.lean.stream.measures import measure
from straume.lean.stream.records import StreamMeasures
from straume.lean.stream.step_table import read_steps
from straume.lean.stream.step_workbook import read_step_workbook
from straume.words import terms
from straume.words.template import HEADER_ROW, example_rows, step_table_template

LANGUAGES = ("en", "lv", "lt")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_the_template_is_understood(lang: str) -> None:
    headings = [terms.column(role, lang) for role in terms.COLUMNS]
    columns, problems, notices = recognise(headings)
    assert (problems, notices) == ([], [])
    assert tuple(columns) == terms.COLUMNS
    assert looks_like_steps(headings)
    assert set(ALIASES) - set(terms.COLUMNS) == {"touch_low", "touch_mode", "touch_high"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_template_reads_back(lang: str, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(step_table_template(lang)))
    steps = book.worksheets[0]
    places = {role: number for number, role in enumerate(terms.COLUMNS, 1)}
    for row, values in enumerate(example_rows(lang), HEADER_ROW + 1):
        for role, value in values.items():
            steps.cell(row, places[role], value)
        steps.cell(row, places["value_class"], terms.value_class("waste", lang, agreed=False))
    book.worksheets[1]["B1"], book.worksheets[1]["B2"] = "Permit", 340
    for column, value in enumerate((example_rows(lang)[1]["unit"], 2.5, 18), 1):
        book.worksheets[2].cell(2, column, value)
    book.save(tmp_path / "steps.xlsx")

    stream = read_step_workbook(tmp_path / "steps.xlsx").stream
    assert (stream.name, stream.demand_per_year) == ("Permit", 340)
    assert [step.share for step in stream.steps] == [1.0, 1.0, 0.3, 1.0, 1.0]
    assert {step.value_class for step in stream.steps} == {"waste"}
    assert [(unit.staff, unit.rate_eur_per_hour) for unit in stream.units] == [(None, None), (2.5, 18)]
    assert measured(lang) == measured("en")


def measured(lang: str) -> tuple[object, ...]:
    """Figures of the example, which do not depend on the language it is written in."""
    stream = read_steps(example_rows(lang)).stream
    found: StreamMeasures = measure(stream, calendar=stream.calendar)
    return found.lead_time_minutes, found.process_minutes, found.handoffs, found.rolled_yield, found.loops


def test_an_empty_template_has_no_steps_though_it_has_an_example(tmp_path: Path) -> None:
    from straume.lean.errors import InputProblems

    (tmp_path / "empty.xlsx").write_bytes(step_table_template("lv"))
    with pytest.raises(InputProblems) as refusal:
        read_step_workbook(tmp_path / "empty.xlsx")
    assert [problem.code for problem in refusal.value.problems] == ["steps_empty"]


def test_terms_stand_in_every_language() -> None:
    assert terms.verdict("rearrange", "lv") == "Mainīt secību"
    assert terms.verdict("eliminate", "lt") == "Atsisakyti"
    assert terms.value_class("waste", "lv", agreed=False) == "Vai tas vajadzīgs?"
    assert terms.value_class(None, "lt") == "Dar neįvertinta"
    assert terms.measure("process_cycle_efficiency", "lv") == "Procesa cikla efektivitāte"
    assert terms.cause("batching", "lt") == "Kaupiama, pvz., iki posėdžio"


def test_a_fault_is_placed_in_the_row_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(step_table_template("lt")))
    sheet = book.worksheets[0]
    for row, (number, name, work) in enumerate(
        [("1", "Priima", "10 min"), ("1", "Tikrina", "greitai")], HEADER_ROW + 1
    ):
        for heading, value in zip(("number", "step", "touch"), (number, name, work), strict=True):
            column = [cell.value for cell in sheet[HEADER_ROW]].index(terms.column(heading, "lt")) + 1
            sheet.cell(row, column, value)
    path = tmp_path / "steps.xlsx"
    book.save(path)
    with pytest.raises(InputProblems) as refused:
        read_step_workbook(path)
    found = {(problem.code, problem.place.row) for problem in refused.value.problems}
    assert ("step_number_twice", HEADER_ROW + 1) in found
    assert ("step_number_twice", HEADER_ROW + 2) in found
    assert any(row == HEADER_ROW + 2 and code.startswith("duration") for code, row in found)
