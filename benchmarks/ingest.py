"""How long a log takes from file to link table, and how much memory; each reading in a process of its own.

`python benchmarks/ingest.py` prints the table; `benchmarks/run.py` takes it from `main()`.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
CSV_ROWS, XES_EVENTS = 5_800_000, 1_150_000
CSV_SECONDS, CSV_GB, XES_SECONDS = 12.0, 2.5, 10.0
MEASURED_WITH = ("pyarrow", "numpy", "r4pm")


@dataclass(frozen=True)
class Reading:
    """One reading, as its own process measured it."""

    work_items: int
    cases: int
    wall_seconds: float
    cpu_seconds: float
    peak_gb: float


def main() -> str:
    """Make the logs, read them, and return a section of Markdown."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        csv_path, xes_path = folder / "log.csv", folder / "log.xes"
        _make(csv_path, CSV_ROWS)
        csv = (csv_path.stat().st_size, _measured("read", csv_path))
        csv_path.unlink()
        _make(xes_path, XES_EVENTS)
        xes = (xes_path.stat().st_size, _measured("read", xes_path))
        peer = (xes_path.stat().st_size, _measured("r4pm", xes_path))
    return _section(csv, xes, peer)


def _section(csv: tuple[int, Reading], xes: tuple[int, Reading], peer: tuple[int, Reading]) -> str:
    versions = ", ".join(f"{package} {version(package)}" for package in MEASURED_WITH)
    lines = [
        "## Reading a log",
        "",
        "From file to checked link table, seeded log of `make_log.py`; "
        f"Python {platform.python_version()}, {versions}, "
        f"{os.cpu_count()} cores. Seconds of the processor are user and system time of all threads.",
        "",
        "| log | size | seconds | processor | peak memory | target |",
        "|---|---:|---:|---:|---:|---|",
        _row(f"CSV, {CSV_ROWS:,} rows", *csv, f"{CSV_SECONDS:.0f} s, {CSV_GB} GB"),
        _row(f"XES, {XES_EVENTS:,} events", *xes, f"{XES_SECONDS:.0f} s"),
        _row("the same XES, only parsed, by r4pm", *peer, "–"),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, size: int, reading: Reading, target: str) -> str:
    return (
        f"| {name} | {size / 1e6:,.0f} MB | {reading.wall_seconds:.1f} | {reading.cpu_seconds:.1f} "
        f"| {reading.peak_gb:.2f} GB | {target} |"
    )


def _make(path: Path, rows: int) -> None:
    subprocess.run(
        [sys.executable, str(HERE / "make_log.py"), str(path), "--rows", str(rows)], check=True, stdout=2
    )


def _measured(how: str, path: Path) -> Reading:
    command = [sys.executable, str(Path(__file__).resolve()), how, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Reading(**json.loads(done.stdout))


def _measure(how: str, path: Path) -> Reading:
    began = time.perf_counter()
    counts = _read(path) if how == "read" else _parse_with_r4pm(path)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Reading(*counts, wall, used.ru_utime + used.ru_stime, _peak_gb())


def _read(path: Path) -> tuple[int, int]:
    from straume.lean.events.read import read_log

    facts = read_log(path, timezone="Europe/Riga").facts
    return facts.work_items, facts.cases


def _parse_with_r4pm(path: Path) -> tuple[int, int]:
    import r4pm

    r4pm.import_item("EventLog", str(path))
    return 0, 0


def _peak_gb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1e6 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(vars(_measure(sys.argv[1], Path(sys.argv[2])))))
    else:
        print(main())
