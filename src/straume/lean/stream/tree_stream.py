"""A process tree with the runs of its cases becomes gateways and routes with counted shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from straume.lean.stream.alignments import Runs, children_numbers
from straume.lean.stream.records import Node, NodeKind, Route
from straume.lean.stream.tree import Tree


@dataclass(frozen=True)
class _Piece:
    """A part of the graph: its first key, its last key, and the share and count with which that is left."""

    first: str
    last: str
    share: float
    count: int


def tree_to_graph(
    tree: Tree, runs: Runs, keys: Mapping[int, str]
) -> tuple[tuple[Node, ...], tuple[Route, ...]]:
    """Nodes and routes of a tree; shares are those of the aligned cases.

    Parameters: runs – of these cases in the tree; keys – activity code → step key. A choice or loop that no
    case came to has equal shares.
    """
    return _Graph(tree, runs, keys).made()


class _Graph:
    def __init__(self, tree: Tree, runs: Runs, keys: Mapping[int, str]) -> None:
        self.tree, self.runs, self.keys = tree, runs, keys
        self.kids = children_numbers(tree)
        self.nodes: list[Node] = [Node("start", "start")]
        self.routes: list[Route] = []

    def made(self) -> tuple[tuple[Node, ...], tuple[Route, ...]]:
        piece = self._piece(0, self.tree)
        begun = self.runs.visits[0]
        if piece is None:
            self._route("start", "end", 1.0, begun)
        else:
            self._route("start", piece.first, 1.0, begun)
            self._leave(piece, "end")
        self._node("end", "end")
        return tuple(self.nodes), tuple(self.routes)

    def _piece(self, number: int, node: Tree) -> _Piece | None:
        if node.operator == "silent":
            return None
        if node.operator == "activity":
            key = self.keys[node.activity]
            return _Piece(key, key, 1.0, self.runs.visits[number])
        if node.operator == "sequence":
            return self._sequence(number, node)
        if node.operator == "loop":
            return self._loop(number, node)
        return self._fork(number, node)

    def _sequence(self, number: int, node: Tree) -> _Piece | None:
        pieces = [self._piece(kid, child) for kid, child in zip(self.kids[number], node.children)]
        filled = [piece for piece in pieces if piece is not None]
        for piece, following in pairwise(filled):
            self._leave(piece, following.first)
        if not filled:
            return None
        return _Piece(filled[0].first, filled[-1].last, filled[-1].share, filled[-1].count)

    def _fork(self, number: int, node: Tree) -> _Piece:
        """A choice or parallel branches: split, ways, join."""
        kind: NodeKind = "xor" if node.operator == "choice" else "and"
        split, join = f"{kind}{number}.split", f"{kind}{number}.join"
        self._node(split, kind)
        visits = self.runs.visits[number]
        for index, (kid, child) in enumerate(zip(self.kids[number], node.children)):
            taken = visits if kind == "and" else self.runs.turns[number, index]
            share = 1.0 if kind == "and" else _share(taken, visits, len(node.children))
            piece = self._piece(kid, child)
            self._route(split, piece.first if piece else join, share, taken)
            if piece:
                self._leave(piece, join)
        self._node(join, kind)
        return _Piece(split, join, 1.0, visits)

    def _loop(self, number: int, node: Tree) -> _Piece:
        """Join, body, split; from the split on, or through a redo back to the join."""
        again, checked = f"loop{number}.again", f"loop{number}.checked"
        self._node(again, "xor")
        kids = self.kids[number]
        visits, passes = self.runs.visits[number], self.runs.turns[number, 0]
        body = self._piece(kids[0], node.children[0])
        self._route(again, body.first if body else checked, 1.0, passes)
        self._node(checked, "xor")
        if body:
            self._leave(body, checked)
        ways = len(node.children)
        for index, (kid, child) in enumerate(zip(kids[1:], node.children[1:]), 1):
            taken = self.runs.turns[number, index]
            share = _share(taken, passes, ways)
            piece = self._piece(kid, child)
            if piece is None:
                self._route(checked, again, share, taken, rework=True)
            else:
                self._route(checked, piece.first, share, taken)
                self._leave(piece, again, rework=True)
        return _Piece(again, checked, _share(visits, passes, ways), visits)

    def _leave(self, piece: _Piece, target: str, *, rework: bool = False) -> None:
        self._route(piece.last, target, piece.share, piece.count, rework=rework)

    def _route(self, source: str, target: str, share: float, count: int, *, rework: bool = False) -> None:
        self.routes.append(Route(source, target, share, rework, count))

    def _node(self, key: str, kind: NodeKind) -> None:
        self.nodes.append(Node(key, kind))


def _share(taken: int, visits: int, ways: int) -> float:
    return taken / visits if visits else 1 / ways
