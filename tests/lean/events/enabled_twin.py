"""When work was enabled, once more in plain Python: every pair of activities and every earlier piece of work.

`as_published` follows the source to the letter, so that its published results can be met: there equal ends
give an order as the rows stand, a loop of fewer than nine turns passes for parallel work, and what ended at
the very instant at which the work itself ended does not enable it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise, permutations


@dataclass(frozen=True)
class Work:
    case: object
    activity: object
    end: float
    start: float | None = None

    @property
    def at(self) -> float:
        return self.end if self.start is None else self.start


def in_order(work: list[Work]) -> dict[object, list[int]]:
    """Of each case the places of its work, by start (where unknown: end), equal ones as they stand."""
    cases: dict[object, list[int]] = defaultdict(list)
    for place in sorted(range(len(work)), key=lambda place: work[place].at):
        cases[work[place].case].append(place)
    return cases


def parallel(work: list[Work], *, overlap: float = 0.5, as_published: bool = False) -> set[tuple]:
    follows, alone, loops = Counter(), Counter(), Counter()
    for places in in_order(work).values():
        trace = sorted((work[place] for place in places), key=lambda each: each.end)
        names = [each.activity for each in trace]
        turning = {n for n in range(len(names) - 2) if names[n] == names[n + 2] != names[n + 1]}
        for n, (before, after) in enumerate(pairwise(trace)):
            if n in turning:
                loops[before.activity, after.activity] += 1
            if before.end < after.end or as_published:
                follows[before.activity, after.activity] += 1
                if as_published or not {n, n - 1} & turning:
                    alone[before.activity, after.activity] += 1
    names = {each.activity for each in work}
    together = set() if as_published else _together(work, overlap)
    return {
        (a, b)
        for a, b in permutations(names, 2)
        if (a, b) in together
        or (alone[a, b] and alone[b, a] and _unsettled(follows, a, b) and not _loop(follows, loops, a, b))
    }


def _unsettled(follows: Counter, a: object, b: object) -> bool:
    there, back = follows[a, b], follows[b, a]
    return abs(there - back) / (there + back + 1) < 0.9


def _loop(follows: Counter, loops: Counter, a: object, b: object) -> bool:
    turns = loops[a, b] + loops[b, a]
    repeat = max(follows[a, a], follows[b, b])
    return turns / (turns + 1) >= 0.9 and repeat / (repeat + 1) < 0.9


def _together(work: list[Work], share: float) -> set[tuple]:
    both: dict[tuple, set] = defaultdict(set)
    overlapping: dict[tuple, set] = defaultdict(set)
    for case, places in in_order(work).items():
        for one, other in permutations([work[place] for place in places], 2):
            if one.activity == other.activity:
                continue
            both[one.activity, other.activity].add(case)
            known = one.start is not None and other.start is not None
            if known and max(one.start, other.start) < min(one.end, other.end):
                overlapping[one.activity, other.activity].add(case)
    return {pair for pair, cases in overlapping.items() if len(cases) >= share * len(both[pair])}


def enabled(work: list[Work], *, received: dict | None = None, as_published: bool = False) -> list[float]:
    """When each piece of work was enabled, in the order in which they are given."""
    apart = parallel(work, as_published=as_published)
    found = [0.0] * len(work)
    for case, places in in_order(work).items():
        begun = min(work[place].at for place in places)
        since = min(begun, (received or {}).get(case, begun))
        for n, place in enumerate(places):
            own = work[place]
            before = places if as_published else places[:n]
            ends = [
                work[other].end
                for other in before
                if other != place
                and (own.activity, work[other].activity) not in apart
                and work[other].end <= own.at
                and (not as_published or work[other].end < own.end)
            ]
            found[place] = min(max(ends, default=since), own.at)
    return found
