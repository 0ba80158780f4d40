"""Somebody who holds everything: each table in the order in which it lies on the disk, logs, even the key.

`Dump` is one moment of the whole database. Each attack returns what it found as sentences; none found is [].
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

ASKED = ("needs_invitation", "needs_invitationcode")  # what leads to a person
ANSWERED = ("needs_sealedsheet", "needs_draft", "needs_answersheet", "needs_usedform")
LONG_ENOUGH = 6  # shorter values, such as the number of a wave, are common to all


@dataclass(frozen=True)
class Row:
    """A row with where it lies and by which transaction it was written (0 on SQLite)."""

    place: int
    written_by: int
    cells: dict[str, Any]


Dump = dict[str, list[Row]]


def dump() -> Dump:
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in connection.introspection.table_names(cursor)}


def changed_tables(before: Dump, after: Dump) -> set[str]:
    """Tables whose contents differ, however their rows lie."""

    def contents(rows: Sequence[Row]) -> Counter[str]:
        return Counter(repr(sorted(row.cells.items())) for row in rows)

    return {table for table in after if contents(before.get(table, [])) != contents(after[table])}


def joins_by_value(found: Dump, *, secrets: Sequence[str]) -> list[str]:
    """A value, or a fingerprint of an address, code or key, that stands on both sides."""
    asked = {value for table in ASKED for row in found[table] for value in _values(row)}
    known = asked | {mark for value in asked | set(secrets) for mark in _fingerprints(value)} | set(secrets)
    return [
        f"{table} holds {value[:20]}… of an invitation"
        for table in ANSWERED
        for row in found[table]
        for value in _values(row)
        if value in known
    ]


def times_told(found: Dump) -> list[str]:
    """A day or a time beside an answer."""
    return [
        f"{table}.{name} tells {cell}"
        for table in ANSWERED
        for row in found[table]
        for name, cell in row.cells.items()
        if isinstance(cell, date | datetime)
    ]


def joins_by_transaction(found: Dump) -> list[str]:
    """Invitations and sheets written by one transaction, unless all of the invitations were (PostgreSQL)."""
    told = []
    everybody = {row.written_by for row in found["needs_invitation"]}
    for table in ANSWERED:
        written = Counter(row.written_by for row in found[table] if row.written_by)
        for transaction, number in written.items():
            if transaction in everybody and len(everybody) > 1 and number < len(found[table]):
                told.append(f"{table}: {number} rows were written together with few invitations")
    return told


def join_by_order(first: Sequence[int], second: Sequence[int]) -> float:
    """Spearman's correlation between two orders of the same people, in standard deviations of chance."""
    number = len(first)
    ranks = [_ranks(first), _ranks(second)]
    middle = (number - 1) / 2
    shared = sum((a - middle) * (b - middle) for a, b in zip(*ranks, strict=True))
    spread = sum((rank - middle) ** 2 for rank in range(number))
    return shared / spread * (number - 1) ** 0.5


def matches(first: Sequence[int], second: Sequence[int]) -> int:
    """How many are joined rightly by pairing the first with the first, the second with the second …"""
    return sum(a == b for a, b in zip(_ranks(first), _ranks(second), strict=True))


def _rows(cursor: Any, table: str) -> list[Row]:
    name = connection.ops.quote_name(table)
    if connection.vendor == "sqlite":
        try:
            cursor.execute(f"SELECT rowid, 0, * FROM {name} ORDER BY rowid")
        except Exception:  # a table without rowid lies in the order of its key
            cursor.execute(f"SELECT 0, 0, * FROM {name}")
    else:
        cursor.execute(f"SELECT ctid::text, xmin::text::bigint, t.* FROM {name} t ORDER BY ctid")
    names = [column[0] for column in cursor.description][2:]
    return [
        Row(at, row[1], dict(zip(names, row[2:], strict=True))) for at, row in enumerate(cursor.fetchall())
    ]


def _values(row: Row) -> set[str]:
    said = {_text(cell) for cell in row.cells.values() if cell is not None}
    return {value for value in said if len(value) >= LONG_ENOUGH}


def _text(cell: Any) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).hex()
    return re.sub("-", "", str(cell)) if isinstance(cell, uuid.UUID) else str(cell)


def _fingerprints(value: str) -> set[str]:
    found = set()
    for plain in {value, value.lower()}:
        for way in (hashlib.md5, hashlib.sha1, hashlib.sha256):
            mark = way(plain.encode()).hexdigest()
            found |= {mark, mark[:32]}
        for space in (uuid.NAMESPACE_URL, uuid.NAMESPACE_DNS, uuid.NAMESPACE_OID):
            found.add(uuid.uuid5(space, plain).hex)
    return found


def _ranks(numbers: Sequence[int]) -> list[int]:
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ranks = [0] * len(numbers)
    for rank, at in enumerate(order):
        ranks[at] = rank
    return ranks
