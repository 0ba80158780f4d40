"""A file that is no BPMN, or that says nothing that could be a stream, is refused with line and advice."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from lean.bpmn.models import HEAD, START, ends, flows, model, tasks
from straume.lean.errors import InputProblems, WrongCall
from straume.lean.stream.bpmn import parsing, read_bpmn
from straume.lean.stream.bpmn.reading import MOST_STEPS
from straume.words import problems as words

WHOLE = model(START + tasks("a") + ends("e") + flows("s>a", "a>e"))
BOMB = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n' + WHOLE.replace(
    b"Do a", b"&b;"
)
FILES = {
    "bpmn_empty": b" \n",
    "bpmn_not_xml": b"Step;Unit\nRegister;Office\n",
    "bpmn_document_type": BOMB,
    "bpmn_not_bpmn": b"<log><trace/></log>",
    "bpmn_other_version": b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>',
    "bpmn_no_process": f'{HEAD}<collaboration id="c"/></definitions>'.encode(),
    "bpmn_id_twice": model(START + tasks("a", "a") + ends("e") + flows("s>a", "a>e")),
    "bpmn_end_unknown": model(START + tasks("a") + ends("e") + flows("s>a", "a>nowhere")),
    "bpmn_end_missing": model(START + tasks("a") + '<sequenceFlow id="f" sourceRef="s"/>'),
    "bpmn_no_start": model(tasks("a", "b") + flows("a>b", "b>a")),
    "bpmn_no_way_out": model(START + tasks("a", "b") + flows("s>a", "a>b", "b>a")),
    "bpmn_no_steps": model(START + ends("e") + flows("s>e")),
}


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_cannot_be_used_is_refused_with_advice(code):
    with pytest.raises(InputProblems) as refused:
        read_bpmn(FILES[code])
    assert {problem.code for problem in refused.value.problems} == {code}
    for problem in refused.value.problems:
        for lang in ("lv", "lt", "en"):
            assert "{" not in words.sentence(problem, lang) + words.advice(problem, lang)
            assert words.advice(problem, lang)


def test_an_entity_is_told_with_its_line_in_any_encoding():
    for data in (BOMB, BOMB.decode().encode("utf-16")):
        with pytest.raises(InputProblems) as refused:
            read_bpmn(data)
        assert [one.place.line for one in refused.value.problems] == [1]


def test_all_faults_are_told_at_once_with_their_lines():
    body = (
        START
        + "\n"
        + tasks("a")
        + "\n"
        + tasks("a")
        + "\n"
        + flows("s>a")
        + "\n"
        + '<sequenceFlow id="g" sourceRef="a" targetRef="z"/>'
    )
    with pytest.raises(InputProblems) as refused:
        read_bpmn(model(body))
    assert [(one.code, one.place.line) for one in refused.value.problems] == [
        ("bpmn_id_twice", 3),
        ("bpmn_end_unknown", 5),
    ]


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(parsing, "LARGEST_BYTES", 100)
    with pytest.raises(InputProblems) as refused:
        read_bpmn(WHOLE)
    assert refused.value.problems[0].code == "bpmn_too_large"


def test_more_steps_than_anybody_maps_are_refused_and_many_are_read_in_time():
    def chain(count: int) -> bytes:
        names = [f"t{number}" for number in range(count)]
        pairs = ["s>t0", *(f"{one}>{other}" for one, other in pairwise(names)), f"{names[-1]}>e"]
        return model(START + tasks(*names) + ends("e") + flows(*pairs))

    began = time.process_time()
    assert len(read_bpmn(chain(MOST_STEPS)).stream.steps) == MOST_STEPS
    assert time.process_time() - began < 5
    with pytest.raises(InputProblems) as refused:
        read_bpmn(chain(MOST_STEPS + 1))
    assert "300" in words.sentence(refused.value.problems[0], "lt")


def test_a_pool_that_is_not_there_is_a_wrong_call_that_names_those_that_are():
    with pytest.raises(WrongCall) as refused:
        read_bpmn(WHOLE, pool="Mars")
    assert "Service" in words.sentence(refused.value, "lt")
