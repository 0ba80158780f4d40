"""Names of workers end where the file is read: no saved file, preview, fact or problem carries one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data_folder import shared_data
from lean.events.making import HEADER, ROWS, WORKERS, csv_text, write
from straume.lean.events.child import check_in_child
from straume.lean.events.read import inspect_log, read_log
from straume.lean.events.store import concat, save
from straume.words import problems as words

SALT = b"a salt of the institution"


def test_nothing_saved_or_shown_of_receipt_wabo_names_a_worker(tmp_path: Path) -> None:
    path = shared_data("eventlogs/receipt_wabo.csv")
    names = set(re.findall(r"Resource\d+|\badmin\d*\b|\btest\b", path.read_text()))
    assert len(names) > 40
    checked = check_in_child(path, tmp_path / "log", timezone="Europe/Amsterdam", salt=SALT)
    assert checked.facts is not None and checked.guess is not None and len(checked.guess.preview) == 10
    shown = json.dumps(checked.to_dict(), ensure_ascii=False)
    saved = b"".join(file.read_bytes() for file in (tmp_path / "log").iterdir())
    tables = "".join(str(pq.read_table(file).to_pydict()) for file in (tmp_path / "log").glob("*.parquet"))
    for name in names:
        assert not re.search(rf"\b{name}\b", shown), name
        assert name == "test" or (name.encode() not in saved and name not in tables), name


def test_no_case_number_is_saved(tmp_path: Path) -> None:
    save(read_log(shared_data("eventlogs/receipt_wabo.csv")), tmp_path / "log")
    assert b"case-10011" not in b"".join(file.read_bytes() for file in (tmp_path / "log").iterdir())


@pytest.mark.parametrize("row", range(1, 7))
def test_a_worker_chosen_as_a_date_by_mistake_is_not_named(row: int, tmp_path: Path) -> None:
    found = inspect_log(write(tmp_path, csv_text()), mapping={"worker": None, "end": "worker", "start": None})
    assert found.problems
    told = "".join(words.sentence(p, "en") + words.advice(p, "lv") + str(p.to_dict()) for p in found.problems)
    assert not any(part in told for name in WORKERS for part in name.split())
    assert ROWS[row - 1][4] not in told


def test_other_columns_that_name_people_are_masked_in_the_preview(tmp_path: Path) -> None:
    rows = [(*row, "Ilze Bērziņa") for row in ROWS]
    found = inspect_log(write(tmp_path, csv_text(rows, (*HEADER, "Atbildīgā persona"))))
    assert found.guess is not None
    assert "Bērziņa" not in json.dumps(found.guess.to_dict(), ensure_ascii=False)


def test_with_a_salt_the_same_worker_is_known_again_without_it_nobody_is(tmp_path: Path) -> None:
    first = write(tmp_path, csv_text(ROWS[:3]), "first.csv")
    second = write(tmp_path, csv_text(ROWS[3:]), "second.csv")
    salted = concat([read_log(first, salt=SALT), read_log(second, salt=SALT)])
    unsalted = concat([read_log(first), read_log(second)])
    otherwise = read_log(first, salt=b"another salt")
    assert (salted.facts.workers, unsalted.facts.workers) == (3, 6)
    assert not unsalted.worker_keys and len(salted.worker_keys) == 3
    assert not set(otherwise.worker_keys) & set(salted.worker_keys)
