"""The way of the work in a BPMN process as a net that is put in order, until a value stream can hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from straume.lean.stream.flows import reach

Kind = Literal["step", "xor", "and", "pass", "start", "end", "dead"]
START, END = "\0start", "\0end"  # no element can have such an identifier


@dataclass(frozen=True)
class Way:
    """From one point to another; the sequence flows that it is made of; None: nobody said how often."""

    source: str
    target: str
    share: float | None = None
    flows: tuple[str, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)  # what our mark says of the route beside its share


@dataclass
class Net:
    """Points by key in the order of the file, and the ways between them; changed in place."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)

    def add(self, wanted: str, kind: Kind) -> str:
        """A point that the file does not have; its key is told from those of the file."""
        key = self.free(wanted)
        self.kinds[key] = kind
        return key

    def free(self, wanted: str) -> str:
        """`wanted` without our sign of a start or an end, with the first number that makes it new."""
        wanted = wanted.lstrip("\0")
        key, number = wanted, 1
        while key in self.kinds:
            number += 1
            key = f"{wanted}{number}"
        return key

    def lead(self, source: str, target: str, share: float | None = None) -> None:
        self.ways.append(Way(source, target, share))

    def out_of(self, key: str) -> list[Way]:
        return [way for way in self.ways if way.source == key]

    def into(self, key: str) -> list[Way]:
        return [way for way in self.ways if way.target == key]

    def followers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for way in self.ways:
            found.setdefault(way.source, []).append(way.target)
        return found

    def split(self, key: str, kind: Kind) -> None:
        """Let a gateway part what leaves a point."""
        gateway = self.add(f"{key}.split", kind)
        self.ways = [replace(way, source=gateway) if way.source == key else way for way in self.ways]
        self.lead(key, gateway)

    def close(self, finals: Sequence[str], target: str, ending: set[str]) -> list[str]:
        """Lead the last points of a process to its end: once where they are alternatives, joined where all
        are come to. Points of `ending` end the case whatever else is under way; the branches beside them
        become dead ends, which are returned.
        """
        heads, dead = list(finals), []
        for split in self._parallel_splits():
            ahead = self.followers()
            branches = [reach(ahead, way.target) for way in self.out_of(split)]
            mine = [[head for head in heads if head in branch] for branch in branches]
            if not all(mine) or sum(map(len, mine)) > len({head for heads_ in mine for head in heads_}):
                continue
            decisive = [heads_ for heads_ in mine if set(heads_) <= ending]
            if len(decisive) == 1:
                aside = [head for heads_ in mine if heads_ is not decisive[0] for head in heads_]
                dead += aside
                heads = [head for head in heads if head not in aside]
                continue
            join = self.add(f"{split}.joined", "and")
            for number, heads_ in enumerate(mine, 1):
                self._gather(heads_, join, f"{split}.joined{number}")
            heads = [head for head in heads if not any(head in heads_ for heads_ in mine)] + [join]
        for head in heads:
            self.lead(head, target)
        return dead

    def meeting(self, starts: Sequence[str], finals: Iterable[str]) -> str | None:
        """The first point that all ways from `starts` to a last point must come to."""
        ahead, last = self.followers(), set(finals)
        common = set.intersection(*(reach(ahead, start) for start in starts))
        needed = [
            key
            for key in common
            if key in last
            or all(start == key or not last & reach(ahead, start, without=key) for start in starts)
        ]
        return min(needed, key=lambda key: (-len(reach(ahead, key)), key), default=None)

    def prune(self) -> list[str]:
        """Take out what no case comes to; its keys in the order of the file."""
        reached = reach(self.followers(), START)
        gone = [key for key in self.kinds if key not in reached]
        self.ways = [way for way in self.ways if way.source in reached]
        self.kinds = {key: kind for key, kind in self.kinds.items() if key in reached}
        return gone

    def contract(self) -> None:
        """Take out the points at which nothing happens; each has one way out."""
        for key in [key for key, kind in self.kinds.items() if kind == "pass"]:
            after = self.out_of(key)
            if len(after) != 1 or after[0].target == key:
                continue
            joined = [_joined(way, after[0]) if way.target == key else way for way in self.ways]
            self.ways = [way for way in joined if way.source != key]
            del self.kinds[key]

    def merge(self) -> None:
        """Let several ways meet at a gateway before a step or an end."""
        for key in [key for key, kind in self.kinds.items() if kind in ("step", "end", "dead")]:
            into = self.into(key)
            if len(into) > 1:
                gateway = self.add(f"{key}.met", "xor")
                self.ways = [replace(way, target=gateway) if way.target == key else way for way in self.ways]
                self.lead(gateway, key)

    def closing(self) -> set[tuple[str, str]]:
        """The pairs of points between which a way leads back into what a case has come through."""
        ahead, done, found = self.followers(), set[str](), set[tuple[str, str]]()
        for first in self.kinds:
            inside: dict[str, int] = {}
            stack = [] if first in done else [first]
            while stack:
                key = stack[-1]
                position = inside.setdefault(key, 0)
                rest = ahead.get(key, [])
                if position >= len(rest):
                    done.add(stack.pop())
                    del inside[key]
                    continue
                inside[key] += 1
                if rest[position] in inside:
                    found.add((key, rest[position]))
                elif rest[position] not in done:
                    stack.append(rest[position])
        return found

    def _parallel_splits(self) -> list[str]:
        """Inner ones before outer ones."""
        ahead = self.followers()
        splits = [key for key, kind in self.kinds.items() if kind == "and" and len(ahead.get(key, ())) > 1]
        return sorted(splits, key=lambda key: len(reach(ahead, key)))

    def _gather(self, heads: Sequence[str], target: str, gateway: str) -> None:
        if len(heads) > 1:
            self.kinds[gateway] = "xor"
            self.lead(gateway, target)
            target = gateway
        for head in heads:
            self.lead(head, target)


def _joined(first: Way, second: Way) -> Way:
    """Two ways in a row as one."""
    return Way(
        first.source,
        second.target,
        first.share if first.share is not None else second.share,
        first.flows + second.flows,
        first.own or second.own,
    )
