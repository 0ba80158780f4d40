"""Precision: how much of what a tree allows from one activity to the next the log has shown.

A Markovian abstraction of order one: A. Augusto, A. Armas-Cervantes, R. Conforti, M. Dumas, M. La Rosa:
Measuring fitness and precision of automatically discovered process models (IEEE Transactions on Knowledge and
Data Engineering, 2022). Each activity weighs by its frequency here, so that rare ones do not decide, and what
follows less than once in a hundred times does not count as shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from straume.lean.stream.directly_follows import Variants, follows
from straume.lean.stream.tree import Tree

BEGIN, END = -1, -2
SHOWN_SHARE = 0.01
Edges = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Allowed:
    """What a tree lets come first, last and next to one another, and whether it may do nothing at all."""

    first: frozenset[int]
    last: frozenset[int]
    edges: Edges
    nothing: bool


def precision(tree: Tree, variants: Variants) -> float:
    """Share of the tree's next steps that the log shows [0..1], weighted by frequency of the activity.

    A next step counts as shown where it follows at least once in a hundred times; otherwise a few slips in a
    long log would make the freest model the most precise one.
    """
    graph = follows(variants)
    counts = Counter(graph.edges)
    counts.update({(BEGIN, code): count for code, count in graph.starts.items()})
    counts.update({(code, END): count for code, count in graph.ends.items()})
    frequency: Counter[int] = Counter()
    for (source, _), count in counts.items():
        frequency[source] += count
    seen = {edge for edge, count in counts.items() if count >= SHOWN_SHARE * frequency[edge[0]]}
    onward: dict[int, set[int]] = defaultdict(set)
    for source, target in _with_ends(allowed(tree)):
        onward[source].add(target)
    weighed = [(frequency[a], sum((a, b) in seen for b in nexts), len(nexts)) for a, nexts in onward.items()]
    whole = sum(weight * count for weight, _, count in weighed)
    return sum(weight * shown for weight, shown, _ in weighed) / whole if whole else 1.0


def allowed(tree: Tree) -> Allowed:
    """The directly-follows relation of a tree, from those of its children."""
    if tree.operator == "silent":
        return Allowed(frozenset(), frozenset(), frozenset(), True)
    if tree.operator == "activity":
        only = frozenset([tree.activity])
        return Allowed(only, only, frozenset(), False)
    children = [allowed(child) for child in tree.children]
    if tree.operator == "choice":
        return _either(children)
    if tree.operator == "sequence":
        result = children[0]
        for child in children[1:]:
            result = _then(result, child)
        return result
    if tree.operator == "parallel":
        return _together(children)
    body, redo = children[0], _either(children[1:])
    turn = _then(redo, body)
    again = _then(_then(body, turn), turn)
    return Allowed(again.first | body.first, again.last | body.last, again.edges, body.nothing)


def _either(parts: list[Allowed]) -> Allowed:
    return Allowed(
        frozenset().union(*(part.first for part in parts)),
        frozenset().union(*(part.last for part in parts)),
        frozenset().union(*(part.edges for part in parts)),
        any(part.nothing for part in parts),
    )


def _then(one: Allowed, two: Allowed) -> Allowed:
    return Allowed(
        one.first | two.first if one.nothing else one.first,
        one.last | two.last if two.nothing else two.last,
        one.edges | two.edges | _pairs(one.last, two.first),
        one.nothing and two.nothing,
    )


def _together(parts: list[Allowed]) -> Allowed:
    joined = _either(parts)
    every = [part.first | part.last | {node for edge in part.edges for node in edge} for part in parts]
    crossing = [_pairs(a, b) for i, a in enumerate(every) for j, b in enumerate(every) if i != j]
    last = [part.last for part in parts]
    return Allowed(
        joined.first,
        frozenset().union(*last),
        joined.edges.union(*crossing),
        all(part.nothing for part in parts),
    )


def _pairs(sources: frozenset[int], targets: frozenset[int]) -> Edges:
    return frozenset((source, target) for source in sources for target in targets)


def _with_ends(found: Allowed) -> Edges:
    nothing = frozenset([(BEGIN, END)]) if found.nothing else frozenset[tuple[int, int]]()
    return (
        found.edges | _pairs(frozenset([BEGIN]), found.first) | _pairs(found.last, frozenset([END])) | nothing
    )
