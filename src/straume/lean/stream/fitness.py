"""Replay fitness of the model of every log in a folder: `python -m straume.lean.stream.fitness FOLDER`.

Prints a Markdown table; docs/methods/replay-fitness.md holds the one of the public logs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from straume.lean.errors import InputProblems, StraumeError
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log
from straume.lean.stream.discovery import discover
from straume.lean.stream.records import Discovery

ENDINGS = (".xes", ".xes.gz", ".csv", ".csv.gz", ".parquet", ".jsonocel", ".xmlocel", ".sqlite")
COLUMNS = (
    *("log", "cases", "events", "activities kept", "events kept", "noise", "fitness", "fitness kept"),
    *("perfect cases", "precision", "exact", "seconds"),
)


@dataclass(frozen=True)
class Row:
    """One log: what was found, or the code of why nothing was."""

    log: str
    cases: int = 0
    events: int = 0
    discovery: Discovery | None = None
    seconds: float = 0.0
    refused: str = ""

    def cells(self) -> list[str]:
        if self.discovery is None:
            return [self.log, f"not read: {self.refused}", *[""] * (len(COLUMNS) - 2)]
        found, replay = self.discovery, self.discovery.replay
        return [
            self.log,
            f"{self.cases}",
            f"{self.events}",
            f"{found.activities_kept} of {found.activities}",
            f"{found.events_kept_share:.3f}",
            f"{found.noise:g}",
            f"{replay.fitness:.4f}",
            f"{replay.fitness_kept:.4f}",
            f"{replay.perfect_share:.3f}",
            f"{found.precision:.3f}",
            "yes" if replay.exact else f"{replay.cases_checked} of {replay.cases} cases",
            f"{self.seconds:.1f}",
        ]


def fitness_of(path: Path) -> list[Row]:
    """Read one log, find its model, replay it; an object-centric log once for each type of object."""
    try:
        return [_row(path.name, read_log(path))]
    except InputProblems as refusal:
        first = refusal.problems[0]
        if first.code == "ocel_case_type_missing":
            types = str(first.params["types"]).split(", ")
            return [_row(f"{path.name} ({name})", read_log(path, case_type=name)) for name in types]
        return [Row(path.name, refused=", ".join(dict.fromkeys(p.code for p in refusal.problems)))]
    except StraumeError as refusal:
        return [Row(path.name, refused=refusal.code)]


def _row(name: str, log: EventLog) -> Row:
    began = time.process_time()
    found = discover(log).discovery
    seconds = time.process_time() - began
    return Row(name, log.cases.num_rows, log.items.num_rows, found, seconds)


def table(rows: Iterable[Row]) -> str:
    """A Markdown table, the logs in the order given."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def logs_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith(ENDINGS))


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Usage: python -m straume.lean.stream.fitness FOLDER", file=sys.stderr)
        return 2
    print(table(row for path in logs_in(Path(arguments[0])) for row in fitness_of(path)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
