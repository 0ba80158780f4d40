"""Straume's simulator beside SimPy and Prosimos on the same five steps with calendars, in one run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEER = HERE / ".peers" / "simulation"
SIMPY, PROSIMOS = "simpy==4.1.2", "prosimos==2.1.0"  # MIT; Prosimos names no licence on PyPI: peers only
PER_YEAR = 22_000  # cases: eight people of the busier unit work 83 % of their hours
YEARS = 6
REPLICATIONS = 30
REPEATS = 5  # of Straume's calls; the best one counts, for the others were disturbed
PEER_CASES = 11_000  # half a year
TARGETS = {"million": 3.0, "simpy": 30.0, "prosimos": 300.0, "year": 1.0}


def main(years: int = YEARS) -> str:
    """Runs all three and returns the table as Markdown."""
    ours = straume(years)
    between_minutes = 365.25 / 7 * 5 * 480 / PER_YEAR  # of working time
    python = _peer_python()
    simpy = _report(python, "peer_simpy.py", PEER_CASES, 1 / between_minutes)
    prosimos = _report(python, "peer_prosimos.py", PEER_CASES, between_minutes * 60)
    return _table(ours, simpy, prosimos)


def straume(years: int) -> dict[str, Any]:
    """The event loop alone, the whole call from stream to EventLog, and replications of one year."""
    import pyarrow.compute as pc

    from straume.lean.simulate.building import STANDARD_BEGIN, Setting, build
    from straume.lean.simulate.distributions import Exponential
    from straume.lean.simulate.kernel import run as run_kernel
    from straume.lean.simulate.simulating import simulate

    stream = replace(five_steps(), demand_per_year=PER_YEAR)
    setting = Setting(touch={step.key: Exponential(12.5) for step in stream.steps})
    day = 86_400_000_000
    until, year = STANDARD_BEGIN + years * 365 * day, STANDARD_BEGIN + 365 * day

    def replications() -> None:
        for seed in range(REPLICATIONS):
            simulate(stream, seed=seed, until=year, setting=setting)

    log = simulate(stream, seed=1, until=until, setting=setting)
    built = build(stream, seed=1, until=until, cases=None, setting=setting)
    count = log.items.num_rows
    lead = pc.mean(pc.subtract(log.cases["last_at"], log.cases["received_at"])).as_py()
    wait = pc.mean(pc.subtract(log.items["start_at"], log.items["enabled_at"])).as_py()
    return {
        "items": count,
        "loop": _seconds(lambda: run_kernel(built.model, count + 1024)),
        "whole": _seconds(lambda: simulate(stream, seed=1, until=until, setting=setting)),
        "replications": _seconds(replications),
        "mean_lead_days": lead / day,
        "mean_wait_days": wait / day,
    }


def five_steps() -> Any:
    from straume.lean.stream.records import Node, Route, Span, Step, UnitCapacity, ValueStream

    units = (UnitCapacity("front office", 8), UnitCapacity("back office", 8))
    steps = tuple(
        Step(f"s{n}", f"step {n}", unit=units[n % 2].name, touch=Span(5, 10, 30)) for n in range(1, 6)
    )
    keys = ["start", *(step.key for step in steps), "end"]
    return ValueStream(
        steps=steps,
        nodes=(Node("start", "start"), Node("end", "end")),
        routes=tuple(Route(keys[n], keys[n + 1]) for n in range(len(keys) - 1)),
        units=units,
        demand_per_year=30_000,
    )


def _seconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken)


def _table(ours: dict[str, Any], simpy: dict[str, Any], prosimos: dict[str, Any]) -> str:
    whole = ours["items"] / ours["whole"]
    best = min(prosimos["seconds"].values())
    rates = {"simpy": simpy["items"] / simpy["seconds"], "prosimos": prosimos["items"] / best}
    rows = [
        ("Straume, `simulate`: stream to EventLog", ours, ours["whole"], whole),
        ("Straume, its event loop alone", ours, ours["loop"], ours["items"] / ours["loop"]),
        (f"SimPy {simpy['version']}, rows in a list", simpy, simpy["seconds"], rates["simpy"]),
        (
            f"Prosimos {prosimos['version']}, the quicker of log and figures",
            prosimos,
            best,
            rates["prosimos"],
        ),
    ]
    lines = [
        "### Simulation beside SimPy and Prosimos: five steps, two units of eight, office hours",
        "",
        "| what | activity instances | CPU s | a CPU second | Straume is | lead time, days | wait, days |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, figures, seconds, rate in rows:
        times = f"{whole / rate:,.0f} ×" if name.startswith(("SimPy", "Prosimos")) else ""
        lead, wait = figures["mean_lead_days"], figures["mean_wait_days"]
        lines.append(
            f"| {name} | {figures['items']:,} | {seconds:.2f} | {rate:,.0f} | {times} | {lead:.3f} "
            f"| {wait:.4f} |"
        )
    lines += [
        "",
        f"{REPLICATIONS} replications of a year of {PER_YEAR:,} cases, each to its log: "
        f"{ours['replications']:.2f} CPU s. Exponential work of 12.5 minutes on average, requests by chance "
        f"in office hours; the three draw other numbers, so their means differ by chance. Straume: best of "
        f"{REPEATS} runs, SimPy of two, Prosimos one run each way; compiled code comes from its cache. "
        f"Installed: {_sizes()}.",
        "",
        f"Targets: {TARGETS['million']:.0f} million a CPU second for the whole call, "
        f"{TARGETS['simpy']:.0f} times SimPy, {TARGETS['prosimos']:.0f} times Prosimos, a year thirty times "
        f"in {TARGETS['year']:.0f} s: "
        f"{_kept(whole, rates, ours['replications'])}.",
    ]
    return "\n".join(lines) + "\n"


def _kept(whole: float, rates: dict[str, float], replications: float) -> str:
    missed = [
        name
        for name, kept in (
            ("the speed", whole >= TARGETS["million"] * 1e6),
            ("SimPy", whole / rates["simpy"] >= TARGETS["simpy"]),
            ("Prosimos", whole / rates["prosimos"] >= TARGETS["prosimos"]),
            ("the year", replications < TARGETS["year"]),
        )
        if not kept
    ]
    return f"missed: {', '.join(missed)}" if missed else "all kept"


def _sizes() -> str:
    found = next(PEER.glob("lib/python*/site-packages"))
    whole = _megabytes(found)
    return ", ".join(
        [
            f"SimPy {_megabytes(found / 'simpy'):.1f} MB",
            f"Prosimos {_megabytes(found / 'prosimos'):.1f} MB, {whole:.0f} MB with all that it needs",
        ]
    )


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _peer_python() -> Path:
    """The peers' own environment; made where it is missing. Prosimos runs on Python 3.11 and 3.12 only."""
    python, marker = PEER / "bin" / "python", PEER / f"{SIMPY} {PROSIMOS}"
    if not marker.exists():
        uv = HERE.parent / ".tools" / "uv" / "bin" / "uv"
        here = sys.executable if sys.version_info < (3, 13) else "3.12"
        subprocess.run([str(uv), "venv", "--quiet", "--clear", "--python", here, str(PEER)], check=True)
        command = [str(uv), "pip", "install", "--quiet", "--python", str(python), SIMPY, PROSIMOS]
        subprocess.run(command, check=True)
        marker.touch()
    return python


def _report(python: Path, script: str, cases: int, rate: float) -> dict[str, Any]:
    """What a peer wrote into the file whose name it is given last; what it prints is for the reader."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [str(python), str(HERE / script), str(cases), repr(rate), str(out)]
        subprocess.run(
            command, check=True, stdout=sys.stderr, cwd=folder
        )  # Prosimos leaves files where it runs
        return dict(json.loads(out.read_text(encoding="utf-8")))


if __name__ == "__main__":
    print(main())
