"""Columns are guessed from names in three languages and from content, with reasons, and every one can be
set.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lean.events.making import ROWS, csv_text, write
from straume.lean.errors import WrongCall
from straume.lean.events.guess import ROLES, ColumnMapping, Guess, folded, name_score
from straume.lean.events.read import inspect_log, read_log
from straume.words import problems as words

EXPECTED = ("case", "activity", "start", "end", "worker", "unit")
HEADERS = {
    "en": ("Case ID", "Activity", "Start time", "End time", "User", "Department"),
    "lv": ("Lietas numurs", "Darbība", "Sākuma laiks", "Beigu laiks", "Izpildītājs", "Struktūrvienība"),
    "lv documents": ("Reģ. Nr.", "Procesa solis", "Uzsākts", "Izpildīts", "Atbildīgais", "Nodaļa"),
    "lt": ("Bylos numeris", "Veiksmas", "Pradžios laikas", "Pabaigos laikas", "Vykdytojas", "Skyrius"),
    "lt documents": ("Dok. Nr.", "Užduotis", "Pradėta", "Atlikta", "Rengėjas", "Padalinys"),
    "XES": (
        "case:concept:name",
        "concept:name",
        "start_timestamp",
        "time:timestamp",
        "org:resource",
        "org:group",
    ),
}


@pytest.mark.parametrize("language", HEADERS)
def test_columns_are_known_by_their_names(language: str, tmp_path: Path) -> None:
    header = HEADERS[language]
    found = inspect_log(write(tmp_path, csv_text(header=header)))
    assert found.guess is not None and found.log is not None
    assert found.guess.mapping.columns() == dict(zip(EXPECTED, header))
    assert {choice.reason for choice in found.guess.choices} == {"name_exact"}


def test_columns_without_telling_names_are_known_by_their_content(tmp_path: Path) -> None:
    rows = [(f"Z{n // 3}", ROWS[n % 6][1], f"2023-01-{n + 1:02} 10:00") for n in range(24)]
    found = inspect_log(write(tmp_path, csv_text(rows, ("x1", "x2", "x3"))))
    assert found.guess is not None
    assert found.guess.mapping.columns() == {"case": "x1", "activity": "x2", "end": "x3"}
    assert [choice.reason for choice in found.guess.choices] == [
        "content_ids",
        "content_words",
        "content_dates",
    ]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("outcome", "Lēmums"),
        ("outcome", "Sprendimas"),
        ("channel", "Saņemšanas veids"),
        ("channel", "Gavimo būdas"),
        ("received", "Saņemšanas datums"),
        ("received", "Gavimo data"),
        ("due", "Izpildes termiņš"),
        ("due", "Įvykdymo terminas"),
        ("closed", "Slēgšanas datums"),
        ("closed", "Uždarymo data"),
        ("status", "Stāvoklis"),
        ("status", "Būsena"),
        ("stop_from", "Apturēts no"),
        ("stop_to", "Sustabdyta iki"),
    ],
)
def test_names_of_what_is_said_of_a_case_are_known(role: str, name: str) -> None:
    assert name_score(role, name) > 0.9
    assert max(ROLES, key=lambda other: name_score(other, name)) == role


def test_names_are_compared_without_capitals_diacritics_and_signs() -> None:
    assert folded("Reģ.  NR_") == "reg nr"
    assert folded("dueDate") == "due date"


def test_a_column_set_by_the_caller_leaves_its_guessed_role(tmp_path: Path) -> None:
    path = write(tmp_path, csv_text())
    found = inspect_log(path, mapping={"unit": "worker"})
    assert found.guess is not None and found.log is not None
    assert (found.guess.mapping.unit, found.guess.mapping.worker) == ("worker", None)
    assert read_log(path, mapping={"worker": None}).facts.workers == 0
    whole = ColumnMapping(case="case", activity="activity", end="end")
    assert read_log(path, mapping=whole).facts.start_recorded == 0


def test_a_wide_table_is_known_and_can_be_set(tmp_path: Path) -> None:
    text = (
        "Dok. nr.;Reģistrēts;Vizēts;Parakstīts;Termiņš\n"
        "D-1;2.1.2023;3.1.2023;5.1.2023;9.1.2023\n"
        "D-2;3.1.2023;;4.1.2023;9.1.2023\n"
    )
    path = write(tmp_path, text)
    found = inspect_log(path)
    assert found.guess is not None and found.guess.wide
    assert found.guess.mapping.steps == ("Reģistrēts", "Vizēts", "Parakstīts")
    assert found.guess.mapping.due == "Termiņš"
    assert read_log(path, mapping={"steps": ["Reģistrēts", "Parakstīts"]}).facts.activities == 2


def test_a_misspelt_role_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="unknown_role"):
        inspect_log(write(tmp_path, csv_text()), mapping={"activty": "activity"})


def test_a_guess_crosses_a_process_as_json_and_its_reasons_are_words(tmp_path: Path) -> None:
    found = inspect_log(write(tmp_path, csv_text())).guess
    assert found is not None
    assert Guess.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    for choice in found.choices:
        assert len({words.reason(choice.reason, lang) for lang in ("en", "lv", "lt")}) == 3
        assert words.role(choice.role, "lv") != choice.role
