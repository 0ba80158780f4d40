"""The ways between the rows of a step table: what "goes to" names, shares that sum to 1, steps reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from straume.lean.errors import Place, Problem
from straume.lean.stream import cells
from straume.lean.stream.columns import Column
from straume.lean.stream.flows import followers, reach, reached, visits
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Node, Route, Step
from straume.lean.stream.wiring import END, Draft, crossings, wire

SHARE_TOLERANCE = 0.005  # of 100 %: what rounding to whole per cents leaves
DIFFERS = 0.02


@dataclass(frozen=True)
class RowWays:
    """A row as it was read: its step, its number in the table, and what it says about where cases go."""

    row: int
    step: Step
    number: str
    share: float | None
    repeats: float | None
    ways: cells.Ways | None


Joined = tuple[tuple[Node, ...], tuple[Route, ...], tuple[Step, ...], list[Problem], list[Problem]]


def join_up(rows: Sequence[RowWays], columns: Mapping[str, Column]) -> Joined:
    """Nodes, routes and steps with their shares and occurrences; problems; notices."""
    return _Joining(rows, columns).joined()


class _Joining:
    def __init__(self, rows: Sequence[RowWays], columns: Mapping[str, Column]) -> None:
        self.rows = rows
        self.columns = columns
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def joined(self) -> Joined:
        self._check_numbers()
        targets = [self._targets(index) for index in range(len(self.rows))]
        if self.problems:
            return (), (), (), self.problems, self.notices
        drafts = self._drafts(targets)
        for key, code in crossings(drafts):
            row = next(row for row in self.rows if row.step.key == key)
            self._problem(row, code, step=row.step.name)
        if self.problems:
            return (), (), (), self.problems, self.notices
        nodes, routes = wire(drafts)
        self._check(nodes, routes)
        if self.problems:
            return (), (), (), self.problems, self.notices
        return nodes, routes, self._steps(nodes, routes), self.problems, self.notices

    def _targets(self, index: int) -> tuple[tuple[str | None, float], ...]:
        """Where the row at `index` leads, with shares; the default is the next row."""
        row = self.rows[index]
        if row.ways is None:
            return ((self._next(index), 1.0),)
        found = [self._find(row, way.target) for way in row.ways.ways]
        if row.ways.parallel:
            return tuple((target, 1.0) for target in found)
        return tuple(zip(found, self._shares(row, row.ways)))

    def _next(self, index: int) -> str:
        """The next row; for a parallel branch the first row after its sisters."""
        sisters = self._sisters(index)
        later = (row.step.key for row in self.rows[index + 1 :] if row.step.key not in sisters)
        return next(later, END)

    def _sisters(self, index: int) -> set[str]:
        key = self.rows[index].step.key
        for row in self.rows:
            if row.ways is not None and row.ways.parallel:
                branches = {self._key_of(way.target) for way in row.ways.ways}
                if key in branches:
                    return {branch for branch in branches if branch}
        return set()

    def _find(self, row: RowWays, name: str) -> str | None:
        if name in (cells.END, cells.NOWHERE):
            return END if name == cells.END else None
        key = self._key_of(name)
        if key is None:
            self._problem(row, "step_target_unknown", text=name)
        return key

    def _key_of(self, name: str) -> str | None:
        if name == cells.END:
            return END
        by_number = [
            row.step.key for row in self.rows if row.number and fold(row.number).rstrip(".") == fold(name)
        ]
        if by_number:
            return by_number[0]
        if not any(row.number for row in self.rows) and name.isdigit() and 1 <= int(name) <= len(self.rows):
            return self.rows[int(name) - 1].step.key
        return next((row.step.key for row in self.rows if fold(row.step.name) == fold(name)), None)

    def _shares(self, row: RowWays, ways: cells.Ways) -> list[float]:
        """Shares that sum to 1: what was not said is the rest, in equal parts."""
        said = [way.share for way in ways.ways]
        total = sum(share for share in said if share is not None)
        silent = sum(share is None for share in said)
        if total > 1 + SHARE_TOLERANCE or (not silent and total < 1 - SHARE_TOLERANCE):
            self._problem(row, "step_shares_not_whole", percent=round(total * 100, 1))
            return [1 / len(said)] * len(said)
        if silent == len(said) > 1:
            self._notice(row, "step_shares_assumed_equal", count=len(said))
        if not silent:
            return [float(share or 0) / total for share in said]
        rest = max(0.0, 1 - total) / silent
        return [rest if share is None else share for share in said]

    def _drafts(self, targets: Sequence[tuple[tuple[str | None, float], ...]]) -> list[Draft]:
        chosen = self._chosen(targets)
        drafts = []
        for row, ways in zip(self.rows, targets):
            key = row.step.key
            skipped = row.share is not None and row.share < 1 and key not in chosen
            parallel = row.ways is not None and row.ways.parallel
            taken = float(row.share or 1.0) if skipped else 1.0
            drafts.append(Draft(key, ways, parallel, taken, row.repeats or 1.0))
        return drafts

    def _chosen(self, targets: Sequence[tuple[tuple[str | None, float], ...]]) -> set[str | None]:
        """Steps to which a row sends a part of the cases that go on: their share follows from that."""
        order = {row.step.key: index for index, row in enumerate(self.rows)}
        chosen: set[str | None] = set()
        for index, ways in enumerate(targets):
            onward = [
                target for target, share in ways if share < 1 and order.get(str(target), index + 1) > index
            ]
            if len(onward) > 1:
                chosen.update(onward)
        return chosen

    def _check_numbers(self) -> None:
        numbers = Counter(fold(row.number) for row in self.rows if row.number)
        for row in self.rows:
            if row.number and numbers[fold(row.number)] > 1:
                self._problem(row, "step_number_twice", "number", text=row.number)

    def _check(self, nodes: Sequence[Node], routes: Sequence[Route]) -> None:
        by_source = followers(routes)
        from_start = reach(by_source, "start")
        closed = {node.key for node in nodes if node.kind == "end"}
        for row in self.rows:
            if row.step.key not in from_start:
                self._problem(row, "step_not_reached", "step", step=row.step.name)
            elif not closed & reach(by_source, row.step.key):
                self._problem(row, "step_without_end", step=row.step.name)
        if not self.problems and visits(nodes, routes) is None:
            self._problem(self.rows[-1], "step_without_end", step=self.rows[-1].step.name)

    def _steps(self, nodes: Sequence[Node], routes: Sequence[Route]) -> tuple[Step, ...]:
        """Steps with the share of cases and the occurrences that follow from the routes."""
        times = visits(nodes, routes) or {}
        shares = reached(nodes, routes, [row.step.key for row in self.rows])
        steps = []
        for row in self.rows:
            share = round(shares[row.step.key], 12)
            if row.share is not None and abs(row.share - share) > DIFFERS:
                params = {"said": row.share, "follows": share, "step": row.step.name}
                self._notice(row, "step_share_differs", "share", **params)
            steps.append(replace(row.step, share=share, occurrences=max(1.0, times[row.step.key] / share)))
        return tuple(steps)

    def _problem(self, row: RowWays, code: str, role: str = "goes_to", **params: object) -> None:
        self.problems.append(Problem(code, params, self._place(row, role)))

    def _notice(self, row: RowWays, code: str, role: str = "goes_to", **params: object) -> None:
        self.notices.append(Problem(code, params, self._place(row, role)))

    def _place(self, row: RowWays, role: str) -> Place:
        column = self.columns.get(role)
        return Place(row=row.row, column=column.heading if column else None)
