"""BPMN 2.0 out: a value stream as a file that BPMN tools open, with its diagram."""

from __future__ import annotations

from lxml import etree

import straume
from straume.lean.stream.bpmn.diagram import POOL_LABEL, Bounds, Diagram, Point, diagram_of
from straume.lean.stream.bpmn.identifiers import Identifiers
from straume.lean.stream.bpmn.own_marks import extensions, mark, marked, shape_of
from straume.lean.stream.bpmn.processes import lane_name, tidy
from straume.lean.stream.bpmn.vocabulary import BPMN, BPMNDI, DC, DI, OWN, PREFIXES, q, writable
from straume.lean.stream.records import Node, Route, Step, ValueStream

TARGET = "urn:straume:value-stream"
KINDS = {"start": "startEvent", "end": "endEvent", "xor": "exclusiveGateway", "and": "parallelGateway"}


def bpmn_of(stream: ValueStream, *, name: str = "") -> bytes:
    """A value stream as BPMN 2.0; `name` is that of its pool where the stream has none.

    The same stream gives the same bytes, and reading them gives back an equal stream.
    """
    return _Writing(stream, name).written()


class _Writing:
    def __init__(self, stream: ValueStream, name: str) -> None:
        self.stream = stream
        self.name = stream.name or name
        self.ids = Identifiers()
        self.id_of = {key: self.ids.of(key) for key in keys_of(stream)}
        self.lanes = lanes_of(stream.steps)
        self.units = units_of(stream.steps)
        self.unit_ids: dict[str, str] = {}
        self.diagram: Diagram = diagram_of(stream, self.lanes, self.units)
        self.flow_ids = [
            self.ids.of(f"flow-{self.id_of[route.source]}-{self.id_of[route.target]}")
            for route in stream.routes
        ]

    def written(self) -> bytes:
        root = etree.Element(q(BPMN, "definitions"), nsmap=dict(PREFIXES))
        root.set("id", self.ids.of("definitions"))
        root.set("targetNamespace", TARGET)
        root.set("exporter", "Straume")
        root.set("exporterVersion", straume.__version__)
        process_id = self.ids.of("service")
        collaboration = self._collaboration(root, process_id)
        process = etree.SubElement(root, q(BPMN, "process"), id=process_id, isExecutable="false")
        if self.name:
            process.set("name", tidy(writable(self.name)))
        lane_ids = self._lane_set(process)
        self._elements(process)
        self._flows(process)
        mark(process, "stream", self.stream, without=("steps", "nodes", "routes"))
        own = marked(process, "stream")
        assert own is not None
        own.set("shape", shape_of(process))
        self._draw(root, collaboration, lane_ids)
        return as_bytes(root)

    def _collaboration(self, root: etree._Element, process_id: str) -> tuple[str, str]:
        """Ids of the collaboration and of its one pool."""
        collaboration, pool = self.ids.of("collaboration"), self.ids.of("pool")
        around = etree.SubElement(root, q(BPMN, "collaboration"), id=collaboration)
        participant = etree.SubElement(around, q(BPMN, "participant"), id=pool)
        if self.name:
            participant.set("name", tidy(writable(self.name)))
        participant.set("processRef", process_id)
        return collaboration, pool

    def _lane_set(self, process: etree._Element) -> dict[str, str]:
        """Ids of the lanes by their names; none where nobody said who does what."""
        if not any(self.lanes.values()):
            return {}
        lane_set = etree.SubElement(process, q(BPMN, "laneSet"), id=self.ids.of("lanes"))
        said = {self.lanes[step.key]: step for step in self.stream.steps}
        found, inside = {}, dict[str, etree._Element]()
        for name in self.diagram.lanes:
            unit = self.units.get(name)
            if unit is not None and unit not in inside:
                inside[unit] = self._unit_lane(lane_set, unit)
            around = inside[unit] if unit is not None else lane_set
            lane = etree.SubElement(around, q(BPMN, "lane"), id=self.ids.of(name or "lane", prefix="lane-"))
            if name:
                lane.set("name", name if unit is None else function_in(unit, name))
            mark_lane(lane, said.get(name))
            for key in self.id_of:
                if self.diagram.lane_of.get(key) == name:
                    etree.SubElement(lane, q(BPMN, "flowNodeRef")).text = self.id_of[key]
            found[name] = str(lane.get("id"))
        return found

    def _unit_lane(self, lane_set: etree._Element, unit: str) -> etree._Element:
        """The lane of a unit, which holds the lanes of its functions."""
        lane = etree.SubElement(lane_set, q(BPMN, "lane"), id=self.ids.of(unit, prefix="unit-"), name=unit)
        self.unit_ids[unit] = str(lane.get("id"))
        return etree.SubElement(lane, q(BPMN, "childLaneSet"), id=self.ids.of(unit, prefix="lanes-"))

    def _elements(self, process: etree._Element) -> None:
        for step in self.stream.steps:
            element = etree.SubElement(process, q(BPMN, "task"), id=self.id_of[step.key])
            write_step(element, step)
        for node in self.stream.nodes:
            element = etree.SubElement(process, q(BPMN, KINDS[node.kind]), id=self.id_of[node.key])
            mark(element, "node", node)
        by_key = {element.get("id"): element for element in process}
        for name, end in (("incoming", "target"), ("outgoing", "source")):
            for id_, route in zip(self.flow_ids, self.stream.routes):
                element = by_key[self.id_of[getattr(route, end)]]
                etree.SubElement(element, q(BPMN, name)).text = id_

    def _flows(self, process: etree._Element) -> None:
        forks = {node.key for node in self.stream.nodes if node.kind == "xor"}
        for id_, route in zip(self.flow_ids, self.stream.routes):
            flow = etree.SubElement(process, q(BPMN, "sequenceFlow"), id=id_)
            flow.set("sourceRef", self.id_of[route.source])
            flow.set("targetRef", self.id_of[route.target])
            if route.source in forks and route.share < 1:
                flow.set("name", share_label(route.share))
            mark_route(flow, route)

    def _draw(self, root: etree._Element, collaboration: tuple[str, str], lanes: dict[str, str]) -> None:
        around = etree.SubElement(root, q(BPMNDI, "BPMNDiagram"), id=self.ids.of("diagram"))
        plane = etree.SubElement(around, q(BPMNDI, "BPMNPlane"), id=self.ids.of("plane"))
        plane.set("bpmnElement", collaboration[0])
        drawn = Plane(plane, self.ids)
        drawn.shape(collaboration[1], self.diagram.pool, horizontal=True)
        for unit, id_ in self.unit_ids.items():
            parts = [bounds for name, bounds in self.diagram.lanes.items() if self.units.get(name) == unit]
            drawn.shape(id_, around_all(parts, self.diagram.pool), horizontal=True)
        for name, id_ in lanes.items():
            drawn.shape(id_, self.diagram.lanes[name], horizontal=True)
        kinds = {node.key: node.kind for node in self.stream.nodes}
        for key, id_ in self.id_of.items():
            if key in self.diagram.boxes:
                drawn.shape(id_, self.diagram.boxes[key], marker=kinds.get(key) == "xor")
        for flow, route in zip(self.flow_ids, self.stream.routes):
            drawn.edge(flow, self.diagram.ways[route.source, route.target])


class Plane:
    """Puts shapes and edges on a plane of a diagram."""

    def __init__(self, plane: etree._Element, ids: Identifiers) -> None:
        self.plane = plane
        self.ids = ids

    def shape(self, of: str, bounds: Bounds, *, horizontal: bool = False, marker: bool = False) -> None:
        shape = etree.SubElement(self.plane, q(BPMNDI, "BPMNShape"), id=self.ids.of(of, prefix="shape-"))
        shape.set("bpmnElement", of)
        if horizontal:
            shape.set("isHorizontal", "true")
        if marker:
            shape.set("isMarkerVisible", "true")
        set_bounds(etree.SubElement(shape, q(DC, "Bounds")), bounds)

    def edge(self, of: str, points: tuple[Point, ...]) -> None:
        edge = etree.SubElement(self.plane, q(BPMNDI, "BPMNEdge"), id=self.ids.of(of, prefix="edge-"))
        edge.set("bpmnElement", of)
        for x, y in points:
            etree.SubElement(edge, q(DI, "waypoint"), x=said(x), y=said(y))


def keys_of(stream: ValueStream) -> list[str]:
    """Keys of the steps, then of the nodes."""
    return [*(step.key for step in stream.steps), *(node.key for node in stream.nodes)]


def lanes_of(steps: tuple[Step, ...]) -> dict[str, str]:
    """The name of the lane of each step by its key."""
    return {step.key: lane_name(writable(step.unit), writable(step.lane)) for step in steps}


def units_of(steps: tuple[Step, ...]) -> dict[str, str]:
    """The unit around each lane, by the name of the lane; none for a lane that stands on its own."""
    units: dict[str, str] = {}
    for step in steps:
        unit, lane = tidy(writable(step.unit)), tidy(writable(step.lane))
        name = lane_name(unit, lane)
        if unit and lane and unit != lane and lane_name(unit, function_in(unit, name)) == name:
            units.setdefault(name, unit)
    alone = {tidy(writable(step.unit)) for step in steps if step.unit} & set(units.values())
    return units | {unit: unit for unit in alone if unit in set(lanes_of(steps).values())}


def function_in(unit: str, name: str) -> str:
    """What a lane is called inside the lane of its unit."""
    return name.removeprefix(f"{unit} – ")


def around_all(parts: list[Bounds], pool: Bounds) -> Bounds:
    """The lane of a unit around those of its functions."""
    top = min(part.y for part in parts)
    return Bounds(POOL_LABEL, top, pool.right - POOL_LABEL, max(part.bottom for part in parts) - top)


def mark_lane(lane: etree._Element, step: Step | None) -> None:
    """Which unit and which function a lane stands for."""
    if step is None:
        return
    place = extensions(lane)
    for old in place.findall(q(OWN, "lane")):
        place.remove(old)
    own = etree.SubElement(place, q(OWN, "lane"), nsmap={"straume": OWN})
    own.set("unit", writable(step.unit))
    own.set("lane", writable(step.lane))


def write_step(element: etree._Element, step: Step) -> None:
    """Name and notes as BPMN says them, all else as our own mark."""
    if step.name:
        element.set("name", writable(step.name))
    write_notes(element, step)
    write_marks(element, step)


def write_notes(element: etree._Element, step: Step) -> None:
    if writable(step.notes).strip():
        note = etree.Element(q(BPMN, "documentation"))
        note.text = writable(step.notes)
        element.insert(0, note)


def write_marks(element: etree._Element, step: Step) -> None:
    """What BPMN cannot say of a step, or not exactly."""
    exact = step.name == writable(step.name) == tidy(step.name)
    notes_exact = step.notes == writable(step.notes) == step.notes.strip()
    left_out = (*(("name",) if exact else ()), *(("notes",) if notes_exact else ()))
    mark(element, "step", step, without=left_out)


def mark_route(flow: etree._Element, route: Route) -> None:
    mark(flow, "route", route, without=("source", "target"))


def mark_node(element: etree._Element, node: Node) -> None:
    mark(element, "node", node)


def share_label(share: float) -> str:
    """A share as it stands on a flow; the same in every language."""
    value = share * 100
    return f"{value:.0f} %" if value >= 9.95 or value == round(value) else f"{value:.1f} %"


def set_bounds(element: etree._Element, bounds: Bounds) -> None:
    for name in ("x", "y", "width", "height"):
        element.set(name, said(getattr(bounds, name)))


def said(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def as_bytes(root: etree._Element) -> bytes:
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
