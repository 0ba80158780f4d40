"""Gathers where the draws of the cases of a log lie among all (`SeenCases`)."""

from __future__ import annotations

import numpy as np

from straume.lean.simulate.model import ROUTE_DRAW, SKIPPED, WAIT_DRAW, Floats, Ints
from straume.lean.simulate.seen import SeenCases
from straume.lean.simulate.walks import Walks, gateways, way_order
from straume.lean.stream.records import ValueStream
from straume.lean.stream.tree import Tree


class SeenDraws:
    """Entries by case, name, purpose and visit, added column by column."""

    def __init__(self, seen: Walks) -> None:
        self.seen = seen
        self.names: dict[str, int] = {}
        self.columns: list[tuple[Ints, Ints, Ints, Ints, Floats, Floats]] = []

    def ranked(self, key: str, purpose: int, mine: Ints, durations: Ints) -> None:
        """Durations [µs] of one step: the i-th smallest of n lies in [i/n, (i + 1)/n)."""
        rank = np.empty(len(mine), np.int64)
        rank[np.argsort(durations, kind="stable")] = np.arange(len(mine))
        self._add(key, purpose, self.seen.case[mine], self.seen.visit[mine], rank / len(mine), 1 / len(mine))

    def went_past(self, key: str, mine: Ints) -> None:
        """Steps that the stream asks for and these cases did not take."""
        self._add(key, WAIT_DRAW, self.seen.past_case[mine], self.seen.past_visit[mine], 0.0, SKIPPED)

    def ways(self, stream: ValueStream, tree: Tree) -> None:
        """A way that was taken lies in its share of the routes that leave its gateway."""
        order = way_order(tree)
        for number, key in gateways(tree).items():
            shares = np.array([route.share for route in stream.routes if route.source == key])
            until = np.cumsum(shares) / shares.sum()
            mine = np.flatnonzero(self.seen.way_node == number)
            place = np.array([order[number, way] for way in self.seen.way[mine].tolist()], np.int64)
            low, width = (until - shares / shares.sum())[place], (shares / shares.sum())[place]
            self._add(key, ROUTE_DRAW, self.seen.way_case[mine], self.seen.way_visit[mine], low, width)

    def cases(self) -> SeenCases:
        name, purpose, case, visit = (
            np.concatenate([np.zeros(0, np.int64), *(each[column] for each in self.columns)])
            for column in range(4)
        )
        low, width = (
            np.concatenate([np.zeros(0), *(each[column] for each in self.columns)]) for column in (4, 5)
        )
        order = np.argsort(case, kind="stable")
        begins = np.searchsorted(case[order], np.arange(self.seen.cases + 1)).astype(np.int64)
        return SeenCases(
            begins, tuple(self.names), name[order], purpose[order], visit[order], low[order], width[order]
        )

    def _add(
        self, key: str, purpose: int, case: Ints, visit: Ints, low: Floats | float, width: Floats | float
    ) -> None:
        count = len(case)
        name = self.names.setdefault(key, len(self.names))
        low, width = np.broadcast_to(low, count), np.broadcast_to(width, count)
        self.columns.append((np.full(count, name), np.full(count, purpose), case, visit, low, width))
