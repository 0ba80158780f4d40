"""From the elements of a process to a net: what each is taken as, and what cannot be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from straume.lean.errors import Place, Problem
from straume.lean.stream.bpmn.net import END, START, Kind, Net, Way
from straume.lean.stream.bpmn.own_marks import marked, values
from straume.lean.stream.bpmn.parsing import reference
from straume.lean.stream.bpmn.processes import tidy
from straume.lean.stream.bpmn.timers import timer_minutes
from straume.lean.stream.bpmn.vocabulary import (
    BPMN,
    BPMNDI,
    FLOW_NODES,
    SUBPROCESSES,
    TASKS,
    is_bpmn,
    line_of,
    local,
    q,
)
from straume.lean.stream.flows import reach
from straume.lean.stream.records import Route

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_GATEWAYS: dict[str, Kind] = {"parallelGateway": "and"}
_REPEATS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


@dataclass
class Taken:
    """What was taken of a process so far."""

    net: Net = field(default_factory=Net)
    elements: dict[str, etree._Element] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)  # minutes of a timer by its point
    idle: set[str] = field(default_factory=set)  # steps that are no work: something is waited for
    aside: dict[str, etree._Element] = field(default_factory=dict)  # what is not taken, with its followers
    notices: list[Problem] = field(default_factory=list)

    def tell(self, code: str, element: etree._Element, **more: object) -> None:
        self.notices.append(told(code, element, **more))


def told(code: str, element: etree._Element, **more: object) -> Problem:
    """A problem at an element: what it is, its name and id, its line."""
    params = {"element": local(element), "id": element.get("id") or "", "name": name_of(element), **more}
    return Problem(code, params, Place(line=line_of(element)))


def name_of(element: etree._Element) -> str:
    """How an element is called on a drawing; of an annotation its text."""
    text = element.find(q(BPMN, "text"))
    said = tidy(element.get("name") or ("".join(map(str, text.itertext())) if text is not None else ""))
    return said if len(said) <= 80 else said[:79] + "…"


def take(process: etree._Element, root: etree._Element) -> Taken:
    """Every element of a process, its sub-processes opened, from its start to its end."""
    return _Taking(root).taken(process)


class _Taking:
    def __init__(self, root: etree._Element) -> None:
        self.taken_ = Taken()
        self.net = self.taken_.net
        self.leaves: dict[str, str] = {}  # where what leaves an activity begins, if not at itself
        self.ending: set[str] = set()
        self.collapsed = {
            reference(shape.get("bpmnElement"))
            for shape in root.iter(q(BPMNDI, "BPMNShape"))
            if shape.get("isExpanded") in ("false", "0")
        }

    def taken(self, process: etree._Element) -> Taken:
        self.net.kinds[START] = "start"
        self._scope(process, START, END)
        self.net.kinds.setdefault(END, "end")
        return self.taken_

    def _scope(self, scope: etree._Element, first: str, last: str) -> None:
        """A process or an opened sub-process between the point before it and the point after it."""
        for child in scope:
            if is_bpmn(child) and local(child) in FLOW_NODES and not child.get("id"):
                self.taken_.tell("bpmn_not_reached", child)
        inside = [one for one in scope if is_bpmn(one) and local(one) in FLOW_NODES and one.get("id")]
        here = [str(child.get("id")) for child in inside if self._element(child)]
        for child in inside:
            if local(child) == "boundaryEvent":
                here += self._boundary(child)
        for flow in scope.iterfind(q(BPMN, "sequenceFlow")):
            self._flow(flow)
        self._links(inside)
        self._begin(inside, here, first)
        for key in here:
            self._part(self.leaves.get(key, key))
        finals = [self.leaves.get(key, key) for key in here]
        finals = [key for key in dict.fromkeys(finals) if not self.net.out_of(key)]
        dead = self._end(finals, last)
        for key in dead:
            self.net.kinds[key] = "dead"

    def _end(self, finals: list[str], last: str) -> list[str]:
        """Inclusive gateways are resolved before the ends are led together."""
        own_dead = [key for key in finals if self._own_dead_end(key)]
        finals = [key for key in finals if key not in own_dead]
        for key, element in self.taken_.elements.items():
            parts = key in self.net.kinds and len(self.net.out_of(key)) > 1
            if parts and local(element) == "inclusiveGateway":
                self._inclusive(key, element, finals)
        ending = self.ending if last == END else set()
        return own_dead + self.net.close(finals, last, ending)

    def _own_dead_end(self, key: str) -> bool:
        element = self.taken_.elements.get(key)
        own = marked(element, "node") if element is not None and local(element) == "endEvent" else None
        return own is not None and own.get("key") != "end"

    def _element(self, element: etree._Element) -> bool:
        """Take one element; whether it stands on the way of the work."""
        key, name, taken = str(element.get("id")), local(element), self.taken_
        taken.elements[key] = element
        if element.get("isForCompensation") == "true":
            return self._leave(element, "bpmn_compensation")
        if name in SUBPROCESSES and element.get("triggeredByEvent") == "true":
            return self._leave(element, "bpmn_event_subprocess")
        if name == "boundaryEvent":
            return False
        if name in TASKS or name == "callActivity":
            self._step(key, element)
        elif name in SUBPROCESSES:
            self._subprocess(key, element)
        elif name.endswith("Gateway"):
            self.net.kinds[key] = _GATEWAYS.get(name, "xor")
            if name == "complexGateway":
                taken.tell("bpmn_gateway_complex", element)
        elif name.endswith("Event"):
            self._event(key, element, name)
        else:
            return self._leave(element, "bpmn_not_taken")
        return True

    def _leave(self, element: etree._Element, code: str) -> bool:
        self.taken_.tell(code, element)
        self.taken_.aside[str(element.get("id"))] = element
        return False

    def _step(self, key: str, element: etree._Element) -> None:
        self.net.kinds[key] = "step"
        if local(element) == "callActivity":
            self.taken_.tell("bpmn_call_activity", element, calls=element.get("calledElement") or "")
        if marked(element, "step") is None and _repeats(element):
            self.taken_.tell("bpmn_repeats", element)

    def _subprocess(self, key: str, element: etree._Element) -> None:
        has_inside = any(is_bpmn(child) and local(child) in FLOW_NODES for child in element)
        if local(element) == "adHocSubProcess":
            self.taken_.tell("bpmn_ad_hoc", element)
            self._step(key, element)
        elif not has_inside or key in self.collapsed:
            if has_inside:
                self.taken_.tell("bpmn_collapsed", element)
            self._step(key, element)
        else:
            self.taken_.tell("bpmn_opened", element)
            if _repeats(element):
                self.taken_.tell("bpmn_repeats", element)
            self.net.kinds[key] = "pass"
            self.leaves[key] = self.net.add(f"{key}.out", "pass")
            self._scope(element, key, self.leaves[key])

    def _event(self, key: str, element: etree._Element, name: str) -> None:
        kinds = [
            local(child)
            for child in element
            if local(child).endswith("EventDefinition") or local(child) == "eventDefinitionRef"
        ]
        self.net.kinds[key] = "pass"
        if name == "intermediateThrowEvent":
            if "linkEventDefinition" not in kinds:
                self.taken_.tell("bpmn_event_passed", element)
        elif name in ("startEvent", "endEvent"):
            if kinds:
                trigger = kinds[0].removesuffix("EventDefinition")
                self.taken_.tell("bpmn_event_plain", element, trigger=trigger)
            if "terminateEventDefinition" in kinds:
                self.ending.add(key)
        elif "timerEventDefinition" in kinds:
            minutes = timer_minutes(element)
            if minutes is None:
                self.taken_.tell("bpmn_timer_unknown", element)
            else:
                self.taken_.waits[key] = minutes
                self.taken_.tell("bpmn_timer_wait", element, minutes=minutes)
        elif kinds and kinds[0] != "linkEventDefinition":
            self.net.kinds[key] = "step"
            self.taken_.idle.add(key)
            self.taken_.tell("bpmn_waits_for_others", element)

    def _boundary(self, event: etree._Element) -> list[str]:
        """An event that breaks off an activity is one of two ways out of it; others stand aside."""
        key, host = str(event.get("id")), reference(event.get("attachedToRef"))
        kinds = [local(child) for child in event if local(child).endswith("EventDefinition")]
        if "compensateEventDefinition" in kinds:
            self._leave(event, "bpmn_compensation")
            return []
        if host not in self.net.kinds or event.get("cancelActivity") == "false":
            self._leave(event, "bpmn_boundary_aside")
            return []
        self.net.kinds[key] = "pass"
        before = self.leaves.get(host, host)
        if not before.endswith(".exit"):
            self.leaves[host] = self.net.add(f"{host}.exit", "xor")
            self.net.lead(before, self.leaves[host])
        self.net.lead(self.leaves[host], key)
        self.taken_.tell("bpmn_boundary", event, of=name_of(self.taken_.elements[host]))
        return [key]

    def _flow(self, flow: etree._Element) -> None:
        source, target = (reference(flow.get(end)) for end in ("sourceRef", "targetRef"))
        if source in self.net.kinds and target in self.net.kinds:
            own = marked(flow, "route")
            said = values(own, Route) if own is not None else {}
            share = said.get("share", None if own is None else 1.0)
            self.net.ways.append(
                Way(
                    self.leaves.get(source, source),
                    target,
                    share if share is not None else share_said(flow),
                    (flow.get("id") or "",),
                    {"is_rework": False, **said} if own is not None else {},
                )
            )

    def _links(self, inside: list[etree._Element]) -> None:
        """From where a link is thrown to where it is caught."""
        definition = q(BPMN, "linkEventDefinition")
        ends: dict[str, dict[str, list[str]]] = {"intermediateThrowEvent": {}, "intermediateCatchEvent": {}}
        for element in inside:
            link = element.find(definition)
            if link is not None and local(element) in ends:
                name = tidy(link.get("name") or element.get("name"))
                ends[local(element)].setdefault(name, []).append(str(element.get("id")))
        for name, throws in ends["intermediateThrowEvent"].items():
            caught = ends["intermediateCatchEvent"].get(name)
            for throw in throws:
                if caught:
                    self.net.lead(throw, caught[0])
                else:
                    self.taken_.tell("bpmn_link_open", self.taken_.elements[throw])

    def _begin(self, inside: list[etree._Element], here: list[str], first: str) -> None:
        """From one of the start events; where there are none, from all that nothing leads to, at once."""
        starts = [str(one.get("id")) for one in inside if local(one) == "startEvent"]
        events = bool(starts)
        if not events:
            led_to = {way.target for way in self.net.ways}
            starts = [key for key in here if key not in led_to]
            for key in starts if first == START else ():
                self.taken_.tell("bpmn_start_assumed", self.taken_.elements[key])
        for key in starts:
            self.net.lead(first, key)
        if len(starts) > 1:
            if events and first == START:
                for key in starts:
                    self.taken_.tell("bpmn_several_starts", self.taken_.elements[key])
            self.net.split(first, "xor" if events else "and")

    def _part(self, key: str) -> None:
        """Several flows that leave a step or an event: all are taken, or one where conditions stand."""
        out = self.net.out_of(key)
        if len(out) < 2 or self.net.kinds.get(key) not in ("step", "pass", "start"):
            return
        element = self.taken_.elements.get(key.removesuffix(".out").removesuffix(".exit"))
        flows = {flow for way in out for flow in way.flows}
        conditional = element is not None and _has_conditions(element, flows)
        if conditional and element is not None:
            self.taken_.tell("bpmn_conditions", element)
        self.net.split(key, "xor" if conditional else "and")

    def _inclusive(self, key: str, element: etree._Element, finals: list[str]) -> None:
        """One, some or all of several ways: in parallel, each of them taken or passed by."""
        ways = self.net.out_of(key)
        join = self.net.meeting([way.target for way in ways], finals)
        joins = self.taken_.elements.get(join or "")
        ahead = self.net.followers()
        branches = [reach(ahead, way.target, without=join) - {join} for way in ways]
        apart = sum(map(len, branches)) == len(set[str]().union(*branches))
        if join is None or joins is None or local(joins) != "inclusiveGateway" or not apart:
            self.taken_.tell("bpmn_gateway_inclusive_open", element)
            return
        self.taken_.tell("bpmn_gateway_inclusive", element)
        self.net.kinds[key] = self.net.kinds[join] = "and"
        for number, way in enumerate(ways, 1):
            self._maybe(way, join, number)

    def _maybe(self, way: Way, join: str, number: int) -> None:
        """A branch of an inclusive gateway that a case takes or passes by."""
        inside = reach(self.net.followers(), way.target, without=join) if way.target != join else set[str]()
        choice = self.net.add(f"{way.source}.taken{number}", "xor")
        passed = self.net.add(f"{way.source}.passed{number}", "xor")
        self.net.ways.remove(way)
        self.net.ways = [
            replace(one, target=passed) if one.target == join and one.source in inside else one
            for one in self.net.ways
        ]
        self.net.lead(way.source, choice)
        onward = passed if way.target == join else way.target
        self.net.ways.append(replace(way, source=choice, target=onward))
        self.net.lead(choice, passed, None if way.share is None else 1 - way.share)
        self.net.lead(passed, join)


def _repeats(element: etree._Element) -> bool:
    return any(element.find(q(BPMN, one)) is not None for one in _REPEATS)


def _has_conditions(element: etree._Element, flows: set[str]) -> bool:
    around = element.getparent()
    return around is not None and any(
        flow.get("id") in flows and flow.find(q(BPMN, "conditionExpression")) is not None
        for flow in around.iterfind(q(BPMN, "sequenceFlow"))
    )


def share_said(flow: etree._Element) -> float | None:
    """The share that stands as a percentage on a flow; None where none or several stand there."""
    found = _PERCENT.findall(flow.get("name") or "")
    if len(found) != 1:
        return None
    share = float(found[0].replace(",", ".")) / 100
    return share if share <= 1 else None
