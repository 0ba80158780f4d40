"""Properties of every value stream, from a step table or a log: routes, reach, JSON, order of units."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.errors import InputProblems, WrongCall
from straume.lean.stream.flows import followers, reach, reached, visits
from straume.lean.stream.measures import measure
from straume.lean.stream.records import UnitCapacity, ValueStream
from straume.lean.stream.replay import replay
from straume.lean.stream.schema import stream_schema
from straume.lean.stream.step_table import read_steps
from straume.lean.stream.tree import SILENT, Tree, activity, choice, loop, parallel, sequence
from straume.lean.stream.tree_stream import tree_to_graph

from .trees import cases_of

SCHEMA = Path(__file__).parents[3] / "docs/schemas/value-stream.schema.json"

VALIDATOR = jsonschema.Draft202012Validator(stream_schema())

durations = st.sampled_from(["15–40 min", "1 h", "2 d. d.", "1 nedēļa", "3 d. d.", ""])
works = st.sampled_from(["10 min", "1 h 20 min", "0,5–2 h", ""])


@st.composite
def step_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Tables with choices, parallel steps, loops, optional and repeated steps; some do not hang together."""
    count = draw(st.integers(1, 8))
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        row: dict[str, Any] = {
            "number": number,
            "step": f"solis {number}",
            "unit": draw(st.sampled_from(["", "A", "B", "C"])),
            "touch": draw(works),
            "wait": draw(durations),
            "complete_accurate": draw(st.sampled_from(["", "80 %", "0,95"])),
            "rate": draw(st.sampled_from(["", 12, "18,5"])),
            "value_class": draw(st.sampled_from(["", "VA", "NNVA", "NVA"])),
            "legal_basis": draw(st.sampled_from(["", "MK 309"])),
            "share": draw(st.sampled_from(["", "", "", "40 %"])),
            "occurrences": draw(st.sampled_from(["", "", "1,5", "20 %"])),
        }
        if number + 2 <= count and draw(st.integers(0, 3)) == 0:
            before, after = draw(st.integers(1, number)), draw(st.integers(number + 2, count))
            ways = [f"{number + 1} + {after}", f"{number + 1} 30 %; {after}", f"{before} 20 %; {number + 1}"]
            row["goes_to"] = draw(st.sampled_from([*ways, ways[0], f"{number + 1} + {after} + nekur"]))
        rows.append(row)
    return rows


def stream_of(rows: list[dict[str, Any]]) -> ValueStream | None:
    units = [UnitCapacity("A", 1.0, {}, 15.0), UnitCapacity("B", 2.5), UnitCapacity("C", 0.5, {}, 20.0)]
    try:
        return read_steps(rows, demand_per_year=340, units=units).stream
    except InputProblems:
        return None


def check_graph(stream: ValueStream) -> None:
    """Shares leaving an xor sum to 1, those of an `and` are 1 each; steps have one way in and one out."""
    kinds = {node.key: node.kind for node in stream.nodes} | {step.key: "step" for step in stream.steps}
    leaving: dict[str, list[float]] = defaultdict(list)
    arriving: dict[str, int] = defaultdict(int)
    for route in stream.routes:
        assert 0 <= route.share <= 1
        leaving[route.source].append(route.share)
        arriving[route.target] += 1
    for key, kind in kinds.items():
        shares = leaving[key]
        if kind == "end":
            assert not shares
        elif kind == "and":
            assert all(share == 1 for share in shares)
        else:
            assert sum(shares) == pytest.approx(1)
        if kind == "step":
            assert (arriving[key], len(shares)) == (1, 1)
    assert {step.key for step in stream.steps} <= reach(followers(stream.routes), "start")


@settings(max_examples=150, deadline=None)
@given(step_rows())
def test_a_step_table_becomes_a_graph_that_holds_together(rows: list[dict[str, Any]]) -> None:
    stream = stream_of(rows)
    if stream is None:
        return
    check_graph(stream)
    times = visits(stream.nodes, stream.routes)
    assert times is not None
    for step in stream.steps:
        assert step.visits == pytest.approx(times[step.key])
        assert 0 < step.share <= 1
        assert step.occurrences >= 1 - 1e-9


@settings(max_examples=100, deadline=None)
@given(step_rows())
def test_a_stream_comes_back_from_json_as_it_was(rows: list[dict[str, Any]]) -> None:
    stream = stream_of(rows)
    if stream is None:
        return
    written = json.loads(json.dumps(stream.to_dict()))
    assert ValueStream.from_dict(written) == stream
    VALIDATOR.validate(written)


@settings(max_examples=60, deadline=None)
@given(step_rows(), st.permutations([0, 1, 2]))
def test_measures_do_not_depend_on_the_order_of_units(rows: list[dict[str, Any]], order: list[int]) -> None:
    stream = stream_of(rows)
    if stream is None:
        return
    units = [stream.units[index] for index in order if index < len(stream.units)]
    other = ValueStream(**{**vars(stream), "units": tuple(units)})
    assert measure(other, calendar=stream.calendar) == measure(stream, calendar=stream.calendar)


@settings(max_examples=60, deadline=None)
@given(step_rows())
def test_the_critical_path_is_not_longer_than_all_steps_together(rows: list[dict[str, Any]]) -> None:
    stream = stream_of(rows)
    if stream is None:
        return
    found = measure(stream, calendar=stream.calendar)
    assert set(found.critical_path) <= {step.key for step in stream.steps}
    if found.lead_time_minutes is None:
        return
    whole = ValueStream(**{**vars(stream), "nodes": tuple(n for n in stream.nodes if n.kind != "and")})
    assert found.lead_time_minutes <= (measure(whole, calendar=stream.calendar).lead_time_minutes or 0) + 1e-6
    for choice_made in found.parallel:
        live = [branch for branch in choice_made.branches if not branch.dead_end]
        assert sum(branch.chosen for branch in choice_made.branches) == (1 if live else 0)
        assert all(b.minutes >= other.minutes for b in live if b.chosen for other in live)


a, b, c, d, e, f = (activity(code) for code in range(6))
TREES = [
    sequence(a, choice(b, SILENT), parallel(c, d), loop(e, f)),
    sequence(a, loop(sequence(b, c), d), choice(e, f)),
    parallel(sequence(a, b), choice(c, SILENT), loop(d, e)),
    loop(sequence(parallel(a, b), choice(c, d)), e, f),
    loop(a),
]


@pytest.mark.parametrize("tree", TREES)
def test_routes_of_a_log_carry_as_many_cases_as_its_steps_were_counted(tree: Tree) -> None:
    """Shares counted from aligned cases lead back to the counts of the log: visits = items per case."""
    log = cases_of(tree, cases=300)
    _, runs = replay(tree, log)
    keys = {code: f"s{code}" for code in tree.alphabet()}
    nodes, routes = tree_to_graph(tree, runs, keys)
    times = visits(nodes, routes)
    assert times is not None
    shares = reached(nodes, routes, keys.values())
    for code, key in keys.items():
        assert times[key] == pytest.approx(sum(v.count(code) * n for v, n in log.items()) / 300)
        assert 0 < shares[key] <= 1


def test_the_schema_in_the_docs_is_that_of_the_records() -> None:
    """If this fails: python -m straume.lean.stream.schema > docs/schemas/value-stream.schema.json"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == stream_schema()
    jsonschema.Draft202012Validator.check_schema(stream_schema())


def test_the_schema_refuses_what_is_not_a_stream() -> None:
    good = read_steps([{"step": "a", "touch": "5 min"}]).stream.to_dict()
    jsonschema.validate(good, stream_schema())
    for spoilt in (
        {**good, "version": 2},
        {**good, "colour": "blue"},
        {**good, "steps": [{**good["steps"][0], "share": 1.5}]},
        {**good, "nodes": [{"key": "x", "kind": "or"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoilt, stream_schema())


def test_a_stream_of_an_unknown_version_is_refused() -> None:
    with pytest.raises(WrongCall):
        ValueStream.from_dict({"version": 2})
