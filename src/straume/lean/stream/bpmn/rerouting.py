"""Elements and flows of a file that is changed: put in, taken out, led elsewhere; the rest stays."""

from __future__ import annotations

from lxml import etree

from straume.lean.stream.bpmn.diagram import size_of
from straume.lean.stream.bpmn.identifiers import Identifiers
from straume.lean.stream.bpmn.own_marks import mark, shape_of
from straume.lean.stream.bpmn.parsing import reference
from straume.lean.stream.bpmn.reading import Read
from straume.lean.stream.bpmn.shapes import Shapes
from straume.lean.stream.bpmn.vocabulary import BPMN, FLOW_NODES, is_bpmn, local, q
from straume.lean.stream.bpmn.writing import KINDS, keys_of
from straume.lean.stream.records import ValueStream

Link = tuple[str, str]
Links = dict[Link, None]  # in the order of the stream


class CannotPatch(Exception):
    """What was changed cannot be said by changing this file."""


class Rerouting:
    """Brings the elements and flows of a file to those of a stream."""

    def __init__(self, root: etree._Element, before: Read, after: ValueStream) -> None:
        self.root = root
        self.before = before
        self.after = after
        every = [one for one in root.iter(etree.Element) if one.get("id")]
        self.by_id = {str(one.get("id")): one for one in every if is_bpmn(one)}
        self.ids = Identifiers(str(one.get("id")) for one in every)
        process = self.by_id.get(before.process)
        found = process if process is not None else root.find(q(BPMN, "process"))
        if found is None:
            raise CannotPatch
        self.process = found
        self.shape = shape_of(found)  # as the file came
        self.shapes = Shapes(root, self.ids)
        self.kinds = {node.key: node.kind for node in after.nodes}
        self.element = dict(before.elements)
        self.ours = set(keys_of(before.stream)) - set(before.elements)  # points that we put in when we read
        self.links = links_of(before.stream, self.ours)
        self.wanted = links_of(after, self.ours)

    def apply(self) -> None:
        if self.links.keys() == self.wanted.keys() and set(self.element) <= set(keys_of(self.after)):
            return
        left = set(keys_of(self.after))
        for key in [key for key in keys_of(self.before.stream) if key in self.element and key not in left]:
            self._bridge(key)
        for key in keys_of(self.after):
            if key not in self.element and key not in self.ours:
                self._add(key)
                self._splice(key)
        for link in [link for link in self.links if link not in self.wanted]:
            self._unlink(link)
        for link in self.wanted:
            if link not in self.links:
                self._connect(*link)
        self._sweep()

    def _before(self, key: str, links: Links) -> set[str]:
        return {source for source, target in links if target == key}

    def _after(self, key: str, links: Links) -> set[str]:
        return {target for source, target in links if source == key}

    def _bridge(self, key: str) -> None:
        """Take an element out; what came to it goes on to what followed it."""
        id_ = self.element.pop(key)
        into, out = self._flows("targetRef", id_), self._flows("sourceRef", id_)
        sources, targets = self._before(key, self.links), self._after(key, self.links)
        bridged = dict.fromkeys((one, other) for one in sources for other in targets)
        if bridged and set(bridged) <= set(self.wanted) and min(len(into), len(out)) == 1:
            if len(out) == 1:
                for flow in into:
                    self._lead(flow, "targetRef", reference(out[0].get("targetRef")))
            else:
                for flow in out:
                    self._lead(flow, "sourceRef", reference(into[0].get("sourceRef")))
            self.links |= bridged
        self.links = {link: None for link in self.links if key not in link}
        self.take_out(id_)

    def _add(self, key: str) -> None:
        kind = self.kinds.get(key)
        element = _flow_element(self._scope_of(key), "task" if kind is None else KINDS[kind])
        id_ = self.ids.of(key)
        element.set("id", id_)
        self.by_id[id_] = element
        self.element[key] = id_
        before = [self.element[one] for one in self._before(key, self.wanted) if one in self.element]
        after = [self.element[one] for one in self._after(key, self.wanted) if one in self.element]
        self.shapes.place(id_, size_of(kind or "step"), before=before, after=after)
        if kind is not None:
            mark(element, "node", next(node for node in self.after.nodes if node.key == key))

    def _splice(self, key: str) -> None:
        """Put a new element into the flow that went from what is before it to what is after it."""
        sources, targets = self._before(key, self.wanted), self._after(key, self.wanted)
        crossed = {(one, other) for one in sources for other in targets}
        if len(sources) == 1 and targets and self._after(next(iter(sources)), self.links) == targets:
            source = next(iter(sources))
            flows = self._flows("sourceRef", self.element[source])
            if len(flows) == 1:
                self._cut(flows[0], key)
            else:
                for flow in flows:
                    self._lead(flow, "sourceRef", self.element[key])
                self._flow_between(self.element[source], self.element[key])
        elif len(targets) == 1 and sources and self._before(next(iter(targets)), self.links) == sources:
            target = next(iter(targets))
            flows = self._flows("targetRef", self.element[target])
            for flow in flows + (self._flows_to_other_ends(sources, flows) if target == "end" else []):
                self._lead(flow, "targetRef", self.element[key])
            self._flow_between(self.element[key], self.element[target])
        elif len(crossed) == 1 and crossed <= set(self.links):
            link = next(iter(crossed))
            chain = [self.by_id[one] for one in self._chain(link) if one in self.by_id]
            if not chain:
                return
            self._cut(chain[0], key)
        else:
            return
        self.links = {link: None for link in self.links if link not in crossed}
        self.links |= dict.fromkeys((one, key) for one in sources)
        self.links |= dict.fromkeys((key, one) for one in targets)

    def _flows_to_other_ends(self, sources: set[str], known: list[etree._Element]) -> list[etree._Element]:
        """A stream has one end where a file has several end events: the flows that come to the others."""
        names = dict.fromkeys(id_ for one in sorted(sources) for id_ in self._chain((one, "end")))
        flows = [self.by_id[id_] for id_ in names if id_ in self.by_id]
        targets = [(flow, self.by_id.get(reference(flow.get("targetRef")))) for flow in flows]
        return [
            flow
            for flow, target in targets
            if flow not in known
            and target is not None
            and local(target) == "endEvent"
            and target.getparent() is self.process
        ]

    def _cut(self, flow: etree._Element, key: str) -> None:
        """A flow ends at a new element, and another one leads on."""
        onward = reference(flow.get("targetRef"))
        self._lead(flow, "targetRef", self.element[key])
        self._flow_between(self.element[key], onward)

    def _unlink(self, link: Link) -> None:
        kept = {flow for other in self.links if other in self.wanted for flow in self._chain(other)}
        for flow in self._chain(link):
            if flow not in kept and flow in self.by_id:
                self.take_out(flow)

    def _connect(self, source: str, target: str) -> None:
        if source not in self.element or target not in self.element:
            raise CannotPatch
        self._flow_between(self.element[source], self.element[target])

    def _sweep(self) -> None:
        """Events between steps that no flow comes to or leaves any more."""
        bound = set(self.element.values())
        for id_, element in list(self.by_id.items()):
            among = local(element) in FLOW_NODES and self.process in element.iterancestors()
            if among and id_ not in bound and local(element).endswith("Event"):
                refers = element.findall(q(BPMN, "incoming")) + element.findall(q(BPMN, "outgoing"))
                if refers or local(element) == "boundaryEvent":
                    continue
                if not self._flows("sourceRef", id_) and not self._flows("targetRef", id_):
                    self.take_out(id_)

    def _chain(self, link: Link) -> list[str]:
        """The sequence flows by which the file went from one element to another."""
        source, target = link
        found: list[str] = []
        stack: list[tuple[str, tuple[str, ...]]] = [(source, ())]
        seen = {source}
        while stack:
            key, flows = stack.pop()
            for (first, second), more in self.before.flows.items():
                if first == key and second == target:
                    found += [*flows, *more]
                elif first == key and second in self.ours and second not in seen:
                    seen.add(second)
                    stack.append((second, (*flows, *more)))
        return found

    def _flows(self, end: str, id_: str) -> list[etree._Element]:
        return [flow for flow in self.root.iter(q(BPMN, "sequenceFlow")) if reference(flow.get(end)) == id_]

    def _lead(self, flow: etree._Element, end: str, id_: str) -> None:
        """A flow begins or ends elsewhere."""
        element, old = self.by_id.get(id_), self.by_id.get(reference(flow.get(end)))
        if element is None or element.getparent() is not flow.getparent():
            raise CannotPatch
        name = "outgoing" if end == "sourceRef" else "incoming"
        flow_id = str(flow.get("id"))
        for referred in old.findall(q(BPMN, name)) if old is not None else ():
            if old is not None and reference(referred.text) == flow_id:
                old.remove(referred)
        if old is not None and old.get("default") == flow_id and end == "sourceRef":
            del old.attrib["default"]
            if local(element).endswith(("Gateway", "ask", "Activity", "Process")):
                element.set("default", flow_id)
        flow.set(end, id_)
        _refer(element, name, flow_id)
        self.shapes.remove(flow_id)
        self.shapes.connect(flow_id, reference(flow.get("sourceRef")), reference(flow.get("targetRef")))

    def _flow_between(self, source_id: str, target_id: str) -> None:
        source, target = self.by_id.get(source_id), self.by_id.get(target_id)
        scope = source.getparent() if source is not None else None
        if source is None or target is None or scope is None or scope is not target.getparent():
            raise CannotPatch
        flow = _flow_element(scope, "sequenceFlow")
        id_ = self.ids.of(f"flow-{source_id}-{target_id}")
        for name, value in (("id", id_), ("sourceRef", source_id), ("targetRef", target_id)):
            flow.set(name, value)
        self.by_id[id_] = flow
        _refer(source, "outgoing", id_)
        _refer(target, "incoming", id_)
        self.shapes.connect(id_, source_id, target_id)

    def take_out(self, id_: str) -> None:
        """An element, and whatever in the file is tied to it alone."""
        element = self.by_id.pop(id_, None)
        around = element.getparent() if element is not None else None
        if element is None or around is None:
            return
        around.remove(element)
        self.shapes.remove(id_)
        for tied in list(self.root.iter(etree.Element)):
            refers = [reference(tied.get(name)) for name in ("sourceRef", "targetRef", "attachedToRef")]
            parent = tied.getparent()
            if is_bpmn(tied) and id_ in refers and tied.get("id") in self.by_id:
                self.take_out(str(tied.get("id")))
            elif local(tied) in ("flowNodeRef", "incoming", "outgoing") and parent is not None:
                if reference(tied.text) == id_:
                    parent.remove(tied)
            elif tied.get("default") == id_:
                del tied.attrib["default"]

    def _scope_of(self, key: str) -> etree._Element:
        """Where a new element belongs: beside what is before it, else beside what follows."""
        near = [one for one, other in self.wanted if other == key]
        near += [other for one, other in self.wanted if one == key]
        sources = self._before(key, self.wanted)
        if len(sources) > 1 and self._after(key, self.wanted) == {"end"}:
            near.insert(0, "end")
        for one in near:
            element = self.by_id.get(self.element.get(one, ""))
            scope = element.getparent() if element is not None else None
            if scope is not None:
                return scope
        return self.process


def links_of(stream: ValueStream, ours: set[str]) -> Links:
    """Pairs of elements that follow each other, whatever points of ours lie between."""
    ahead: dict[str, list[str]] = {}
    for route in stream.routes:
        ahead.setdefault(route.source, []).append(route.target)
    links: Links = {}
    for key in keys_of(stream):
        stack = [] if key in ours else list(ahead.get(key, ()))
        seen = set(stack)
        while stack:
            target = stack.pop(0)
            if target not in ours:
                links[key, target] = None
                continue
            fresh = [one for one in ahead.get(target, ()) if one not in seen]
            seen.update(fresh)
            stack += fresh
    return links


def _flow_element(scope: etree._Element, name: str) -> etree._Element:
    """A new flow element after the last one: artifacts come behind them."""
    last = max(
        (place for place, one in enumerate(scope) if local(one) in FLOW_NODES | {"sequenceFlow"}),
        default=len(scope) - 1,
    )
    element = etree.Element(q(BPMN, name))
    scope.insert(last + 1, element)
    return element


def _refer(element: etree._Element, name: str, id_: str) -> None:
    """A flow named at its end: what comes in before what goes out, both before all else of the element."""
    before = {"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming"}
    if name == "outgoing":
        before.add("outgoing")
    place = max((number + 1 for number, one in enumerate(element) if local(one) in before), default=0)
    referred = etree.Element(q(BPMN, name))
    referred.text = id_
    element.insert(place, referred)
