"""CSV and TSV: encoding, delimiter and header found out, the body read by Arrow, faults found again row by
row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv as pacsv

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.raw import RawTable
from straume.lean.events.source import HEAD_BYTES, Limits, Opened, Stream, refused

_DELIMITERS = (",", ";", "\t", "|")
_BLOCK_BYTES = 8 << 20


@dataclass(frozen=True)
class Dialect:
    """How the text is written."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]


def read_delimited(
    opened: Opened, *, reopen: Iterator[Opened], limits: Limits, encoding: str | None, delimiter: str | None
) -> RawTable:
    """Read a delimited text whose first row names the columns.

    `reopen` opens the same source again, to find the places of faults that the fast reader only counts.
    """
    dialect = sniff(opened.head, limits=limits, encoding=encoding, delimiter=delimiter)
    text = _Text(opened.stream, dialect.encoding, limits)
    try:
        table = _read(text, dialect, limits)
    except InputProblems:
        raise
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise InputProblems(_faults(next(reopen), dialect, limits) or (_unplaced(error),)) from None
    if text.odd_quotes and (faults := _faults(next(reopen), dialect, limits)):
        raise InputProblems(faults)
    if not len(table):
        raise refused("no_rows")
    columns = {name: table.column(place) for place, name in enumerate(dialect.header)}
    return RawTable(
        format="csv",
        columns=columns,
        rows=len(table),
        details={"encoding": dialect.encoding, "delimiter": dialect.delimiter},
        line_of_row=lambda row: row + 2,
    )


def sniff(
    head: bytes, *, limits: Limits, encoding: str | None = None, delimiter: str | None = None
) -> Dialect:
    """Find encoding, delimiter and header from the first bytes."""
    encoding = encoding or _encoding(head)
    try:
        text = codecs.getincrementaldecoder(encoding)(errors="strict").decode(head, len(head) < HEAD_BYTES)
    except LookupError:
        raise refused("unknown_encoding", encoding=encoding[:40]) from None
    except UnicodeDecodeError as error:
        line = head.count(b"\n", 0, error.start) + 1
        raise refused("wrong_encoding", Place(line=line), encoding=encoding) from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise refused("nul_bytes", Place(line=text.count("\n", 0, text.index("\0")) + 1))
    delimiter = delimiter or _delimiter(text)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (csv.Error, StopIteration):
        raise refused("header_missing", Place(line=1)) from None
    if len(header) > limits.columns:
        raise refused("too_many_columns", Place(line=1), count=len(header), limit=limits.columns)
    return Dialect(encoding, delimiter, _header(header))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1:400:2].count(0) > len(head[1:400:2]) // 2:
        return "utf-16-le"
    if head[0:400:2].count(0) > len(head[0:400:2]) // 2:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1257"
    return "utf-8"


def _delimiter(text: str) -> str:
    """The delimiter that gives the same number of fields, more than one, in the most of the first lines."""
    lines = text.splitlines()[:50]
    if len(lines) > 1 and len(text) >= HEAD_BYTES // 4:
        lines = lines[:-1]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        return (
            sum(count == counts[0] for count in counts) if counts and counts[0] > 1 else 0,
            counts[0] if counts else 0,
        )

    return max(_DELIMITERS, key=agreement)


def _header(names: list[str]) -> tuple[str, ...]:
    cleaned = [name.strip() for name in names]
    if not any(cleaned):
        raise refused("header_missing", Place(line=1))
    seen: dict[str, int] = {}
    for place, name in enumerate(cleaned, start=1):
        if name and name in seen:
            raise refused(
                "duplicate_columns", Place(line=1, column=name[:80]), first=seen[name], second=place
            )
        seen[name] = place
    return tuple(name or f"({place})" for place, name in enumerate(cleaned, start=1))


class _Text(io.RawIOBase):
    """The source as UTF-8 while Arrow reads it; counts quotes and stops at NUL bytes."""

    def __init__(self, stream: Stream, encoding: str, limits: Limits) -> None:
        self._stream = stream
        self._decoder = (
            None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)(errors="strict")
        )
        self._quotes = 0
        self._lines = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    @property
    def odd_quotes(self) -> bool:
        return self._quotes % 2 == 1

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size and size > 0 else _BLOCK_BYTES)
        if self._decoder is not None:
            data = self._decoded(data)
        self._quotes += data.count(b'"')
        if (at := data.find(b"\0")) >= 0:
            raise refused("nul_bytes", Place(line=self._lines + data.count(b"\n", 0, at) + 1))
        self._lines += data.count(b"\n")
        return data

    def _decoded(self, data: bytes) -> bytes:
        assert self._decoder is not None
        while True:
            if not data:
                if self._ended:
                    return b""
                self._ended = True
            text: str = self._decoder.decode(data, not data)
            if text or not data:
                return text.encode("utf-8")
            data = self._stream.read(_BLOCK_BYTES)


def _read(text: _Text, dialect: Dialect, limits: Limits) -> pa.Table:
    return pacsv.read_csv(
        pa.PythonFile(text, mode="r"),
        read_options=pacsv.ReadOptions(
            block_size=_BLOCK_BYTES,
            column_names=[str(place) for place in range(len(dialect.header))],
            skip_rows_after_names=1,
        ),
        parse_options=pacsv.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=False),
        convert_options=pacsv.ConvertOptions(
            column_types={str(place): pa.string() for place in range(len(dialect.header))},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _unplaced(error: Exception) -> Problem:
    if isinstance(error, UnicodeError) or "UTF8" in str(error):
        return Problem("wrong_encoding", {"encoding": "utf-8"})
    return Problem("unreadable_rows")


def _faults(opened: Opened, dialect: Dialect, limits: Limits) -> tuple[Problem, ...]:
    """Read again, slowly, to say in which rows the text breaks its own form."""
    found: list[Problem] = []
    width = len(dialect.header)
    lines = io.TextIOWrapper(
        io.BufferedReader(opened.stream), encoding=dialect.encoding, errors="strict", newline=""
    )
    rows = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    number = -1
    started = 1
    csv.field_size_limit(limits.value_bytes)
    try:
        for number, row in enumerate(rows):
            if row and len(row) != width and number:
                found.append(
                    Problem(
                        "ragged_row", {"fields": len(row), "expected": width}, Place(row=number, line=started)
                    )
                )
                if len(found) == limits.problems:
                    break
            started = rows.line_num + 1
    except UnicodeDecodeError:
        found.append(Problem("wrong_encoding", {"encoding": dialect.encoding}, Place(line=rows.line_num + 1)))
    except csv.Error as error:
        code = "value_too_long" if "field larger" in str(error) else "unclosed_quotes"
        params = {"limit_mb": limits.value_bytes >> 20} if code == "value_too_long" else {}
        found.append(Problem(code, params, Place(row=number + 1, line=started)))
    return tuple(found)
