"""The division into groups as a model of CP-SAT.

People who are alike in everything that counts are one class with a number per group: the solver need not try
them one for the other. People who stay together are one block.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any

from ortools.sat.python import cp_model

from straume.lean.choose.group_records import Person, Plan, Rule
from straume.lean.choose.records import Status
from straume.lean.choose.solving import Clock, solved


@dataclass(frozen=True)
class Block:
    """People that go to the same group; `copies` blocks are alike."""

    people: tuple[tuple[Person, ...], ...]  # each copy's people

    @property
    def copies(self) -> int:
        return len(self.people)

    @property
    def size(self) -> int:
        return len(self.people[0])


@dataclass(frozen=True)
class Question:
    people: tuple[Person, ...]
    plans: tuple[Plan, ...]
    balance: Mapping[str, int]
    even: frozenset[str]
    together: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, ...], ...]
    wish_weight: int
    everybody: bool

    def values(self, trait: str) -> list[str]:
        return sorted({one.traits.get(trait, "") for one in self.people})

    def share(self, trait: str, value: str) -> tuple[int, int]:
        """The fair share of a value, as a fraction."""
        if trait in self.even:
            return 1, max(1, len(self.values(trait)))
        return self.counts[trait][value], max(1, len(self.people))

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        return {trait: Counter(one.traits.get(trait, "") for one in self.people) for trait in self.balance}

    @cached_property
    def scale(self) -> int:
        """One person out of place, in the integers of the model."""
        return lcm(max(1, len(self.people)), *(max(1, len(self.values(trait))) for trait in self.even))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        sizes = [Rule("size", plan.code) for plan in self.plans]
        together = [Rule("together", str(at), one) for at, one in enumerate(self.together)]
        apart = [Rule("apart", str(at), one) for at, one in enumerate(self.apart)]
        return (*sizes, *together, *apart, *([Rule("everybody")] if self.everybody else []))

    def blocks(self, kept: Collection[Rule]) -> list[Block]:
        """Those that stay together as one; singles that are alike as copies of one."""
        root = {one.code: one.code for one in self.people}
        for rule in kept:
            if rule.kind == "together" and rule.people:
                joined = {root[code] for code in rule.people}
                root = {code: min(joined) if at in joined else at for code, at in root.items()}
        inside: dict[str, list[Person]] = defaultdict(list)
        for one in self.people:
            inside[root[one.code]].append(one)
        alone = {code for rule in kept if rule.kind == "apart" for code in rule.people}
        alike: dict[Any, list[tuple[Person, ...]]] = defaultdict(list)
        for people in inside.values():
            is_one_of_many = len(people) == 1 and people[0].code not in alone
            alike[self._kind(people[0]) if is_one_of_many else people[0].code].append(tuple(people))
        return [Block(tuple(copies)) for _key, copies in sorted(alike.items(), key=lambda item: str(item[0]))]

    def _kind(self, one: Person) -> tuple[Any, ...]:
        return (tuple(one.traits.get(trait, "") for trait in self.balance), one.wishes)


@dataclass
class Model:
    cp: Any
    blocks: list[Block]
    placed: list[list[Any]]  # by block, by group: how many copies


def build(asked: Question, kept: Collection[Rule]) -> Model:
    cp = cp_model.CpModel()
    blocks = asked.blocks(kept)
    placed = [
        [cp.new_int_var(0, block.copies, f"n{b}_{g}") for g in range(len(asked.plans))]
        for b, block in enumerate(blocks)
    ]
    everybody = any(rule.kind == "everybody" for rule in kept)
    for block, numbers in zip(blocks, placed, strict=True):
        cp.add(sum(numbers) == block.copies if everybody else sum(numbers) <= block.copies)
    model = Model(cp, blocks, placed)
    for rule in kept:
        if rule.kind == "size":
            at = [plan.code for plan in asked.plans].index(rule.key)
            cp.add_linear_constraint(size_of(model, at), asked.plans[at].least, asked.plans[at].most)
        elif rule.kind == "apart":
            _keep_apart(model, set(rule.people))
    return model


def size_of(model: Model, group: int) -> Any:
    return sum(block.size * numbers[group] for block, numbers in zip(model.blocks, model.placed, strict=True))


def _keep_apart(model: Model, people: set[str]) -> None:
    counts = [sum(one.code in people for one in block.people[0]) for block in model.blocks]
    for group in range(len(model.placed[0]) if model.placed else 0):
        model.cp.add(
            sum(n * numbers[group] for n, numbers in zip(counts, model.placed, strict=True) if n) <= 1
        )


def best(asked: Question, clock: Clock, seed: int) -> tuple[Status, dict[str, tuple[str, ...]], int, int]:
    """The division with the least cost; its cost and bound in units of one person out of place."""
    model = build(asked, asked.rules)
    model.cp.minimize(_cost(asked, model))
    solver, status = solved(model.cp, clock, seed)
    if status not in ("proven", "bounded"):
        return status, {}, 0, 0
    cost = round(solver.objective_value)
    return status, _members(asked, model, solver), cost, min(cost, round(solver.best_objective_bound))


def _cost(asked: Question, model: Model) -> Any:
    """Deviations from the fair share: each person out of place counts twice there, so a wish does too."""
    parts: list[Any] = []
    most = asked.scale * max(1, len(asked.people))
    for trait, weight in asked.balance.items():
        for value in asked.values(trait):
            share = asked.share(trait, value)
            offs: list[Any] = []
            for group in range(len(asked.plans)):
                have = sum(
                    sum(one.traits.get(trait, "") == value for one in block.people[0]) * numbers[group]
                    for block, numbers in zip(model.blocks, model.placed, strict=True)
                )
                off = model.cp.new_int_var(0, most, f"off_{trait}_{value}_{group}")
                fair = asked.scale * share[0] // share[1] * size_of(model, group)
                model.cp.add(off >= asked.scale * have - fair)
                model.cp.add(off >= fair - asked.scale * have)
                offs.append(off)
            model.cp.add(sum(offs) >= _unavoidable(asked, trait, value))
            parts.append(weight * sum(offs))
    wish = 2 * asked.scale * asked.wish_weight
    for block, numbers in zip(model.blocks, model.placed, strict=True):
        for group, plan in enumerate(asked.plans):
            further = sum(_further(one, plan.code) for one in block.people[0])
            if further and wish:
                parts.append(wish * further * numbers[group])
    return sum(parts) if parts else 0


def _unavoidable(asked: Question, trait: str, value: str) -> int:
    """How far a value alone must be off, whatever stands with it: it lets the solver prove its answer soon.

    Known where everybody is placed and sizes are fixed: one more goes where it brings the most.
    """
    if not asked.everybody or any(plan.least != plan.most for plan in asked.plans):
        return 0
    share = asked.share(trait, value)
    fair = [asked.scale * share[0] // share[1] * plan.most for plan in asked.plans]
    have = [0] * len(fair)
    for _one in range(asked.counts[trait][value]):
        room = [at for at, plan in enumerate(asked.plans) if have[at] < plan.most]
        if not room:
            break
        have[
            min(
                room,
                key=lambda at: (
                    abs(asked.scale * (have[at] + 1) - fair[at]) - abs(asked.scale * have[at] - fair[at])
                ),
            )
        ] += 1
    return sum(abs(asked.scale * number - fair[at]) for at, number in enumerate(have))


def _further(one: Person, group: str) -> int:
    """How many wishes further down than the dearest the group is."""
    if not one.wishes:
        return 0
    return one.wishes.index(group) if group in one.wishes else len(one.wishes)


def _members(asked: Question, model: Model, solver: Any) -> dict[str, tuple[str, ...]]:
    inside: dict[str, list[str]] = {plan.code: [] for plan in asked.plans}
    for block, numbers in zip(model.blocks, model.placed, strict=True):
        copies = iter(block.people)
        for plan, number in zip(asked.plans, numbers, strict=True):
            for _copy in range(solver.value(number)):
                inside[plan.code] += [one.code for one in next(copies)]
    return {code: tuple(sorted(people)) for code, people in inside.items()}


def conflict_of(asked: Question, clock: Clock) -> tuple[Rule, ...]:
    """Rules that cannot be kept together; without any one of them they could (a deletion filter)."""
    kept = list(asked.rules)
    for rule in asked.rules:
        fewer = [one for one in kept if one != rule]
        _solver, status = solved(build(asked, fewer).cp, clock, 0)
        if status == "impossible":
            kept = fewer
    return tuple(kept)
