"""The critical path: at parallel branches the longest, unless the answer does not wait for it – and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from straume.lean.stream.flows import followers, reach
from straume.lean.stream.records import Branch, ParallelChoice, Route, ValueStream

END = "end"


@dataclass(frozen=True)
class CriticalPath:
    """Step keys on the path in the order of the stream, and the choice made at each parallel split."""

    steps: tuple[str, ...]
    choices: tuple[ParallelChoice, ...]


def critical_path(stream: ValueStream, minutes: Mapping[str, float]) -> CriticalPath:
    """The steps that make up the lead time.

    Parameters: minutes – expected lead time that each step adds to the mean case, visits included, on one
    clock. Steps of a choice all belong to the path, each with its share of cases; of parallel branches only
    the longest does, inner splits decided before outer ones. A branch from which no way leads to the
    answer is a dead end and never on the path. References: Martin & Osterling (2012), ch. 5.
    """
    regions = sorted(_splits(stream), key=lambda one: sum(len(region) for _, region, _ in one[1]))
    steps = [step.key for step in stream.steps]
    aside: set[str] = set()
    choices = []
    for node, branches in regions:
        judged = [
            Branch(
                steps=tuple(key for key in steps if key in region),
                minutes=sum(minutes.get(key, 0.0) for key in region - aside),
                chosen=False,
                dead_end=not live,
            )
            for _, region, live in branches
        ]
        longest = max((branch.minutes for branch in judged if not branch.dead_end), default=None)
        best = next((i for i, b in enumerate(judged) if not b.dead_end and b.minutes == longest), None)
        choices.append(ParallelChoice(node, tuple(_marked(b, i == best) for i, b in enumerate(judged))))
        aside.update(key for i, branch in enumerate(judged) if i != best for key in branch.steps)
    return CriticalPath(tuple(key for key in steps if key not in aside), tuple(choices))


def _splits(stream: ValueStream) -> list[tuple[str, list[tuple[str, set[str], bool]]]]:
    """Each parallel split with its branches: first key, keys up to where they meet, if the end follows."""
    forward = followers(route for route in stream.routes if not route.is_rework)
    result = []
    for node in stream.nodes:
        targets = forward.get(node.key, [])
        if node.kind != "and" or len(targets) < 2:
            continue
        live = {target: END in reach(forward, target) for target in targets}
        meeting = _meeting(forward, [target for target in targets if live[target]])
        branches = [
            (target, set() if target == meeting else reach(forward, target, without=meeting), live[target])
            for target in targets
        ]
        result.append((node.key, branches))
    return result


def _meeting(forward: Mapping[str, list[str]], live: list[str]) -> str | None:
    """The first point that all live branches must come to on their way to the answer."""
    if not live:
        return None
    common = set.intersection(*(reach(forward, target) for target in live))
    needed = [
        key
        for key in common
        if all(t == key or END not in reach(forward, t, without=key) or key == END for t in live)
    ]
    return min(needed, key=lambda key: (-len(reach(forward, key)), key))


def _marked(branch: Branch, chosen: bool) -> Branch:
    return Branch(branch.steps, branch.minutes, chosen, branch.dead_end)


def rework_routes(stream: ValueStream) -> list[Route]:
    """The ways back into what was already done."""
    return [route for route in stream.routes if route.is_rework]
