"""Fair groups: each has its share of every country, municipality and topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from straume.lean.choose.division import Question, best, conflict_of
from straume.lean.choose.group_records import Groups, Part, Person, Plan
from straume.lean.choose.solving import Clock
from straume.lean.errors import InputProblems, Problem

SECONDS = 10.0


def groups(
    *,
    people: Sequence[Person],
    plans: Sequence[Plan],
    balance: Mapping[str, int],
    even: Iterable[str] = (),
    together: Iterable[Iterable[str]] = (),
    apart: Iterable[Iterable[str]] = (),
    wish_weight: int = 1,
    everybody: bool = True,
    seconds: float = SECONDS,
    seed: int = 0,
) -> Groups:
    """Divide people into groups that are as alike as they can be.

    Parameters: `balance`, trait → weight [1 = one person out of place]; a trait in `even` is shared out in
    equal numbers per value, others as they stand among all people; `together` and `apart`, sets of people;
    `wish_weight`, what it costs that somebody is one wish further down [people out of place]; `everybody`,
    whether all have to be placed; `seconds`, the most that it may take [s].

    Returns: Groups. Status "proven": no division has a lower cost; "bounded": time was up, the gap is told;
    "impossible": `conflict` names rules that clash, none of them to spare.

    Raises: InputProblems where a person or group is named twice, or not known.

    References: fair shares by minimal deviation: Balinski and Young (2001), Fair Representation, ISBN
    978-0815701118. Forming balanced groups as an integer programme: Weitz and Lakshminarayanan (1998),
    doi:10.1057/palgrave.jors.2600510.
    """
    asked = Question(
        people=tuple(sorted(people, key=lambda one: one.code)),
        plans=tuple(plans),
        balance={trait: weight for trait, weight in sorted(balance.items()) if weight},
        even=frozenset(even),
        together=tuple(tuple(sorted(set(one))) for one in together),
        apart=tuple(tuple(sorted(set(one))) for one in apart),
        wish_weight=wish_weight,
        everybody=everybody,
    )
    problems = list(_problems(asked))
    if problems:
        raise InputProblems(tuple(problems))
    clock = Clock.start(seconds)
    status, members, cost, bound = best(asked, clock, seed)
    if status in ("impossible", "unknown"):
        conflict = conflict_of(asked, clock) if status == "impossible" else ()
        return Groups(status, {}, (), 0.0, {}, (), 0, 0, 0, 0, conflict)
    return _told(asked, status, members, cost, bound)


def _problems(asked: Question) -> Iterable[Problem]:
    codes = [one.code for one in asked.people]
    plans = [one.code for one in asked.plans]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem("groups_person_twice", {"person": code})
    for code in sorted({code for code in plans if plans.count(code) > 1}):
        yield Problem("groups_group_twice", {"group": code})
    for plan in asked.plans:
        if not 0 <= plan.least <= plan.most:
            yield Problem("groups_size", {"group": plan.code})
    named = {code for one in (*asked.together, *asked.apart) for code in one}
    for code in sorted(named - set(codes)):
        yield Problem("groups_person_unknown", {"person": code})
    wished = {code for one in asked.people for code in one.wishes}
    for code in sorted(wished - set(plans)):
        yield Problem("groups_group_unknown", {"group": code})


def _told(
    asked: Question, status: str, members: Mapping[str, tuple[str, ...]], cost: int, bound: int
) -> Groups:
    placed = {code for inside in members.values() for code in inside}
    parts = tuple(_parts(asked, members))
    off = {
        trait: sum(abs(part.people - part.fair) for part in parts if part.trait == trait) / 2
        for trait in asked.balance
    }
    wishing = [one for one in asked.people if one.wishes]
    return Groups(
        status=status,  # type: ignore[arg-type]
        members=members,
        left_out=tuple(one.code for one in asked.people if one.code not in placed),
        imbalance=sum(off.values()),
        imbalance_of=off,
        parts=parts,
        wishes_met=sum(1 for one in wishing if one.code in members[one.wishes[0]]),
        wishes=len(wishing),
        cost=cost,
        bound=bound,
    )


def _parts(asked: Question, members: Mapping[str, tuple[str, ...]]) -> Iterable[Part]:
    by_code = {one.code: one for one in asked.people}
    for trait in asked.balance:
        for value in asked.values(trait):
            for plan in asked.plans:
                inside = [by_code[code] for code in members[plan.code]]
                have = sum(1 for one in inside if one.traits.get(trait, "") == value)
                share = asked.share(trait, value)
                yield Part(plan.code, trait, value, have, len(inside) * share[0] / share[1])
