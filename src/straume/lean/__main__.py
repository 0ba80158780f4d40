"""`python -m straume.lean`: compile every kernel, as set-up does, so that no request waits for a compiler."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.enabled import Rows, enabled_at, parallel
from straume.lean.flow.causes.split import Work, split_work
from straume.lean.simulate.simulating import simulate
from straume.lean.stream.records import Node, Route, Span, Step, UnitCapacity, ValueStream

HERE = Path(__file__).resolve().parent
MARK = HERE / "__pycache__" / "kernels.sha256"
_HOUR_US = 3_600_000_000


def main() -> None:
    _forget_old_code()
    _enabled_times()
    _causes_of_waiting()
    _simulation()


def _forget_old_code() -> None:
    """Machine code is looked up by its own source alone, so code that calls what has changed would stay."""
    sources = [
        path for path in sorted(HERE.rglob("*.py")) if "straume.lean.compiled" in path.read_text("utf-8")
    ]
    now = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    if MARK.exists() and MARK.read_text(encoding="ascii") == now:
        return
    for kept in HERE.rglob("__pycache__/*.nb[ic]"):
        kept.unlink(missing_ok=True)
    MARK.parent.mkdir(exist_ok=True)
    MARK.write_text(now, encoding="ascii")


def _enabled_times() -> None:
    code, hours = np.arange(2, dtype=np.int32), np.arange(2, dtype=np.int64) * _HOUR_US
    rows = Rows(case=code * 0, activity=code, start=hours, started=code >= 0, end=hours + 2 * _HOUR_US)
    enabled_at(rows, parallel=parallel(rows), since=hours[:1])


def _causes_of_waiting() -> None:
    hours = np.arange(4, dtype=np.int64) * _HOUR_US
    nobody = np.zeros(4, np.int64)
    work = Work(
        activity=nobody, worker=nobody, calendar=nobody, enabled=hours, start=hours + 1, end=hours + _HOUR_US
    )
    split_work(work, calendars=(WorkCalendar.always(),))


def _simulation() -> None:
    stream = ValueStream(
        steps=(Step(key="s1", name="s1", unit="unit", touch=Span(1, 2, 3)),),
        nodes=(Node("start", "start"), Node("end", "end")),
        routes=(Route("start", "s1"), Route("s1", "end")),
        units=(UnitCapacity("unit", 1, {}),),
        demand_per_year=1000,
    )
    simulate(stream, seed=1, cases=4)


if __name__ == "__main__":
    main()
