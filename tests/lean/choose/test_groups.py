"""Fair groups: a table by hand, every division tried, rules that clash, wishes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.choose.group_records import Person, Plan
from straume.lean.choose.groups import groups
from straume.lean.errors import InputProblems

LV, LT = {"country": "lv"}, {"country": "lt"}


def some(number: int, traits: dict[str, str], prefix: str) -> list[Person]:
    return [Person(f"{prefix}{at}", traits) for at in range(number)]


def test_a_division_by_hand():
    """Eight Latvians and four Lithuanians in three groups of four.

    The fair share is 8/12 × 4 = 2 2/3 Latvians. With 3, 3 and 2 Latvians the deviations are 1/3, 1/3
    and 2/3, of Lithuanians the same: 8/3, half of it are 4/3 people out of place; nothing whole is fairer.
    """
    people = [*some(8, LV, "v"), *some(4, LT, "t")]
    plans = [Plan(code, 4, 4) for code in "ABC"]
    found = groups(people=people, plans=plans, balance={"country": 1})
    latvians = sorted(part.people for part in found.parts if part.value == "lv")
    assert (found.status, latvians) == ("proven", [2, 3, 3])
    assert found.imbalance == pytest.approx(4 / 3)
    assert found.left_out == ()
    assert all(part.fair == pytest.approx(8 / 3) for part in found.parts if part.value == "lv")


def test_equal_numbers_of_each_country_where_that_is_asked_for():
    """A working group of six out of ten Latvians and three Lithuanians: three of each."""
    found = groups(
        people=[*some(10, LV, "v"), *some(3, LT, "t")],
        plans=[Plan("it", 6, 6)],
        balance={"country": 1},
        even=["country"],
        everybody=False,
    )
    assert {part.value: part.people for part in found.parts} == {"lv": 3, "lt": 3}
    assert (found.imbalance, len(found.left_out)) == (0, 7)


def test_wishes_count_beside_balance():
    """Both want A: one of them gets it for the balance; with a heavier wish both do."""
    people = [Person("x", LV, ("A",)), Person("y", LV, ("A",)), Person("z", LT), Person("w", LT)]
    plans = [Plan("A", 2, 2), Plan("B", 2, 2)]
    light = groups(people=people, plans=plans, balance={"country": 3}, wish_weight=1)
    heavy = groups(people=people, plans=plans, balance={"country": 1}, wish_weight=3)
    assert (light.wishes_met, light.imbalance) == (1, 0)
    assert (heavy.wishes_met, heavy.imbalance, heavy.wishes) == (2, 2, 2)


def test_together_and_apart_are_kept():
    people = some(6, LV, "p")
    found = groups(
        people=people,
        plans=[Plan("A", 3, 3), Plan("B", 3, 3)],
        balance={"country": 1},
        together=[["p0", "p1"], ["p1", "p2"]],
        apart=[["p0", "p3"]],
    )
    assert found.members["A"] in (("p0", "p1", "p2"), ("p3", "p4", "p5"))
    clash = groups(
        people=people,
        plans=[Plan("A", 3, 3), Plan("B", 3, 3)],
        balance={"country": 1},
        together=[["p0", "p1"]],
        apart=[["p0", "p1"], ["p2", "p3"]],
    )
    assert clash.status == "impossible"
    assert {(one.kind, one.people) for one in clash.conflict if one.kind != "everybody"} <= {
        ("together", ("p0", "p1")),
        ("apart", ("p0", "p1")),
        ("size", ()),
    }
    assert ("apart", ("p2", "p3")) not in {(one.kind, one.people) for one in clash.conflict}


def test_sizes_that_do_not_hold_everybody_clash():
    found = groups(people=some(5, LV, "p"), plans=[Plan("A", 1, 2), Plan("B", 1, 2)], balance={"country": 1})
    assert [(one.kind, one.key) for one in found.conflict] == [
        ("size", "A"),
        ("size", "B"),
        ("everybody", ""),
    ]


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(InputProblems) as refused:
        groups(
            people=[Person("x"), Person("x"), Person("y", {}, ("Z",))],
            plans=[Plan("A", 2, 1)],
            balance={},
            together=[["nobody", "x"]],
        )
    assert [one.code for one in refused.value.problems] == [
        "groups_person_twice",
        "groups_size",
        "groups_person_unknown",
        "groups_group_unknown",
    ]


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["lv", "lt"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([(), ("A",), ("B", "A")]),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(PEOPLE, st.integers(1, 3), st.integers(1, 2), st.sets(st.integers(0, 1)), st.booleans())
def test_no_division_is_fairer(described, country, wish, pair, apart):
    """Every division tried: what it costs by definition is never less."""
    people = [
        Person(f"p{at}", {"country": land, "municipality": place}, wishes)
        for at, (land, place, wishes) in enumerate(described)
    ]
    half = len(people) // 2
    plans = [Plan("A", half, len(people) - half), Plan("B", half, len(people) - half)]
    balance = {"country": country, "municipality": 1}
    sets = [[people[0].code, people[1].code]] if len(pair) == 2 else []
    rules = {"apart": sets} if apart else {"together": sets}
    found = groups(people=people, plans=plans, balance=balance, wish_weight=wish, **rules)
    costs = [
        cost(people, where, balance, wish)
        for where in product("AB", repeat=len(people))
        if all(plan.least <= where.count(plan.code) <= plan.most for plan in plans)
        and all((where[0] == where[1]) != apart for _set in sets)
    ]
    if not costs:
        assert found.status == "impossible"
        return
    assert found.status == "proven"
    where = ["A" if one.code in found.members["A"] else "B" for one in people]
    assert cost(people, where, balance, wish) == pytest.approx(min(costs))
    assert found.imbalance_of["country"] * country + found.imbalance_of["municipality"] + wish * down(
        people, where
    ) == pytest.approx(min(costs))


def cost(people, where, balance, wish) -> float:
    off = 0.0
    for trait, weight in balance.items():
        for value in {one.traits[trait] for one in people}:
            share = sum(one.traits[trait] == value for one in people) / len(people)
            for group in "AB":
                inside = [one for one, at in zip(people, where, strict=True) if at == group]
                off += (
                    weight * abs(sum(one.traits[trait] == value for one in inside) - share * len(inside)) / 2
                )
    return off + wish * down(people, where)


def down(people, where) -> int:
    return sum(
        one.wishes.index(at) if at in one.wishes else len(one.wishes)
        for one, at in zip(people, where, strict=True)
    )


def test_the_order_of_the_people_does_not_matter_and_sixty_are_divided_at_once():
    """17 municipalities, 60 people, five groups of twelve; proven within seconds."""
    people = [
        Person(f"p{n:02d}", {"country": "lv" if n % 17 < 10 else "lt", "municipality": str(n % 17)})
        for n in range(60)
    ]
    plans = [Plan(code, 12, 12) for code in "ABCDE"]
    asked = {"plans": plans, "balance": {"country": 2, "municipality": 1}}
    one, other = groups(people=people, **asked), groups(people=people[::-1], **asked)
    assert one == other
    assert one.status == "proven"
    assert max(part.people for part in one.parts if part.trait == "municipality") == 1
