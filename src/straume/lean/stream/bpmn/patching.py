"""A changed stream put into the file it came from: what did not change stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from straume.lean.errors import InputProblems
from straume.lean.stream.bpmn.own_marks import mark, marked, shape_of
from straume.lean.stream.bpmn.parsing import parsed, reference
from straume.lean.stream.bpmn.processes import tidy, who_by_node
from straume.lean.stream.bpmn.reading import read
from straume.lean.stream.bpmn.rerouting import CannotPatch, Rerouting, links_of
from straume.lean.stream.bpmn.vocabulary import BPMN, FLOW_NODES, local, q, writable
from straume.lean.stream.bpmn.writing import (
    keys_of,
    lanes_of,
    mark_lane,
    mark_route,
    share_label,
    write_marks,
    write_notes,
)
from straume.lean.stream.records import Step, ValueStream

NEAR = 1e-9  # of shares that were read again
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")


def patched(source: bytes, stream: ValueStream, *, pool: str | None) -> bytes | None:
    """The file with the stream as it is now; None where it would not be read as that stream again."""
    root = parsed(source)
    try:
        before = read(root, pool=pool)
        flow = Rerouting(root, before, stream)
        flow.apply()
        _Facts(flow).apply()
        data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
        again = read(parsed(data), pool=pool)
    except (CannotPatch, InputProblems, ValueError):
        return None
    return data if _same(again.stream, stream, set(before.elements) | set(again.elements)) else None


class _Facts:
    """What is true of the steps, the routes and the whole, once the elements and flows are there."""

    def __init__(self, flow: Rerouting) -> None:
        self.flow = flow
        self.before = flow.before.stream
        self.after = flow.after
        self.process = flow.process
        own = marked(self.process, "stream")
        self.wholly = own is not None and own.get("shape") == flow.shape  # the file is ours, as we wrote it

    def apply(self) -> None:
        was = {step.key: step for step in self.before.steps}
        for step in self.after.steps:
            self._step(step, was.get(step.key))
        self._routes()
        self._whole()

    def _step(self, step: Step, was: Step | None) -> None:
        if step == was:
            return
        element = self.flow.by_id[self.flow.element[step.key]]
        if was is not None and replace(was, share=step.share, occurrences=step.occurrences) == step:
            if marked(element, "step") is not None:
                write_marks(element, step)  # in others shares follow from the routes when the file is read
            return
        if was is None or was.notes != step.notes:
            for old in element.findall(q(BPMN, "documentation")):
                element.remove(old)
            write_notes(element, step)
        write_marks(element, step)
        if was is None or was.name != step.name:
            element.set("name", writable(step.name))
        if was is None or (was.lane, was.unit) != (step.lane, step.unit):
            self._move(element, step)

    def _move(self, element: etree._Element, step: Step) -> None:
        """Into the lane of its unit and function; a lane that there is not is put below the others."""
        id_ = str(element.get("id"))
        lane = self._lane_of(step) if step.lane or step.unit else None
        for old in list(self.process.iter(q(BPMN, "flowNodeRef"))):
            parent = old.getparent()
            if reference(old.text) == id_ and parent is not None:
                parent.remove(old)
        if lane is None:
            return
        referred = etree.Element(q(BPMN, "flowNodeRef"))
        referred.text = id_
        children = lane.find(q(BPMN, "childLaneSet"))
        lane.insert(lane.index(children) if children is not None else len(lane), referred)

    def _lane_of(self, step: Step) -> etree._Element:
        who = who_by_node(self.process)
        name = lanes_of((step,))[step.key]
        lanes = list(self.process.iter(q(BPMN, "lane")))
        for lane in lanes:
            for referred in lane.iterfind(q(BPMN, "flowNodeRef")):
                found = who.get(reference(referred.text))
                if found is not None and (found.lane, found.unit) == (step.lane, step.unit):
                    return lane
        for lane in lanes:
            if tidy(lane.get("name")) == name and lane.find(q(BPMN, "childLaneSet")) is None:
                return lane
        return self._new_lane(step, name)

    def _new_lane(self, step: Step, name: str) -> etree._Element:
        lane_set = self.process.find(q(BPMN, "laneSet"))
        if lane_set is None:
            lane_set = etree.Element(q(BPMN, "laneSet"))
            lane_set.set("id", self.flow.ids.of("lanes"))
            first = next((one for one in self.process if local(one) in FLOW_NODES), None)
            self.process.insert(self.process.index(first) if first is not None else 0, lane_set)
        others = [str(one.get("id")) for one in lane_set.iter(q(BPMN, "lane"))]
        lane = etree.SubElement(lane_set, q(BPMN, "lane"), id=self.flow.ids.of(name, prefix="lane-"))
        lane.set("name", name)
        mark_lane(lane, step)
        self.flow.shapes.add_lane(str(lane.get("id")), others)
        return lane

    def _routes(self) -> None:
        """Shares and all else that is said of the routes, on the flows that they are made of."""
        was = {(route.source, route.target): route for route in self.before.routes}
        ends = {
            (reference(flow.get("sourceRef")), reference(flow.get("targetRef"))): str(flow.get("id"))
            for flow in self.process.iter(q(BPMN, "sequenceFlow"))
        }
        for route in self.after.routes:
            pair = route.source, route.target
            if was.get(pair) == route and not self.wholly:
                continue
            ids = [one for one in self.flow.before.flows.get(pair, ()) if one in self.flow.by_id]
            made = ends.get((self.flow.element.get(pair[0], ""), self.flow.element.get(pair[1], "")))
            id_ = next(iter(ids), made)
            if id_ is None:
                continue
            flow = self.flow.by_id[id_]
            parts = self.flow.kinds.get(route.source) == "xor" and route.share < 1
            changed = pair in was and was[pair] != route
            if parts or changed or self.wholly or marked(flow, "route") is not None:
                mark_route(flow, route)
            if _PERCENT.fullmatch((flow.get("name") or "").strip()) or (pair not in was and parts):
                flow.set("name", share_label(route.share))

    def _whole(self) -> None:
        """The name, demand, units, calendar of the stream; whether the file is wholly ours."""
        was, now = (replace(one, steps=(), nodes=(), routes=(), name="") for one in (self.before, self.after))
        if now != was or self.wholly:
            mark(self.process, "stream", self.after, without=("steps", "nodes", "routes", "name"))
        own = marked(self.process, "stream")
        if own is not None and self.wholly:
            own.set("shape", shape_of(self.process))
        if self.after.name != self.before.name:
            for one in self.flow.root.iter(q(BPMN, "participant")):
                if reference(one.get("processRef")) == self.flow.before.process:
                    one.set("name", writable(self.after.name))
            self.process.set("name", writable(self.after.name))


def _same(first: ValueStream, second: ValueStream, elements: set[str]) -> bool:
    """Equal but for the order, and for what points between elements are called."""
    return _told_apart(first, elements) == _told_apart(second, elements)


def _told_apart(stream: ValueStream, elements: set[str]) -> Mapping[str, object]:
    stream = _without_meetings(stream, elements)
    ours = set(keys_of(stream)) - elements
    links = links_of(stream, ours)
    ahead, behind = _neighbours(stream, forward=True), _neighbours(stream, forward=False)
    kinds = {node.key: node.kind for node in stream.nodes}

    def called(key: str) -> object:
        """A point of ours by its kind and what lies before and after it."""
        if key not in ours:
            return key
        return (
            kinds.get(key, "step"),
            tuple(sorted(_through(key, behind, ours))),
            tuple(sorted(_through(key, ahead, ours))),
        )

    return {
        "facts": replace(stream, steps=(), nodes=(), routes=()),
        "steps": {step.key: replace(step, share=1.0, occurrences=1.0) for step in stream.steps},
        "nodes": sorted(repr((called(node.key), node.kind)) for node in stream.nodes),
        "links": set(links),
        "routes": sorted(
            repr((called(one.source), called(one.target), round(one.share / NEAR), one.is_rework, one.when))
            for one in stream.routes
        ),
    }


def _without_meetings(stream: ValueStream, elements: set[str]) -> ValueStream:
    """Points of ours taken out where ways only meet: a file says that without a gateway."""
    routes = list(stream.routes)
    gone = set()
    for node in stream.nodes:
        out = [route for route in routes if route.source == node.key]
        if node.kind == "xor" and node.key not in elements and len(out) == 1:
            gone.add(node.key)
            routes = [
                replace(route, target=out[0].target, is_rework=route.is_rework or out[0].is_rework)
                if route.target == node.key
                else route
                for route in routes
                if route.source != node.key
            ]
    nodes = tuple(node for node in stream.nodes if node.key not in gone)
    return replace(stream, nodes=nodes, routes=tuple(routes))


def _neighbours(stream: ValueStream, *, forward: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for route in stream.routes:
        source, target = (route.source, route.target) if forward else (route.target, route.source)
        found.setdefault(source, []).append(target)
    return found


def _through(key: str, ahead: Mapping[str, list[str]], ours: set[str]) -> set[str]:
    """Elements that lie next to a point of ours, through other points of ours."""
    found: set[str] = set()
    stack, seen = [key], {key}
    while stack:
        for other in ahead.get(stack.pop(), ()):
            if other in ours and other not in seen:
                seen.add(other)
                stack.append(other)
            elif other not in ours:
                found.add(other)
    return found
