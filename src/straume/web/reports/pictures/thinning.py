"""A stream without its rarest steps, for paper on which not all of them can be read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from straume.lean.stream.records import Route, Step, ValueStream

FEWEST = 8


def thinned(stream: ValueStream, *, fits: Callable[[ValueStream], bool]) -> ValueStream:
    """The stream with as many of its most used steps as fit, at least eight; work goes past the rest."""
    if len(stream.steps) <= FEWEST or fits(stream):
        return stream
    rarest_first = sorted(stream.steps, key=lambda step: step.visits)
    few, many = FEWEST, len(stream.steps) - 1  # bisection: fewer steps fit sooner
    while few < many:
        middle = (few + many + 1) // 2
        if fits(_most_used(stream, rarest_first, middle)):
            few = middle
        else:
            many = middle - 1
    return _most_used(stream, rarest_first, few)


def without(stream: ValueStream, left_out: Collection[str]) -> ValueStream:
    """The stream without these steps: what led to one leads to what came after it."""
    routes = list(stream.routes)
    for key in left_out:
        into = [route for route in routes if route.target == key and route.source != key]
        out = [route for route in routes if route.source == key and route.target != key]
        routes = [route for route in routes if key not in (route.source, route.target)]
        routes += [_past(first, second) for first in into for second in out]
    steps = tuple(step for step in stream.steps if step.key not in left_out)
    return replace(stream, steps=steps, routes=tuple(routes))


def _past(first: Route, second: Route) -> Route:
    return Route(first.source, second.target, first.share * second.share, first.is_rework or second.is_rework)


def _most_used(stream: ValueStream, rarest_first: list[Step], count: int) -> ValueStream:
    return without(stream, [step.key for step in rarest_first[: len(rarest_first) - count]])
