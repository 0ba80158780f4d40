"""How well streams fitted from logs find these logs again: `python benchmarks/simulation_trust.py`.

Public logs are read from the folder in STRAUME_DATA (docs/methods/simulation.md); those of the demo are
generated. Bounds: median within 10 %, 90th percentile within 20 %, fixed before any run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 1
HERE = Path(__file__).resolve().parent
FOLDER = Path(os.environ.get("STRAUME_DATA", HERE.parents[1] / "shared" / "data")) / "eventlogs"
PUBLIC = {
    "tartu_AcademicCredentials": ("tartu_AcademicCredentials.csv.gz", "America/Bogota"),
    "tartu_work_orders_pre": ("tartu_work_orders_pre.csv.gz", "UTC"),
    "receipt_wabo": ("receipt_wabo.xes.gz", "Europe/Amsterdam"),
    "BPIC20 domestic declarations": ("BPIC20_DomesticDeclarations.xes.gz", "Europe/Amsterdam"),
}


def table() -> str:
    """One row per log: the log itself, and its later half as foreseen from its first half."""
    from straume.lean.simulate.reproduction import fit_and_try, try_later_half

    lines = [
        "| log | cases | people | median, days | | P90, days | | verdict | later half: median | P90 |",
        "|---|--:|---|--:|--:|--:|--:|---|--:|--:|",
    ]
    for name, log in logs():
        found = fit_and_try(log, seed=SEED).reproduction
        later = try_later_half(log, seed=SEED, people=found.people)
        lines.append(
            f"| {name} | {found.cases:,} | {'yes' if found.people else 'no'} | {_days(found.median)} | "
            f"{_off(found.median.off)} | {_days(found.p90)} | {_off(found.p90.off)} | {found.verdict} | "
            f"{_days(later.median)}, {_off(later.median.off)} | {_days(later.p90)}, {_off(later.p90.off)} |"
        )
        print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def logs() -> Iterator[tuple[str, Any]]:
    from straume.lean.assess.planted import as_log, generate
    from straume.lean.events.read import read_log
    from straume.web.demo.study_processes import studies

    for name, (file, zone) in PUBLIC.items():
        if (FOLDER / file).exists():
            yield name, read_log(FOLDER / file, timezone=zone)
    for place in studies(debt_service="debts", felling_service="trees"):
        for year in place.years:
            made = generate(
                place.process,
                cases=year.cases,
                first_on=year.first_on,
                last_on=year.last_on,
                drawn_on=year.drawn_on,
                seed=place.seed,
            )
            service = "debts" if place.service == "debts" else "trees"
            log = as_log(made, place.process, starts=year.starts)
            yield f"demo: {place.institution}, {service}, {year.label}", log


def _days(figure: Any) -> str:
    return f"{figure.seen_days:.2f} → {figure.simulated_days:.2f}"


def _off(share: float) -> str:
    return f"{share:.1%}" if share < 10 else "more than ten times"


if __name__ == "__main__":
    print(table())
