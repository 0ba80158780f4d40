"""Prosimos' side of simulation.py: the same five steps as BPMN and JSON. Runs in its own environment."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from datetime import datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from prosimos.simulation_engine import run_simulation

PEOPLE, STEPS, MEAN_SECONDS = 8, 5, 750.0
HOURS = [{"from": "MONDAY", "to": "FRIDAY", "beginTime": "08:00:00", "endTime": "16:00:00"}]
BEGIN = "2024-01-01T08:00:00+00:00"
ENDLESS = 1e9  # Prosimos asks for the longest duration


def bpmn() -> str:
    names = ["start", *(f"s{n}" for n in range(1, STEPS + 1)), "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{one}" targetRef="{other}"/>'
        for n, (one, other) in enumerate(pairwise(names))
    )
    tasks = "".join(f'<task id="s{n}" name="step {n}"/>' for n in range(1, STEPS + 1))
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


def parameters(mean_between_seconds: float) -> dict[str, object]:
    units = ("front", "back")
    return {
        "resource_profiles": [
            {
                "id": unit,
                "name": unit,
                "resource_list": [
                    {"id": unit, "name": unit, "amount": PEOPLE, "calendar": "office", "cost_per_hour": 0}
                ],
            }
            for unit in units
        ],
        "resource_calendars": [{"id": "office", "name": "office", "time_periods": HOURS}],
        "arrival_time_calendar": HOURS,
        "arrival_time_distribution": exponential(mean_between_seconds),
        "gateway_branching_probabilities": [],
        "task_resource_distribution": [
            {
                "task_id": f"s{n}",
                "resources": [{"resource_id": units[n % 2], **exponential(MEAN_SECONDS)}],
            }
            for n in range(1, STEPS + 1)
        ],
    }


def exponential(mean: float) -> dict[str, object]:
    values = (mean, 0.0, ENDLESS)
    return {"distribution_name": "expon", "distribution_params": [{"value": value} for value in values]}


def main() -> None:
    cases, between_seconds = int(sys.argv[1]), float(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.bpmn").write_text(bpmn(), encoding="utf-8")
        (folder / "model.json").write_text(json.dumps(parameters(between_seconds)), encoding="utf-8")
        seconds = {
            how: timed(folder, cases, log) for how, log in (("figures", None), ("log", folder / "log.csv"))
        }
        with (folder / "log.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    report = {"version": version("prosimos"), "seconds": seconds, "items": len(rows), **figures(rows)}
    Path(sys.argv[3]).write_text(json.dumps(report), encoding="utf-8")


def timed(folder: Path, cases: int, log: Path | None) -> float:
    began = time.process_time()
    run_simulation(
        str(folder / "model.bpmn"),
        str(folder / "model.json"),
        cases,
        log_out_path=str(log) if log else None,
        starting_at=BEGIN,
    )
    return time.process_time() - began


def figures(rows: list[dict[str, str]]) -> dict[str, float]:
    lead: dict[str, list[float]] = {}
    waits = []
    for row in rows:
        ready, begun, end = (
            datetime.fromisoformat(row[name]).timestamp()
            for name in ("enable_time", "start_time", "end_time")
        )
        lead.setdefault(row["case_id"], []).extend((ready, end))
        waits.append(begun - ready)
    days = [(max(each) - min(each)) / 86_400 for each in lead.values()]
    return {"mean_lead_days": sum(days) / len(days), "mean_wait_days": sum(waits) / len(waits) / 86_400}


if __name__ == "__main__":
    main()
