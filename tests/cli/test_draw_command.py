"""straume draw: BPMN, SVG and PDF of a log, a list of steps, a stream and a BPMN file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from cli.running import Ran
from cli.running import straume as straume_in_a_process
from data_folder import shared_data
from straume.cli import commands, main
from straume.lean.errors import InputProblems
from straume.lean.stream.bpmn import read_bpmn
from straume.lean.stream.records import ValueStream
from straume.lean.stream.step_workbook import read_step_workbook
from straume.lean.stream.stream_file import read_stream_json
from straume.words.template import step_table_template


@pytest.fixture
def straume(capsys):
    """The command in this process: each of its own would load the library anew."""

    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return Ran(int(str(left.value.code)), out, err)

    return ran


@pytest.fixture(scope="module")
def steps(tmp_path_factory) -> Path:
    """The example of the Latvian template as a file of its own."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(step_table_template("lv")))
    for name in list(book.sheetnames):
        if name not in ("Paraugs", "Piemērs"):
            del book[name]
    path = tmp_path_factory.mktemp("draw") / "soli.xlsx"
    book.save(path)
    return path


def test_a_list_of_steps_becomes_bpmn_svg_and_pdf(steps, tmp_path):
    ran = straume_in_a_process(
        "draw", steps, "--bpmn", tmp_path / "a.bpmn", "--svg", tmp_path / "a.svg",
        "--pdf", tmp_path / "a.pdf", "--paper", "a1", "--lang", "lv", "--title", "Parādu piedziņa",
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, ""), ran.err
    stream = read_step_workbook(steps).stream
    again = read_bpmn((tmp_path / "a.bpmn").read_bytes()).stream
    assert (again.steps, again.nodes, again.routes) == (stream.steps, stream.nodes, stream.routes)
    root = etree.parse(tmp_path / "a.svg").getroot()
    assert root.get("width") == "841.0mm"
    first = PdfReader(tmp_path / "a.pdf").pages[0].mediabox
    assert float(first.width) == pytest.approx(841 / 25.4 * 72, abs=1)
    assert "Parādu piedziņa" in "".join(root.itertext())
    assert "Vērtības plūsmas karte" in "".join(root.itertext())


def test_what_a_map_cannot_show_is_told_and_stays_in_the_file(straume, tmp_path):
    source = shared_data("bpmn/C.1.0.bpmn")
    ran = straume("draw", source, "--bpmn", tmp_path / "a.bpmn", "--lang", "lt")
    assert ran.code == 0
    assert "eilutė" in ran.err
    assert "Team-Assistant" in ran.err
    assert (tmp_path / "a.bpmn").read_bytes() == source.read_bytes()


def test_a_stream_as_json_and_the_pool_that_is_meant(straume, tmp_path):
    source = shared_data("bpmn/C.4.0.bpmn")
    stream = read_bpmn(source.read_bytes(), pool="Payroll").stream
    (tmp_path / "stream.json").write_text(json.dumps(stream.to_dict()), "utf-8")
    assert straume("draw", tmp_path / "stream.json", "--bpmn", tmp_path / "a.bpmn").code == 0
    assert read_bpmn((tmp_path / "a.bpmn").read_bytes()).stream == stream
    ran = straume("draw", source, "--pool", "Mars", "--bpmn", tmp_path / "b.bpmn", "--lang", "en")
    assert (ran.code, "Payroll" in ran.err) == (2, True)


def test_a_log_is_drawn_as_it_was_found(straume, tmp_path):
    log = shared_data("eventlogs/running-example.xes")
    ran = straume("draw", log, "--bpmn", tmp_path / "a.bpmn")
    assert ran.code == 0, ran.err
    stream = read_bpmn((tmp_path / "a.bpmn").read_bytes()).stream
    assert stream.origin == "log"
    assert "register request" in {step.name for step in stream.steps}


@pytest.mark.parametrize(
    ("name", "text", "code", "says"),
    [
        ("a.bpmn", "<nothing/>", 1, "not BPMN 2.0"),
        ("a.bpmn", "", 1, "empty"),
        ("a.json", "{", 1, "value-stream.schema.json"),
        ("a.json", '{"version": 1, "steps": [{"key": 1}], "nodes": [], "routes": []}', 1, "schema.json"),
        ("a.json", '{"version": 99}', 1, "99"),
    ],
)
def test_what_is_no_stream_is_refused_with_advice(straume, name, text, code, says, tmp_path):
    (tmp_path / name).write_text(text, "utf-8")
    ran = straume("draw", tmp_path / name, "--svg", tmp_path / "a.svg", "--lang", "en")
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_wrong_calls_are_answered_in_one_line(straume, tmp_path):
    (tmp_path / "a.bpmn").write_text("<a/>", "utf-8")
    for arguments, says in (
        ((), "--bpmn FILE"),
        (("--svg", "x.svg", "--case", "Lieta"), "--case"),
        (("--svg", "x.svg", "--paper", "a2"), "a3, a1, a0"),
    ):
        ran = straume("draw", tmp_path / "a.bpmn", *arguments, "--lang", "en")
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
        assert says in ran.err


def test_a_stream_that_does_not_hold_together_is_refused(tmp_path):
    whole = ValueStream.from_dict(read_bpmn(shared_data("bpmn/A.1.0.bpmn").read_bytes()).stream.to_dict())
    for change in (
        {"routes": [{"source": "start", "target": "nowhere"}]},
        {"nodes": []},
        {"steps": [{**whole.to_dict()["steps"][0], "share": "all"}]},
    ):
        path = tmp_path / "stream.json"
        path.write_text(json.dumps({**whole.to_dict(), **change}), "utf-8")
        with pytest.raises(InputProblems):
            read_stream_json(path)


def test_its_help_shows_examples():
    assert "straume draw" in (commands.commands["draw"].help or "")
