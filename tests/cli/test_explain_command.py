"""straume explain: causes of waiting in words and as JSON, and one line for what cannot be explained."""

from __future__ import annotations

import json

import pytest

from cli.running import straume
from data_folder import shared_data


def given() -> tuple[object, ...]:
    return (
        shared_data("eventlogs/kronos_manual_log_1.csv"),
        "--calendars",
        shared_data("eventlogs/kronos_manual_calendars.json"),
        "--min-batch",
        "2",
    )


def test_the_json_holds_the_published_causes_by_edge():
    ran = straume("explain", *given(), "--json", "-")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert found["waiting_seconds"] == 18_900
    edges = {(row["source"], row["target"]): row for row in found["by_edge"]}
    assert edges["B", "C"]["cases"] == 1
    causes = ("batching", "prioritisation", "contention", "unavailability", "extraneous")
    assert [edges["B", "C"][f"{cause}_seconds"] for cause in causes] == [0, 3600, 3600, 0, 1800]


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "Contention"), ("lv", "Rindā aiz agrāka darba"), ("lt", "Eilėje po ankstesnio darbo")],
)
def test_it_speaks_the_language_asked_for_and_names_no_worker(lang, says, tmp_path):
    ran = straume("explain", *given(), "--lang", lang, "--json", tmp_path / "causes.json")
    assert ran.code == 0, ran.err
    assert says in ran.out
    everything = ran.out + ran.err + (tmp_path / "causes.json").read_text(encoding="utf-8")
    assert not [name for name in ("Anya", "Cole", "Marcus", "Dom", "Carmine") if name in everything]


def test_it_refuses_a_log_without_starts_in_one_sentence(tmp_path):
    path = tmp_path / "ends.csv"
    path.write_text("case,activity,end\n1,A,2018-01-02 08:00:00\n1,B,2018-01-03 09:00:00\n", "utf-8")
    ran = straume("explain", path, "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "does not say when" in ran.err


@pytest.mark.parametrize("text", ["{", "[]", '{"Somebody": [{"from": "MONDAY"}]}'])
def test_it_refuses_calendars_that_cannot_be_read_and_repeats_no_name(text, tmp_path):
    path = tmp_path / "hours.json"
    path.write_text(text, encoding="utf-8")
    ran = straume("explain", shared_data("eventlogs/kronos_manual_log_1.csv"), "--calendars", path)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "Somebody" not in ran.err


def test_it_refuses_a_batch_of_one():
    ran = straume("explain", *given()[:-1], "1", "--lang", "en")
    assert ran.code == 2
    assert "at least two" in ran.err
