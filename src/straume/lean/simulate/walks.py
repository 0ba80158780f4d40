"""How each case of a log walks through the value stream that was found in it: steps, ways taken, times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.events.log import EventLog
from straume.lean.simulate.model import VISITS, Ints
from straume.lean.stream.alignments import Aligner, Runs, children_numbers
from straume.lean.stream.discovery import Found
from straume.lean.stream.replay import LONGEST_EVENTS
from straume.lean.stream.step_times import parallel_pairs
from straume.lean.stream.tree import Tree

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Walks:
    """Columns of equal length each; `case` numbers the cases that could be followed."""

    cases: int
    # pieces of work that the stream knows
    case: Ints
    activity: Ints
    visit: Ints  # nth coming to the step, from 0
    row: Ints  # in the items of the log
    enabled: Ints  # [µs] latest end of what had to come before, at first the request
    start: Ints  # not before `enabled`; the end, where the start is unknown
    end: Ints
    # steps that the stream asks for and the case did not take
    past_case: Ints
    past_activity: Ints
    past_visit: Ints
    # ways taken
    way_case: Ints
    way_node: Ints  # number of the node in the tree
    way: Ints  # its child; of a loop: the redo, 0 where it ends
    way_visit: Ints


@dataclass(frozen=True)
class _Pattern:
    """What all cases of one sequence of activities do in the tree."""

    steps: list[tuple[int, int, int]]  # place in the sequence, activity, visit; in the order of the sequence
    past: list[tuple[int, int]]  # activity, visit
    ways: list[tuple[int, int, int]]  # node, way, visit


def walks(log: EventLog, found: Found) -> Walks:
    """Follows every case by an optimal alignment; times from the latest end of what had to come before."""
    return _Walking(log, found).done()


class _Walking:
    def __init__(self, log: EventLog, found: Found) -> None:
        self.tree, self.aligner = found.tree, Aligner(found.tree)
        self.nodes = list(found.tree.walk())
        self.together = parallel_pairs(found.tree, len(log.activities))
        kept = np.zeros(len(log.activities), bool)
        kept[sorted(found.kept)] = True
        items = log.items
        rows = np.flatnonzero(kept[items["activity"].to_numpy()])
        case, index = items["case"].to_numpy()[rows], items["index"].to_numpy()[rows]
        self.rows: Ints = rows[np.lexsort((index, case))]
        self.case: Ints = items["case"].to_numpy()[self.rows].astype(np.int64)
        self.activity: Ints = items["activity"].to_numpy()[self.rows].astype(np.int64)
        self.end: Ints = items["end_at"].to_numpy()[self.rows]
        start = items["start_at"].fill_null(-1).to_numpy()[self.rows]
        self.start: Ints = np.where(start < 0, self.end, start)
        self.received = np.zeros(int(log.cases["case"].to_numpy().max(initial=0)) + 1, np.int64)
        self.received[log.cases["case"].to_numpy()] = log.cases["received_at"].to_numpy()
        self.last_at = np.zeros(len(self.received), np.int64)
        self.last_at[log.cases["case"].to_numpy()] = log.cases["last_at"].to_numpy()
        self.followed = 0
        self.parts: dict[str, list[Ints]] = {name: [] for name in Walks.__dataclass_fields__}

    def done(self) -> Walks:
        first = np.flatnonzero(np.diff(self.case, prepend=-1))
        alike: dict[tuple[int, ...], list[int]] = {}
        for begin, stop in zip(first.tolist(), [*first[1:].tolist(), len(self.case)]):
            alike.setdefault(tuple(self.activity[begin:stop].tolist()), []).append(begin)
        for variant, begins in alike.items():
            if len(variant) <= LONGEST_EVENTS:
                self._follow(self._pattern(variant), np.array(begins, np.int64))
        columns = {
            name: np.concatenate([np.zeros(0, np.int64), *parts]) for name, parts in self.parts.items()
        }
        del columns["cases"]
        return Walks(cases=self.followed, **columns)

    def _pattern(self, variant: tuple[int, ...]) -> _Pattern:
        runs = Runs(trail=[])
        self.aligner.run(variant, 1, runs)
        places: dict[int, list[int]] = {}
        for place, code in enumerate(variant):
            places.setdefault(code, []).append(place)
        visits: Counter[int] = Counter()
        pattern = _Pattern([], [], [])
        for number, first, last in reversed(runs.trail or []):
            node, visit = self.nodes[number], visits[number]
            visits[number] += 1
            if visit >= VISITS:
                continue
            if node.operator != "activity":
                pattern.ways.append((number, first, visit))
            elif last > first:
                pattern.steps.append((places[node.activity][last - 1], node.activity, visit))
            else:
                pattern.past.append((node.activity, visit))
        pattern.steps.sort()
        return pattern

    def _follow(self, pattern: _Pattern, begins: Ints) -> None:
        """All cases of one pattern: one row of a matrix each."""
        count = len(begins)
        numbers = self.followed + np.arange(count)
        self.followed += count
        self._times(pattern, begins, numbers)
        for names, rows in (
            (("past_case", "past_activity", "past_visit"), pattern.past),
            (("way_case", "way_node", "way", "way_visit"), pattern.ways),
        ):
            table = np.array(rows, np.int64).reshape(len(rows), len(names) - 1)
            self.parts[names[0]].append(np.repeat(numbers, len(rows)))
            for column, name in enumerate(names[1:]):
                self.parts[name].append(np.tile(table[:, column], count))

    def _times(self, pattern: _Pattern, begins: Ints, numbers: Ints) -> None:
        if not pattern.steps:
            return
        case = self.case[begins]
        rows = [begins + place for place, _, _ in pattern.steps]
        enabled: list[Ints] = []
        ends: list[Ints] = []
        for at, (_, code, _) in enumerate(pattern.steps):
            before = [
                ends[earlier] for earlier in range(at) if not self.together[pattern.steps[earlier][1], code]
            ]
            enabled.append(np.maximum.reduce([self.received[case], *before]))
            ends.append(np.maximum(self.end[rows[at]], enabled[at]))
        tail = self._tails(case, ends)
        for at, (_, code, visit) in enumerate(pattern.steps):
            each = {
                "case": numbers,
                "activity": np.full(len(case), code),
                "visit": np.full(len(case), visit),
                "row": self.rows[rows[at]],
                "enabled": enabled[at],
                "start": np.maximum(self.start[rows[at]], enabled[at]) + tail[at],
                "end": ends[at] + tail[at],
            }
            for name, values in each.items():
                self.parts[name].append(values)

    def _tails(self, case: Ints, ends: list[Ints]) -> Ints:
        """What a case still does after the last step that the stream knows is waiting before that step."""
        table = np.stack(ends)
        tails = np.zeros_like(table)
        every = np.arange(len(case))
        last = table.argmax(axis=0)
        tails[last, every] = np.maximum(self.last_at[case] - table[last, every], 0)
        return tails


def gateways(tree: Tree) -> dict[int, str]:
    """Key of the gateway at which each choice and loop of a tree decides, as tree_stream.py calls them."""
    names = {"choice": "xor{}.split", "loop": "loop{}.checked"}
    return {
        number: names[node.operator].format(number)
        for number, node in enumerate(tree.walk())
        if node.operator in names
    }


def way_order(tree: Tree) -> dict[tuple[int, int], int]:
    """Place of each way among the routes that leave its gateway: a loop's end comes after its redos."""
    order: dict[tuple[int, int], int] = {}
    for number, kids in children_numbers(tree).items():
        for way in range(len(kids)):
            order[number, way] = way
    for number, node in enumerate(tree.walk()):
        if node.operator == "loop":
            for way in range(1, len(node.children)):
                order[number, way] = way - 1
            order[number, 0] = len(node.children) - 1
    return order
