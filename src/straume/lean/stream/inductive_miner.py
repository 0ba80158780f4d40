"""The Inductive Miner – infrequent: a process tree from the variants of a log, found cut by cut.

Without noise the tree replays every case of its log, and a tree without duplicate activities is found again
from a log that shows enough of it.

References: S. Leemans, D. Fahland, W. van der Aalst: Discovering block-structured process models from event
logs – a constructive approach (2013), doi:10.1007/978-3-642-38697-8_17; – containing infrequent behaviour
(2014), doi:10.1007/978-3-319-06257-0_6.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from straume.lean.errors import WrongCall
from straume.lean.stream.cuts import Cut, find_cut
from straume.lean.stream.directly_follows import Follows, Variant, Variants, follows
from straume.lean.stream.tree import SILENT, Tree, activity, choice, loop, parallel, sequence


def mine(variants: Variants, *, noise: float = 0.0, filter_first: bool = False) -> Tree:
    """The process tree of a log.

    Parameters: variants – sequence of activity codes → cases; noise [0..1) – where no cut fits, edges rarer
    than this share of the strongest edge from the same activity are set aside (0: nothing is); filter_first –
    set them aside before any cut is looked for: enough slips connect everything with everything, and that
    looks parallel.
    Returns: Tree in which each activity occurs once. Raises: WrongCall for a noise out of range.
    """
    if not 0 <= noise < 1:
        raise WrongCall("noise_out_of_range", noise=noise)
    return _Miner(noise, filter_first).tree(Counter(variants))


class _Miner:
    def __init__(self, noise: float, filter_first: bool) -> None:
        self.noise, self.filter_first = noise, filter_first

    def tree(self, log: Counter[Variant]) -> Tree:
        filled = Counter({variant: cases for variant, cases in log.items() if variant})
        empty = log.get((), 0)
        if not filled:
            return SILENT
        if empty:
            rest = self.tree(filled)
            return choice(SILENT, rest) if empty >= self.noise * log.total() else rest
        graph = follows(filled)
        if len(graph.activities) == 1:
            return _one_activity(filled, next(iter(graph.activities)), self.noise)
        cut = self._cut(graph)
        if cut is None:
            return self._fall_through(filled, graph)
        return _built(cut, [self.tree(part) for part in split(filled, cut)])

    def _cut(self, graph: Follows) -> Cut | None:
        if not self.noise:
            return find_cut(graph)
        graphs = [graph, graph.without_infrequent(self.noise)]
        cuts = (find_cut(one) for one in (graphs[::-1] if self.filter_first else graphs))
        return next((cut for cut in cuts if cut is not None), None)

    def _fall_through(self, log: Counter[Variant], graph: Follows) -> Tree:
        """What still keeps every case replayable where no cut fits, the most telling first."""
        once = next((code for code in sorted(graph.activities) if _once_in_each(log, code)), None)
        if once is not None:
            return parallel(activity(once), self.tree(_without(log, once)))
        totals: Counter[int] = Counter()
        for variant, cases in log.items():
            for code in variant:
                totals[code] += cases
        for code in sorted(graph.activities, key=lambda code: (totals[code], code)):
            rest = _without(log, code)
            if self._cut(follows(rest)) is not None:
                alone = Counter[Variant]()
                for variant, cases in log.items():
                    alone[tuple(other for other in variant if other == code)] += cases
                return parallel(self.tree(alone), self.tree(rest))
        for ends in (set(graph.ends), graph.activities):  # the strict loop without redo, then the loose one
            turns = _cut_before(log, set(graph.starts), set(ends))
            if turns.total() > log.total():
                return loop(self.tree(turns))
        return loop(choice(*(activity(code) for code in sorted(graph.activities))))


def _built(cut: Cut, trees: list[Tree]) -> Tree:
    if cut.operator == "loop":
        return loop(trees[0], *trees[1:])
    return {"choice": choice, "sequence": sequence, "parallel": parallel}[cut.operator](*trees)


def _one_activity(log: Counter[Variant], code: int, noise: float) -> Tree:
    """The activity, or a loop of it where cases repeat it more often than the noise explains."""
    cases = log.total()
    events = sum(len(variant) * count for variant, count in log.items())
    if events == cases or abs(0.5 - cases / (events + cases)) <= noise / 2:
        return activity(code)
    return loop(activity(code))


def split(log: Counter[Variant], cut: Cut) -> list[Counter[Variant]]:
    """The log of each part; events that do not fit the cut are left out."""
    place = {code: index for index, part in enumerate(cut.parts) for code in part}
    parts: list[Counter[Variant]] = [Counter() for _ in cut.parts]
    for variant, cases in log.items():
        {"choice": _choose, "sequence": _in_order, "parallel": _project, "loop": _in_turns}[cut.operator](
            variant, cases, place, parts
        )
    return parts


def _choose(variant: Variant, cases: int, place: dict[int, int], parts: list[Counter[Variant]]) -> None:
    counts = Counter(place[code] for code in variant)
    most = max(counts, key=lambda index: (counts[index], -index))
    parts[most][tuple(code for code in variant if place[code] == most)] += cases


def _in_order(variant: Variant, cases: int, place: dict[int, int], parts: list[Counter[Variant]]) -> None:
    """Parts one after the other; of events out of order as few as possible are left out."""
    where = [place[code] for code in variant]
    kept = range(len(variant)) if where == sorted(where) else _longest_rising(where)
    by_part: list[list[int]] = [[] for _ in parts]
    for index in kept:
        by_part[where[index]].append(variant[index])
    for index, events in enumerate(by_part):
        parts[index][tuple(events)] += cases


def _longest_rising(values: list[int]) -> list[int]:
    """Indices of a longest subsequence that never falls."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int | None] = []
    for index, value in enumerate(values):
        position = bisect_right(tails, value)
        before.append(tail_at[position - 1] if position else None)
        tails[position:] = [value, *tails[position + 1 :]]
        tail_at[position:] = [index, *tail_at[position + 1 :]]
    result: list[int] = []
    at: int | None = tail_at[-1]
    while at is not None:
        result.append(at)
        at = before[at]
    return result[::-1]


def _project(variant: Variant, cases: int, place: dict[int, int], parts: list[Counter[Variant]]) -> None:
    for index, part in enumerate(parts):
        part[tuple(code for code in variant if place[code] == index)] += cases


def _in_turns(variant: Variant, cases: int, place: dict[int, int], parts: list[Counter[Variant]]) -> None:
    """Body, redo, body, …; where a redo stands without a body before or after, the body did nothing."""
    turn: list[int] = []
    current = 0
    for code in variant:
        if place[code] != current:
            parts[current][tuple(turn)] += cases
            if current and place[code]:
                parts[0][()] += cases
            turn, current = [], place[code]
        turn.append(code)
    parts[current][tuple(turn)] += cases
    if current:
        parts[0][()] += cases


def _once_in_each(log: Counter[Variant], code: int) -> bool:
    return all(variant.count(code) == 1 for variant in log)


def _without(log: Counter[Variant], code: int) -> Counter[Variant]:
    rest = Counter[Variant]()
    for variant, cases in log.items():
        rest[tuple(other for other in variant if other != code)] += cases
    return rest


def _cut_before(log: Counter[Variant], starts: set[int], ends: set[int]) -> Counter[Variant]:
    """Cases cut in turns wherever a begin follows an end."""
    turns = Counter[Variant]()
    for variant, cases in log.items():
        begin = 0
        for index, (before, after) in enumerate(pairwise(variant), 1):
            if before in ends and after in starts:
                turns[variant[begin:index]] += cases
                begin = index
        turns[variant[begin:]] += cases
    return turns
