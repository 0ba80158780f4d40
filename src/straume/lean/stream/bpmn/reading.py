"""BPMN 2.0 in: a file of ours or of another tool becomes a value stream, and what it cannot hold is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from straume.lean.errors import InputProblems, Problem
from straume.lean.stream.bpmn.net import END, START, Net, Way
from straume.lean.stream.bpmn.own_marks import marked, shape_of, values
from straume.lean.stream.bpmn.parsing import reference
from straume.lean.stream.bpmn.processes import Pool, Who, lane_name, service_of, tidy, who_by_node
from straume.lean.stream.bpmn.taking import Taken, name_of, take, told
from straume.lean.stream.bpmn.vocabulary import BPMN, CARRIED, is_bpmn, local, q, writable
from straume.lean.stream.flows import reach, reached, visits
from straume.lean.stream.layout import step_numbers
from straume.lean.stream.records import Node, Route, Span, Step, ValueStream

NO_WORK = Span(0.0, 0.0, 0.0)
MOST_STEPS = 300  # of a process; nobody maps more in one go
SOUND = 1e-6  # how far from once a case may come to its end


@dataclass(frozen=True)
class Read:
    """A stream, what it could not hold, and of what in the file it was made."""

    stream: ValueStream
    notices: tuple[Problem, ...]
    process: str  # id
    elements: Mapping[str, str]  # key of a step or node → id of its element; points we put in have none
    flows: Mapping[tuple[str, str], tuple[str, ...]]  # source and target of a route → ids of its flows


def read(root: etree._Element, *, pool: str | None = None) -> Read:
    """The value stream of a BPMN file. Raises InputProblems, WrongCall for a pool that is not there."""
    chosen, others = service_of(root, wanted=pool)
    try:
        found = _as_written(chosen)
    except (ValueError, TypeError, KeyError):  # somebody else wrote into our marks
        found = None
    if found is None:
        found = _Reading(root, chosen).read()
    return replace(found, notices=(*found.notices, *_beside(root, chosen, others)))


def _as_written(pool: Pool) -> Read | None:
    """The stream as we wrote it, names and lanes as they stand; None where the way was changed since."""
    own = marked(pool.process, "stream")
    if own is None or own.get("shape") != shape_of(pool.process):
        return None
    who = who_by_node(pool.process)
    steps: list[Step] = []
    nodes: list[Node] = []
    keys: dict[str, str] = {}  # by the id of the element
    ways: list[tuple[etree._Element, dict[str, Any]]] = []
    for element in pool.process:
        step, node, route = (marked(element, name) for name in ("step", "node", "route"))
        key = str(element.get("id"))
        if step is not None:
            steps.append(_own_step(element, step, who.get(key, Who())))
            keys[key] = steps[-1].key
        elif node is not None:
            nodes.append(Node(**values(node, Node)))
            keys[key] = nodes[-1].key
        elif route is not None:
            ways.append((element, values(route, Route)))
        elif is_bpmn(element) and local(element) in ("sequenceFlow", "subProcess", "task", "boundaryEvent"):
            return None
    routes: list[Route] = []
    flows: dict[tuple[str, str], tuple[str, ...]] = {}
    for flow, said in ways:
        source, target = (keys[reference(flow.get(end))] for end in ("sourceRef", "targetRef"))
        routes.append(Route(**{**said, "source": source, "target": target}))
        flows[source, target] = (*flows.get((source, target), ()), str(flow.get("id")))
    given = values(own, ValueStream)
    name = given.get("name", "")
    if tidy(writable(name)) != pool.name:
        name = pool.name
    stream = ValueStream(tuple(steps), tuple(nodes), tuple(routes), **{**given, "name": name})
    return Read(stream, (), pool.id, {key: id_ for id_, key in keys.items()}, flows)


def _own_step(element: etree._Element, own: etree._Element, who: Who) -> Step:
    given = values(own, Step)
    if tidy(writable(given.get("name", element.get("name") or ""))) != tidy(element.get("name")):
        given["name"] = tidy(element.get("name"))
    given.setdefault("name", element.get("name") or "")
    given |= _who_said(given, who)
    notes = _documentation(element)
    if tidy(writable(given.get("notes", ""))) != tidy(notes):
        given["notes"] = notes
    return Step(**given)


def _who_said(given: Mapping[str, Any], who: Who) -> dict[str, str]:
    """Unit and function as our mark has them while the step stands in the lane that is called so."""
    unit, lane = given.get("unit", ""), given.get("lane", "")
    if lane_name(writable(unit), writable(lane)) == who.drawn:
        return {"lane": lane, "unit": unit}
    return {"lane": who.lane, "unit": who.unit}


def _documentation(element: etree._Element) -> str:
    said = ["".join(map(str, one.itertext())) for one in element.iterfind(q(BPMN, "documentation"))]
    return "\n\n".join(one.strip() for one in said if one.strip())


def _beside(root: etree._Element, chosen: Pool, others: list[Pool]) -> tuple[Problem, ...]:
    """What is carried along without standing on the map, element by element."""
    found = [
        told("bpmn_other_pool", one.participant if one.participant is not None else one.process)
        for one in others
    ]
    for element in root.iter(q(BPMN, "participant")):
        if not element.get("processRef"):
            found.append(told("bpmn_other_pool", element))
    found += [
        told("bpmn_carried", element)
        for element in root.iter(etree.Element)
        if is_bpmn(element)
        and local(element) in CARRIED
        and next(element.iterancestors(q(BPMN, "ioSpecification")), None) is None
    ]
    return tuple(sorted(found, key=lambda problem: problem.place.line or 0))


class _Reading:
    """A process of another tool, put in order until each step has one way in and one way out."""

    def __init__(self, root: etree._Element, pool: Pool) -> None:
        self.pool = pool
        self.who = who_by_node(pool.process)
        self.taken: Taken = take(pool.process, root)
        self.net: Net = self.taken.net
        self.keys: dict[str, str] = {}
        self.flows: dict[tuple[str, str], tuple[str, ...]] = {}

    def read(self) -> Read:
        self._check_begin()
        waits = self._waits()
        self._tell_gone(self.net.prune())
        self._check_end()
        steps_taken = list(self.net.kinds.values()).count("step")
        if steps_taken > MOST_STEPS:
            params = {"count": steps_taken, "most": MOST_STEPS}
            raise InputProblems((told("bpmn_too_many_steps", self.pool.process, **params),))
        self.net.contract()
        self.net.merge()
        self.net.prune()
        self._own_keys()
        nodes = tuple(
            Node(key, "end" if kind == "dead" else kind)
            for key, kind in self.net.kinds.items()
            if kind != "step" and kind != "pass"
        )
        routes = self._routes()
        steps = self._steps(nodes, routes, waits)
        if not steps:
            raise InputProblems((told("bpmn_no_steps", self.pool.process),))
        own = marked(self.pool.process, "stream")
        given = values(own, ValueStream) if own is not None else {}
        name = self.pool.name
        stream = _in_reading_order(
            ValueStream(steps, nodes, routes, **{"origin": "bpmn", **given, "name": name})
        )
        notices = tuple(sorted(self.taken.notices, key=lambda problem: problem.place.line or 0))
        return Read(stream, notices, self.pool.id, self._elements(), self.flows)

    def _elements(self) -> dict[str, str]:
        """By key; the start and the end are the events that they were taken from."""
        found = {self.keys.get(id_, id_): id_ for id_ in self.taken.elements}
        found = {key: id_ for key, id_ in found.items() if key in self.net.kinds}
        for key in ("start", "end"):  # an event that was taken out bears the name of the point we put in
            if key in found and local(self.taken.elements[found[key]]) not in ("startEvent", "endEvent"):
                del found[key]
        for key, kind in (("start", "startEvent"), ("end", "endEvent")):
            events = [id_ for id_, one in self.taken.elements.items() if local(one) == kind]
            around = [id_ for id_ in events if self.taken.elements[id_].getparent() is self.pool.process]
            if around and key not in found:
                found[key] = next((id_ for id_ in around if id_ not in found), around[0])
        return found

    def _check_begin(self) -> None:
        if not self.net.out_of(START):
            raise InputProblems((told("bpmn_no_start", self.pool.process),))

    def _check_end(self) -> None:
        """Every point that a case comes to must let it come to the end, or to a dead end that was meant."""
        ahead = self.net.followers()
        ends = {key for key, kind in self.net.kinds.items() if kind in ("end", "dead")}
        stuck = [key for key in self.net.kinds if key in self.taken.elements and not ends & reach(ahead, key)]
        if END not in self.net.kinds and not stuck:
            stuck = [key for key in self.net.kinds if key in self.taken.elements][:1]
        if stuck:
            raise InputProblems(tuple(told("bpmn_no_way_out", self.taken.elements[key]) for key in stuck))

    def _tell_gone(self, gone: list[str]) -> None:
        ahead = self._raw_followers()
        beside = {key: cause for cause in self.taken.aside for key in reach(ahead, cause) if key != cause}
        for key in gone:
            element = self.taken.elements.get(key)
            if element is None:
                continue
            if key in beside:
                cause = name_of(self.taken.aside[beside[key]]) or beside[key]
                self.taken.tell("bpmn_aside", element, because=cause)
            else:
                self.taken.tell("bpmn_not_reached", element)

    def _raw_followers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for flow in self.pool.process.iter(q(BPMN, "sequenceFlow")):
            source, target = reference(flow.get("sourceRef")), reference(flow.get("targetRef"))
            found.setdefault(source, []).append(target)
        return found

    def _waits(self) -> dict[str, float]:
        """A timer's time is the wait of the step that follows; before anything else it stands as a step."""
        waits: dict[str, float] = {}
        for key, minutes in self.taken.waits.items():
            target = key
            while self.net.kinds.get(target) == "pass":
                after = self.net.out_of(target)
                if len(after) != 1 or len(self.net.into(after[0].target)) != 1:
                    break
                target = after[0].target
            if self.net.kinds.get(target) == "step" and target not in self.taken.idle:
                waits[target] = waits.get(target, 0.0) + minutes
            elif key in self.net.kinds:
                self.net.kinds[key] = "step"
                self.taken.idle.add(key)
                waits[key] = minutes
        return waits

    def _own_keys(self) -> None:
        """The keys that elements had before they were written."""
        for key in self.net.kinds:
            element = self.taken.elements.get(key)
            for name in ("step", "node"):
                own = marked(element, name) if element is not None else None
                if own is not None and own.get("key"):
                    self.keys[key] = str(own.get("key"))
        for key, wanted in ((START, "start"), (END, "end")):
            self.keys[key] = wanted
        taken = [*self.keys.values(), *(key for key in self.net.kinds if self.keys.get(key) != key)]
        kept = {key: own for key, own in self.keys.items() if taken.count(own) == 1 or key in (START, END)}
        for key in ("start", "end"):
            if key in self.net.kinds and key not in kept:
                kept[key] = self.net.free(f"{key}-2")
        self.keys = kept
        self.net.kinds = {kept.get(key, key): kind for key, kind in self.net.kinds.items()}
        self.net.ways = [
            replace(way, source=kept.get(way.source, way.source), target=kept.get(way.target, way.target))
            for way in self.net.ways
        ]

    def _routes(self) -> tuple[Route, ...]:
        back = self.net.closing()
        ways = [way for key in self.net.kinds for way in self._shared(key)]
        self.flows = {(way.source, way.target): way.flows for way in ways}
        return tuple(
            Route(
                **{
                    "is_rework": (way.source, way.target) in back,
                    **way.own,
                    "source": way.source,
                    "target": way.target,
                    "share": way.share if way.share is not None else 1.0,
                }
            )
            for way in ways
        )

    def _shared(self, key: str) -> list[Way]:
        """The ways out of a point, each with its share; two to the same point are one."""
        by_target: dict[str, Way] = {}
        for way in self.net.out_of(key):
            known = by_target.get(way.target)
            if known is not None:
                both = None if way.share is None or known.share is None else way.share + known.share
                way = replace(known, share=both, flows=known.flows + way.flows)
            by_target[way.target] = way
        ways = list(by_target.values())
        if self.net.kinds[key] != "xor" or len(ways) < 2:
            return [replace(way, share=1.0) for way in ways]
        said = sum(way.share for way in ways if way.share is not None)
        open_ = [way for way in ways if way.share is None]
        rest = (1.0 - said) / len(open_) if open_ else 0.0
        if open_ and rest > 0:
            if len(open_) > 1:
                self._tell_point("bpmn_shares_assumed", key, ways=len(ways))
            return [replace(way, share=rest) if way.share is None else way for way in ways]
        if open_ or abs(said - 1.0) > 0.005:
            self._tell_point("bpmn_shares_not_whole", key, percent=said * 100)
            shares = [way.share if way.share is not None else said / len(ways) for way in ways]
            return [replace(way, share=share / sum(shares)) for way, share in zip(ways, shares)]
        return ways

    def _tell_point(self, code: str, key: str, **more: object) -> None:
        """At the element that a gateway stands for, or stands behind."""
        wanted = key
        while wanted and wanted not in self.taken.elements:
            wanted = wanted.rpartition(".")[0]
        element = self.taken.elements.get(wanted)
        self.taken.tell(code, element if element is not None else self.pool.process, **more)

    def _steps(
        self, nodes: tuple[Node, ...], routes: tuple[Route, ...], waits: dict[str, float]
    ) -> tuple[Step, ...]:
        by_key = {self.keys.get(id_, id_): id_ for id_ in self.taken.elements}
        keys = [key for key, kind in self.net.kinds.items() if kind == "step"]
        times = visits(nodes, routes) or {}
        shares = reached(nodes, routes, keys) if times else {}
        if not times:
            raise InputProblems((told("bpmn_no_way_out", self.pool.process),))
        if abs(times["end"] - 1.0) > SOUND:
            self.taken.tell("bpmn_branches_not_joined", self.pool.process, times=times["end"])
        return tuple(self._step(key, by_key[key], shares[key], times[key], waits) for key in keys)

    def _step(self, key: str, id_: str, share: float, times: float, waits: dict[str, float]) -> Step:
        element = self.taken.elements[id_]
        own = marked(element, "step")
        given = values(own, Step) if own is not None else {}
        who = self.who.get(id_) or self._who_around(element)
        name = tidy(element.get("name"))
        if not name and own is None:
            name = id_
            self.taken.tell("bpmn_unnamed", element)
        facts: dict[str, object] = {}
        if id_ in self.taken.idle:
            facts["touch"] = NO_WORK
        if id_ in waits:
            facts["wait"] = Span(waits[id_], waits[id_], waits[id_], clock="calendar")
        once = min(1.0, share)
        counted = {"share": once, "occurrences": max(1.0, times / once) if once else 1.0}
        said_by = _who_said(given, who) if own is not None else {"lane": who.lane, "unit": who.unit}
        own_shape = {"key": key, "name": name, **said_by}
        return Step(**{"notes": _documentation(element), **facts, **given, **counted, **own_shape})

    def _who_around(self, element: etree._Element) -> Who:
        """The lane of the sub-process around a step that no lane names itself."""
        for around in element.iterancestors():
            found = self.who.get(around.get("id") or "")
            if found is not None:
                return found
        return Who()


def _in_reading_order(stream: ValueStream) -> ValueStream:
    """Steps in the order in which the map numbers them."""
    order = step_numbers(stream)
    return replace(stream, steps=tuple(sorted(stream.steps, key=lambda step: order[step.key])))
