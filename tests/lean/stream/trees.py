"""Logs made from known process trees, and an alignment twin that shares no code with the library."""

from __future__ import annotations

import heapq
from collections import Counter
from random import Random

from straume.lean.stream.tree import Tree

Variant = tuple[int, ...]


def cases_of(tree: Tree, *, cases: int, seed: int = 1) -> Counter[Variant]:
    """Variants of cases that follow the tree."""
    random = Random(seed)
    return Counter(tuple(one_case(tree, random)) for _ in range(cases))


def one_case(tree: Tree, random: Random) -> list[int]:
    if tree.operator == "activity":
        return [tree.activity]
    if tree.operator == "silent":
        return []
    if tree.operator == "sequence":
        return [code for child in tree.children for code in one_case(child, random)]
    if tree.operator == "choice":
        return one_case(random.choice(tree.children), random)
    if tree.operator == "loop":
        done = one_case(tree.children[0], random)
        while random.random() < 0.4:
            done += one_case(random.choice(tree.children[1:]), random) + one_case(tree.children[0], random)
        return done
    branches = [one_case(child, random) for child in tree.children]
    done = []
    while any(branches):
        done.append(random.choice([branch for branch in branches if branch]).pop(0))
    return done


def twin_cost(tree: Tree, variant: Variant) -> int:
    """Cost of a best alignment by shortest path over what remains to be done: for small trees only."""
    queue: list[tuple[int, int, int, object]] = [(0, 0, 0, tree)]
    seen: set[tuple[int, object]] = set()
    number = 0
    while queue:
        cost, position, _, rest = heapq.heappop(queue)
        if rest is None and position == len(variant):
            return cost
        if (position, rest) in seen:
            continue
        seen.add((position, rest))
        moves = []
        if position < len(variant):
            moves.append((cost + 1, position + 1, rest))
        for label, after in steps_of(rest):
            if label is None:
                moves.append((cost, position, after))
            else:
                moves.append((cost + 1, position, after))
                if position < len(variant) and variant[position] == label:
                    moves.append((cost, position + 1, after))
        for price, place, after in moves:
            number += 1
            heapq.heappush(queue, (price, place, number, after))
    raise AssertionError("no alignment")


def steps_of(rest: object) -> list[tuple[int | None, object]]:
    """Next labels (None: silent) of what remains: None, a tree, ("seq", …) or ("par", …)."""
    if rest is None:
        return []
    if isinstance(rest, Tree):
        return _open(rest)
    kind, *parts = rest  # type: ignore[misc]
    if kind == "seq":
        first, *others = parts
        result = [(label, _seq(after, others)) for label, after in steps_of(first)]
        return result if first is not None else [(None, _seq(None, others))]
    if kind == "par":
        result = []
        for index, part in enumerate(parts):
            for label, after in steps_of(part):
                branches = [*parts[:index], after, *parts[index + 1 :]]
                result.append((label, None if all(b is None for b in branches) else ("par", *branches)))
        return result
    raise AssertionError(kind)


def _seq(first: object, others: list[object]) -> object:
    if first is None:
        return None if not others else others[0] if len(others) == 1 else ("seq", *others)
    return ("seq", first, *others) if others else first


def _open(tree: Tree) -> list[tuple[int | None, object]]:
    if tree.operator == "activity":
        return [(tree.activity, None)]
    if tree.operator == "silent":
        return [(None, None)]
    if tree.operator == "sequence":
        return [(None, ("seq", *tree.children))]
    if tree.operator == "choice":
        return [(None, child) for child in tree.children]
    if tree.operator == "parallel":
        return [(None, ("par", *tree.children))]
    body, *redos = tree.children
    again = [(None, ("seq", body, ("seq", redo, tree))) for redo in redos]
    return [(None, body), *again]
