"""From "where does it go from here?" to a graph with gateways: each step has one way in and one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.lean.stream.flows import reach
from straume.lean.stream.records import Node, NodeKind, Route

END = "end"
START = "start"


@dataclass(frozen=True)
class Draft:
    """What is known of a step before the graph is made."""

    key: str
    ways: tuple[tuple[str | None, float], ...]  # target key, END, or None (a dead end), and its share
    parallel: bool = False  # all ways at once
    taken: float = 1.0  # below 1: the step is skipped by the rest of the cases
    repeats: float = 1.0  # mean times in a row


@dataclass(frozen=True)
class _Edge:
    """A way between steps before joins are put in; `origin` is the step whose work it follows."""

    source: str
    target: str
    share: float
    rework: bool
    origin: str
    branch: int | None = None  # of a parallel split: which one


def wire(drafts: Sequence[Draft]) -> tuple[tuple[Node, ...], tuple[Route, ...]]:
    """Nodes and routes of the steps, the first of which begins; every target must be a draft, END or None."""
    return _Wiring(drafts).wired()


def crossings(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """Ways that a graph with parallel branches cannot have: step key and code of what is wrong with it.

    step_crosses_branches – a way leads out of a parallel branch or into one other than through its beginning
    and end; step_branches_meet_apart – some branches of a split meet before the others.
    """
    return _Wiring(drafts).crossings()


class _Wiring:
    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.order = {draft.key: index for index, draft in enumerate(drafts)} | {END: len(drafts)}
        self.nodes: list[Node] = [Node(START, "start")]
        self.routes: list[Route] = []
        self.forward = _forward_ways(drafts, self.order)
        self.sorted = _topological(self.forward, [draft.key for draft in drafts])
        self.after = _post_dominators(self.forward, self.sorted)

    def wired(self) -> tuple[tuple[Node, ...], tuple[Route, ...]]:
        edges = [_Edge(START, self.drafts[0].key, 1.0, False, START)]
        for draft in self.drafts:
            edges += self._edges_of(draft, self._body(draft))
        for draft in sorted(self.drafts, key=lambda one: -self.sorted[one.key]):
            if draft.parallel:
                edges = self._joined(draft, edges)
        self._node(END, "end")
        for target in [draft.key for draft in self.drafts] + [END]:
            self._arrive(target, [edge for edge in edges if edge.target == target])
        return tuple(self.nodes), tuple(self.routes)

    def crossings(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for draft in self.drafts:
            if not draft.parallel:
                continue
            targets = [target for target, _ in draft.ways if target is not None]
            if any(target not in self.forward[draft.key] for target in targets):
                found.append((draft.key, "step_crosses_branches"))
                continue
            live = [target for target in targets if self._is_live(target)]
            meeting = self._meeting(live) if live else None
            regions = [
                reach(self.forward, target, without=meeting) if target != meeting else set[str]()
                for target in targets
            ]
            if sum(map(len, regions)) > len(set[str]().union(*regions)):
                found.append((draft.key, "step_branches_meet_apart"))
                continue
            for region in regions:
                found += [
                    (key, "step_crosses_branches") for key in self._crossing(draft.key, region, meeting)
                ]
        return list(dict.fromkeys(found))

    def _crossing(self, split: str, region: set[str], meeting: str | None) -> list[str]:
        """Steps with a way out of the region but to its meeting point, or into it but from its split."""
        keys = []
        for draft in self.drafts:
            targets = {target for target, _ in draft.ways if target is not None}
            if draft.key in region:
                crosses = bool(targets - region - {meeting})
            else:
                crosses = bool(targets & region) and draft.key != split
            if crosses:
                keys.append(draft.key)
        return keys

    def _meeting(self, live: list[str]) -> str:
        """The first step that every live branch comes to."""
        common = set.intersection(*(self.after[target] for target in live))
        return min(common, key=lambda key: self.sorted[key])

    def _body(self, draft: Draft) -> str:
        """The step with its own repeat and skip; returns the key from which it is left."""
        key, last = draft.key, draft.key
        if draft.repeats > 1:
            back = 1 - 1 / draft.repeats
            self._node(f"{key}.again", "xor")
            self._node(f"{key}.checked", "xor")
            self.routes.append(Route(f"{key}.again", key))
            self.routes.append(Route(key, f"{key}.checked"))
            self.routes.append(Route(f"{key}.checked", f"{key}.again", back, is_rework=True))
            last = f"{key}.checked"
        if draft.taken < 1:
            self._node(f"{key}.needed", "xor")
            self._node(f"{key}.done", "xor")
            self.routes.append(Route(f"{key}.needed", self._inner(draft), draft.taken))
            self.routes.append(Route(f"{key}.needed", f"{key}.done", 1 - draft.taken))
            self.routes.append(Route(last, f"{key}.done", 1 / draft.repeats))
            last = f"{key}.done"
        return last

    def _inner(self, draft: Draft) -> str:
        return f"{draft.key}.again" if draft.repeats > 1 else draft.key

    def _entry(self, key: str) -> str:
        if key == END:
            return END
        draft = self.drafts[self.order[key]]
        return f"{key}.needed" if draft.taken < 1 else self._inner(draft)

    def _edges_of(self, draft: Draft, last: str) -> list[_Edge]:
        leaving = 1 / draft.repeats if draft.repeats > 1 and draft.taken >= 1 else 1.0
        source = last
        if len(draft.ways) > 1:
            source = f"{draft.key}.all" if draft.parallel else f"{draft.key}.split"
            self._node(source, "and" if draft.parallel else "xor")
            self.routes.append(Route(last, source, leaving))
            leaving = 1.0
        edges = []
        for number, (target, share) in enumerate(draft.ways):
            branch = number if draft.parallel else None
            weight = 1.0 if draft.parallel else share * leaving
            if target is None:
                self._node(f"{draft.key}.closed{number + 1}", "end")
                self.routes.append(Route(source, f"{draft.key}.closed{number + 1}", weight))
                continue
            rework = target not in self.forward[draft.key]
            edges.append(_Edge(source, target, weight, rework, draft.key, branch))
        return edges

    def _joined(self, draft: Draft, edges: list[_Edge]) -> list[_Edge]:
        """The edges with those of the live branches of `draft` led through one parallel join."""
        live = {number: target for number, (target, _) in enumerate(draft.ways) if self._is_live(target)}
        if len(live) < 2:
            return edges
        meeting = self._meeting([str(target) for target in live.values()])
        join, rest = f"{draft.key}.joined", list(edges)
        for number, target in live.items():
            inside = reach(self.forward, str(target), without=meeting) if target != meeting else set()
            mine = [
                edge
                for edge in rest
                if edge.target == meeting
                and not edge.rework
                and (edge.origin in inside or (edge.origin == draft.key and edge.branch == number))
            ]
            rest = [edge for edge in rest if edge not in mine]
            self._merge(f"{join}{number + 1}", join, mine)
        self._node(join, "and")
        return [*rest, _Edge(join, meeting, 1.0, False, draft.key)]

    def _is_live(self, target: str | None) -> bool:
        return target is not None and END in self.after[target]

    def _arrive(self, target: str, edges: list[_Edge]) -> None:
        self._merge(f"{target}.met", self._entry(target), edges)

    def _merge(self, gateway: str, target: str, edges: list[_Edge]) -> None:
        """Lead the edges to `target`, through an xor join where they are several."""
        if len(edges) > 1:
            self._node(gateway, "xor")
            self.routes.append(Route(gateway, target))
            target = gateway
        self.routes += [Route(edge.source, target, edge.share, edge.rework) for edge in edges]

    def _node(self, key: str, kind: NodeKind) -> None:
        self.nodes.append(Node(key, kind))


def _forward_ways(drafts: Sequence[Draft], order: dict[str, int]) -> dict[str, list[str]]:
    """Targets by step without the ways that lead back into what was already done."""
    every = {d.key: [target for target, _ in d.ways if target is not None] for d in drafts}
    return {
        key: [
            target
            for target in targets
            if target == END or order[target] > order[key] or key not in reach(every, target)
        ]
        for key, targets in every.items()
    }


def _topological(forward: dict[str, list[str]], keys: list[str]) -> dict[str, int]:
    """Position of each step in an order in which every forward way leads onwards."""
    finished: list[str] = []
    seen: set[str] = set()

    def visit(key: str) -> None:
        seen.add(key)
        for target in forward.get(key, ()):
            if target not in seen:
                visit(target)
        finished.append(key)

    for key in keys:
        if key not in seen:
            visit(key)
    ordered = [key for key in reversed(finished) if key != END] + [END]
    return {key: index for index, key in enumerate(ordered)}


def _post_dominators(forward: dict[str, list[str]], position: dict[str, int]) -> dict[str, set[str]]:
    """By step: the steps that every way from it to the answer comes to, itself included."""
    after: dict[str, set[str]] = {}
    for key in sorted(position, key=lambda one: -position[one]):
        onward = [after[target] for target in forward.get(key, ()) if END in after[target]]
        after[key] = {key} | (set.intersection(*onward) if onward else set())
    return after
