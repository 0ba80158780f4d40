"""Each construct of BPMN: what it becomes in a value stream, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lean.bpmn.models import START, codes, ends, faults, flows, model, routes, tasks
from straume.lean.stream.bpmn import read_bpmn
from straume.lean.stream.bpmn.timers import duration_minutes
from straume.lean.stream.records import Route, Span
from straume.words import bpmn as words

TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def read(*parts: str, **more: str):
    return read_bpmn(model("".join(parts), **more))


def by_key(document):
    return {step.key: step for step in document.stream.steps}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("P14D", 20160), ("PT1H30M", 90), ("P2W", 20160), ("PT0.5S", 0.5 / 60), ("P1M", 43830), ("P1DT2H", 1560)]
    + [("P", None), ("R3/PT10M", None), ("${days}", None), ("14 days", None)],
)
def test_a_duration_is_read_as_iso_8601_says(text, minutes):
    assert duration_minutes(text) == (None if minutes is None else pytest.approx(minutes))


def test_a_timer_is_the_wait_of_the_step_that_follows():
    event = f'<intermediateCatchEvent id="t" name="Wait">{TIMER.format("P14D")}</intermediateCatchEvent>'
    found = read(START, tasks("a", "b"), event, ends("e"), flows("s>a", "a>t", "t>b", "b>e"))
    assert by_key(found)["b"].wait == Span(20160, 20160, 20160, clock="calendar")
    assert "14 dienas" in words.sentence(found.notices[0], "lv")
    assert routes(found.stream) == {"start>a", "a>b", "b>end"}


def test_a_timer_before_a_choice_stands_as_a_step_without_work():
    event = f'<intermediateCatchEvent id="t" name="Objections">{TIMER.format("P7D")}</intermediateCatchEvent>'
    gateway = '<exclusiveGateway id="g"/>'
    found = read(
        START, tasks("a", "b"), event, gateway, ends("e"),
        flows("s>t", "t>g", "g>a:60 %", "g>b:40 %", "a>e", "b>e"),
    )  # fmt: skip
    assert by_key(found)["t"].touch == Span(0, 0, 0)
    assert by_key(found)["t"].wait.mode_minutes == 10080
    assert {"g>a 0.60", "g>b 0.40"} <= routes(found.stream)


def test_a_timer_without_a_length_is_told():
    event = f'<intermediateCatchEvent id="t">{TIMER.format("${deadline}")}</intermediateCatchEvent>'
    found = read(START, tasks("a"), event, ends("e"), flows("s>t", "t>a", "a>e"))
    assert codes(found.notices) == {"bpmn_timer_unknown": 1}
    assert by_key(found)["a"].wait is None


def test_what_waits_for_a_message_is_a_step_without_work():
    event = (
        '<intermediateCatchEvent id="m" name="Papers come"><messageEventDefinition/></intermediateCatchEvent>'
    )
    found = read(START, tasks("a"), event, ends("e"), flows("s>m", "m>a", "a>e"))
    assert by_key(found)["m"].touch == Span(0, 0, 0)
    assert codes(found.notices) == {"bpmn_waits_for_others": 1}


def test_shares_that_nobody_said_are_equal_and_told():
    found = read(
        START, tasks("a", "b", "c"), '<exclusiveGateway id="g" name="Complete?"/>', ends("e"),
        flows("s>g", "g>a", "g>b", "g>c", "a>e", "b>e", "c>e"),
    )  # fmt: skip
    assert [step.share for step in found.stream.steps] == pytest.approx([1 / 3] * 3)
    (notice,) = found.notices
    assert "Complete?" in words.sentence(notice, "en")
    assert "3" in words.sentence(notice, "lv")


def test_a_loop_is_rework_and_counts_how_often():
    found = read(
        START, tasks("a", "b"), '<exclusiveGateway id="g"/>', ends("e"),
        flows("s>a", "a>b", "b>g", "g>a:20 %", "g>e:80 %"),
    )  # fmt: skip
    assert [one.source for one in found.stream.routes if one.is_rework] == ["g"]
    assert by_key(found)["a"].occurrences == pytest.approx(1 / 0.8)
    assert by_key(found)["a"].share == pytest.approx(1.0)


def test_an_event_that_breaks_off_a_step_is_a_second_way_out_of_it():
    event = '<boundaryEvent id="x" attachedToRef="a" name="Refused"><errorEventDefinition/></boundaryEvent>'
    found = read(START, tasks("a", "b"), event, ends("e", "e2"), flows("s>a", "a>e", "x>b:5 %", "b>e2"))
    assert by_key(found)["b"].share == pytest.approx(0.05)
    assert codes(found.notices)["bpmn_boundary"] == 1


def test_an_event_beside_a_step_that_goes_on_is_told_and_not_taken():
    event = '<boundaryEvent id="x" attachedToRef="a" cancelActivity="false"/>'
    found = read(START, tasks("a", "b"), event, ends("e", "e2"), flows("s>a", "a>e", "x>b", "b>e2"))
    assert set(by_key(found)) == {"a"}
    assert codes(found.notices) == {"bpmn_boundary_aside": 1, "bpmn_aside": 2}


def test_parallel_branches_that_end_apart_are_waited_for():
    found = read(
        START, tasks("a", "b"), '<parallelGateway id="g"/>', ends("e", "e2"),
        flows("s>g", "g>a", "g>b", "a>e", "b>e2"),
    )  # fmt: skip
    assert {"a>g.joined", "b>g.joined", "g.joined>end"} <= routes(found.stream)
    assert [step.share for step in found.stream.steps] == [1.0, 1.0]


def test_a_branch_beside_one_that_ends_everything_is_a_dead_end():
    stop = '<endEvent id="e"><terminateEventDefinition/></endEvent>'
    found = read(
        START, tasks("a", "b"), '<parallelGateway id="g"/>', stop, ends("aside"),
        flows("s>g", "g>a", "g>b", "a>e", "b>aside"),
    )  # fmt: skip
    assert {"a>end", "b>aside"} <= routes(found.stream)
    assert {node.key for node in found.stream.nodes if node.kind == "end"} == {"end", "aside"}


def test_an_inclusive_gateway_lets_each_way_be_taken_or_not():
    gates = '<inclusiveGateway id="o"/><inclusiveGateway id="j"/>'
    found = read(
        START, tasks("a", "b"), gates, ends("e"),
        flows("s>o", "o>a:30 %", "o>b:90 %", "a>j", "b>j", "j>e"),
    )  # fmt: skip
    assert (by_key(found)["a"].share, by_key(found)["b"].share) == pytest.approx((0.3, 0.9))
    assert codes(found.notices) == {"bpmn_gateway_inclusive": 1}


def test_an_open_subprocess_gives_its_steps_and_a_closed_one_is_a_step():
    inside = f'<startEvent id="s2"/>{tasks("b")}{ends("e2")}' + flows("s2>b", "b>e2").replace(
        'id="f', 'id="g'
    )
    lanes = '<laneSet id="l"><lane id="l1" name="Office"><flowNodeRef>sub</flowNodeRef></lane></laneSet>'
    body = f'{lanes}{START}{tasks("a")}<subProcess id="sub" name="Review">{inside}</subProcess>{ends("e")}'
    body += flows("s>a", "a>sub", "sub>e")
    opened = read_bpmn(model(body))
    assert routes(opened.stream) == {"start>a", "a>b", "b>end"}
    assert by_key(opened)["b"].lane == "Office"
    closed = (
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane>'
        '<bpmndi:BPMNShape bpmnElement="sub" isExpanded="false"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )
    shut = read_bpmn(model(body, around=closed))
    assert set(by_key(shut)) == {"a", "sub"}
    assert codes(shut.notices) == {"bpmn_collapsed": 1}


def test_links_join_where_they_are_thrown_and_caught():
    links = (
        '<intermediateThrowEvent id="t" name="B"><linkEventDefinition name="B"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="c" name="B"><linkEventDefinition name="B"/></intermediateCatchEvent>'
    )
    found = read(START, tasks("a", "b"), links, ends("e"), flows("s>a", "a>t", "c>b", "b>e"))
    assert "a>b" in routes(found.stream)


def test_conditions_on_a_step_choose_and_their_absence_does_not():
    condition = "<conditionExpression>x</conditionExpression>"
    chosen = flows("s>a", "a>b", "a>c", "b>e", "c>e").replace(
        '<sequenceFlow id="f2" sourceRef="a" targetRef="b"/>',
        f'<sequenceFlow id="f2" sourceRef="a" targetRef="b">{condition}</sequenceFlow>',
    )
    found = read(START, tasks("a", "b", "c"), ends("e"), chosen)
    assert by_key(found)["b"].share == pytest.approx(0.5)
    assert codes(found.notices)["bpmn_conditions"] == 1
    both = read(START, tasks("a", "b", "c"), ends("e", "e2"), flows("s>a", "a>b", "a>c", "b>e", "c>e2"))
    assert by_key(both)["b"].share == 1.0


def test_side_paths_are_named_one_by_one():
    aside = (
        '<subProcess id="es" name="On complaint" triggeredByEvent="true"><startEvent id="es1"/></subProcess>'
        '<task id="undo" name="Undo" isForCompensation="true"/>'
        '<boundaryEvent id="cb" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
        '<adHocSubProcess id="ad" name="Any order"><task id="x"/></adHocSubProcess>'
        '<callActivity id="call" name="Pay" calledElement="pay"/>'
        '<task id="many" name="Each"><multiInstanceLoopCharacteristics/></task>'
        '<complexGateway id="cx"/><task id="alone" name="Alone"/>'
    )
    found = read(
        START, tasks("a"), aside, ends("e"),
        flows("s>a", "a>ad", "ad>call", "call>many", "many>cx", "cx>e"),
    )  # fmt: skip
    assert codes(found.notices) == {
        "bpmn_event_subprocess": 1, "bpmn_compensation": 2, "bpmn_ad_hoc": 1, "bpmn_call_activity": 1,
        "bpmn_repeats": 1, "bpmn_gateway_complex": 1, "bpmn_not_reached": 1,
    }  # fmt: skip
    assert set(by_key(found)) == {"a", "ad", "call", "many"}


def test_several_starts_and_no_start_event_are_both_read():
    two = read(
        '<startEvent id="s1"/><startEvent id="s2"/>', tasks("a"), ends("e"), flows("s1>a", "s2>a", "a>e")
    )
    assert codes(two.notices)["bpmn_several_starts"] == 2
    assert by_key(two)["a"].share == 1.0
    none = read(tasks("a", "b"), flows("a>b"))
    assert codes(none.notices) == {"bpmn_start_assumed": 1}
    assert routes(none.stream) == {"start>a", "a>b", "b>end"}
    beside = read(
        START, f'<subProcess id="u" name="U">{tasks("a", "b")}</subProcess>', ends("e"), flows("s>u", "u>e")
    )
    assert [step.share for step in beside.stream.steps] == [1.0, 1.0]
    assert "bpmn_branches_not_joined" not in codes(beside.notices)


def test_nested_lanes_say_unit_and_function():
    lanes = (
        '<laneSet id="ls"><lane id="u" name="Finance"><childLaneSet id="c"><lane id="f" name="Clerk">'
        "<flowNodeRef>a</flowNodeRef></lane></childLaneSet></lane></laneSet>"
    )
    found = read(lanes, START, tasks("a"), ends("e"), flows("s>a", "a>e"))
    assert (by_key(found)["a"].unit, by_key(found)["a"].lane) == ("Finance", "Clerk")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-13"])
def test_any_encoding_prefix_and_vendor_extension_is_read(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
        '<x:definitions xmlns:x="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="urn:vendor"'
        ' targetNamespace="urn:t" xmlns:t="urn:t"><x:process id="p" v:kind="1"><x:startEvent id="s"/>'
        '<x:task id="a" name="Pārbauda&#10;žyminį"><x:extensionElements>'
        '<v:form id="a"/></x:extensionElements></x:task>'
        '<x:endEvent id="e"/><x:sequenceFlow id="f1" sourceRef="t:s" targetRef="t:a"/>'
        '<x:sequenceFlow id="f2" sourceRef="a" targetRef="e"/></x:process></x:definitions>'
    )
    found = read_bpmn(text.encode(encoding))
    assert [step.name for step in found.stream.steps] == ["Pārbauda žyminį"]
    assert found.written().data == text.encode(encoding)


def test_what_is_told_alike_is_told_once():
    notes = "".join(f'<textAnnotation id="n{n}"><text>Note {n}</text></textAnnotation>' for n in range(3))
    found = read(START, tasks("a"), ends("e"), flows("s>a", "a>e"), notes)
    (told,) = words.told_together(found.notices, "lt")
    assert len(told.elements) == 3
    assert "Note 2" in told.sentence


def test_a_step_put_in_before_the_end_gathers_the_ways_to_every_end_event():
    pool = '<collaboration id="c"><participant id="other" name="Client"/></collaboration>'
    found = read(
        START, tasks("a", "b"), '<exclusiveGateway id="g"/>', ends("e", "e2"),
        flows("s>g", "g>a:60 %", "g>b:40 %", "a>e", "b>e2"), around=pool,
    )  # fmt: skip
    stream = found.stream
    filed = replace(stream.steps[0], key="file", name="File it", share=1.0)
    led = [replace(one, target="file") if one.target == "end" else one for one in stream.routes]
    wanted = replace(stream, steps=(*stream.steps, filed), routes=(*led, Route("file", "end", 1.0)))
    written = found.written(wanted)
    assert written.carried
    assert written.lost == ("e2",), "of several end events one is left, and that is said"
    assert not faults(written.data)
    assert b'id="other"' in written.data
    assert [step.name for step in read_bpmn(written.data).stream.steps] == ["Do a", "Do b", "File it"]
