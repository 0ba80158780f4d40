"""What must hold for any log: order, sums, and logs cut in two."""

import random
from collections import Counter
from dataclasses import replace

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lean.flow.logs import Plain, event_log
from lean.flow.test_twin import logs
from straume.lean.flow.arrivals import littles_law, weeks
from straume.lean.flow.durations import case_durations, on_time, time_to_answer
from straume.lean.flow.handoffs import handoff_times, handoffs, ping_pong
from straume.lean.flow.process_map import process_map
from straume.lean.flow.rework import first_time_right, rework
from straume.lean.flow.steps import steps
from straume.lean.flow.variants import variants

FEW = settings(max_examples=20, deadline=None)


def measured(plain: Plain) -> dict:
    """Everything `flow` says of a log, in a form that can be compared."""
    log = event_log(plain)
    found, going, back = process_map(log=log), handoffs(log=log), ping_pong(log=log)
    again, each = rework(log=log), steps(log=log)
    tables = {
        "edges": found.edges, "starts": found.starts, "ends": found.ends, "handoffs": going.table,
        "handoff times": handoff_times(log=log),
        "ping-pong": back.table, "rework": again.activities, "loops": again.loops, "steps": each.table,
        "units": each.units, "occurrences": each.occurrences, "weeks": weeks(log=log),
    }  # fmt: skip
    return {
        **{name: table.to_pylist() for name, table in tables.items()},
        "variants": spelt(variants(log=log)),
        "durations": case_durations(log=log),
        "answer": time_to_answer(log=log).still_open.tolist(),
        "on time": on_time(log=log, deadline_days=5, clock="working", whose="statutory"),
        "right": first_time_right(log=log),
        "littles law": littles_law(log=log),
        "counts": (going.count, going.cases, going.unknown, back.count, back.cases, again.repeated_items),
    }


def spelt(found) -> Counter:
    return Counter({tuple(row["activities"]): row["cases"] for row in found.table.to_pylist()})


@given(logs(), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_cases_never_matters(plain, chance):
    names = list({row.case: None for row in plain.rows})
    chance.shuffle(names)
    by_case = [[row for row in plain.rows if row.case == name] for name in names]
    interleaved = []
    while any(by_case):
        interleaved.append(chance.choice([rows for rows in by_case if rows]).pop(0))
    expected = measured(plain)
    assert nearly(measured(replace(plain, rows=tuple(interleaved))), expected)


@given(logs(), st.randoms(use_true_random=False))
@FEW
def test_the_order_within_a_case_matters_only_among_ties(plain, chance):
    moments = Counter((row.case, row.end if row.start is None else row.start) for row in plain.rows)
    tied = [row for row in plain.rows if moments[row.case, row.end if row.start is None else row.start] > 1]
    others = [row for row in plain.rows if row not in tied]
    chance.shuffle(others)
    shuffled = list(others)
    for row in tied:  # tied rows keep their order among themselves
        shuffled.insert(chance.randint(_after(shuffled, tied, row), len(shuffled)), row)
    assert nearly(measured(replace(plain, rows=tuple(shuffled))), measured(plain))


def _after(rows, tied, row):
    places = [place + 1 for place, other in enumerate(rows) if any(other is one for one in tied)]
    return max(places, default=0)


@given(logs())
@FEW
def test_parts_sum_to_wholes(plain):
    log = event_log(plain)
    found, each, going = process_map(log=log), steps(log=log), handoffs(log=log)
    cases, items = len(log.cases), len(log.items)

    def total(table, column):
        return pc.sum(table[column]).as_py() or 0

    assert total(found.edges, "count") == items - cases
    assert total(found.starts, "cases") == total(found.ends, "cases") == cases
    assert (
        total(each.table, "items") == total(each.units, "items") == total(each.occurrences, "items") == items
    )
    assert total(each.table, "repeated") == rework(log=log).repeated_items
    assert total(rework(log=log).loops, "count") == rework(log=log).repeated_items
    assert sum(variants(log=log).cases_counted) == cases
    assert total(going.table, "count") == going.count <= items - cases - going.unknown
    assert total(weeks(log=log), "arrived") == cases
    kept = on_time(log=log, deadline_days=3)
    if kept:
        assert kept.on_time + kept.late + kept.open_late + kept.open_undecided == cases
    weighted = [row["mean_seconds"] * row["count"] for row in found.edges.to_pylist()]
    waited = [
        row["mean_waiting_seconds"] * row["waiting_known"]
        for row in each.table.to_pylist()
        if row["waiting_known"]
    ]
    if not any(case.received is not None for case in plain.cases.values()):
        assert sum(weighted) == pytest.approx(sum(waited), abs=1e-3)


@given(logs(), st.sets(st.sampled_from("abcdefgh")))
@FEW
def test_a_log_cut_in_two_by_case_and_put_together_gives_the_same(plain, chosen):
    one, two = (
        Plain(tuple(row for row in plain.rows if (row.case in chosen) is inside), plain.cases)
        for inside in (True, False)
    )
    assert nearly(measured(Plain(one.rows + two.rows, plain.cases)), measured(plain))
    halves, whole = [event_log(part) for part in (one, two)], event_log(plain)
    assert sum((spelt(variants(log=half)) for half in halves), Counter()) == spelt(variants(log=whole))
    for column in ("count", "cases", "overlaps"):
        added: Counter = Counter()
        for half in halves:
            for row in process_map(log=half).edges.to_pylist():
                added[row["source"], row["target"]] += row[column]
        edges = process_map(log=whole).edges.to_pylist()
        assert +added == +Counter({(row["source"], row["target"]): row[column] for row in edges})
    for measure in (
        lambda log: rework(log=log).cases_with_rework,
        lambda log: handoffs(log=log).count,
        lambda log: ping_pong(log=log).count,
        lambda log: sum(d.total_seconds for d in [case_durations(log=log).calendar] if d),
    ):
        assert sum(measure(half) for half in halves) == pytest.approx(measure(whole))


def nearly(one, other):
    """Equal but for the last digits of floats (sums in another order) and the order of equals in a table."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-6)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(nearly(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(nearly, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return type(one) is type(other) and nearly(vars(one), vars(other))
    return one == other


def test_a_difference_would_be_seen():
    rows = event_rows()
    changed = list(rows)
    changed[3] = replace(rows[3], end=rows[3].end + 0.25)
    assert nearly(measured(Plain(tuple(rows))), measured(Plain(tuple(rows))))
    assert not nearly(measured(Plain(tuple(rows))), measured(Plain(tuple(changed))))


def event_rows():
    from lean.flow.logs import Row

    chance = random.Random(7)
    return [Row(chance.choice("abc"), chance.choice("ABC"), chance.randint(0, 400) / 4) for _ in range(12)]
