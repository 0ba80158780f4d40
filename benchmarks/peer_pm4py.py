"""The PM4Py side of flow_vs_pm4py.py. Runs in PM4Py's own environment and knows nothing of Straume."""

import json
import resource
import sys
import time
from pathlib import Path

import pandas
import pm4py


def main(path: str, report_path: str) -> None:
    warm_up = prepared(path, rows=5_000)
    for call in CALLS.values():
        call(*warm_up)
    began = time.perf_counter()
    log = prepared(path)
    report = {"load": {"seconds": time.perf_counter() - began, "figures": None}}
    for name, call in CALLS.items():
        began = time.perf_counter()
        result = call(*log)
        report[name] = {"seconds": time.perf_counter() - began, "figures": FIGURES[name](result)}
        print(f"PM4Py {name}: {report[name]['seconds']:.1f} s", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    with Path(report_path).open("w", encoding="utf-8") as file:
        json.dump({"calls": report, "peak_gigabytes": peak, "version": pm4py.__version__}, file)


def prepared(path, rows=None):
    """The log as PM4Py wants it: renamed, sorted, start times known."""
    log = pandas.read_parquet(path).rename(columns={"start": "start_timestamp"})
    log = pm4py.format_dataframe(
        log if rows is None else log.head(rows),
        case_id="case",
        activity_key="activity",
        timestamp_key="end",
        start_timestamp_key="start_timestamp",
    )
    completions = log[["case:concept:name", "concept:name", "time:timestamp"]].copy()
    completions.attrs = {}  # get_all_case_durations fails on a log that knows start times
    return log, completions


CALLS = {
    "process map": lambda log, _: pm4py.discover_dfg(log),
    "performance": lambda log, _: pm4py.discover_performance_dfg(log)[0],
    "variants": lambda log, _: pm4py.get_variants(log),
    "durations": lambda _, completions: pm4py.get_all_case_durations(completions),
    "rework": lambda log, _: pm4py.get_rework_cases_per_activity(log),
    "hand-offs": lambda log, _: pm4py.discover_handover_of_work_network(log, resource_key="unit"),
}

# Small figures of each result, so that both sides are seen to have done the same work.
FIGURES = {
    "process map": lambda found: [len(found[0]), sum(found[0].values())],
    "performance": lambda found: [len(found), round(sum(edge["mean"] for edge in found.values()), 1)],
    "variants": lambda found: [len(found), max(found.values()) if found else 0],
    "durations": lambda found: [len(found), round(sum(found))],
    "rework": lambda found: sorted(found.values()),
    "hand-offs": lambda found: sum(1 for one, other in found.connections if one != other),
}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
