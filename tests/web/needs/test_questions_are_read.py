"""The one reader of a questionnaire: what it takes, what it refuses, and when a question is asked."""

from __future__ import annotations

import pytest

from straume.web.needs import relevance
from straume.web.needs.items import ItemsError, ask_the_same, asked, read

LABEL = {"lv": "Vārdi", "lt": "Žodžiai", "en": "Words"}
YES_NO = [{"name": "yes", "label": LABEL}, {"name": "no", "label": LABEL}]
SCALE = [{"name": str(n), "label": LABEL, "value": n} for n in (1, 2, 3)]


def one(name: str, **more) -> dict:
    return {"name": name, "type": "one", "label": LABEL, "choices": YES_NO} | more


def matrix(name: str, **more) -> dict:
    rows = [{"name": "waiting", "label": LABEL}, {"name": "rework", "label": LABEL}]
    return {"name": name, "type": "matrix", "label": LABEL, "choices": SCALE, "rows": rows} | more


def test_items_become_frozen_records() -> None:
    items = read(
        items=[one("role", stratum="role"), matrix("matters", measures="importance", need_kind="problem")]
    )
    assert [item.name for item in items] == ["role", "matters"]
    assert items[1].topics == ("waiting", "rework")
    assert items[0].said("lt") == "Žodžiai"
    with pytest.raises(AttributeError):
        items[0].name = "other"  # type: ignore[misc]


def test_words_fall_back_to_a_language_that_has_them() -> None:
    (item,) = read(items=[{"name": "a", "type": "text", "label": {"lv": "Vārdi"}}])
    assert item.said("lt") == "Vārdi"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        pytest.param([one("a"), one("a")], "Two questions are called “a”", id="name twice"),
        pytest.param([one("9a")], "must begin with a letter", id="name that is none"),
        pytest.param([{"name": "a", "type": "date", "label": LABEL}], "is not a value of “type”", id="type"),
        pytest.param([{"name": "a", "type": "text", "label": {}}], "no words in any language", id="no label"),
        pytest.param([one("a", choices=YES_NO[:1])], "at least two choices", id="one choice"),
        pytest.param([one("a", choices=YES_NO * 2)], "is there twice", id="choice twice"),
        pytest.param([matrix("a", rows=[])], "at least one row", id="matrix without rows"),
        pytest.param([one("a", measures="importance")], "only a scale or a matrix", id="measures"),
        pytest.param(
            [matrix("a", choices=YES_NO, measures="present")], "a number as its value", id="no value"
        ),
        pytest.param(
            [matrix("a", measures="present"), matrix("b", measures="present")], "measured twice", id="topic"
        ),
        pytest.param(
            [one("a", relevant="${b} = 'yes'"), one("b")], "not asked before it", id="later question"
        ),
        pytest.param(
            [matrix("m"), one("a", relevant="${m} = '1'")], "cannot ask for a matrix", id="rule of matrix"
        ),
        pytest.param(
            [one("a", stratum="role"), one("b", stratum="role")], "Two questions say", id="stratum twice"
        ),
        pytest.param([one("a", colour="red")], "“colour” is not known", id="unknown key"),
    ],
)
def test_what_is_wrong_is_said(items: list[dict], said: str) -> None:
    with pytest.raises(ItemsError, match=said):
        read(items=items)


@pytest.mark.parametrize(
    ("rule", "answers", "holds"),
    [
        ("${a} = 'x'", {"a": "x"}, True),
        ("${a} = 'x'", {}, False),
        ("${a} != 'x'", {}, True),
        ("${n} > 5", {"n": 7}, True),
        ("${n} > 5", {"n": 5.0}, False),
        ("${n} >= 5", {"n": 5.0}, True),
        ("${n} < 5", {}, False),
        ("${n} = 5", {"n": "5.0"}, True),
        ("selected(${m}, 'b')", {"m": ["a", "b"]}, True),
        ("not(selected(${m}, 'b'))", {"m": ["a"]}, True),
        ("${a} = 'x' or ${a} = 'y' and ${b} = 'z'", {"a": "x"}, True),
        ("(${a} = 'x' or ${a} = 'y') and ${b} = 'z'", {"a": "x"}, False),
        ('${a} = "it\'s"', {"a": "it's"}, True),
    ],
)
def test_a_rule_says_whether_a_question_is_asked(rule: str, answers: dict, holds: bool) -> None:
    assert relevance.read(rule).holds(answers) is holds


@pytest.mark.parametrize(
    "rule",
    ["${a}", "${a} = ", "a = 'x'", "${a} == 'x'", "count(${a}) > 1", "${a} = 'x'; ${b}", "__import__('os')"]
    + ["(" * 30 + "${a} = 'x'" + ")" * 30],
)
def test_a_rule_that_is_not_understood_is_refused(rule: str) -> None:
    with pytest.raises(relevance.NotUnderstood):
        relevance.read(rule)


def test_what_is_not_asked_does_not_lead_on() -> None:
    items = read(
        items=[one("a"), one("b", relevant="${a} = 'yes'"), one("c", relevant="${b} = 'yes'")],
    )
    names = [item.name for item in asked(items=items, answers={"a": "no", "b": "yes"})]
    assert names == ["a"]


def test_a_follow_up_may_change_words_but_not_what_is_asked() -> None:
    first = read(items=[one("a")])
    assert ask_the_same(first, read(items=[one("a", label={"en": "Other words"})]))
    assert not ask_the_same(first, read(items=[one("a"), one("b")]))
    assert not ask_the_same(first, read(items=[one("a", choices=[*YES_NO, {"name": "c", "label": LABEL}])]))
