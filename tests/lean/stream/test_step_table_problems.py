"""Every fault of a step table has its code and its place; the whole table is checked before it is refused."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from straume.lean.errors import InputProblems, Problem
from straume.lean.stream.step_table import read_steps
from straume.lean.stream.step_workbook import is_step_workbook, read_step_workbook
from straume.words import steps as words
from straume.words.catalog import catalog

GOOD: dict[str, Any] = {"Solis": "Reģistrē", "Tiešā darba laiks": "15 min", "Gaidīšana pirms": "1 d. d."}

ONE_CELL = [
    # column, cell, code
    ("Tiešā darba laiks", "20", "duration_no_unit"),
    ("Tiešā darba laiks", "min", "duration_no_number"),
    ("Tiešā darba laiks", "20 foo", "duration_unknown_word"),
    ("Tiešā darba laiks", "15 20 min", "duration_two_numbers"),
    ("Tiešā darba laiks", "40–15 min", "duration_reversed"),
    ("Tiešā darba laiks", "-5 min", "duration_negative"),
    ("Tiešā darba laiks", "vismaz 2 h", "duration_open_ended"),
    ("Tiešā darba laiks", "1-2-3-4 h", "duration_too_many_values"),
    ("Tiešā darba laiks", "2 dienas", "touch_on_calendar_clock"),
    ("Gaidīšana pirms", "1 h – 2 dienas", "duration_mixed_clocks"),
    ("Gaidīšana pirms", "100 gadi", "duration_too_long"),
    ("Darbs vismaz", "5 min", "step_touch_twice"),
    ("Derīgs bez labošanas, %", "110 %", "step_share_over_one"),
    ("Derīgs bez labošanas, %", "daudz", "step_number_unreadable"),
    ("Cik daļai lietu, %", "0", "step_share_zero"),
    ("Cik reižu lietā", "0,5", "step_times_below_one"),
    ("Cik reižu lietā", "100 %", "step_share_over_one"),
    ("Darbinieku skaits", "1,5", "step_staff_not_whole"),
    ("Likme, EUR/h", "-4", "step_number_negative"),
    ("Vērtības veids", "laba", "step_value_class_unknown"),
    ("Vai tā ir pārbaude?", "varbūt", "step_yes_no_unknown"),
    ("Kā nodod", "ar balodi", "step_medium_unknown"),
    ("Spēkā no", "vakar", "step_date_unreadable"),
    ("Spēkā no", "2020-02-30", "step_date_unreadable"),
    ("Spēkā no", "2020-01-01", "legal_basis_missing"),
    ("Kas tālāk", "99", "step_target_unknown"),
    ("Kas tālāk", "1 60 %; beigas 60 %", "step_shares_not_whole"),
    ("Solis", "", "step_name_missing"),
]


def problems_of(rows: list[dict[str, Any]]) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as refusal:
        read_steps(rows)
    assert refusal.value.exit_code == 1
    return refusal.value.problems


@pytest.mark.parametrize(("column", "cell", "code"), ONE_CELL)
def test_one_bad_cell_is_named_with_its_row_and_column(column: str, cell: str, code: str) -> None:
    found = problems_of([GOOD, {**GOOD, "Solis": "Atbild", column: cell}])
    assert [(p.code, p.place.row) for p in found] == [(code, 2)]
    assert found[0].place.column == (column if code != "step_touch_twice" else "Tiešā darba laiks")


STRUCTURE = [
    ([], "steps_empty"),
    ([{"Solis": "", "Gaidīšana pirms": None}], "steps_empty"),
    ([{"Vārds": "x", "Laiks": "1 h"}], "step_column_missing"),
    ([{**GOOD, "Gaida": "1 h"}], "step_column_twice"),
    ([{**GOOD, "Nr.": 1}, {**GOOD, "Nr.": 1}], "step_number_twice"),
    ([{**GOOD, "Nr.": 1, "Kas tālāk": "3"}, {**GOOD, "Nr.": 2}, {**GOOD, "Nr.": 3}], "step_not_reached"),
    ([{**GOOD, "Nr.": 1}, {**GOOD, "Nr.": 2, "Kas tālāk": "1"}], "step_without_end"),
    ([GOOD] * 201, "steps_too_many"),
    ([{**GOOD, "Kas tālāk": to} for to in ("2 + 3", "4", "4", "3 20 %; 5", "")], "step_crosses_branches"),
    ([{**GOOD, "Kas tālāk": to} for to in ("2 + 4", "3", "4 30 %; 5", "5", "")], "step_branches_meet_apart"),
    ([{**GOOD, "Kas tālāk": to} for to in ("", "1 + 3", "")], "step_crosses_branches"),
    ([{**GOOD, "Kas tālāk": to} for to in ("2 + 3 + 4", "5", "5", "6", "6", "")], "step_branches_meet_apart"),
]


@pytest.mark.parametrize(("rows", "code"), STRUCTURE)
def test_tables_that_do_not_hang_together_are_refused(rows: list[dict[str, Any]], code: str) -> None:
    assert code in {problem.code for problem in problems_of(rows)}


def test_all_problems_are_told_at_once_in_the_order_of_the_table() -> None:
    rows = [{**GOOD, "Kas tālāk": "7"}, {**GOOD, "Tiešā darba laiks": "x"}, {**GOOD, "Gaidīšana pirms": "3"}]
    assert [(p.code, p.place.row) for p in problems_of(rows)] == [
        ("step_target_unknown", 1),
        ("duration_unknown_word", 2),
        ("duration_no_unit", 3),
    ]


def test_what_was_guessed_is_noticed() -> None:
    rows = [
        {**GOOD, "Nr.": 1, "Kas tālāk": "2; 3", "Krāsa": "zila"},
        {**GOOD, "Nr.": 2, "Cik daļai lietu, %": "30 %"},
        {**GOOD, "Nr.": 3, "Gaidīšana pirms": "48 h"},
    ]
    found = read_steps(rows).notices
    assert {notice.code for notice in found} == {
        "step_column_unknown",
        "step_shares_assumed_equal",
        "step_share_differs",
        "wait_in_long_hours",
    }


def test_a_law_that_ends_before_it_begins_is_refused() -> None:
    dates = {"Tiesiskais pamats": "MK 309", "Spēkā no": "01.05.2012.", "Spēkā līdz": "2011-01-01"}
    (found,) = problems_of([{**GOOD, **dates}])
    assert (found.code, found.params) == (
        "legal_basis_reversed",
        {"since": "2012-05-01", "until": "2011-01-01"},
    )


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def problems_of_file(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as refusal:
        read_step_workbook(path)
    return refusal.value.problems


def test_files_that_are_no_step_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("Solis;Gaida")
    assert problems_of_file(tmp_path / "text.xlsx")[0].code == "steps_not_a_workbook"
    (tmp_path / "large.xlsx").write_bytes(b"0" * 5_000_001)
    assert problems_of_file(tmp_path / "large.xlsx")[0].code == "steps_file_too_large"
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_001)
    assert problems_of_file(tmp_path / "bomb.xlsx")[0].code == "steps_file_bomb"
    log = workbook(tmp_path / "log.xlsx", [["Lieta", "Darbība", "Laiks"], ["1", "a", "2020-01-01"]])
    assert problems_of_file(log)[0].code == "steps_sheet_missing"
    assert not is_step_workbook(log)
    wide = workbook(tmp_path / "wide.xlsx", [[f"c{n}" for n in range(201)]])
    assert problems_of_file(wide)[0].code == "steps_sheet_too_large"


def test_problems_on_every_sheet_are_told_with_the_sheet(tmp_path: Path) -> None:
    steps = [["Solis", "Gaida"], ["Reģistrē", "3"]]
    service = [["Lietas gadā", "daudz"], ["Darba minūtes dienā", 5000]]
    units = [["Nodaļa", "Slodzes"], ["Būvvalde", "trīs"]]
    found = problems_of_file(workbook(tmp_path / "s.xlsx", steps, service, units))
    assert [(p.code, p.place.sheet) for p in found] == [
        ("step_number_unreadable", "Sheet1"),
        ("step_number_unreadable", "Sheet2"),
        ("working_time_impossible", None),
        ("duration_no_unit", "Sheet"),
    ]


SAMPLE = {
    "text": "20",
    "word": "foo",
    "step": "Reģistrē",
    "column": "Gaida",
    "other": "Gaidīšana",
    "count": 201,
    "most": 200,
    "most_mb": 5,
    "file": "x.xlsx",
    "sheets": "Lapa1",
    "rows": 3000,
    "columns": 12,
    "said": 0.3,
    "follows": 0.25,
    "percent": 120.0,
    "since": "2012-05-01",
    "until": "2011-01-01",
    "minutes": "5000",
    "days": "5",
    "source": "calendar",
    "target": "working",
}


@pytest.mark.parametrize("code", words.CODES)
def test_every_code_has_a_sentence_and_advice_in_three_languages(code: str) -> None:
    said = set()
    for lang in ("en", "lv", "lt"):
        problem = Problem(code, SAMPLE)
        for text in (words.sentence(problem, lang), words.advice(problem, lang)):
            assert text.endswith((".", ".”", ".“")), text
            assert not re.search(r"[{}]", text), text
        said.add(words.sentence(problem, lang))
    assert len(said) == 3


def test_every_code_that_the_library_gives_has_words() -> None:
    folder = Path(__file__).parents[3] / "src/straume/lean/stream"
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    given = set(re.findall(r'"((?:duration|steps?|legal_basis|touch_on|wait_in)_[a-z_]+)"', source))
    fields = {"step_fte", "step_key"}
    assert given - fields <= set(words.CODES)


def test_plural_forms_of_the_table_that_is_too_long() -> None:
    assert "221 solis" in words.sentence(Problem("steps_too_many", {"count": 221, "most": 200}), "lv")
    assert "202 soļi" in words.sentence(Problem("steps_too_many", {"count": 202, "most": 200}), "lv")
    assert "221 žingsnis" in words.sentence(Problem("steps_too_many", {"count": 221, "most": 200}), "lt")
    assert "202 žingsniai" in words.sentence(Problem("steps_too_many", {"count": 202, "most": 200}), "lt")
    assert "211 žingsnių" in words.sentence(Problem("steps_too_many", {"count": 211, "most": 200}), "lt")
    assert catalog("steps", "lt").ngettext("a", "b", 1) == "a"  # an unknown sentence stays as it is
