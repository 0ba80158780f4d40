"""Optimal alignments of cases with a process tree, exact and in polynomial time.

The cost of an alignment is the number of events that the tree does not explain plus the number of activities
that the tree asks for and the case does not show. Where every activity stands at one place of the tree, the
best alignment of a stretch of a case with a subtree follows from those of its parts: of a sequence by the
best point to split the stretch, of parallel branches by adding up their projections, of a loop by the best
turns.

References: A. Adriansyah, B. van Dongen, W. van der Aalst: Conformance checking using cost-based fitness
analysis (2011), doi:10.1109/EDOC.2011.12 (costs and fitness); C. Schwanen, W. Pakusa, W. van der Aalst:
dynamic programming for alignments on process trees with unique labels (2025),
doi:10.1007/978-3-031-82225-4_7.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from straume.lean.errors import WrongCall
from straume.lean.stream.directly_follows import Variant
from straume.lean.stream.tree import Tree

Costs = npt.NDArray[np.int32]
_NEVER = np.int32(1_000_000)
_CACHE_CELLS = 30_000_000
LONGEST_CACHED = 256


@dataclass
class _Table:
    """Costs of all stretches [i:j] of what a case shows of a subtree, and how to walk back."""

    costs: Costs
    steps: list[Costs] = field(default_factory=list)  # sequence: first k children; loop: body, redo + body
    children: list[tuple[_Table, npt.NDArray[np.int64]]] = field(default_factory=list)  # with prefix counts


@dataclass
class Runs:
    """What the aligned cases did in the tree: visits of each node, turns of each way of a choice or loop."""

    visits: Counter[int] = field(default_factory=Counter)  # node number in the order of Tree.walk
    turns: Counter[tuple[int, int]] = field(default_factory=Counter)  # node number, child index
    # The same from the last to the first, where asked for: node number, then its way (of a choice or a turn
    # of a loop), 0 (a loop comes to its end), or of an activity its first event and the one after its
    # last, counted among its own events.
    trail: list[tuple[int, int, int]] | None = None

    def note(self, number: int, first: int, last: int = 0) -> None:
        if self.trail is not None:
            self.trail.append((number, first, last))


class Aligner:
    """Aligns cases with one tree. Raises WrongCall where an activity stands in it twice."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.alphabets: dict[int, frozenset[int]] = {}
        self._cache: dict[tuple[int, Variant], _Table] = {}
        self._cells = 0
        for number, node in enumerate(tree.walk()):
            self.alphabets[number] = node.alphabet()
        activities = [node.activity for node in tree.walk() if node.operator == "activity"]
        if len(activities) != len(set(activities)):
            raise WrongCall("activity_twice_in_tree")
        self.kids = children_numbers(tree)
        self.shortest = self.cost(())

    def cost(self, variant: Variant) -> int:
        """Deviations of the best alignment."""
        known = tuple(code for code in variant if code in self.alphabets[0])
        foreign = len(variant) - len(known)
        return int(self._table(0, self.tree, known).costs[0, len(known)]) + foreign

    def run(self, variant: Variant, cases: int, runs: Runs) -> None:
        """Add to `runs` what `cases` cases of this variant did (the first of several best alignments)."""
        known = tuple(code for code in variant if code in self.alphabets[0])
        self._walk_back(0, self.tree, self._table(0, self.tree, known), 0, len(known), cases, runs)

    def _table(self, number: int, node: Tree, events: Variant) -> _Table:
        key = (number, events)
        found = self._cache.get(key)
        if found is None:
            if self._cells > _CACHE_CELLS:
                self._cache.clear()
                self._cells = 0
            found = self._cache[key] = self._computed(number, node, events)
            self._cells += (len(events) + 1) ** 2 * (1 + len(found.steps))
        return found

    def _computed(self, number: int, node: Tree, events: Variant) -> _Table:
        size = len(events) + 1
        if node.operator == "silent":
            return _Table(np.zeros((1, 1), np.int32))
        if node.operator == "activity":
            lengths = np.arange(size)[None, :] - np.arange(size)[:, None]
            return _Table(_upper(np.where(lengths == 0, 1, lengths - 1)))
        children = [self._child(kid, child, events) for kid, child in zip(self.kids[number], node.children)]
        if node.operator == "parallel":
            total = sum(table.costs[np.ix_(prefix, prefix)] for table, prefix in children)
            return _Table(_upper(np.asarray(total)), [], children)
        spread = [_spread(table, prefix) for table, prefix in children]
        if node.operator == "choice":
            return _Table(np.minimum.reduce(spread), spread, children)
        if node.operator == "sequence":
            steps = [spread[0]]
            for costs in spread[1:]:
                steps.append(_then(steps[-1], costs))
            return _Table(steps[-1], steps, children)
        turn = _then(np.minimum.reduce(spread[1:]), spread[0])
        return _Table(_repeated(spread[0], turn), [*spread, turn], children)

    def _child(self, number: int, node: Tree, events: Variant) -> tuple[_Table, npt.NDArray[np.int64]]:
        inside = [code in self.alphabets[number] for code in events]
        prefix = np.concatenate([[0], np.cumsum(inside, dtype=np.int64)]) if events else np.zeros(1, np.int64)
        mine = tuple(code for code, is_mine in zip(events, inside) if is_mine)
        return self._table(number, node, mine), prefix

    def _walk_back(self, number: int, node: Tree, table: _Table, i: int, j: int, n: int, runs: Runs) -> None:
        runs.visits[number] += n
        if node.operator == "activity":
            runs.note(number, i, j)
        elif node.operator == "parallel":
            for index in range(len(node.children)):
                self._descend(number, node, table, index, i, j, n, runs)
        elif node.operator == "choice":
            index = next(k for k, costs in enumerate(table.steps) if costs[i, j] == table.costs[i, j])
            runs.turns[number, index] += n
            runs.note(number, index)
            self._descend(number, node, table, index, i, j, n, runs)
        elif node.operator == "sequence":
            end = j
            for index in range(len(node.children) - 1, 0, -1):
                costs = _spread(*table.children[index])
                begin = i + int(np.argmin(table.steps[index - 1][i, i : end + 1] + costs[i : end + 1, end]))
                self._descend(number, node, table, index, begin, end, n, runs)
                end = begin
            self._descend(number, node, table, 0, i, end, n, runs)
        elif node.operator == "loop":
            self._walk_back_loop(number, node, table, i, j, n, runs)

    def _walk_back_loop(
        self, number: int, node: Tree, table: _Table, i: int, j: int, n: int, runs: Runs
    ) -> None:
        """Turns from the last to the first: a turn is a redo and the body after it."""
        runs.note(number, 0)
        body, redos, turn = table.steps[0], table.steps[1:-1], table.steps[-1]
        end = j
        while table.costs[i, end] != body[i, end]:
            begin = i + int(np.argmin(table.costs[i, i:end] + turn[i:end, end]))
            redo = np.minimum.reduce(redos)
            middle = begin + int(np.argmin(redo[begin, begin : end + 1] + body[begin : end + 1, end]))
            index = 1 + next(
                k for k, costs in enumerate(redos) if costs[begin, middle] == redo[begin, middle]
            )
            runs.turns[number, index] += n
            runs.turns[number, 0] += n
            runs.note(number, index)
            self._descend(number, node, table, index, begin, middle, n, runs)
            self._descend(number, node, table, 0, middle, end, n, runs)
            end = begin
        runs.turns[number, 0] += n
        self._descend(number, node, table, 0, i, end, n, runs)

    def _descend(
        self, number: int, node: Tree, table: _Table, index: int, i: int, j: int, n: int, runs: Runs
    ) -> None:
        child, prefix = table.children[index]
        kid = self.kids[number][index]
        self._walk_back(kid, node.children[index], child, int(prefix[i]), int(prefix[j]), n, runs)


def children_numbers(tree: Tree) -> dict[int, list[int]]:
    """Numbers of the children of each node, nodes numbered in the order of Tree.walk."""
    result: dict[int, list[int]] = {}

    def number(node: Tree, own: int) -> int:
        following = own + 1
        result[own] = []
        for child in node.children:
            result[own].append(following)
            following = number(child, following)
        return following

    number(tree, 0)
    return result


def _spread(table: _Table, prefix: npt.NDArray[np.int64]) -> Costs:
    """A child's costs over the stretches of its parent: events that are none of its own cost one each."""
    outside = np.arange(len(prefix)) - prefix
    return _upper(table.costs[prefix][:, prefix] + (outside[None, :] - outside[:, None]))


def _upper(costs: npt.NDArray[np.signedinteger]) -> Costs:
    """Stretches that end before they begin cost more than anything."""
    result: Costs = np.where(_below_diagonal(len(costs)), _NEVER, costs).astype(np.int32)
    return result


@lru_cache(maxsize=LONGEST_CACHED)
def _below_diagonal(size: int) -> npt.NDArray[np.bool_]:
    return np.tri(size, k=-1, dtype=bool)


def _then(first: Costs, second: Costs) -> Costs:
    """Best split of each stretch: min over p of first[i, p] + second[p, j]."""
    if len(first) <= 80:
        best = (first[:, :, None] + second[None, :, :]).min(axis=1)
    else:  # row by row: the cube would not fit the cache
        best = np.stack([(row[:, None] + second).min(axis=0) for row in first])
    result: Costs = np.minimum(best, _NEVER)
    return result


def _repeated(body: Costs, turn: Costs) -> Costs:
    """The body, and any number of turns after it."""
    costs = body.copy()
    for j in range(1, len(body)):
        best = (costs[:, :j] + turn[:j, j][None, :]).min(axis=1)
        costs[:, j] = np.minimum(costs[:, j], best)
    return costs
