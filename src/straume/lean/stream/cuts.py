"""Cuts: ways to part the activities of a directly-follows graph so that each part can be looked at by itself.

After Leemans, Fahland, van der Aalst (2013), doi:10.1007/978-3-642-38697-8_17; the sequence cut keeps
together what is skipped together (the "strict" cut of Leemans' thesis, 2017).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from straume.lean.stream.directly_follows import Follows, components, reachable

Part = frozenset[int]


@dataclass(frozen=True)
class Cut:
    """Parts in order (sequence), body first (loop), or in any order."""

    operator: Literal["choice", "sequence", "parallel", "loop"]
    parts: tuple[Part, ...]


def find_cut(graph: Follows) -> Cut | None:
    """The first cut that fits: choice, sequence, parallel, loop; None where there is none."""
    finders: tuple[Callable[[Follows], Cut | None], ...] = (choice_cut, sequence_cut, parallel_cut, loop_cut)
    if len(graph.activities) < 2:
        return None
    for finder in finders:
        cut = finder(graph)
        if cut is not None:
            return cut
    return None


def choice_cut(graph: Follows) -> Cut | None:
    """Parts between which no edge runs."""
    parts = components(graph.activities, graph.edges)
    return Cut("choice", tuple(parts)) if len(parts) > 1 else None


def sequence_cut(graph: Follows) -> Cut | None:
    """Parts of which each earlier one can be followed by the later ones and never the other way round."""
    later = reachable(graph.activities, graph.edges)
    nodes = sorted(graph.activities)
    together = [
        (a, b) for i, a in enumerate(nodes) for b in nodes[i + 1 :] if (b in later[a]) == (a in later[b])
    ]
    parts = components(nodes, together)
    parts.sort(key=lambda part: len(set().union(*(later[node] for node in part)) - part), reverse=True)
    if len(parts) < 2 or not _ordered(parts, later):
        return None
    strict = _kept_together(parts, graph)
    return Cut("sequence", tuple(strict)) if len(strict) > 1 else None


def _ordered(parts: list[Part], later: dict[int, set[int]]) -> bool:
    return all(
        b in later[a] and a not in later[b]
        for i, part in enumerate(parts)
        for after in parts[i + 1 :]
        for a in part
        for b in after
    )


def _kept_together(parts: list[Part], graph: Follows) -> list[Part]:
    """Neighbours merged that are only ever skipped as a whole: entered at the first, left from the last."""
    place = {node: index for index, part in enumerate(parts) for node in part}
    last = len(parts)
    jumps = [(place[a], place[b]) for a, b in graph.edges if place[a] < place[b]]
    jumps += [(-1, place[a]) for a in graph.starts] + [(place[a], last) for a in graph.ends]
    index, merged = 0, []
    while index < len(parts):
        end = next(
            (
                end
                for end in range(last - 1, index, -1)
                if (index, end) != (0, last - 1) and _skipped_whole(index, end, jumps)
            ),
            index,
        )
        merged.append(frozenset().union(*parts[index : end + 1]))
        index = end + 1
    return merged


def _skipped_whole(first: int, end: int, jumps: list[tuple[int, int]]) -> bool:
    if not any(a < first and b > end for a, b in jumps):
        return False
    entered_inside = any(a < first < b <= end for a, b in jumps)
    left_inside = any(first <= a < end < b for a, b in jumps)
    return not entered_inside and not left_inside


def parallel_cut(graph: Follows) -> Cut | None:
    """Parts of which everything can directly follow everything of the others; each begins and ends cases."""
    nodes = sorted(graph.activities)
    not_free = [
        (a, b)
        for i, a in enumerate(nodes)
        for b in nodes[i + 1 :]
        if (a, b) not in graph.edges or (b, a) not in graph.edges
    ]
    parts = components(nodes, not_free)
    whole = [part for part in parts if part & graph.starts.keys() and part & graph.ends.keys()]
    rest = frozenset().union(*(part for part in parts if part not in whole))
    if len(whole) < 2:
        return None
    whole[0] |= rest
    return Cut("parallel", tuple(whole))


def loop_cut(graph: Follows) -> Cut | None:
    """A body with all begins and ends, and parts that lead from its ends back to its begins."""
    starts, ends = set(graph.starts), set(graph.ends)
    body = starts | ends
    inner = [(a, b) for a, b in graph.edges if a not in body and b not in body]
    redo = []
    for part in components(graph.activities - body, inner):
        if _leads_back(part, graph, starts, ends):
            redo.append(part)
        else:
            body |= part
    return Cut("loop", (frozenset(body), *redo)) if redo else None


def _leads_back(part: Part, graph: Follows, starts: set[int], ends: set[int]) -> bool:
    """Entered from ends alone, left to begins alone; each entrance from all ends, each exit to all begins."""
    into = {(a, b) for a, b in graph.edges if b in part and a not in part}
    out = {(a, b) for a, b in graph.edges if a in part and b not in part}
    if not into or not out:
        return False
    if any(a not in ends for a, _ in into) or any(b not in starts for _, b in out):
        return False
    entrances, exits = {b for _, b in into}, {a for a, _ in out}
    return all((end, entrance) in into for end in ends for entrance in entrances) and all(
        (way_out, start) in out for way_out in exits for start in starts
    )
