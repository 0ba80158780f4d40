"""Where the expressions of this room run: DuckDB in memory, one connection per process, one cursor per
thread.
"""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from dataclasses import dataclass, field
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from straume.lean.events.log import EventLog
from straume.lean.flow.prepare import prepared_cases, prepared_items


@dataclass(frozen=True)
class Tables:
    """A log as Ibis tables (columns: prepare.py). Any engine that Ibis speaks exactly could hold them."""

    items: ibis.Table
    cases: ibis.Table


@dataclass
class _Engine:
    """What one process holds. Made after the fork: a connection that was opened before it hangs."""

    connection: duckdb.DuckDBPyConnection
    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: threading.local = field(default_factory=threading.local)
    loaded: dict[int, tuple[weakref.ref[EventLog], str]] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=itertools.count)
    forgotten: list[str] = field(default_factory=list)  # tables of logs that nobody holds any more


_engine: _Engine | None = None
_engine_of: int | None = None  # process id
_left_behind: list[_Engine | None] = []  # the parent's, never touched in a child
_opening = threading.Lock()


def tables(log: EventLog) -> Tables:
    """The log as Ibis tables on this thread's cursor; loaded once per process, dropped when the log is."""
    engine = _of_this_process()
    backend = _of_this_thread(engine)
    name = _load(engine, log)
    return Tables(items=backend.table(f"{name}_items"), cases=backend.table(f"{name}_cases"))


def _of_this_process() -> _Engine:
    global _engine, _engine_of
    if _engine is None or _engine_of != os.getpid():
        with _opening:
            if _engine is None or _engine_of != os.getpid():
                _left_behind.append(_engine)
                _engine, _engine_of = _Engine(duckdb.connect(":memory:")), os.getpid()
    return _engine


def _of_this_thread(engine: _Engine) -> Any:
    backend = getattr(engine.threads, "backend", None)
    if backend is None:
        with engine.lock:
            backend = ibis.duckdb.from_connection(engine.connection.cursor())
        engine.threads.backend = backend
    return backend


def _load(engine: _Engine, log: EventLog) -> str:
    with engine.lock:
        _drop_forgotten(engine)
        reference, name = engine.loaded.get(id(log), (None, ""))
        if reference is not None and reference() is log:
            return name
        name = f"log_{next(engine.numbers)}"
        _create(engine, f"{name}_items", prepared_items(log))
        _create(engine, f"{name}_cases", prepared_cases(log))
        engine.loaded[id(log)] = (weakref.ref(log, lambda _: engine.forgotten.append(name)), name)
        return name


def _create(engine: _Engine, name: str, rows: pa.Table) -> None:
    cursor = engine.connection.cursor()
    cursor.register("rows", rows)
    cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")  # noqa: S608 - the name is ours
    cursor.close()


def _drop_forgotten(engine: _Engine) -> None:
    while engine.forgotten:
        name = engine.forgotten.pop()
        engine.loaded = {key: entry for key, entry in engine.loaded.items() if entry[1] != name}
        for kind in ("items", "cases"):
            engine.connection.execute(f"DROP TABLE IF EXISTS {name}_{kind}")


def _start_afresh_in_the_child() -> None:
    global _opening
    _opening = threading.Lock()


os.register_at_fork(after_in_child=_start_afresh_in_the_child)
