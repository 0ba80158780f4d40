"""straume log: facts, or all problems with place and advice; exit codes; one clear line for a wrong call."""

from __future__ import annotations

import subprocess

import pytest

from cli.running import STRAUME, straume
from data_folder import shared_data

GOOD = "case,activity,end\n1,A,2018-01-02 08:00:00\n1,B,2018-01-03 09:00:00\n2,A,2018-01-02 10:00:00\n"


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_it_tells_the_facts_of_the_receipt_phase():
    ran = straume(
        "log", shared_data("eventlogs/receipt_wabo.xes.gz"), "--timezone", "Europe/Amsterdam", "--lang", "en"
    )
    assert ran.code == 0, ran.err
    pairs = [line.strip().rsplit("  ", 1) for line in ran.out.splitlines() if "  " in line.strip()]
    rows = {name.strip(): value.strip() for name, value in pairs}
    assert rows["Cases"] == "1,434"
    assert rows["Entries in the source"] == "8,577"
    assert rows["Different people"] == "48"
    assert rows["Entries at the same time as the one before"] == "0"


def test_all_problems_are_listed_with_place_and_advice(tmp_path):
    path = tmp_path / "bad.csv"
    rows = ["case,activity,start,end", "1,A,2018-01-02 09:00:00,2018-01-02 08:00:00"]
    path.write_text("\n".join([*rows, "2,B,tomorrow,2018-01-03 10:00:00", ""]), encoding="utf-8")
    ran = straume("log", path, "--lang", "en")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "1. " in ran.err and "row" in ran.err and "→" in ran.err


@pytest.mark.parametrize("command", ["log", "assess"])
@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_a_file_without_a_case_column_has_problems_in_every_language(tmp_path, command, lang):
    path = tmp_path / "bad.csv"
    path.write_text("x,y\n1,2\n3,4\n", encoding="utf-8")
    ran = straume(command, path, "--lang", lang)
    assert ran.code == 1
    assert ran.err.count("→") >= 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess"], "Kurš fails?"),
        (["asses", "x.csv"], "Komandas „asses” nav."),
        (["assess", "x.csv", "--fast"], "Opcijas --fast nav."),
        (["assess", "{good}", "--deadline", "1 mēnesis"], "nav termiņš"),
        (["assess", "{good}", "--check", "C"], "nav soļa „C”"),
        (["assess", "{good}", "--timezone", "Mars/Base"], "Mars/Base"),
        (["assess", "{good}", "--calendar", "nav.json"], "nav.json"),
        (["assess", "{good}", "--json", "/nav/tur.json"], "nevar ierakstīt"),
        (["assess", "nav.csv"], "nav.csv"),
        (["log", "{good}", "{good}"], "viens fails reizē"),
        (["log", "{good}", "--case"], "vajag vērtību"),
        (["log", "{good}", "--case-type", "order"], "„case-type” norāda OCEL failam; šis fails ir CSV."),
    ],
)
def test_a_wrong_call_gets_one_line_in_the_language_asked_for(good, arguments, said):
    ran = straume(*[word.format(good=good) for word in arguments], env={"LANG": "lv_LV.UTF-8"})
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err


def test_an_unknown_language_is_a_wrong_call(good):
    ran = straume("log", good, "--lang", "de")
    assert (ran.code, ran.err.strip()) == (2, "--lang takes one of: en, lv, lt.")


def test_help_has_examples_and_completion():
    ran = straume("--help")
    assert ran.code == 0
    assert "straume assess cases.csv --deadline" in ran.out
    assert "_STRAUME_COMPLETE" in ran.out
    assert "Exit codes: 0 fine" in " ".join(straume("assess", "--help").out.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options(shell):
    script = straume(env={"_STRAUME_COMPLETE": f"{shell}_source"})
    assert "_STRAUME_COMPLETE" in script.out
    env = {"_STRAUME_COMPLETE": "bash_complete", "COMP_WORDS": "straume assess --de", "COMP_CWORD": "2"}
    assert "--deadline" in straume(env=env).out


def test_it_ends_quietly_when_nobody_reads_on(good):
    import subprocess
    import sys
    from pathlib import Path

    command = f"{Path(sys.executable).with_name('straume')} log {good} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_web_is_reached_through_the_same_command(tmp_path):
    version = straume("manage", "version", env={"STRAUME_HOME": str(tmp_path)})
    assert (version.code, version.out.split(".")[0]) == (0, "5"), version.err
    for command in ("demo", "serve"):
        assert "--port" in straume(command, "--help").out


@pytest.mark.parametrize(("lang", "word", "why"), [("lv", "solis", "datumi"), ("lt", "žingsnis", "dat")])
def test_a_wide_table_is_shown_in_words_with_the_reason_of_the_guess(tmp_path, lang, word, why):
    rows = ["Dokumenta Nr.;Reģistrēts;Vīzēts;Nosūtīts"]
    rows += [f"1-{n};0{1 + n % 8}.02.2024;1{n % 9}.02.2024;2{n % 9}.02.2024" for n in range(1, 12)]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    ran = straume("log", path, "--lang", lang)
    assert ran.code == 0, ran.err
    line = next(line for line in ran.out.splitlines() if "Vīzēts" in line)
    assert line.split()[0] == word
    assert why in line.split("Nosūtīts")[1]
    assert "steps" not in ran.out


def test_a_reader_that_goes_away_is_no_error(good):
    pipe = subprocess.run(
        f"{STRAUME} log {good} | true", shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert (pipe.stdout, pipe.stderr) == ("", "")


def test_a_few_dates_without_a_time_are_not_nought_percent():
    ran = straume("log", shared_data("eventlogs/kronos_PurchasingExample.csv"), "--lang", "lv")
    assert ran.code == 0, ran.err
    assert "5 (0,1 %)" in ran.out
