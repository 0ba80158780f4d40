"""The same log in every form gives the same link table; encoding, delimiter and decimal comma are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lean.events.making import HEADER, ROWS, csv_text, gz_of, workbook, write, zip_of
from straume.lean.events.log import EventLog, Flag
from straume.lean.events.read import read_log

BOM_LE = b"\xff\xfe"
TYPED = [[datetime.fromisoformat(v) if 2 <= n <= 3 else v for n, v in enumerate(row)] for row in ROWS]


def table_parquet(folder: Path) -> Path:
    columns = {name: [row[place] for row in TYPED] for place, name in enumerate(HEADER)}
    pq.write_table(pa.table(columns), folder / "log.parquet")
    return folder / "log.parquet"


def lt_order(text: str) -> str:
    """The same table as a Latvian export writes it: dd.mm.yyyy., with another delimiter."""
    rows = []
    for row in ROWS:
        dates = [datetime.fromisoformat(value).strftime("%d.%m.%Y. %H:%M") for value in row[2:4]]
        rows.append((*row[:2], *dates, *row[4:]))
    return csv_text(rows, delimiter=text)


FORMS: dict[str, Callable[[Path], Path]] = {
    "semicolons": lambda folder: write(folder, csv_text(delimiter=";")),
    "tabs": lambda folder: write(folder, csv_text(delimiter="\t"), "log.tsv"),
    "bars": lambda folder: write(folder, csv_text(delimiter="|")),
    "gzip": lambda folder: write(folder, gz_of(csv_text().encode()), "log.csv.gz"),
    "zip": lambda folder: write(folder, zip_of({"log.csv": csv_text().encode()}), "log.zip"),
    "zip with clutter": lambda folder: write(
        folder, zip_of({"__MACOSX/._log.csv": b"x", "log.csv": csv_text().encode()}), "log.zip"
    ),
    "byte order mark": lambda folder: write(folder, csv_text().encode("utf-8-sig")),
    "utf-16": lambda folder: write(folder, csv_text().encode("utf-16")),
    "utf-16 without mark": lambda folder: write(folder, csv_text().encode("utf-16-le")),
    "windows-1257": lambda folder: write(folder, csv_text().encode("cp1257")),
    "windows lines": lambda folder: write(folder, csv_text().replace("\n", "\r\n")),
    "blank lines": lambda folder: write(folder, csv_text().replace("\n", "\n\n")),
    "quotes": lambda folder: write(folder, csv_text([[f'"{v}"' for v in row] for row in ROWS])),
    "Latvian dates": lambda folder: write(folder, lt_order(";")),
    "workbook": workbook,
    "workbook with dates": lambda folder: workbook(folder, rows=TYPED),
    "Parquet": table_parquet,
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_log_in_another_form_is_the_same_log(form: str, tmp_path: Path) -> None:
    expected = read_log(write(tmp_path, csv_text(), "plain.csv"))
    found = read_log(FORMS[form](tmp_path))
    assert_same(found, expected)


def assert_same(found: EventLog, expected: EventLog) -> None:
    assert found.items.equals(expected.items)
    assert found.cases.equals(expected.cases)
    assert (found.activities, found.units) == (expected.activities, expected.units)


def test_a_quoted_value_may_span_lines(tmp_path: Path) -> None:
    rows = [(*row, '"first line\nsecond line"') for row in ROWS]
    log = read_log(write(tmp_path, csv_text(rows, (*HEADER, "remark"))))
    assert log.facts.work_items == 6


def test_serial_numbers_of_a_spreadsheet_with_decimal_comma_are_days(tmp_path: Path) -> None:
    rows = [(row[0], row[1], f"4492{n},5") for n, row in enumerate(ROWS)]
    log = read_log(write(tmp_path, csv_text(rows, ("case", "activity", "time"), ";")))
    serial = 44_920.5
    assert log.facts.first_at == round((serial - 25_569) * 86_400 - 2 * 3600) * 1_000_000


def test_the_sheet_is_the_one_the_caller_names(tmp_path: Path) -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notes").append(["text"])

    assert read_log(workbook(tmp_path, more), sheet="Log").facts.cases == 2


def test_each_date_column_of_a_wide_table_is_a_step(tmp_path: Path) -> None:
    text = (
        "Dok. nr.;Reģistrēts;Vizēts;Parakstīts\n"
        "D-1;02.01.2023.;03.01.2023. 10:15;05.01.2023.\n"
        "D-2;03.01.2023.;;04.01.2023.\n"
    )
    log = read_log(write(tmp_path, text))
    assert log.activities == ("Parakstīts", "Reģistrēts", "Vizēts")
    steps = [log.activities[code] for code in log.items["activity"].to_pylist()]
    assert steps == ["Reģistrēts", "Vizēts", "Parakstīts", "Reģistrēts", "Parakstīts"]
    dates_only = [bool(flags & Flag.END_DATE_ONLY) for flags in log.items["flags"].to_pylist()]
    assert dates_only == [True, False, True, True, True]


def test_an_end_that_is_a_bare_date_is_not_before_its_start(tmp_path: Path) -> None:
    rows = [(row[0], row[1], row[2], row[3][:10]) for row in ROWS]
    log = read_log(write(tmp_path, csv_text(rows, HEADER[:4])))
    assert log.facts.date_only == 6
    assert set(log.items["processing_work_us"].to_pylist()) == {0}
