"""A whole assessment with the causes of waiting, from the link table, on two cores.

`python benchmarks/assessment.py` prints the table; `benchmarks/run.py` takes it from `main()`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from flow_vs_pm4py import ROWS, linked, made

CORES = 2
TARGET = 10  # seconds for 5.8 million rows
REPEATED = 2  # the best counts


def main(rows: int = ROWS) -> str:
    """Assess the log in a process of its own and return a section of Markdown."""
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", str(made(rows))]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return "\n".join(
        [
            "## A whole assessment with causes of waiting",
            "",
            f"Seeded log of `make_log.py`, {found['rows']:,} rows, from the link table, on {CORES} cores, "
            f"best of {REPEATED}. Target: {TARGET} s. The causes are found beside the other figures.",
            "",
            "| what | seconds | seconds of the processor |",
            "|---|---:|---:|",
            *(
                f"| {what} | {took['wall']:.1f} | {took['processor']:.1f} |"
                for what, took in found["took"].items()
            ),
            "",
            f"Link table in memory {found['table_gigabytes']:.1f} GB, peak of the process "
            f"{found['peak_gigabytes']:.1f} GB.",
            "",
        ]
    )


def measured(path: Path) -> dict[str, Any]:
    from straume.lean.assess import assess
    from straume.lean.flow.causes.explain import explain
    from straume.lean.flow.causes.split import split

    assess(linked(path, rows=5_000))  # machine code and expressions at hand
    log = linked(path)
    took = {"whole assessment": _best(lambda: assess(replace(log)))}  # loads it into the engine each time
    done = split(log)
    took["of it: split into causes"] = _best(lambda: split(log))
    took["of it: causes by step, edge, unit, week"] = _best(lambda: explain(done, loaded=log))
    return {
        "rows": len(log.items),
        "took": took,
        "table_gigabytes": log.items.nbytes / 1e9,
        "peak_gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }


def _best(run: Any) -> dict[str, float]:
    every = []
    for _ in range(REPEATED):
        wall, processor = time.perf_counter(), time.process_time()
        run()
        every.append({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor})
    return min(every, key=lambda one: one["wall"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
        print(json.dumps(measured(Path(sys.argv[2]))))
    else:
        print(main(int(sys.argv[1]) if sys.argv[1:] else ROWS))
