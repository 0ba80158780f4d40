"""straume assess: a log or a list of steps in, sentences, figures, JSON and the A3 out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from openpyxl import Workbook

from cli.running import straume
from data_folder import shared_data
from straume.lean.assess.planted import generate, write_csv
from straume.lean.assess.recall import CHECK, DRAWN_ON, FIRST_ON, KINDS, LAST_ON, clean
from straume.words import terms

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "assessment.schema.json"


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """A log with start times, units, channels and outcomes, in which a check changes nothing."""
    of = KINDS["check_changes_nothing"](clean(5), 5, False)
    table = generate(of.process, cases=300, first_on=FIRST_ON, last_on=LAST_ON, drawn_on=DRAWN_ON, seed=5)
    path = tmp_path_factory.mktemp("cli") / "cases.csv"
    write_csv(table, path)
    return path


def test_the_receipt_phase_is_assessed_with_its_published_figures(tmp_path):
    ran = straume(
        "assess", shared_data("eventlogs/receipt_wabo.xes.gz"), "--timezone", "Europe/Amsterdam",
        "--deadline", "30 days", "--json", tmp_path / "a.json", "--lang", "en",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "1,434 cases · 27 steps · 10 units" in ran.out
    assert "Monday to Friday 8–17; time zone Europe/Amsterdam" in ran.out
    assert "The deadline of 30 days is kept for" in " ".join(ran.out.split())
    assert "T06 Determine necessity of stop advice" in ran.out
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (made["variants"], made["cases_with_rework"], made["repeated_items"]) == (116, 91, 245)
    assert made["lead_time"]["mean_days"] * 86_400 == pytest.approx(467_263.915, abs=0.01)
    jsonschema.validate(made, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_building_permits_are_assessed_with_their_published_figures():
    ran = straume(
        "assess", shared_data("eventlogs/BPIC15_1.xes.gz"), "--timezone", "Europe/Amsterdam",
        "--deadline", "8 savaitės", "--json", "-", "--lang", "lt",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    made = json.loads(ran.out)
    facts = made["facts"]
    assert (facts["cases"], facts["raw_events"], facts["activities"]) == (1199, 52217, 398)
    assert made["variants"] == 1170
    assert 0.43 <= facts["date_only"] / facts["work_items"] <= 0.49
    assert made["promise"]["deadline_days"] == 56
    assert made["work_minutes_per_case"] is None


@pytest.mark.parametrize(
    ("lang", "deadline", "said"),
    [
        ("lv", "30 dienas", "Noteiktajā termiņā (30 dienas) iekļaujas"),
        ("lv", "20 darba dienas", "Noteiktajā termiņā (20 darba dienas) iekļaujas"),
        ("lt", "20 darbo dienų", "Nustatyto termino (20 darbo dienų) laikomasi"),
        ("en", "20 working days", "The deadline of 20 working days is kept for"),
    ],
)
def test_the_deadline_is_understood_in_the_language_of_the_reader(cases, lang, deadline, said):
    ran = straume("assess", cases, "--deadline", deadline, "--lang", lang)
    assert ran.code == 0, ran.err
    assert said in " ".join(ran.out.split())


def test_the_language_comes_from_the_environment_where_nobody_says_it(cases):
    assert "Puse lietu ir pabeigta" in straume("assess", cases, env={"LANG": "lv_LV.UTF-8"}).out
    assert "Half of the cases are done" in straume("assess", cases, env={"LANG": "de_DE.UTF-8"}).out
    assert "Pusė atvejų baigta" in straume("assess", cases, "--lang", "lt", env={"LANG": "lv_LV.UTF-8"}).out


def test_the_default_working_time_is_said_and_another_can_be_set(cases, tmp_path):
    said = " ".join(straume("assess", cases, "--lang", "en").out.split())  # lines are folded
    assert "Latvian public holidays; time zone Europe/Riga" in said
    lithuanian = straume("assess", cases, "--calendar", "lt", "--lang", "en").out
    assert "Lithuanian public holidays; time zone Europe/Vilnius" in lithuanian
    own = {"weekly": {"monday": [["08:00", "12:00"]]}, "timezone": "Europe/Riga", "country": None}
    (tmp_path / "own.json").write_text(json.dumps(own), encoding="utf-8")
    said = straume("assess", cases, "--calendar", tmp_path / "own.json", "--lang", "en")
    assert "as in the calendar file" in said.out, said.err


def test_a_marked_check_is_asked_about_and_an_unmarked_one_is_withheld(cases):
    marked = straume("assess", cases, "--check", CHECK, "--lang", "en").out
    assert f"What does “{CHECK}” change?" in marked
    unmarked = straume("assess", cases, "--lang", "en").out
    assert f"What does “{CHECK}” change?" not in unmarked
    assert "Check that changes nothing: no step is marked as a check." in unmarked


def test_no_worker_and_no_case_number_is_printed_or_written(tmp_path):
    of = clean(5)
    table = generate(of.process, cases=60, first_on=FIRST_ON, last_on=LAST_ON, seed=5, prefix="LIETA-")
    write_csv(table, tmp_path / "cases.csv")
    text = (tmp_path / "cases.csv").read_text().replace("Experts 1", "Anna Bērziņa")
    (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
    ran = straume("assess", tmp_path / "cases.csv", "--json", tmp_path / "a.json")
    facts = straume("log", tmp_path / "cases.csv")
    assert (ran.code, facts.code) == (0, 0), ran.err + facts.err
    said = ran.out + ran.err + facts.out + facts.err + (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "Bērziņa" not in said
    assert "LIETA-" not in said


def test_the_a3_is_a_pdf(cases, tmp_path):
    ran = straume("assess", cases, "--pdf", tmp_path / "a3.pdf", "--lang", "lv")
    assert ran.code == 0, ran.err
    assert (tmp_path / "a3.pdf").read_bytes().startswith(b"%PDF-")
    assert "Ierakstīts" in ran.err


def step_book(path, lang, rows):
    """A spreadsheet of steps with the headings of the template."""
    book = Workbook()
    sheet = book.active
    roles = list(rows[0])
    sheet.append([terms.column(role, lang) for role in roles])
    for row in rows:
        sheet.append([row[role] for role in roles])
    book.save(path)


def test_a_list_of_steps_is_assessed_in_lithuanian(tmp_path):
    names = ("Registruoja", "Rezoliucija", "Perduoda seniūnijai", "Tikrina nuosavybę", "Apžiūra", "Aktas",
             "Apmokėjimas", "Leidimas")  # fmt: skip
    lanes = ("Raštinė", "Vadovybė", "Raštinė", "Seniūnija", "Komisija", "Seniūnija", "Finansai", "Seniūnija")
    waits = ("", "2 d. d.", "1 d. d.", "3 d. d.", "10 d. d.", "1 d. d.", "3 d. d.", "1 d. d.")
    rows = [
        {"step": name, "lane": lane, "touch": "15–40 min", "wait": wait}
        for name, lane, wait in zip(names, lanes, waits, strict=True)
    ]
    step_book(tmp_path / "steps.xlsx", "lt", rows)
    ran = straume("assess", tmp_path / "steps.xlsx", "--lang", "lt", "--json", tmp_path / "a.json")
    assert ran.code == 0, ran.err
    assert "Komandos vertinimu" in ran.out
    assert "Ko atvejis laukia prieš žingsnį „Apžiūra“?" in ran.out
    assert "mažas patikimumas" in ran.out
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (made["entrance"], made["measures"]["steps"]) == ("steps", 8)
    jsonschema.validate(made, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_faulty_list_of_steps_is_refused_with_place_and_advice(tmp_path):
    step_book(
        tmp_path / "steps.xlsx", "en", [{"step": "Register", "lane": "Registry", "touch": "soon", "wait": ""}]
    )
    ran = straume("assess", tmp_path / "steps.xlsx", "--lang", "en")
    assert ran.code == 1
    assert "soon" in ran.err and "row" in ran.err and "→" in ran.err


def test_a_missing_file_is_answered_before_the_library_is_loaded():
    code = (
        "import sys\nfrom straume.cli import main\n"
        "try:\n    main(['assess', 'nav.csv'])\nexcept SystemExit as left:\n    assert left.code == 2\n"
        "print(sorted({'numpy', 'scipy', 'pyarrow', 'duckdb', 'django'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"
    assert "nav.csv" in ran.stderr


@pytest.mark.parametrize(
    "option", [("--case-type", "order"), ("--bad-outcome", "refused"), ("--timezone", "Europe/Riga")]
)
def test_what_a_list_of_steps_does_not_know_is_a_wrong_call(tmp_path, option):
    step_book(tmp_path / "steps.xlsx", "en", [{"step": "Register", "lane": "Registry", "touch": "15 min"}])
    ran = straume("assess", tmp_path / "steps.xlsx", *option, "--lang", "en")
    assert (ran.code, ran.err) == (2, f"{option[0]} is said of a case log; this is a list of steps.\n")
