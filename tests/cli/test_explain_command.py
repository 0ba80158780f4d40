"""straume explain: causes of waiting in words and as JSON, and one line for what cannot be explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cli.running import straume
from data_folder import shared_data
from lean.flow.logs import Plain, Row, event_log
from straume.cli.explaining import touch_told
from straume.lean.errors import WrongCall
from straume.words import causes as words

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/schemas/causes.schema.json").read_text(encoding="utf-8")
)
COMPLETIONS = """case,activity,unit,end
1,Receive,Desk,2018-01-08 10:00:00
1,Check,Planning,2018-01-08 16:00:00
2,Receive,Desk,2018-01-09 11:00:00
2,Check,Planning,2018-01-10 12:00:00
"""


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
    Draft202012Validator(SCHEMA).validate(found)
    assert found["waiting_seconds"] == 18_900
    assert found["hours_found"] is None  # they were given
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


def test_hours_are_found_and_starts_estimated_where_nobody_gave_them(tmp_path):
    """By hand: both checks take 15 min; the first waits from 10:00 to 15:45, the second from 11:00 to 11:45
    the day after, of which 15 h are closed."""
    path = tmp_path / "ends.csv"
    path.write_text(COMPLETIONS, "utf-8")
    ran = straume("explain", path, "--touch", "Check=15 min", "--json", "-")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(found)
    assert (found["items"], found["unknown_items"], found["estimated_share"]) == (2, 2, 1)
    assert found["touch"] == {"Check": {"seconds": 900, "source": "told", "recorded": 0}}
    assert found["hours_found"]["units_of_log"] == 2
    causes = {name: cause["seconds"] / 3600 for name, cause in found["causes"].items()}
    assert causes["extraneous"] == 5.75 + 9.75
    assert causes["unavailability"] == 15
    said = straume("explain", path, "--touch", "Check=15 min", "--lang", "lv")
    assert "Darba laiks nav norādīts" in said.out
    assert "100 % darbu sākums ir aplēsts" in said.out
    assert "Darba daļa pašlaik" not in said.out  # half of the work is left out: no cycle efficiency


def test_the_hours_of_a_town_hall_are_found_and_no_worker_is_named(tmp_path):
    path = shared_data("eventlogs/receipt_wabo.csv")
    step = "T06 Determine necessity of stop advice"
    ran = straume("explain", path, "--touch", f"{step}=15 min", "--json", tmp_path / "causes.json")
    assert ran.code == 0, ran.err
    found = json.loads((tmp_path / "causes.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(found)
    assert found["hours_found"]["units"] >= 4
    assert [step, "T02 Check confirmation of receipt"] in [pair[::-1] for pair in found["parallel_steps"]]
    assert "Resource" not in ran.out + (tmp_path / "causes.json").read_text(encoding="utf-8")


def test_touch_times_that_cannot_be_used_are_refused_in_one_sentence(tmp_path):
    path = tmp_path / "ends.csv"
    path.write_text(COMPLETIONS, "utf-8")
    ran = straume("explain", path, "--touch", "Paint=15 min", "--lang", "lt")
    assert (ran.code, ran.out) == (2, "")
    assert "Duomenyse nėra žingsnio „Paint“" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("touch", "code"),
    [
        ("15 min", "touch_without_step"),
        ("Check=soon", "touch_not_understood"),
        ("Check=", "touch_not_understood"),
        ("Check=-3 min", "touch_not_understood"),
        ("Check=2 weeks", "touch_not_working_time"),
    ],
)
def test_each_fault_of_a_touch_time_has_its_sentence(touch, code):
    log = event_log(Plain((Row("1", "Check", end=9),)))
    with pytest.raises(WrongCall, match=code) as refused:
        touch_told([touch], log)
    for lang in ("lv", "lt", "en"):
        assert touch in words.refusal(code, refused.value.params, lang)


def test_touch_times_are_read_as_people_say_them():
    log = event_log(Plain((Row("1", "Check", end=9),)))
    told = touch_told(["Check=15–45 min", "a = b=1,5 val.", "Sign=0,5 darba dienas"], log)
    assert told == {"Check": 1800, "a = b": 5400, "Sign": 4.5 * 3600}
