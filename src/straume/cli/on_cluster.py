"""A log that lies on a cluster, from the options of a command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from straume.cli import ROLES
from straume.cli.source import WorkingTimeSaid, columns_of
from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog


def read_there(file: Path, working: WorkingTimeSaid, options: dict[str, Any]) -> EventLog:
    """The log, read by the workers of `--engine`. Raises InputProblems, WrongCall."""
    from straume.lean.cluster.reading import read_on_cluster
    from straume.lean.cluster.session import connect

    if file.is_file() and not _is_parquet(file):
        raise WrongCall("only_parquet_on_cluster")
    session = connect(options["engine"])
    return read_on_cluster(
        session,
        str(file),
        mapping=columns_of(options, ROLES),
        within=options["within"],
        timezone=working.timezone,
        calendar=working.calendar,
    )


def _is_parquet(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"PAR1"
