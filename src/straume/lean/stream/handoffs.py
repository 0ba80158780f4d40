"""Hand-offs: a case leaves one function or unit for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from straume.lean.stream.flows import followers, reach
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Route, Step, ValueStream

Pairs = dict[tuple[str, str], float]


def handoffs_of_usual_way(stream: ValueStream) -> int:
    """Changes of hands on the way that most cases take: at a choice the largest share, in parallel all."""
    usual: list[Route] = []
    parallel = {node.key for node in stream.nodes if node.kind == "and"}
    for source, routes in _leaving(route for route in stream.routes if not route.is_rework).items():
        usual += routes if source in parallel else [max(routes, key=lambda route: route.share)]
    taken = reach(followers(usual), "start")
    steps = {step.key: step for step in stream.steps}
    pairs = _pairs(stream, [route for route in usual if route.source in taken])
    return sum(_changes_hands(steps[a], steps[b]) for a, b in pairs)


def handoffs_per_case(stream: ValueStream) -> float:
    """Expected changes of hands of one case, rework included."""
    steps = {step.key: step for step in stream.steps}
    return sum(
        steps[a].visits * share
        for (a, b), share in _pairs(stream, stream.routes).items()
        if _changes_hands(steps[a], steps[b])
    )


def _pairs(stream: ValueStream, routes: Iterable[Route]) -> Pairs:
    """Steps that follow one another with only gateways between, and how often per visit of the first."""
    leaving = _leaving(routes)
    steps = {step.key for step in stream.steps}
    pairs: Pairs = defaultdict(float)
    for key in steps:
        stack = [(route.target, route.share, frozenset[str]()) for route in leaving.get(key, ())]
        while stack:
            target, share, passed = stack.pop()
            if target in steps:
                pairs[key, target] += share
            elif target not in passed:
                onward = leaving.get(target, ())
                stack += [(route.target, share * route.share, passed | {target}) for route in onward]
    return pairs


def _leaving(routes: Iterable[Route]) -> dict[str, list[Route]]:
    by_source: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_source[route.source].append(route)
    return dict(by_source)


def _changes_hands(a: Step, b: Step) -> bool:
    """Whether unit or function differ; where one of the two does not say, nothing is claimed."""
    units = bool(a.unit and b.unit) and fold(a.unit) != fold(b.unit)
    lanes = bool(a.lane and b.lane) and fold(a.lane) != fold(b.lane)
    return units or lanes
