"""A value stream goes out as BPMN that other tools open, and comes back equal."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lean.bpmn.models import elements, faults
from straume.lean.stream.bpmn import read_bpmn, write_bpmn
from straume.lean.stream.bpmn.vocabulary import BPMN, BPMNDI, DC, DI, q
from straume.lean.stream.records import (
    LegalBasis,
    Node,
    Route,
    Span,
    Step,
    UnitCapacity,
    ValueStream,
)
from straume.lean.stream.step_table import read_steps

ROWS = [
    ("Reģistrē iesniegumu", "Lietvede", "Kanceleja", "10 min", "", ""),
    ("Pārbauda žymėjimą", "Speciālists", "Būvvalde", "15–40 min", "2 nedēļas", "3 70 %; 6 30 %"),
    ("Apskata dabā", "Speciālists", "Būvvalde", "2 h", "5 d. d.", "4 + 5"),
    ("Pieprasa atzinumu", "", "Vides pārvalde", "20 min", "10 d. d.", "6"),
    ("Sagatavo lēmumu", "Jurists", "Juridiskā nodaļa", "1 h", "", "6"),
    ("Paraksta", "Vadītājs", "Administrācija", "5 min", "3 d. d.", ""),
]


@pytest.fixture(scope="module")
def stream() -> ValueStream:
    table = read_steps(
        [dict(zip(("What is done?", "Who does it?", "Unit", "How long is the work?",
                   "How long is the wait?", "Goes to"), row)) for row in ROWS],
        name="Koku ciršana",
        demand_per_year=240.0,
    )  # fmt: skip
    units = (UnitCapacity("Būvvalde", 2.5, {"minutes_per_day": 480.0}, 14.5), UnitCapacity("Kanceleja"))
    steps = list(table.stream.steps)
    steps[1] = replace(
        steps[1],
        value_class="necessary",
        legal_basis=LegalBasis("MK noteikumi 309", "2012-05-08", checked=True),
        complete_accurate=0.8,
        medium="paper",
        batch_size=10.0,
        notes="Divi eksemplāri\n\n«kopija»",
        is_check=True,
        other_clock={"wait": Span(1.0, 2.5, 3.0)},
    )
    return replace(
        table.stream, steps=tuple(steps), units=units, calendar={"minutes_per_day": 480.0, "x": [1, "ā"]}
    )


def test_it_comes_back_equal_and_the_schema_finds_no_fault(stream):
    data = write_bpmn(stream)
    document = read_bpmn(data)
    assert document.stream == stream
    assert document.notices == ()
    assert faults(data) == []
    assert write_bpmn(document.stream) == data


def test_every_step_node_and_route_is_drawn_in_its_lane(stream):
    root = etree.fromstring(write_bpmn(stream))
    shown = {one.get("bpmnElement"): one for one in root.iter(q(BPMNDI, "BPMNShape"), q(BPMNDI, "BPMNEdge"))}
    process = root.find(q(BPMN, "process"))
    for kind in (
        "task",
        "exclusiveGateway",
        "parallelGateway",
        "startEvent",
        "endEvent",
        "sequenceFlow",
        "lane",
    ):
        for one in process.iter(q(BPMN, kind)):
            assert one.get("id") in shown

    def box(element):
        bounds = shown[element].find(q(DC, "Bounds"))
        return [float(bounds.get(name)) for name in ("x", "y", "width", "height")]

    for lane in process.iter(q(BPMN, "lane")):
        x, y, width, height = box(lane.get("id"))
        for inside in lane.iterfind(q(BPMN, "flowNodeRef")):
            left, top, wide, high = box(inside.text)
            assert x <= left and left + wide <= x + width
            assert y <= top and top + high <= y + height
        for child in lane.iterfind(f"{q(BPMN, 'childLaneSet')}/{q(BPMN, 'lane')}"):
            left, top, wide, high = box(child.get("id"))
            assert x < left
            assert y <= top and top + high <= y + height
            assert lane.get("name") in {step.unit for step in stream.steps}
    for edge in root.iter(q(BPMNDI, "BPMNEdge")):
        assert len(edge.findall(q(DI, "waypoint"))) >= 2
    boxes = [box(one.get("id")) for one in process.iter(q(BPMN, "task"))]
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, *_ in boxes[number + 1 :]:
            assert abs(left - x) >= width or abs(top - y) >= height


def shapes_of(
    data: bytes,
) -> tuple[dict[str, list[float]], dict[str, list[tuple[float, float]]], etree._Element]:
    """Bounds of shapes and points of edges by what they show."""
    root = etree.fromstring(data)
    boxes = {
        shape.get("bpmnElement"): [
            float(shape.find(q(DC, "Bounds")).get(one)) for one in ("x", "y", "width", "height")
        ]
        for shape in root.iter(q(BPMNDI, "BPMNShape"))
    }
    edges = {
        edge.get("bpmnElement"): [
            (float(p.get("x")), float(p.get("y"))) for p in edge.iter(q(DI, "waypoint"))
        ]
        for edge in root.iter(q(BPMNDI, "BPMNEdge"))
    }
    return boxes, edges, root


def test_no_flow_is_drawn_through_a_step(stream):
    """A way back from a lower row goes around what stands above it."""
    back = Route("again", stream.steps[1].key, 0.3, is_rework=True)
    last = stream.steps[-1].key
    routes = tuple(one for one in stream.routes if one.source != last)
    more = (Route(last, "again"), back, Route("again", "end", 0.7))
    looped = replace(stream, nodes=(*stream.nodes, Node("again", "xor")), routes=(*routes, *more))
    for one in (stream, looped):
        boxes, edges, root = shapes_of(write_bpmn(one))
        for flow in root.iter(q(BPMN, "sequenceFlow")):
            ends = {flow.get("sourceRef"), flow.get("targetRef")}
            for (x1, y1), (x2, y2) in pairwise(edges[flow.get("id")]):
                for step in one.steps:
                    x, y, width, height = boxes[step.key]
                    beside = max(x1, x2) <= x or min(x1, x2) >= x + width
                    above = max(y1, y2) <= y or min(y1, y2) >= y + height
                    assert step.key in ends or beside or above


def test_identifiers_stay_when_a_step_comes_between(stream):
    before = etree.fromstring(write_bpmn(stream))
    first = next(one for one in stream.routes if one.source == "start")
    rest = tuple(one for one in stream.routes if one != first)
    more = replace(
        stream,
        steps=(Step("new", "Saņem"), *stream.steps),
        routes=(*rest, Route("start", "new"), Route("new", first.target)),
    )
    after = {one.get("id") for one in etree.fromstring(write_bpmn(more)).iter() if one.get("id")}
    flow = f"flow-start-{first.target}"
    lost = {one.get("id") for one in before.iter() if one.get("id")} - after
    assert lost == {flow, f"edge-{flow}"}


def test_a_name_or_lane_changed_in_another_tool_is_taken_over(stream):
    data = write_bpmn(stream).decode()
    changed = data.replace('name="Paraksta"', 'name="Paraksta elektroniski"').replace(
        'name="Vadītājs"', 'name="Izpilddirektors"'
    )
    assert changed != data
    last = read_bpmn(changed.encode()).stream.steps[-1]
    assert (last.name, last.lane, last.unit) == (
        "Paraksta elektroniski",
        "Izpilddirektors",
        "Administrācija",
    )
    assert last.touch == stream.steps[-1].touch


def test_a_way_changed_in_another_tool_is_followed_and_the_rest_kept(stream):
    """The last step is skipped by drawing the flow anew; what we knew of the others is still there."""
    data = write_bpmn(stream).decode()
    last = stream.steps[-1].key
    onward = re.search(rf'<bpmn:sequenceFlow id="([^"]+)" sourceRef="{last}" targetRef="end"', data)
    assert onward is not None
    into = re.search(rf'(<bpmn:sequenceFlow id="[^"]+" sourceRef="[^"]+") targetRef="{last}"', data)
    assert into is not None
    found = read_bpmn(data.replace(into[0], f'{into[1]} targetRef="end"').encode())
    assert last not in {step.key for step in found.stream.steps}
    assert [one.code for one in found.notices] == ["bpmn_not_reached"]
    assert found.stream.steps[1].touch == stream.steps[1].touch
    assert found.stream.units == stream.units
    assert found.stream.demand_per_year == 240.0


def test_the_same_name_as_unit_and_as_function_stays_told_apart():
    steps = tuple(
        Step(key, key, lane, unit)
        for key, lane, unit in (("a", "Dome", ""), ("b", "", "Dome"), ("c", "Dome", "Dome"))
    )
    routes = [Route(one, other) for one, other in pairwise(("start", "a", "b", "c", "end"))]
    stream = ValueStream(steps, (Node("start", "start"), Node("end", "end")), tuple(routes))
    assert read_bpmn(write_bpmn(stream)).stream == stream


def test_a_changed_stream_is_put_into_our_own_file_too(stream):
    document = read_bpmn(write_bpmn(stream))
    steps = tuple(
        replace(one, touch=Span(1, 2, 3)) if one.key == stream.steps[0].key else one for one in stream.steps
    )
    written = document.written(replace(stream, steps=steps))
    assert written.carried
    assert len(elements(document.source) - elements(written.data)) <= 2
    assert {one.key: one for one in read_bpmn(written.data).stream.steps} == {one.key: one for one in steps}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SPANS = st.none() | st.builds(
    Span, st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.sampled_from(["working", "calendar"])
)
STEPS = st.builds(
    Step, key=NAMES, name=NAMES, lane=NAMES, unit=NAMES, touch=SPANS, wait=SPANS, notes=NAMES, system=NAMES,
    complete_accurate=st.none() | st.floats(0, 1), staff=st.none() | st.integers(1, 50),
)  # fmt: skip


@given(st.lists(STEPS, min_size=1, max_size=5, unique_by=lambda step: step.key), NAMES, st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_any_chain_of_steps_comes_back_equal(steps, name, share):
    """Whatever people type as names and keys, also what XML cannot hold."""
    keys = [step.key for step in steps]
    if {"start", "end", "choice"} & set(keys):
        return
    routes = [Route("start", keys[0])]
    routes += [Route(one, other, count=3) for one, other in pairwise(keys)]
    routes += [
        Route(keys[-1], "choice"),
        Route("choice", "end", 1 - share),
        Route("choice", keys[0], share, True),
    ]
    nodes = (Node("start", "start"), Node("choice", "xor"), Node("end", "end"))
    stream = ValueStream(tuple(steps), nodes, tuple(routes), name=" ".join(name.split()))
    data = write_bpmn(stream)
    assert faults(data) == []
    assert read_bpmn(data).stream == stream
