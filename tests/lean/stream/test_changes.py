"""What people change in a stream: routes stay whole, figures follow, what makes no sense is refused."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lean.stream.test_value_streams_hold_together import check_graph, step_rows, stream_of
from straume.lean.errors import InputProblems, WrongCall
from straume.lean.simulate.building import STANDARD_BEGIN
from straume.lean.simulate.simulating import run
from straume.lean.stream import changes as c
from straume.lean.stream.changes import Change, change, told
from straume.lean.stream.changes_form import KINDS, plan_from_dict, plan_schema, plan_to_dict
from straume.lean.stream.flows import visits
from straume.lean.stream.measures import measure
from straume.lean.stream.records import Span, UnitCapacity, ValueStream
from straume.lean.stream.step_table import read_steps

SCHEMA = Path(__file__).parents[3] / "docs/schemas/changes.schema.json"
UNITS = (UnitCapacity("Desk", 1.0, {}, 15.0), UnitCapacity("Law", 2.0, {}, 25.0))


def table(*rows: str) -> ValueStream:
    """Rows "number|name|unit|touch|wait|goes to|%C&A|share|occurrences"; what is missing is empty."""
    columns = (
        "number",
        "step",
        "unit",
        "touch",
        "wait",
        "goes_to",
        "complete_accurate",
        "share",
        "occurrences",
    )
    cells = [dict(zip(columns, [*row.split("|"), *[""] * 9])) for row in rows]
    return read_steps(cells, demand_per_year=1000, units=UNITS).stream


PERMIT = table(
    "1|receive|Desk|10 min||2",
    "2|check|Desk|20 min|1 d|3 + 4|80 %",
    "3|map|Law|30 min|2 d|5",
    "4|ask forester|Law|15 min|5 d|5",
    "5|decide|Law|60 min|3 d|2 20 %; 6",
    "6|sign|Desk|5 min|2 d|7||40 %",
    "7|send|Desk|5 min|1 d||",
)


def names(stream: ValueStream) -> list[str]:
    return [step.name for step in stream.steps]


def way(stream: ValueStream) -> set[tuple[str, str]]:
    """From step to step, gateways left aside."""
    steps = {step.key: step.name for step in stream.steps}
    by_source: dict[str, list[str]] = {}
    for route in stream.routes:
        by_source.setdefault(route.source, []).append(route.target)
    found = set()
    for key in ("start", *steps):
        stack, seen = list(by_source.get(key, ())), set()
        while stack:
            target = stack.pop()
            if target in steps or target == "end":
                found.add((steps.get(key, "start"), steps.get(target, "end")))
            elif target not in seen:
                seen.add(target)
                stack += by_source.get(target, ())
    return found


def refusal(stream: ValueStream, *changes: Change) -> tuple[str, int | None]:
    with pytest.raises(InputProblems) as refused:
        change(stream, changes)
    (problem,) = refused.value.problems
    return problem.code, problem.place.row


def times(stream: ValueStream) -> dict[str, float]:
    return {step.name: step.visits for step in stream.steps}


def test_a_step_taken_out_leaves_the_way_whole() -> None:
    after = change(PERMIT, [c.TakeOut("sign")])
    check_graph(after)
    assert names(after) == [name for name in names(PERMIT) if name != "sign"]
    assert ("decide", "send") in way(after) and ("decide", "check") in way(after)
    assert {key: round(value, 9) for key, value in times(after).items()} == {
        key: round(value, 9) for key, value in times(PERMIT).items() if key != "sign"
    }
    assert names(PERMIT)[5] == "sign"  # what was given stays as it was


def test_a_branch_that_is_empty_is_no_branch() -> None:
    after = change(PERMIT, [c.TakeOut("map")])
    check_graph(after)
    assert not any(node.kind == "and" for node in after.nodes)
    assert ("check", "ask forester") in way(after)


def test_a_step_that_repeats_takes_its_loop_along() -> None:
    stream = table("1|a|Desk|10 min", "2|b|Desk|10 min|1 d||||1,5", "3|c|Law|5 min")
    after = change(stream, [c.TakeOut("b")])
    check_graph(after)
    assert way(after) == {("start", "a"), ("a", "c"), ("c", "end")}
    moved = change(stream, [c.Reorder("b", after="c")])
    check_graph(moved)
    assert names(moved) == ["a", "c", "b"]
    assert times(moved) == pytest.approx({"a": 1, "c": 1, "b": 1.5})
    assert way(moved) == {("start", "a"), ("a", "c"), ("c", "b"), ("b", "b"), ("b", "end")}


def test_steps_of_the_same_cases_are_joined() -> None:
    assert refusal(PERMIT, c.Join(("sign", "send"))) == ("change_not_same_cases", 1)  # 40 % are signed
    side_by_side = change(PERMIT, [c.Join(("map", "ask forester"))])
    check_graph(side_by_side)
    assert ("check", "map + ask forester") in way(side_by_side)
    stream = table("1|a|Desk|10–20 min|1 d||90 %", "2|b|Desk|5 min|4 d||80 %", "3|c|Law|5 min")
    after = change(stream, [c.Join(("a", "b"))])
    check_graph(after)
    first = after.steps[0]
    assert (first.name, first.wait, first.unit) == ("a + b", stream.steps[0].wait, "Desk")
    assert first.touch is not None and (first.touch.low_minutes, first.touch.high_minutes) == (15, 25)
    assert first.complete_accurate == pytest.approx(0.72)
    before = measure(stream, calendar={}).process_minutes
    assert measure(after, calendar={}).process_minutes == pytest.approx(before)
    apart = change(
        after, [c.Split(after.steps[0].key, ("a", "b"), shares=(0.75, 0.25), units=("Desk", "Law"))]
    )
    check_graph(apart)
    assert [(step.name, step.unit) for step in apart.steps] == [("a", "Desk"), ("b", "Law"), ("c", "Law")]
    assert measure(apart, calendar={}).process_minutes == pytest.approx(before)


def test_steps_of_one_way_are_done_side_by_side_and_the_longest_counts() -> None:
    stream = table("1|a|Desk|10 min|1 d", "2|b|Desk|10 min|4 d", "3|c|Law|5 min|2 d", "4|d|Law|5 min|1 d")
    after = change(stream, [c.InParallel(("c", "b"))])
    check_graph(after)
    assert way(after) == {("start", "a"), ("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "end")}
    assert measure(after, calendar={}).critical_path == tuple(
        step.key for step in stream.steps if step.name != "c"
    )
    assert refusal(stream, c.InParallel(("a", "c"))) == ("change_not_one_after_another", 1)


def test_a_share_of_a_step_is_met_and_the_others_follow() -> None:
    stream = table("1|a|Desk|1 h||2 30 %; 3", "2|b|Desk|1 h||4", "3|c|Law|1 h||4", "4|d|Law|1 h")
    after = change(stream, [c.SetShare(0.5, step="b")])
    check_graph(after)
    assert times(after) == pytest.approx({"a": 1, "b": 0.5, "c": 0.5, "d": 1})
    by_way = [
        route for route in stream.routes if route.target in {s.key for s in stream.steps if s.name == "c"}
    ]
    other = change(stream, [c.SetShare(1.0, source=by_way[0].source, target=by_way[0].target)])
    check_graph(other)
    assert names(other) == ["a", "c", "d"]


def test_a_step_that_everybody_took_can_become_one_for_some() -> None:
    after = change(PERMIT, [c.SetShare(0.25, step="send")])
    check_graph(after)
    assert times(after)["send"] == pytest.approx(0.25)
    inside = change(PERMIT, [c.SetShare(0.5, step="decide")])
    check_graph(inside)
    assert {step.name: step.share for step in inside.steps}["decide"] == pytest.approx(0.5)


def test_better_work_comes_back_less_often() -> None:
    stream = table("1|a|Desk|1 h|||75 %", "2|b|Law|1 h||1 20 %; 3", "3|c|Desk|1 h")
    after = change(stream, [c.SetYield("a", 0.9)])
    check_graph(after)
    assert times(stream)["a"] == pytest.approx(1 / 0.8)
    assert times(after)["a"] == pytest.approx(1 / (1 - 0.2 * 0.1 / 0.25))
    assert after.steps[0].complete_accurate == 0.9
    never = change(stream, [c.SetYield("a", 1.0)])
    check_graph(never)
    assert times(never) == pytest.approx({"a": 1, "b": 1, "c": 1})


def test_a_machine_needs_nobody() -> None:
    after = change(
        PERMIT, [c.Automate("sign"), c.Automate("send", touch=Span(1, 2, 3), wait=Span(60, 60, 60))]
    )
    check_graph(after)
    sign, send = after.steps[5:]
    assert (sign.unit, sign.touch, sign.wait) == ("", Span(0, 0, 0), Span(0, 0, 0))
    assert (send.unit, send.touch, send.wait) == ("Desk", Span(1, 2, 3), Span(60, 60, 60))


def test_units_together_have_all_their_people() -> None:
    after = change(PERMIT, [c.PoolUnits(("Desk", "Law"), name="Together"), c.SetStaff("Together", 6)])
    (unit,) = after.units
    assert (unit.name, unit.staff, {step.unit for step in after.steps}) == ("Together", 6, {"Together"})
    assert [(part.name, part.staff) for part in unit.pooled] == [("Desk", 2), ("Law", 4)]
    assert unit.rate_eur_per_hour == pytest.approx(65 / 3)


def test_hours_demand_batches_and_order_of_work() -> None:
    weekly = {"monday": [["08:00", "12:00"]]}
    after = change(
        PERMIT,
        [
            c.SetHours(weekly),
            c.SetHours({"friday": [["09:00", "10:00"]]}, unit="Law"),
            c.SetDemand(factor=1.5),
            c.SetBatch("decide", every_days=10, weekday="thursday"),
            c.SetPriority("send", -1),
            c.SetQueueRule("oldest_case"),
            c.SetWait("sign", Span(10, 20, 30)),
            c.SetTouch("sign", Span(1, 2, 3)),
        ],
    )
    assert after.calendar["weekly"] == weekly
    assert after.units[1].calendar["weekly"] == {"friday": [["09:00", "10:00"]]}
    assert after.demand_per_year == 1500
    decide, sign, send = after.steps[4:]
    assert (decide.batch_every_days, decide.batch_weekday) == (10, "thursday")
    assert (send.priority, after.queue_rule) == (-1, "oldest_case")
    assert (sign.wait, sign.touch) == (Span(10, 20, 30), Span(1, 2, 3))


ONE = table("1|a|Desk|1 h")
REFUSED: list[tuple[ValueStream, Change, str]] = [
    (PERMIT, c.TakeOut("nothing"), "change_no_such_step"),
    (ONE, c.TakeOut("a"), "change_last_step"),
    (table("1|a|Desk|1 h", "2|a|Law|1 h"), c.TakeOut("a"), "change_step_twice"),
    (PERMIT, c.Join(()), "change_without_steps"),
    (PERMIT, c.Join(("sign",)), "change_needs_two_steps"),
    (PERMIT, c.Join(("sign", "sign")), "change_same_step_twice"),
    (PERMIT, c.InParallel(("sign",)), "change_needs_two_steps"),
    (PERMIT, c.Split("sign", ("only",)), "change_needs_two_names"),
    (PERMIT, c.Split("sign", ("one", "two"), shares=(0.5, 0.6)), "change_parts_not_whole"),
    (PERMIT, c.Split("sign", ("one", "two"), units=("Desk",)), "change_units_too_few"),
    (PERMIT, c.Reorder("sign", after="sign"), "change_after_itself"),
    (PERMIT, c.SetShare(1.2, step="sign"), "change_share_impossible"),
    (PERMIT, c.SetYield("sign", -0.1), "change_share_impossible"),
    (PERMIT, c.SetShare(0.5, source="start", target="nowhere"), "change_no_such_route"),
    (ONE, c.SetShare(0.5, source="start", target=ONE.steps[0].key), "change_no_choice"),
    (ONE, c.SetShare(0.0, step="a"), "change_last_step"),
    (PERMIT, c.SetStaff("Nobody", 1), "change_no_such_unit"),
    (PERMIT, c.SetStaff("Desk", 0), "change_staff_impossible"),
    (PERMIT, c.SetHours({"monday": [["12:00", "08:00"]]}), "calendar_interval_backwards"),
    (PERMIT, c.SetBatch("sign", size=-1), "change_batch_impossible"),
    (PERMIT, c.SetDemand(), "change_demand_impossible"),
    (PERMIT, c.SetTouch("sign", Span(3, 2, 1)), "change_duration_impossible"),
    (PERMIT, c.PoolUnits(("Desk",)), "change_needs_two_units"),
]


@pytest.mark.parametrize(("stream", "asked", "code"), REFUSED)
def test_what_makes_no_sense_is_refused_at_its_place(stream: ValueStream, asked: Change, code: str) -> None:
    assert refusal(stream, c.SetDemand(per_year=1), asked) == (code, 2)


def test_no_share_is_set_where_the_kind_of_the_case_decides() -> None:
    stream = table("1|a|Desk|1 h||2 30 %; 3", "2|b|Desk|1 h||4", "3|c|Law|1 h||4", "4|d|Law|1 h")
    way = next(route for route in stream.routes if route.share == 0.3)
    routes = tuple(replace(r, when={"kind": "hard"}) if r is way else r for r in stream.routes)
    by_kind = replace(stream, routes=routes)
    for asked in (c.SetShare(0.5, step="b"), c.SetShare(0.5, source=way.source, target=way.target)):
        assert refusal(by_kind, asked) == ("change_choice_by_kind", 1)


def test_a_loop_that_never_ends_is_refused() -> None:
    stream = table("1|a|Desk|1 h||1 20 %; 2", "2|b|Desk|1 h")
    back = next(route for route in stream.routes if route.is_rework)
    assert refusal(stream, c.SetShare(1.0, source=back.source, target=back.target)) == (
        "change_no_way_left",
        1,
    )


@st.composite
def changes_of(draw: st.DrawFn, stream: ValueStream) -> list[Change]:
    step = st.sampled_from([s.key for s in stream.steps])
    some = st.lists(step, min_size=2, max_size=3, unique=True).map(tuple)
    one: list[st.SearchStrategy[Any]] = [
        st.builds(c.TakeOut, step),
        st.builds(c.Join, some),
        st.builds(c.Split, step, st.just(("x", "y"))),
        st.builds(c.Reorder, step, step | st.just(c.FIRST)),
        st.builds(c.InParallel, some),
        st.builds(c.SetShare, st.sampled_from([0.0, 0.2, 0.9, 1.0]), step=step),
        st.builds(c.SetYield, step, st.sampled_from([0.5, 1.0])),
        st.builds(c.Automate, step),
    ]
    return draw(st.lists(st.one_of(one), min_size=1, max_size=4))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_changes_leave_a_stream_that_holds_together(data: st.DataObject) -> None:
    stream = stream_of(data.draw(step_rows()))
    if stream is None or len(stream.steps) < 2:
        return
    for asked in data.draw(changes_of(stream)):
        try:
            stream = change(stream, [asked])
        except InputProblems as refused:
            assert refused.problems[0].place.row == 1
            continue
        check_graph(stream)
        carried = visits(stream.nodes, stream.routes)
        assert carried is not None
        for step in stream.steps:
            assert step.visits == pytest.approx(carried[step.key], rel=1e-6)
            assert 0 < step.share <= 1 and step.occurrences >= 1
    lived = run(stream, seed=1, until=STANDARD_BEGIN + 90 * 86_400_000_000)
    assert len(lived.built.model.arrival_at) > 0


def test_changes_come_back_from_json_as_they_were() -> None:
    plan = c.Plan(
        (*(asked for _, asked, _ in REFUSED), c.SetQueueRule("oldest_case"), c.TakeOut("x")), "Plan"
    )
    written = json.loads(json.dumps(plan_to_dict(plan)))
    assert plan_from_dict(written) == plan
    possible = [
        one for one in written["changes"] if one.get("share") != 1.2 and one.get("complete_accurate") != -0.1
    ]
    assert len(possible) == len(plan.changes) - 2
    jsonschema.Draft202012Validator(plan_schema()).validate({**written, "changes": possible})


def test_the_schema_in_the_docs_is_that_of_the_records() -> None:
    """If this fails: python -m straume.lean.stream.changes_form > docs/schemas/changes.schema.json"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == plan_schema()
    jsonschema.Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"change": "burn"}, "change_kind_unknown"),
        ("take_out", "change_kind_unknown"),
        ({"change": "take_out"}, "change_field_missing"),
        ({"change": "take_out", "step": "a", "colour": 1}, "change_field_unknown"),
        ({"change": "set_staff", "unit": "a", "staff": "two"}, "change_field_unreadable"),
        ({"change": "set_batch", "step": "a", "weekday": "someday"}, "change_field_unreadable"),
        ({"change": "join", "steps": "a"}, "change_field_unreadable"),
        ({"change": "set_touch", "step": "a", "touch": {"low": 1}}, "change_field_unreadable"),
        ({"change": "set_priority", "step": "a", "priority": 0.5}, "change_field_unreadable"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(values: Mapping[str, Any], code: str) -> None:
    with pytest.raises(InputProblems) as refused:
        plan_from_dict({"changes": [{"change": "take_out", "step": "a"}, values]})
    assert [(problem.code, problem.place.row) for problem in refused.value.problems] == [(code, 2)]


def test_a_file_without_changes_is_refused() -> None:
    broken: tuple[Any, ...] = ([], {"changes": "none"}, {"version": 7, "changes": []})
    for data in broken:
        with pytest.raises(WrongCall):
            plan_from_dict(data)


def test_each_kind_of_change_is_told_with_the_names_of_its_steps() -> None:
    found = told(PERMIT, [c.TakeOut("s6"), c.Join(("receive", "check")), c.SetShare(0.5, step="send")])
    assert [one.code for one in found] == ["take_out", "join", "set_share"]
    assert set(KINDS) >= {one.code for one in found}
