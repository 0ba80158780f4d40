"""Which activity follows which, how often, and which begin and end: counted from variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

Variant = tuple[int, ...]
Variants = Mapping[Variant, int]  # sequence of activities → cases


@dataclass(frozen=True)
class Follows:
    """The directly-follows graph: edges, begins and ends with their counts."""

    edges: Mapping[tuple[int, int], int]
    starts: Mapping[int, int]
    ends: Mapping[int, int]
    activities: frozenset[int]

    def without_infrequent(self, noise: float) -> Follows:
        """Keep edges of at least `noise` of the strongest one from the same activity (ends included), and
        begins and ends of at least `noise` of the most frequent."""
        strongest: dict[int, int] = dict(self.ends)
        for (source, _), count in self.edges.items():
            strongest[source] = max(strongest.get(source, 0), count)
        most_starts = max(self.starts.values(), default=0)
        most_ends = max(self.ends.values(), default=0)
        return Follows(
            {edge: count for edge, count in self.edges.items() if count >= noise * strongest[edge[0]]},
            {key: count for key, count in self.starts.items() if count >= noise * most_starts},
            {key: count for key, count in self.ends.items() if count >= noise * most_ends},
            self.activities,
        )


def follows(variants: Variants) -> Follows:
    """Count edges, begins and ends; empty variants count nothing."""
    edges: Counter[tuple[int, int]] = Counter()
    starts: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    seen: set[int] = set()
    for variant, cases in variants.items():
        if not variant:
            continue
        starts[variant[0]] += cases
        ends[variant[-1]] += cases
        seen.update(variant)
        for edge in pairwise(variant):
            edges[edge] += cases
    return Follows(edges, starts, ends, frozenset(seen))


def components(nodes: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """Connected parts of the undirected graph, ordered by their smallest member."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        if a in parent and b in parent:
            parent[root(a)] = root(b)
    groups: dict[int, set[int]] = {}
    for node in parent:
        groups.setdefault(root(node), set()).add(node)
    return sorted((frozenset(group) for group in groups.values()), key=min)


def reachable(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """By activity: what can follow it, directly or later; itself only where it lies on a cycle."""
    direct: dict[int, set[int]] = {node: set() for node in nodes}
    for source, target in edges:
        direct[source].add(target)
    result: dict[int, set[int]] = {}
    for node in direct:
        seen: set[int] = set()
        stack = list(direct[node])
        while stack:
            other = stack.pop()
            if other not in seen:
                seen.add(other)
                stack += direct[other]
        result[node] = seen
    return result
