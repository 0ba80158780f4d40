"""One connection per process, one cursor per thread, and nothing kept of a log that is gone."""

import gc
import inspect
import itertools
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from unittest import mock

import ibis
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lean.flow.logs import Plain, Row, event_log
from straume.lean.flow import engine, sequences
from straume.lean.flow.arrivals import weeks
from straume.lean.flow.process_map import edges, process_map
from straume.lean.flow.variants import variants


def a_log(cases: int):
    rows = [Row(f"{n}", name, n + lag) for n in range(cases) for lag, name in enumerate("ABCAB"[: 2 + n % 4])]
    return event_log(Plain(tuple(rows)))


def test_threads_that_ask_at_once_get_right_answers():
    several = [a_log(n) for n in (3, 50, 400)]
    expected = [(process_map(log=log).edges, variants(log=log)) for log in several]

    def ask(turn):
        log = several[turn % 3]
        return turn % 3, process_map(log=log).edges, variants(log=log)

    with ThreadPoolExecutor(8) as pool:
        for place, found, counted in pool.map(ask, range(96)):
            assert found.equals(expected[place][0])
            assert counted == expected[place][1]


def test_a_process_forked_after_the_parent_used_the_engine_gets_its_own():
    log = a_log(40)
    here = edges(log=log).num_rows
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    children = [context.Process(target=_ask, args=(log, results)) for _ in range(3)]
    for child in children:
        child.start()
    assert [results.get(timeout=60) for _ in children] == [here] * 3
    for child in children:
        child.join(timeout=60)
        assert child.exitcode == 0
    assert edges(log=log).num_rows == here


def _ask(log, results):
    results.put(edges(log=log).num_rows)


def test_tables_of_a_log_that_nobody_holds_are_dropped():
    log = a_log(5)
    edges(log=log)
    name = engine._engine.loaded[id(log)][1]
    assert name in held()
    del log
    gc.collect()
    assert weeks(log=a_log(3)).num_rows == 1  # also with a table given along
    assert name not in held()


def held():
    found = engine._engine.connection.cursor().execute("SELECT schema_name FROM duckdb_schemas()").fetchall()
    return {name for (name,) in found}


def test_a_log_is_loaded_once():
    log = a_log(5)
    edges(log=log)
    before = held()
    variants(log=log)
    assert held() == before


def test_every_expression_can_also_be_said_in_spark_sql():
    from straume.lean.flow import arrivals, durations, handoffs, process_map, rework, steps, variants

    rooms = (arrivals, durations, handoffs, process_map, rework, steps, variants)
    expressions = {name: f for room in rooms for name, f in vars(room).items() if makes_a_table(f)}
    assert len(expressions) > 20
    for expression in expressions.values():
        assert ibis.to_sql(expression(), dialect="databricks")


def makes_a_table(function):
    signature = inspect.signature(function) if inspect.isfunction(function) else None
    return signature and not signature.parameters and signature.return_annotation == "ibis.Table"


def test_rows_in_any_order_are_put_in_order():
    log = a_log(20)
    mixed = replace(log, items=log.items.take(list(range(len(log.items)))[::-1]))
    assert process_map(log=mixed).edges.equals(process_map(log=log).edges)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 4), st.integers(-1, 4)), max_size=80),
    st.sampled_from([1, 30, 1 << 22]),
)
@settings(max_examples=200)
def test_the_first_pair_of_a_case_is_found_whatever_fits_in_the_cache(rows, room):
    rows.sort(key=lambda row: row[0])
    seen: set = set()
    expected = []
    for row in rows:
        expected.append(min(row[1:]) >= 0 and row not in seen)
        seen.add(row)
    case, source, target = (np.array([row[n] for row in rows], np.int32) for n in range(3))
    with mock.patch.object(sequences, "_ROOM", room):
        found = sequences.first_of_pair_in_case(case=case, source=source, target=target)
    assert found.tolist() == expected


def test_marks_tell_apart_what_differs_and_nothing_else():

    ways = [way for length in range(1, 6) for way in itertools.product(range(4), repeat=length)]
    lengths = np.array([len(way) for way in ways])
    starts = np.cumsum(lengths) - lengths
    activity = np.array([code for way in ways for code in way], np.int32)
    index = (np.arange(len(activity)) - np.repeat(starts, lengths)).astype(np.int32)
    marks = list(zip(*sequences.sequence_marks(starts=starts, activity=activity, index=index)))
    assert len(set(marks)) == len(ways) == 1364
    again = sequences.sequence_marks(
        starts=np.array([0, 2]), activity=activity[[4, 5, 4, 5]], index=index[[4, 5, 4, 5]]
    )
    assert again[0][0] == again[0][1]
