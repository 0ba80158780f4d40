"""straume simulate: a service and its scenarios in words and numbers, as JSON, and as a log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from cli.running import straume as in_a_process
from straume.cli import main
from straume.lean.simulate.simulation_form import simulation_schema
from straume.lean.stream.bpmn import write_bpmn
from straume.lean.stream.records import UnitCapacity, ValueStream
from straume.lean.stream.step_table import read_steps

SCHEMA = Path(__file__).parents[2] / "docs/schemas/simulation.schema.json"
STREAM: ValueStream = read_steps(
    [
        {"step": "Saņem", "unit": "Kanceleja", "touch": "15 min"},
        {"step": "Vīzē jurists", "unit": "Juristi", "touch": "1 h", "wait": "5 d"},
        {"step": "Paraksta vadītājs", "unit": "Vadība", "touch": "5 min", "wait": "4 d"},
    ],
    demand_per_year=340,
    units=(UnitCapacity("Kanceleja", 1.0), UnitCapacity("Juristi", 0.5), UnitCapacity("Vadība", 0.2)),
).stream
Straume = Callable[..., tuple[int, str, str]]
FEW = ("--replications", 3, "--seed", 1)


@pytest.fixture
def straume(capsys: pytest.CaptureFixture[str]) -> Straume:
    """The command without a process of its own: code, output, errors; no-break spaces become spaces."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        code = ended.value.code
        space = "\N{NO-BREAK SPACE}"
        return int(code or 0), said.out.replace(space, " "), said.err.replace(space, " ")

    return run


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    path = tmp_path / "stream.json"
    path.write_text(json.dumps(STREAM.to_dict()), encoding="utf-8")
    return path


def changes(tmp_path: Path, *asked: dict[str, object], name: str = "Bez paraksta") -> Path:
    path = tmp_path / "changes.json"
    path.write_text(json.dumps({"name": name, "changes": list(asked)}), encoding="utf-8")
    return path


TAKEN_OUT = {"change": "take_out", "step": "Paraksta vadītājs"}


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", ("Take out the step “Paraksta vadītājs”.", "less in the mean", "Simulated, not real data")),
        ("lv", ("Izslēgt soli „Paraksta vadītājs”.", "ilgst mazāk", "Termiņā")),
        ("lt", ("Atsisakyti žingsnio „Paraksta vadītājs“.", "trunka trumpiau", "Laiku")),
    ],
)
def test_it_tells_what_a_change_saves_in_the_language_asked_for(lang, says, stream, tmp_path, straume):
    asked = changes(tmp_path, TAKEN_OUT)
    ran = straume("simulate", stream, "--change", asked, "--deadline", "10 days", "--lang", lang, *FEW)
    code, out, err = ran
    assert code == 0, err
    for text in says:
        assert text in out


def test_the_json_follows_its_schema_and_the_same_seed_gives_the_same(stream, tmp_path, straume):
    written = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert written == simulation_schema()  # if not: python -m straume.lean.simulate.simulation_form
    given = ("simulate", stream, "--change", changes(tmp_path, TAKEN_OUT), *FEW, "--json", "-")
    (code, one, _), (_, same, _) = straume(*given), straume(*given)
    assert code == 0 and one == same
    found = json.loads(one)
    jsonschema.Draft202012Validator(written).validate(found)
    (difference,) = found["comparison"]["differences"]
    assert difference["mean_days"]["high"] < -3.5
    assert found["plans"][0]["changes"] == [TAKEN_OUT]
    assert (found["begin_on"], found["until_on"]) == ("2024-01-01", "2025-01-01")


@pytest.mark.parametrize("name", ["log.csv", "log.parquet", "log.xes.gz"])
def test_the_simulated_log_reads_back(name, stream, tmp_path, straume):
    ran = straume("simulate", stream, *FEW, "--until", "2024-04-01", "--log", tmp_path / name)
    assert ran[0] == 0, ran[2]
    code, facts, err = straume("log", tmp_path / name, "--lang", "en")
    assert code == 0, err
    lines = {line.strip().split("  ")[0]: line.split()[-1] for line in facts.splitlines() if line.strip()}
    assert lines["Steps"] == "3" and 50 < int(lines["Cases"]) < 130


def test_bpmn_and_logs_are_simulated_too(stream, tmp_path, straume):
    bpmn = tmp_path / "service.bpmn"
    bpmn.write_bytes(write_bpmn(STREAM))
    ran = straume("simulate", bpmn, *FEW, "--json", "-")
    assert ran[0] == 0, ran[2]
    of_bpmn = json.loads(ran[1])["comparison"]["scenarios"][0]
    of_json = json.loads(straume("simulate", stream, *FEW, "--json", "-")[1])["comparison"]["scenarios"][0]
    assert of_bpmn["median_days"] == of_json["median_days"]
    log = tmp_path / "log.csv"
    assert straume("simulate", stream, *FEW, "--log", log)[0] == 0
    asked = changes(tmp_path, {"change": "set_demand", "factor": 1.2})
    ran = straume("simulate", log, *FEW, "--change", asked, "--json", "-")
    assert ran[0] == 0, ran[2]
    found = json.loads(ran[1])
    jsonschema.Draft202012Validator(simulation_schema()).validate(found)
    assert found["reproduction"]["verdict"] in ("fit", "not_fit", "few_cases")
    more = found["comparison"]["differences"][0]["answered"]["mean"]
    assert more == pytest.approx(0.2 * found["comparison"]["scenarios"][0]["answered"]["mean"], rel=0.4)


def test_what_cannot_be_is_refused_with_its_place(stream, tmp_path, straume):
    asked = changes(tmp_path, TAKEN_OUT, {"change": "take_out", "step": "Nav tāda"})
    ran = straume("simulate", stream, "--change", asked, "--lang", "en")
    assert ran[:2] == (1, "")
    assert "“Bez paraksta”, change 2: There is no step “Nav tāda”." in ran[2]
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    for wrong in (
        ("--change", broken),
        ("--until", "2020-01-01"),
        ("--until", "soon"),
        ("--replications", 1),
        ("--log", tmp_path / "log.docx"),
        ("--deadline", "soon"),
        ("--timezone", "Europe/Riga"),
    ):
        ran = straume("simulate", stream, *wrong, "--lang", "en")
        assert ran[:2] == (2, ""), wrong
        assert len(ran[2].splitlines()) == 1, ran[2]
    silent = tmp_path / "silent.json"
    silent.write_text(json.dumps({**STREAM.to_dict(), "demand_per_year": None}), encoding="utf-8")
    assert straume("simulate", silent)[0] == 2
    assert straume("simulate", silent, "--demand", 100, *FEW)[0] == 0


def test_the_help_shows_examples():
    ran = in_a_process("simulate", "--help")
    assert ran.code == 0 and "straume simulate cases.csv" in ran.out


def test_times_that_a_drawing_does_not_say_are_told(straume: Straume, tmp_path: Path) -> None:
    drawing = tmp_path / "service.bpmn"
    steps = tuple(replace(step, touch=None, wait=None) for step in STREAM.steps)
    drawing.write_bytes(write_bpmn(replace(STREAM, steps=steps)))
    for lang, words in (("en", "any step"), ("lv", "nevienam solim"), ("lt", "nė vienam žingsniui")):
        code, _, told = straume("simulate", drawing, "--lang", lang, "--json", "-", *FEW)
        assert code == 0
        assert words in told
    drawing.write_bytes(write_bpmn(replace(STREAM, steps=(STREAM.steps[0], *steps[1:]))))
    told = straume("simulate", drawing, *FEW)[2]
    assert "“Vīzē jurists”, “Paraksta vadītājs”" in told
    assert "Saņem" not in told


def test_a_result_is_never_written_over_what_is_read(straume: Straume, stream: Path, tmp_path: Path) -> None:
    was = stream.read_bytes()
    for command in ("simulate", "assess"):
        code, _, told = straume(command, stream, "--json", stream)
        assert (code, stream.read_bytes()) == (2, was)
        assert "named twice" in told
    assert straume("draw", stream, "--svg", stream)[0] == 2
    plan = changes(tmp_path, {"kind": "take_out", "step": "vize-jurists"})
    assert straume("simulate", stream, "--change", plan, "--json", plan)[0] == 2
    assert "take_out" in plan.read_text(encoding="utf-8")
    both = tmp_path / "both.csv"
    assert straume("simulate", stream, "--json", both, "--log", both)[0] == 2
    assert (stream.read_bytes(), both.exists()) == (was, False)
