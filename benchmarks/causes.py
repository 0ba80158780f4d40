"""How many pieces of work a second the split of waiting into its causes takes, and the whole explanation.

`python benchmarks/causes.py` prints the table; `benchmarks/run.py` takes it from `main()`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.csv as pacsv
from make_log import TIMEZONE, make_log

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log
from straume.lean.flow.causes.explain import explain
from straume.lean.flow.causes.split import Work, split, split_work

SIZES = (300_000, 3_000_000, 5_800_000)
REPEATED = 5
ROWS_A_SECOND = 3_000_000


@dataclass(frozen=True)
class Taken:
    """Seconds of the processor, the best of REPEATED runs, machine code at hand."""

    rows: int
    split: float
    of_log: float
    explained: float


def main() -> str:
    """Make the logs, split them, and return a section of Markdown."""
    taken = [_taken(_log(rows)) for rows in SIZES]
    lines = [
        "## Causes of waiting",
        "",
        "Seeded log of `make_log.py`, batches found, one calendar; seconds of one processor, best of "
        f"{REPEATED}. Target of the split: {ROWS_A_SECOND:,} rows a second.",
        "",
        "| rows | split | rows a second | link table in, link table out | causes by step, edge, unit, week |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {one.rows:,} | {one.split:.2f} s | {one.rows / one.split:,.0f} | {one.of_log:.2f} s "
            f"| {one.explained:.2f} s |"
            for one in taken
        ),
        "",
    ]
    return "\n".join(lines)


def _log(rows: int) -> EventLog:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        pacsv.write_csv(make_log(rows=rows).table, path)
        return read_log(path, timezone=TIMEZONE)


def _taken(log: EventLog) -> Taken:
    calendars = (WorkCalendar.from_dict(log.calendar),)
    columns = {name: log.items[name].to_numpy().astype(np.int64) for name in ("activity", "worker")}
    instants = {name: log.items[f"{name}_at"].to_numpy() for name in ("enabled", "start", "end")}
    work = Work(calendar=np.zeros(len(log.items), np.int64), **columns, **instants)
    done = split(log)
    return Taken(
        rows=len(log.items),
        split=_best(lambda: split_work(work, calendars=calendars)),
        of_log=_best(lambda: split(log)),
        explained=_best(lambda: explain(done)),
    )


def _best(run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATED):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    return min(seconds)


if __name__ == "__main__":
    print(main())
