"""A table that a colleague can check by hand.

Needs: lean weighs 5 in each of the three municipalities, law 2:
everything met is worth 3 × (5 + 2) = 21 points.

| candidate  | EUR  | line     | meets               | serves | language | days    |
|------------|-----:|----------|---------------------|--------|----------|---------|
| conference | 6000 | external | lean 30 %, law 30 % | A B C  | lv, lt   | 5       |
| training   | 4000 | external | lean 100 %          | A B    | lv       | 7–8     |
| mokymai    | 4000 | external | lean 100 %          | C      | lt       | 8       |
| seminar    | 1000 | external | law 100 %           | A      | lv       | 8       |
| trip       | 3000 | travel   | lean 60 %           | A      | lv       | 12      |

External: 9 000 EUR, travel: 2 000 EUR. A and B understand Latvian, C Lithuanian.
training + mokymai + seminar = 9 000 EUR, 5 + 5 + 5 + 2 = 17 points of 21.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lean.choose.small import candidate
from straume.lean.choose.portfolio import portfolio
from straume.lean.choose.records import Candidate, Limits, Reason
from straume.lean.errors import InputProblems

MARCH = date(2018, 3, 1)
POINT = 100 * 100
WEIGHTS = {"lean": dict.fromkeys("ABC", 5), "law": dict.fromkeys("ABC", 2)}
LV, LT = frozenset({"lv"}), frozenset({"lt"})
LIMITS = Limits(lines_cents={"external": 9000_00, "travel": 2000_00}, understands={"A": LV, "B": LV, "C": LT})


def on(first: int, last: int) -> dict[str, object]:
    days = {"earliest_on": MARCH + timedelta(days=first - 1), "latest_on": MARCH + timedelta(days=last - 1)}
    return {**days, "days": last - first + 1}


TABLE = [
    candidate("conference", 6000, {"lean": 30, "law": 30}, "A B C", languages=LV | LT, **on(5, 5)),
    candidate("training", 4000, {"lean": 100}, "A B", languages=LV, **on(7, 8)),
    candidate("mokymai", 4000, {"lean": 100}, "C", languages=LT, **on(8, 8)),
    candidate("seminar", 1000, {"law": 100}, "A", languages=LV, **on(8, 8)),
    candidate("trip", 3000, {"lean": 60}, "A", line="travel", languages=LV, **on(12, 12)),
]


def choose(limits: Limits = LIMITS, table: list[Candidate] = TABLE, **more):
    return portfolio(candidates=table, weights=WEIGHTS, limits=limits, **more)


def test_the_choice_of_the_table():
    found = choose()
    assert found.status == "proven"
    assert found.codes == ("mokymai", "seminar", "training")
    assert (found.value, found.best_thinkable, found.cost_cents) == (17 * POINT, 21 * POINT, 9000_00)
    assert found.cover_percent["law"] == {"A": 100, "B": 0, "C": 0}
    brings = {one.code: one.brings // POINT for one in found.chosen}
    assert brings == {"training": 10, "mokymai": 5, "seminar": 2}
    assert found.not_chosen["conference"] == (Reason("line_exceeded", "external", 6000_00),)
    assert found.not_chosen["trip"] == (
        Reason("adds_nothing"),
        Reason("line_exceeded", "travel", 1000_00),
    )


def test_the_runner_up_leaves_something_out():
    """training + mokymai: 15 points; what else is possible has less."""
    second = choose().runner_up
    assert (set(second.codes), second.value) == ({"training", "mokymai"}, 15 * POINT)


def test_the_price_of_the_money():
    """With the conference beside the three (15 000 EUR): law 30 % of 2 in B and C, 1.2 points more."""
    prices = {(p.constraint.kind, p.constraint.key, p.change): p for p in choose().prices}
    without = prices["line", "external", "without"]
    assert (without.gain, without.comes_in, without.goes_out) == (12 * POINT // 10, ("conference",), ())
    assert prices["line", "external", "more"].gain == 0  # 900 EUR buy nothing
    assert prices["line", "travel", "without"].gain == 0


def test_a_second_time_counts_as_much_as_it_is_told_to():
    """The trip meets 60 % of lean in A again: with a quarter 0.6 × 5 × 0.25 = 0.75 points, if travel pays."""
    limits = replace(LIMITS, lines_cents={"external": 9000_00, "travel": 3000_00})
    assert "trip" not in choose(limits).codes
    found = choose(limits, again_percent=25)
    assert "trip" in found.codes
    assert found.value == 17 * POINT + 75 * POINT // 100


def test_what_is_locked_in_and_out_is_kept_and_has_its_price():
    """With the conference 3 000 EUR are left, and what fits beside it is the seminar.

    0.3 × 15 (lean) + 0.3 × 4 (law in B and C) + 2 (law in A) = 7.7 points of the 17 of the free choice.
    """
    found = choose(replace(LIMITS, locked_in=frozenset({"conference"})))
    assert set(found.codes) == {"conference", "seminar"}
    assert found.value == 77 * POINT // 10
    gains = {p.constraint.kind: p.gain for p in found.prices if p.gain and p.change == "without"}
    assert gains["locked_in"] == (170 - 77) * POINT // 10
    out = choose(replace(LIMITS, locked_out=frozenset({"training"})))
    assert out.not_chosen["training"] == (Reason("locked_out"),)


def test_dates_that_overlap_for_the_same_people_clash_and_windows_give_way():
    trainer = frozenset({"trainer"})
    table = [replace(one, people=trainer) if one.code in ("training", "seminar") else one for one in TABLE]
    found = choose(table=table)
    assert Reason("clashes_with", "training") in found.not_chosen["seminar"]
    free = [
        replace(one, latest_on=MARCH + timedelta(days=8)) if one.code == "seminar" else one for one in table
    ]
    moved = choose(table=free)
    assert "seminar" in moved.codes
    assert next(one for one in moved.chosen if one.code == "seminar").begins_on == date(2018, 3, 9)


def test_limits_that_clash_are_named():
    """B and C need an activity each, which costs 8 000 EUR at least; 7 000 are there."""
    limits = replace(
        LIMITS,
        lines_cents={"external": 7000_00, "travel": 9000_00},
        least_per_municipality=dict.fromkeys("ABC", 1),
        locked_out=frozenset({"conference", "trip"}),
    )
    found = choose(limits)
    assert found.status == "impossible"
    named = {(one.kind, one.key) for one in found.conflict}
    assert named == {
        ("line", "external"),
        ("municipality", "B"),
        ("municipality", "C"),
        ("locked_out", "conference"),
    }


def test_a_candidate_that_nobody_understands_reaches_nobody():
    english = candidate("webinar", 0, {"law": 100}, "A B C", languages=frozenset({"en"}), **on(20, 20))
    assert choose(table=[*TABLE, english]).not_chosen["webinar"] == (Reason("reaches_nobody"),)


def test_outside_the_dates_of_the_limits():
    found = choose(replace(LIMITS, until_on=date(2018, 3, 7)))
    assert found.not_chosen["training"] == (Reason("outside_dates"),)
    assert {p.constraint.kind: p.gain for p in found.prices}["dates"] > 0


def test_what_cannot_be_meant_is_refused_all_at_once():
    wrong = [
        replace(TABLE[0], cost_cents=-1),
        replace(TABLE[1], needs={"lean": 101}),
        replace(TABLE[2], days=9),
        TABLE[3],
        TABLE[3],
    ]
    with pytest.raises(InputProblems) as refused:
        choose(replace(LIMITS, locked_in=frozenset({"nothing"})), wrong)
    assert [one.code for one in refused.value.problems] == [
        "choose_twice",
        "choose_negative",
        "choose_percent",
        "choose_window",
        "choose_locked_unknown",
    ]


def test_when_time_is_up_it_says_so(monkeypatch):
    """A search that may not look at anything proves nothing."""
    from straume.lean.choose import solving

    monkeypatch.setattr(solving.Clock, "left", property(lambda self: 0.0))
    found = choose()
    assert found.status in ("unknown", "bounded")
    assert found.status != "bounded" or found.bound >= found.value
