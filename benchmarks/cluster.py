"""The same assessment on this machine with DuckDB and on a Spark cluster of two workers beside it.

`python benchmarks/cluster.py` prints the table; `benchmarks/run.py` takes it from `main()`. On one machine
the cluster can only lose: what is measured is what it costs to be able to outgrow the machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from make_log import TIMEZONE, make_log

ROWS = (100_000, 1_000_000)
PARTS = 8
TESTS = Path(__file__).resolve().parents[1] / "tests"
COLUMNS = {"case": "case_id", "start": "start_time", "end": "end_time", "worker": "worker", "unit": "unit"}


def main() -> str:
    """Make the logs, assess each both ways, and return a section of Markdown."""
    lines = [
        "## One machine and a cluster",
        "",
        f"`straume assess` of Parquet, reading included: DuckDB, and Spark {version('pyspark')} with a",
        "master and two workers of one core each on the same machine. Memory is the most that all",
        "processes held.",
        "",
        "| rows | one machine | memory | two workers | memory | times as long |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for rows in ROWS:
        here, there = _both(rows)
        lines.append(
            f"| {rows:,} | {here[0]:.1f} s | {here[1]:.1f} GB | {there[0]:.1f} s | {there[1]:.1f} GB "
            f"| {there[0] / here[0]:.0f} |"
        )
    return "\n".join([*lines, ""])


def _both(rows: int) -> tuple[tuple[float, float], tuple[float, float]]:
    sys.path.insert(0, str(TESTS))
    from lean.cluster.local_cluster import ENVIRONMENT, LocalCluster

    os.environ.update(ENVIRONMENT)
    with TemporaryDirectory() as folder:
        parts = Path(folder) / "log"
        _write(rows, parts, Path(folder) / "one.parquet")
        here = _measured(["assess", str(Path(folder) / "one.parquet")])
        (Path(folder) / "cluster").mkdir()
        with LocalCluster(Path(folder) / "cluster") as cluster:
            there = _measured(["assess", str(parts), "--engine", cluster.engine], cluster.processes)
    return here, there


def _write(rows: int, parts: Path, one: Path) -> None:
    """The log with times as a database would export them, as one file and as PARTS files."""
    import io

    buffer = io.BytesIO()
    pacsv.write_csv(make_log(rows=rows).table, buffer)
    table = pacsv.read_csv(io.BytesIO(buffer.getvalue()))
    for name in ("start_time", "end_time"):
        place = table.column_names.index(name)
        table = table.set_column(place, name, table[name].cast("timestamp[us]"))
    pq.write_table(table, one)
    parts.mkdir()
    size = -(-len(table) // PARTS)
    for part in range(PARTS):
        pq.write_table(table.slice(part * size, size), parts / f"{part}.parquet")


def _measured(arguments: list[str], beside: tuple[int, ...] = ()) -> tuple[float, float]:
    """Seconds of the whole command, and the most memory of it and of the processes beside it [GB]."""
    said = [part for role, column in COLUMNS.items() for part in (f"--{role}", column)]
    command = [str(Path(sys.executable).with_name("straume")), *arguments, *said, "--timezone", TIMEZONE]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--json", os.devnull], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_memory_of_tree, (process.pid, *beside))))
        time.sleep(0.2)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(
            json.dumps([*command, (process.stderr.read() if process.stderr else b"").decode()])
        )
    return seconds, most / 2**30


def _memory_of_tree(pid: int) -> int:
    try:
        top = psutil.Process(pid)
        tree = [top, *top.children(recursive=True)]
    except psutil.Error:
        return 0
    held = 0
    for each in tree:
        try:
            held += each.memory_info().rss
        except psutil.Error:
            continue
    return held


if __name__ == "__main__":
    print(main())
