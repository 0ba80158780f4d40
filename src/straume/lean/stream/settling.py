"""A changed graph becomes a stream again: shares and occurrences of its steps follow from the routes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from straume.lean.stream.flows import reached, visits
from straume.lean.stream.graph import Graph
from straume.lean.stream.records import Step, ValueStream


def settled(before: ValueStream, graph: Graph, steps: Sequence[Step]) -> ValueStream:
    """The stream of a tidied graph.

    A step that was there before keeps what it said where its routes carry as many cases as before; otherwise
    it changes in proportion, so that figures of a log stay theirs. Steps stand in the order in which
    they were given; those that no case comes to any more are gone.
    """
    nodes, routes = graph.nodes(), tuple(graph.routes)
    kept = [step for step in steps if step.key in graph.steps]
    old = _carried(before, [step.key for step in before.steps])
    new_times = visits(nodes, routes) or {}
    new_shares = reached(nodes, routes, [step.key for step in kept])
    return replace(
        before,
        nodes=nodes,
        routes=routes,
        steps=tuple(
            _step(step, old.get(step.key), (new_shares[step.key], new_times[step.key])) for step in kept
        ),
    )


def _carried(stream: ValueStream, keys: Sequence[str]) -> dict[str, tuple[float, float]]:
    times = visits(stream.nodes, stream.routes) or {}
    shares = reached(stream.nodes, stream.routes, keys)
    return {key: (shares[key], times[key]) for key in keys if shares.get(key)}


def _step(step: Step, old: tuple[float, float] | None, new: tuple[float, float]) -> Step:
    share, times = new
    if old is None:
        return replace(step, share=share, occurrences=max(1.0, times / share))
    old_share, old_times = old
    if abs(share - old_share) > 1e-9:
        step = replace(step, share=min(1.0, round(step.share * share / old_share, 12)))
    again, old_again = times / share, old_times / old_share
    if abs(again - old_again) > 1e-9:
        step = replace(step, occurrences=max(1.0, round(step.occurrences * again / old_again, 12)))
    return step
