"""A row is named as LibreOffice and Excel show it: the headings are row 1, and blank rows count."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lean.events.making import gz_of, write
from straume.lean.errors import Problem
from straume.lean.events.read import inspect_log
from straume.words import problems as words

HEADER = "case,activity,end\n"
GOOD = "1,A,2023-01-02 10:00\n"
BAD = "2,B,soon\n"
LONG = '1,"A\nover three\nlines",2023-01-02 10:00\n'


def csv(text: str) -> Callable[[Path], Path]:
    return lambda folder: write(folder, text)


def packed(text: str) -> Callable[[Path], Path]:
    return lambda folder: write(folder, gz_of(text.encode()), "log.csv.gz")


def sheet(rows: list[list[str]], name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(folder / name)
        return folder / name

    return make


def cells(text: str) -> list[list[str]]:
    return [line.split(",") if line else [] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("make", "row"),
    [
        (csv(HEADER + BAD), 2),
        (csv(HEADER + GOOD * 3 + BAD), 5),
        (csv(HEADER + GOOD + BAD.rstrip()), 3),
        (csv(HEADER + "\n" + GOOD + "\n\n" + BAD), 6),
        (csv(HEADER + LONG + GOOD + BAD), 4),
        (csv((HEADER + GOOD + "\n" + BAD).replace("\n", "\r\n")), 4),
        (csv((HEADER + LONG + "\n" + BAD).replace(",", ";")), 4),
        (packed(HEADER + GOOD * 2 + BAD), 4),
        (sheet(cells(HEADER + GOOD + BAD), "log.xlsx"), 3),
        (sheet(cells("\n\n" + HEADER + GOOD + "\n" + BAD), "log.xlsx"), 6),
    ],
)
def test_an_unreadable_date_stands_in_the_row_that_people_see(
    tmp_path: Path, make: Callable[[Path], Path], row: int
) -> None:
    problem = unreadable(make(tmp_path))
    assert problem.place.row == row
    assert problem.params["rows"] == str(row)
    assert words.place(problem, "lv").split(", ")[-2:] == [f"{row}. rinda", "kolonna „end”"]
    assert f" {row})" in words.sentence(problem, "lt")


def test_further_rows_are_numbered_alike(tmp_path: Path) -> None:
    problem = unreadable(write(tmp_path, HEADER + GOOD + BAD + "\n" + BAD + GOOD + BAD))
    assert (problem.place.row, problem.params["rows"]) == (3, "3, 5, 7")


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [(HEADER + GOOD + "2,B\n", 3, 3), (HEADER + LONG + "\n2,B\n", 4, 6), (HEADER + GOOD + '2,"B,x\n', 3, 3)],
)
def test_a_broken_row_has_its_row_and_its_line(tmp_path: Path, text: str, row: int, line: int) -> None:
    found = inspect_log(write(tmp_path, text))
    assert [(problem.place.row, problem.place.line) for problem in found.problems] == [(row, line)]


def unreadable(path: Path) -> Problem:
    found = inspect_log(path, mapping={"case": "case", "activity": "activity", "end": "end"})
    return next(p for p in found.problems if p.code == "timestamp_unreadable")


def test_a_formula_without_a_value_is_found_below_blank_rows(tmp_path: Path) -> None:
    rows = [[], [], ["case", "activity", "end"], ["1", "A", "2023-01-02"], [], ["2", "=B4", "2023-01-03"]]
    found = inspect_log(sheet(rows, "log.xlsx")(tmp_path))
    assert [(problem.code, problem.place.row) for problem in found.problems] == [("formula_without_value", 6)]
