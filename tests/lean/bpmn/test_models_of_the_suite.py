"""The reference models of the BPMN Model Interchange Working Group: read, told, written without loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data_folder import shared_data
from lean.bpmn.models import codes, elements, faults
from straume.lean.stream.bpmn import read_bpmn, write_bpmn
from straume.lean.stream.measures import measure
from straume.lean.stream.records import Route, Span, Step
from straume.words import bpmn as words

NAMES = [
    "A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1",
    "B.1.0", "C.1.0", "C.2.0", "C.4.0", "C.5.0", "C.8.0",
]  # fmt: skip


@pytest.fixture(scope="module", params=NAMES)
def source(request):
    return shared_data(f"bpmn/{request.param}.bpmn").read_bytes()


@pytest.fixture(scope="module")
def document(source):
    return read_bpmn(source)


def test_a_model_becomes_a_stream_that_can_be_measured(document):
    measured = measure(document.stream)
    assert measured.steps == len(document.stream.steps) > 0
    assert set(measured.critical_path) <= {step.key for step in document.stream.steps}
    assert all(step.name for step in document.stream.steps)


def test_what_the_map_cannot_show_is_told_with_its_name_and_line_in_each_language(document):
    for notice in document.notices:
        assert notice.place.line
        assert notice.params["id"] or notice.params["name"]
        for lang in ("lv", "lt", "en"):
            assert words.sentence(notice, lang)
            assert words.advice(notice, lang)


def test_an_unchanged_model_is_handed_out_as_it_came(document, source):
    written = document.written()
    assert written.carried
    assert elements(written.data) == elements(source)
    again = read_bpmn(written.data, pool=document.process)
    assert again.stream == document.stream
    assert codes(again.notices) == codes(document.notices)


def test_what_is_said_of_a_step_changes_that_step_alone(document, source):
    first = document.stream.steps[0]
    said = replace(first, name="Reģistrē iesniegumu", touch=Span(5, 10, 20), notes="Katru rītu")
    changed = replace(document.stream, steps=(said, *document.stream.steps[1:]), demand_per_year=1200.0)
    written = document.written(changed)
    lost = elements(source) - elements(written.data)
    assert written.carried
    assert faults(written.data) == []
    assert sum(lost.values()) <= 2  # the name and the text of the element it stands on
    assert read_bpmn(written.data, pool=document.process).stream == changed


def test_a_step_put_in_keeps_all_that_was_there(document, source):
    way = next(one for one in document.stream.routes if one.source == "start")
    new = Step("checked", "Pārbauda", lane=document.stream.steps[0].lane)
    rest = tuple(one for one in document.stream.routes if one != way)
    changed = replace(
        document.stream,
        steps=(*document.stream.steps, new),
        routes=(*rest, replace(way, target="checked"), Route("checked", way.target)),
    )
    written = document.written(changed)
    gone = {tag for tag, *_ in elements(source) - elements(written.data)}
    assert written.carried
    assert faults(written.data) == []
    # the flow that was cut in two, and the way it was drawn
    assert {tag.rpartition("}")[2] for tag in gone} <= {
        "sequenceFlow", "incoming", "outgoing", "BPMNEdge", "BPMNLabel", "Bounds", "waypoint",
    }  # fmt: skip
    assert "checked" in {step.key for step in read_bpmn(written.data, pool=document.process).stream.steps}


def test_a_stream_of_another_tool_written_anew_comes_back_equal(document):
    data = write_bpmn(document.stream)
    assert faults(data) == []
    assert read_bpmn(data).stream == document.stream


def test_the_pool_that_is_the_service_can_be_named():
    source = shared_data("bpmn/C.4.0.bpmn").read_bytes()
    assert read_bpmn(source).stream.name == "Money Bank"
    assert read_bpmn(source, pool="Payroll").stream.name == "Payroll"
    assert len(read_bpmn(source, pool="Payroll").stream.steps) < len(read_bpmn(source).stream.steps)
