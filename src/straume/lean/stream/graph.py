"""The routes of a stream as something that can be taken apart and put together again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from straume.lean.stream.flows import followers, reach, visits
from straume.lean.stream.records import Node, NodeKind, Route, Step, ValueStream

START, END = "start", "end"
NEGLIGIBLE = 1e-12  # share of a route that nobody takes


class Graph:
    """Nodes and routes between them and the steps, changed in place; `tidied` brings them back in order."""

    def __init__(self, stream: ValueStream) -> None:
        self.kinds: dict[str, NodeKind] = {node.key: node.kind for node in stream.nodes}
        self.steps = [step.key for step in stream.steps]
        self.routes = list(stream.routes)
        self.start = next(node.key for node in stream.nodes if node.kind == "start")

    def into(self, key: str) -> list[Route]:
        return [route for route in self.routes if route.target == key]

    def out_of(self, key: str) -> list[Route]:
        return [route for route in self.routes if route.source == key]

    def free_key(self, wanted: str) -> str:
        """`wanted`, or with the first number that nobody bears."""
        taken, key, number = {*self.kinds, *self.steps}, wanted, 1
        while key in taken:
            number += 1
            key = f"{wanted}{number}"
        return key

    def node(self, wanted: str, kind: NodeKind) -> str:
        key = self.free_key(wanted)
        self.kinds[key] = kind
        return key

    def body(self, step: str) -> tuple[str, str]:
        """First and last key of a step with the gateways that serve it alone: its own repeat and skip."""
        first = last = step
        while True:
            before = {route.source for route in self.into(first)}
            after = {route.target for route in self.out_of(last)}
            if len(before) != 1 or len(after) != 1:
                return first, last
            opening, closing = before.pop(), after.pop()
            if self.kinds.get(opening) != "xor" or self.kinds.get(closing) != "xor" or opening == closing:
                return first, last
            if not (self._repeats(opening, closing) or self._skips(opening, closing)):
                return first, last
            first, last = opening, closing

    def _repeats(self, opening: str, closing: str) -> bool:
        ways_in, ways_out = self.into(opening), self.out_of(closing)
        leads_back = any(route.target == opening for route in ways_out)
        alone = len(self.out_of(opening)) == 1 and len(self.into(closing)) == 1
        return alone and leads_back and len(ways_in) == 2 and len(ways_out) == 2

    def _skips(self, opening: str, closing: str) -> bool:
        ways_out, ways_in = self.out_of(opening), self.into(closing)
        leads_past = any(route.target == closing for route in ways_out)
        alone = len(self.into(opening)) == 1 and len(self.out_of(closing)) == 1
        return alone and leads_past and len(ways_out) == 2 and len(ways_in) == 2

    def onward(self, first: str, last: str) -> Route:
        """The route by which the part from `first` to `last` is left."""
        return next(route for route in self.out_of(last) if route.target != first)

    def lift(self, first: str, last: str) -> None:
        """Takes the part from `first` to `last` out: who came to it goes on to what followed it."""
        onward = self.onward(first, last)
        arriving = [route for route in self.into(first) if route.source != last]
        self.routes = [
            replace(route, target=onward.target, is_rework=route.is_rework or onward.is_rework)
            if _is_in(route, arriving)
            else route
            for route in self.routes
            if route is not onward
        ]

    def insert(self, first: str, last: str, *, share: float, where: Route) -> None:
        """Puts the part from `first` to `last` into a route; `share` of what leaves `last` goes on."""
        onward = Route(last, where.target, share, where.is_rework)
        place = next(at for at, route in enumerate(self.routes) if route is where)
        self.routes[place : place + 1] = [replace(where, target=first, is_rework=False), onward]

    def drop(self, step: str) -> None:
        """Takes a step out with its routes; whoever came to it goes on to what followed."""
        self.lift(step, step)
        self.steps.remove(step)

    def tidy(self) -> None:
        """Takes away what nobody takes and gateways at which nothing parts or meets."""
        self._unreached_gone()
        while self._doubles_gone() or self._empty_branches_gone() or self._idle_gateways_gone():
            pass
        self._unreached_gone()

    def _unreached_gone(self) -> None:
        self.routes = [route for route in self.routes if route.share > NEGLIGIBLE]
        there = reach(followers(self.routes), self.start)
        self.routes = [route for route in self.routes if route.source in there]
        self.steps = [key for key in self.steps if key in there]
        self.kinds = {key: kind for key, kind in self.kinds.items() if key in there or key == END}

    def _doubles_gone(self) -> bool:
        """Two routes of a choice to the same place are one; of a split, one branch more that does nothing."""
        found: dict[tuple[str, str], list[Route]] = {}
        for route in self.routes:
            found.setdefault((route.source, route.target), []).append(route)
        for (source, _), same in found.items():
            if len(same) > 1 and all(route.when == same[0].when for route in same):
                together = 1.0 if self.kinds.get(source) == "and" else sum(route.share for route in same)
                counts = [route.count for route in same if route.count is not None]
                place = self.routes.index(same[0])
                self.routes[place] = replace(
                    same[0],
                    share=together,
                    is_rework=all(route.is_rework for route in same),
                    count=sum(counts) if len(counts) == len(same) else None,
                )
                self.routes = [
                    route for at, route in enumerate(self.routes) if at == place or not _is_in(route, same)
                ]
                return True
        return False

    def _empty_branches_gone(self) -> bool:
        """A branch from a split straight to its join or to a dead end; a choice that leads only to itself."""
        for route in self.routes:
            if route.source == route.target:
                self._remove(route)
                self._share_out(route.source)
                return True
            if self.kinds.get(route.source) != "and" or len(self.out_of(route.source)) < 2:
                continue
            kind = self.kinds.get(route.target)
            to_join = kind == "and" and len(self.into(route.target)) > 1
            if to_join or (kind == "end" and route.target != END):
                self._remove(route)
                return True
        return False

    def _remove(self, route: Route) -> None:
        self.routes = [other for other in self.routes if other is not route]

    def _idle_gateways_gone(self) -> bool:
        for key, kind in self.kinds.items():
            if kind not in ("xor", "and"):
                continue
            ways_in, ways_out = self.into(key), self.out_of(key)
            if len(ways_out) != 1:
                continue
            onward = ways_out[0]
            alone = len(ways_in) == 1
            # what is left of a loop without a step: a gathering choice and the one that leads back to it
            back = any(route.target == key for route in self.out_of(onward.target))
            merges = kind == "xor" and back and onward.target in self.kinds
            if (alone or merges) and onward.target != key:
                self._spliced(key, onward, ways_in)
                return True
        return False

    def _spliced(self, key: str, onward: Route, ways_in: list[Route]) -> None:
        self.routes = [
            replace(route, target=onward.target, is_rework=route.is_rework or onward.is_rework)
            if _is_in(route, ways_in)
            else route
            for route in self.routes
            if route is not onward
        ]
        del self.kinds[key]

    def _share_out(self, key: str) -> None:
        """Shares of what leaves a choice, brought back to a sum of 1 in the proportions they had."""
        whole = sum(route.share for route in self.out_of(key))
        if whole > 0:
            self.routes = [
                replace(route, share=route.share / whole) if route.source == key else route
                for route in self.routes
            ]

    def nodes(self) -> tuple[Node, ...]:
        return tuple(Node(key, kind) for key, kind in self.kinds.items())

    def answers(self) -> bool:
        """Whether every way leads on to the answer, or to an end of a branch."""
        by_source = followers(self.routes)
        if END not in reach(by_source, self.start):
            return False
        closed = {key for key, kind in self.kinds.items() if kind == "end"}
        parts = [key for key in (*self.kinds, *self.steps) if key in reach(by_source, self.start)]
        if not all(closed & reach(by_source, key) for key in parts):
            return False
        return visits(self.nodes(), self.routes) is not None


def _is_in(route: Route, routes: Iterable[Route]) -> bool:
    return any(route is other for other in routes)


def normal(stream: ValueStream) -> ValueStream:
    """The stream with a gateway wherever several routes come to a step or leave one."""
    graph = Graph(stream)
    for step in stream.steps:
        for gather, routes in ((True, graph.into(step.key)), (False, graph.out_of(step.key))):
            if len(routes) < 2:
                continue
            parallel = not gather and all(route.share >= 1 for route in routes)
            key = graph.node(f"{step.key}.{'met' if gather else 'split'}", "and" if parallel else "xor")
            moved = [replace(r, target=key) if gather else replace(r, source=key) for r in routes]
            graph.routes = [route for route in graph.routes if not _is_in(route, routes)] + moved
            graph.routes.append(Route(key, step.key) if gather else Route(step.key, key))
    if len(graph.routes) == len(stream.routes):
        return stream
    return replace(stream, nodes=graph.nodes(), routes=tuple(graph.routes))


def by_key(stream: ValueStream) -> dict[str, Step]:
    return {step.key: step for step in stream.steps}
