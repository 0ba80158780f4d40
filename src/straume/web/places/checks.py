"""What must be true of the live database before anybody writes into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

WANTED = {"journal_mode": "wal", "busy_timeout": 20_000, "foreign_keys": 1, "synchronous": 1}


@register(Tags.database)
def sqlite_is_set_for_a_server(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Ask the open connection itself: what SQLite did not take is found here and not in a lost write."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection: Any = connections[alias]
        if connection.vendor == "sqlite" and not connection.is_in_memory_db():
            problems += [
                Error(
                    f"The database says {name} = {found}, Straume needs {WANTED[name]}.",
                    hint="Keep the data folder on a local disk: WAL does not work on network drives.",
                    id="places.E001",
                )
                for name, found in live_pragmas(connection).items()
                if found != WANTED[name]
            ]
            if connection.transaction_mode != "IMMEDIATE":
                problems.append(Error("SQLite's transaction_mode must be IMMEDIATE.", id="places.E002"))
    return problems


def live_pragmas(connection: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED}
