"""Where the expressions of this room run: DuckDB in memory, one connection per process, one cursor per
thread.
"""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, runtime_checkable

import duckdb
import ibis
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.prepare import CASE_COLUMNS, ITEM_COLUMNS, prepared_cases, prepared_items

# What every expression is written over; any engine that Ibis speaks exactly can hold these two.
ITEMS = ibis.table(ITEM_COLUMNS, name="items")
CASES = ibis.table(CASE_COLUMNS, name="cases")


@runtime_checkable
class ElsewhereMeasured(Protocol):
    """A log whose rows lie in another engine, which runs the same expressions (`straume.lean.cluster`)."""

    def run(self, expression: Callable[[], ibis.Table], **given: pa.Table) -> pa.Table: ...

    def split_causes(self) -> None: ...

    @property
    def sample(self) -> EventLog: ...

    @property
    def sampled_share(self) -> float: ...


def sample_of(log: EventLog) -> tuple[EventLog, float]:
    """A log whose tables are at hand, and the share of the cases that it holds: mostly the log itself."""
    return (log.sample, log.sampled_share) if isinstance(log, ElsewhereMeasured) else (log, 1.0)


@dataclass
class _Engine:
    """What one process holds. Made after the fork: a connection that was opened before it hangs."""

    connection: duckdb.DuckDBPyConnection
    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: threading.local = field(default_factory=threading.local)
    loaded: dict[int, tuple[weakref.ref[EventLog], str]] = field(
        default_factory=dict
    )  # by id: schema of the log
    numbers: itertools.count[int] = field(default_factory=itertools.count)
    forgotten: list[str] = field(default_factory=list)  # schemas of logs that nobody holds any more


_engine: _Engine | None = None
_engine_of: int | None = None  # process id
_left_behind: list[_Engine | None] = []  # the parent's, never touched in a child
_opening = threading.Lock()


def run(expression: Callable[[], ibis.Table], *, log: EventLog, **given: pa.Table) -> pa.Table:
    """The rows of an expression over ITEMS and CASES for one log, on this thread's cursor.

    A log is loaded once per process and dropped when nobody holds it. `given` are further tables that the
    expression names. An expression is compiled once per process, whatever the log.
    """
    if isinstance(log, ElsewhereMeasured):
        return log.run(expression, **given)
    engine = _of_this_process()
    cursor = _of_this_thread(engine)
    schema = _load(engine, log)
    sql, columns = _compiled(expression)
    cursor.execute(f"USE {schema}")  # first: the schema of the last log may be gone
    for name, rows in given.items():
        cursor.register(name, rows)
    found = cursor.execute(sql).to_arrow_table()
    for name in given:
        cursor.unregister(name)
    return found.select(columns.names).cast(columns)


@cache
def _compiled(expression: Callable[[], ibis.Table]) -> tuple[str, pa.Schema]:
    table = expression()
    return str(ibis.to_sql(table, dialect="duckdb")), table.schema().to_pyarrow()


def _of_this_process() -> _Engine:
    global _engine, _engine_of
    if _engine is None or _engine_of != os.getpid():
        with _opening:
            if _engine is None or _engine_of != os.getpid():
                _left_behind.append(_engine)
                _engine, _engine_of = _Engine(duckdb.connect(":memory:")), os.getpid()
    return _engine


def _of_this_thread(engine: _Engine) -> duckdb.DuckDBPyConnection:
    cursor: duckdb.DuckDBPyConnection | None = getattr(engine.threads, "cursor", None)
    if cursor is None:
        with engine.lock:
            cursor = engine.connection.cursor()
        engine.threads.cursor = cursor
    return cursor


def _load(engine: _Engine, log: EventLog) -> str:
    with engine.lock:
        _drop_forgotten(engine)
        reference, schema = engine.loaded.get(id(log), (None, ""))
        if reference is not None and reference() is log:
            return schema
        schema = f"log_{next(engine.numbers)}"
        engine.connection.execute(f"CREATE SCHEMA {schema}")
        _create(engine, f"{schema}.items", prepared_items(log))
        _create(engine, f"{schema}.cases", prepared_cases(log))
        engine.loaded[id(log)] = (weakref.ref(log, lambda _: engine.forgotten.append(schema)), schema)
        return schema


def _create(engine: _Engine, name: str, rows: pa.Table) -> None:
    engine.connection.register("prepared", rows)
    engine.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM prepared")  # noqa: S608 - the name is ours
    engine.connection.unregister("prepared")


def _drop_forgotten(engine: _Engine) -> None:
    while engine.forgotten:
        schema = engine.forgotten.pop()
        engine.loaded = {key: entry for key, entry in engine.loaded.items() if entry[1] != schema}
        engine.connection.execute(f"DROP SCHEMA {schema} CASCADE")


def _start_afresh_in_the_child() -> None:
    global _opening
    _opening = threading.Lock()


os.register_at_fork(after_in_child=_start_afresh_in_the_child)
