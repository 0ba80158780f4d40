"""Straume's flow beside PM4Py on the same log, in one run, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEER = HERE / ".peers" / "pm4py"
PM4PY = "pm4py==2.7.23.11"  # AGPL: a peer to measure against, never a dependency
ROWS = 5_800_000
REPEATS = 3  # of Straume's calls; the middle one counts. PM4Py's take minutes and are made once

# What is compared: (ours, theirs, what ours gives beyond theirs)
CALLS = {
    "process map": ("process_map.edges", "discover_dfg", "cases per edge, overlaps"),
    "performance": ("process_map.edge_times", "discover_performance_dfg", "the same in working time"),
    "variants": ("variants.variants", "get_variants", "all spelt out"),
    "durations": ("durations.case_durations", "get_all_case_durations", "mean, sd, quantiles; working time"),
    "rework": ("rework.rework", "get_rework_cases_per_activity", "repeated items, loops"),
    "hand-offs": ("handoffs.handoffs", "discover_handover_of_work_network", "cases; what is unknown"),
}


def main(rows: int = ROWS) -> str:
    """Runs both sides and returns the table as Markdown."""
    path = made(rows)
    ours = _report([sys.executable, str(HERE / "flow_vs_pm4py.py"), "--ours", str(path)])
    theirs = _report([str(_peer_python()), str(HERE / "peer_pm4py.py"), str(path)])
    _same_work(ours["calls"], theirs["calls"])
    return _table(rows, ours, theirs)


def made(rows: int) -> Path:
    """The log as a Parquet file, made once."""
    path = HERE / ".data" / f"flow_{rows}.parquet"
    if not path.exists():
        import pyarrow.parquet as pq

        sys.path.insert(0, str(HERE))
        from make_log import make_log

        path.parent.mkdir(exist_ok=True)
        table = make_log(rows=rows).table.rename_columns(
            {"case_id": "case", "start_time": "start", "end_time": "end"}
        )
        pq.write_table(table, path)
    return path


def ours(path: Path) -> dict[str, Any]:
    """Straume's side: the link table is made first, as PM4Py's DataFrame is."""
    from straume.lean.flow import durations, handoffs, process_map, rework, variants

    calls: dict[str, Callable[..., Any]] = {
        "process map": process_map.edges,
        "performance": process_map.edge_times,
        "variants": variants.variants,
        "durations": durations.case_durations,
        "rework": rework.rework,
        "hand-offs": handoffs.handoffs,
    }
    warm_up = linked(path, rows=5_000)
    for call in calls.values():
        call(log=warm_up)
    began = time.perf_counter()
    log = linked(path)
    report: dict[str, Any] = {"load": {"seconds": time.perf_counter() - began}}
    began = time.perf_counter()
    process_map.starts(log=log)
    report["load"]["engine_seconds"] = time.perf_counter() - began
    for name, call in calls.items():
        seconds = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            found = call(log=log)
            seconds.append(time.perf_counter() - began)
        report[name] = {"seconds": sorted(seconds)[REPEATS // 2], "figures": _figures(name, found, log)}
    return {"calls": report, "peak_gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}


def linked(path: Path, rows: int | None = None) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from straume.lean.events.calendar import WorkCalendar
    from straume.lean.events.link import Source, link

    table = pq.read_table(path).slice(0, rows)
    items = pa.table(
        {
            **{name: table[name] for name in ("case", "activity", "unit", "worker")},
            **{f"{name}_at": table[name].cast(pa.int64()) for name in ("start", "end")},
        }
    )
    return link(
        items,
        source=Source(timezone="UTC"),
        calendar=WorkCalendar.default(country="LV", timezone="Europe/Riga"),
    )


def _figures(name: str, found: Any, log: Any) -> Any:
    import pyarrow.compute as pc

    if name == "process map":
        return [len(found), pc.sum(found["count"]).as_py()]
    if name == "performance":
        return [len(found), round(pc.sum(found["mean_seconds"]).as_py(), 1)]
    if name == "variants":
        return [found.count, max(found.cases_counted, default=0)]
    if name == "durations":
        first = log.items.filter(pc.equal(log.items["index"], 0))
        before = pc.sum(pc.subtract(first["end_at"], first["start_at"])).as_py() / 1e6
        return [found.calendar.n, round(found.calendar.total_seconds - before)]
    if name == "rework":
        return sorted(found.activities["cases"].to_pylist())
    return len(found.table)


def _same_work(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    for name in CALLS:
        one, other = ours[name]["figures"], theirs[name]["figures"]
        if one != other:
            raise SystemExit(f"{name}: Straume found {one}, PM4Py {other}")


def _table(rows: int, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    lines = [
        f"### Flow beside PM4Py {theirs['version']}, {rows:,} work items",
        "",
        "| what | Straume | PM4Py | s | s | times | Straume also gives |",
        "|---|---|---|--:|--:|--:|---|",
    ]
    total = {"ours": 0.0, "theirs": 0.0}
    for name, (mine, peer, more) in CALLS.items():
        one, other = ours["calls"][name]["seconds"], theirs["calls"][name]["seconds"]
        total["ours"] += one
        total["theirs"] += other
        lines.append(
            f"| {name} | `{mine}` | `{peer}` | {one:.2f} | {other:.1f} | {other / one:.0f} | {more} |"
        )
    ratio = total["theirs"] / total["ours"]
    lines.append(f"| **together** | | | {total['ours']:.2f} | {total['theirs']:.1f} | **{ratio:.0f}** | |")
    load, engine = ours["calls"]["load"]["seconds"], ours["calls"]["load"]["engine_seconds"]
    peer_load = theirs["calls"]["load"]["seconds"]
    lines += [
        "",
        f"Before the calls: Parquet to link table {load:.1f} s and into the engine {engine:.1f} s, against "
        f"`read_parquet` with `format_dataframe` {peer_load:.1f} s. Peak memory "
        f"{ours['peak_gigabytes']:.1f} GB against {theirs['peak_gigabytes']:.1f} GB. Both gave the same "
        f"figures (checked; PM4Py counts durations from the first completion, as with start times its call "
        f"fails). Straume: the middle of {REPEATS} runs; PM4Py: one run; both after a warm-up on 5,000 rows.",
    ]
    return "\n".join(lines) + "\n"


def _peer_python() -> Path:
    """PM4Py's own environment; made where it is missing."""
    python, marker = PEER / "bin" / "python", PEER / PM4PY
    if not marker.exists():
        uv = HERE.parent / ".tools" / "uv" / "bin" / "uv"
        subprocess.run(
            [str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(PEER)], check=True
        )
        subprocess.run(
            [str(uv), "pip", "install", "--quiet", "--python", str(python), PM4PY, "pyarrow"], check=True
        )
        marker.touch()
    return python


def _report(command: list[str]) -> dict[str, Any]:
    """What a side wrote into the file whose name it is given last; what it prints is for the reader."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run([*command, file.name], check=True, stdout=sys.stderr)
        return dict(json.load(file))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        Path(sys.argv[3]).write_text(json.dumps(ours(Path(sys.argv[2]))), encoding="utf-8")
    else:
        print(main(int(sys.argv[1]) if sys.argv[1:] else ROWS))
