"""CSV and TSV: encoding, delimiter and header found out, the body read by Arrow, faults found again row by
row.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv as pacsv

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.layouts import layout_of
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import HEAD_BYTES, Limits, Opened, Stream, refused

_DELIMITERS = (",", ";", "\t", "|")
_BLOCK_BYTES = 8 << 20
_NAMES = pa.dictionary(pa.int32(), pa.string())  # for columns of names: each is kept once


@dataclass(frozen=True)
class Dialect:
    """How the text is written."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    quoted: bool  # a quote stands in the first lines


def open_delimited(
    opened: Opened,
    again: Callable[[], Opened],
    *,
    limits: Limits,
    encoding: str | None,
    delimiter: str | None,
) -> tuple[RawTable, Callable[[Wanted], RawTable]]:
    """Sample a delimited text whose first row names the columns; and how the wanted columns are read."""
    with opened.stream:
        dialect = sniff(opened.head, limits=limits, encoding=encoding, delimiter=delimiter)
    sample = _sample(opened.head, dialect, limits)
    return sample, lambda wanted: _read_all(again, dialect, wanted, limits)


def _sample(head: bytes, dialect: Dialect, limits: Limits) -> RawTable:
    text = _decoded_head(head, dialect.encoding)
    if len(head) >= HEAD_BYTES:
        text = text[: text.rfind("\n") + 1]  # the last line may be cut in two
    rows: list[list[str]] = []
    csv.field_size_limit(limits.value_bytes)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter):
            if row:
                rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # told with its place when the whole is read
    width = len(dialect.header)
    body = [row + [""] * (width - len(row)) for row in rows[1:]]
    columns = {
        name: pa.chunked_array([pa.array([row[place] or None for row in body], pa.string())])
        for place, name in enumerate(dialect.header)
    }
    return RawTable(format="csv", columns=columns, rows=len(body))


def _read_all(again: Callable[[], Opened], dialect: Dialect, wanted: Wanted, limits: Limits) -> RawTable:
    table, multiline = None, dialect.quoted
    while table is None:
        with again().stream as stream:
            text = _Text(stream, dialect.encoding)
            try:
                table = _read(text, dialect, wanted, multiline)
            except (pa.ArrowInvalid, UnicodeError) as error:
                raise InputProblems(_faults(again(), dialect, limits) or (_unplaced(error),)) from None
        if text.quotes % 2 and (faults := _faults(again(), dialect, limits)):
            raise InputProblems(faults)
        if text.quotes and not multiline:
            table, multiline = (
                None,
                True,
            )  # quotes came later than the first lines: a quoted value may span lines
    if not len(table):
        raise refused("no_rows")
    if len(table) > limits.rows:
        raise refused("too_many_rows", count=len(table), limit=limits.rows)
    return RawTable(
        format="csv",
        columns={dialect.header[int(place)]: table[place] for place in table.column_names},
        rows=len(table),
        details={"encoding": dialect.encoding, "delimiter": dialect.delimiter},
        shown_row=_shown_row(again, dialect, text, len(table)),
    )


def _shown_row(again: Callable[[], Opened], dialect: Dialect, text: _Text, rows: int) -> Callable[[int], int]:
    """Row (0-based) → its number in a spreadsheet; only blank lines and values over several lines make it
    more than two further, and then the file is read again once a number is asked for.
    """
    if not text.quotes and text.lines == rows + 1:
        return lambda row: row + 2
    numbers = array("q")

    def shown(row: int) -> int:
        if not numbers:
            numbers.extend(_numbered(again(), dialect))
        return numbers[row] if row < len(numbers) else row + 2

    return shown


def _numbered(opened: Opened, dialect: Dialect) -> array[int]:
    with io.TextIOWrapper(
        io.BufferedReader(opened.stream), encoding=dialect.encoding, errors="replace", newline=""
    ) as lines:
        rows = csv.reader(lines, delimiter=dialect.delimiter)
        return array("q", (number for number, row in enumerate(rows, start=1) if row))[1:]


def sniff(
    head: bytes, *, limits: Limits, encoding: str | None = None, delimiter: str | None = None
) -> Dialect:
    """Find encoding, delimiter and header from the first bytes."""
    encoding = encoding or _encoding(head)
    text = _decoded_head(head, encoding)
    if "\0" in text:
        raise refused("nul_bytes", Place(line=text.count("\n", 0, text.index("\0")) + 1))
    if len(head) >= HEAD_BYTES and "\n" not in text and "\r" not in text:
        raise refused("line_too_long", Place(line=1))
    csv.field_size_limit(limits.value_bytes)
    delimiter = delimiter or _delimiter(text)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = next(rows)
    except (csv.Error, StopIteration, TypeError):
        raise refused("header_missing", Place(line=1)) from None
    if len(header) > limits.columns:
        raise refused("too_many_columns", Place(line=1), count=len(header), limit=limits.columns)
    if len(header) == 1:
        raise refused("single_column", Place(line=1))
    return Dialect(encoding, delimiter, checked_header(header, next(_rest(rows), [])), '"' in text)


def _decoded_head(head: bytes, encoding: str) -> str:
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
        text: str = decoder.decode(head, len(head) < HEAD_BYTES)
    except LookupError:
        raise refused("unknown_encoding", encoding=encoding[:40]) from None
    except UnicodeDecodeError as error:
        line = head.count(b"\n", 0, error.start) + 1
        raise refused("wrong_encoding", Place(line=line), encoding=encoding) from None
    return text.removeprefix("\ufeff")


def _rest(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    with suppress(csv.Error):
        yield from (row for row in rows if row)


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
    """The delimiter that cuts most of the first lines into the same number of fields, more than one."""
    lines = text[: 1 << 16].splitlines()[:60]
    lines = lines[:-1] if len(lines) > 2 else lines

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return (0, 0)
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_DELIMITERS, key=agreement)


def checked_header(names: Sequence[str], following: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of the columns; a column without a name is called by its place, as in (3).

    Raises
    ------
    InputProblems : the row names nothing, is a title, holds data, or names two columns alike.
    """
    cleaned = [" ".join(name.split()) for name in names]
    filled = [name for name in cleaned if name]
    if not filled or any(_is_data(name) for name in filled) or all(_is_number(name) for name in filled):
        raise refused("header_missing", Place(line=1))
    if len(filled) == 1 and len([value for value in following if value.strip()]) > 2:
        raise refused("title_above_header", Place(line=1))
    seen: dict[str, int] = {}
    for place, name in enumerate(cleaned, start=1):
        if name and name in seen:
            raise refused(
                "duplicate_columns", Place(line=1, column=name[:80]), first=seen[name], second=place
            )
        seen[name] = place
    return tuple(name or f"({place})" for place, name in enumerate(cleaned, start=1))


def _is_data(name: str) -> bool:
    """A date in the first row: the names are missing."""
    layout = layout_of(re.sub("[0-9]", "9", name).encode())
    return layout is not None and layout.year is not None and any(c.isdigit() for c in name)


def _is_number(name: str) -> bool:
    return re.fullmatch(r"[-+]?\d+([.,]\d+)?", name) is not None


class _Text(io.RawIOBase):
    """The source as UTF-8 while Arrow reads it; counts quotes and stops at NUL bytes."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = (
            None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)(errors="strict")
        )
        self.quotes = 0
        self._lines = 0
        self._cut = False  # the last line has no end
        self._ended = False

    @property
    def lines(self) -> int:
        """Lines read so far."""
        return self._lines + self._cut

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size and size > 0 else _BLOCK_BYTES)
        if self._decoder is not None:
            data = self._decoded(data)
        self.quotes += data.count(b'"')
        if (at := data.find(b"\0")) >= 0:
            raise refused("nul_bytes", Place(line=self._lines + data.count(b"\n", 0, at) + 1))
        self._lines += data.count(b"\n")
        self._cut = not data.endswith(b"\n") if data else self._cut
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


def _read(text: _Text, dialect: Dialect, wanted: Wanted, multiline: bool) -> pa.Table:
    places = [str(place) for place in range(len(dialect.header))]
    return pacsv.read_csv(
        pa.PythonFile(text, mode="r"),
        read_options=pacsv.ReadOptions(block_size=_BLOCK_BYTES, column_names=places, skip_rows_after_names=1),
        parse_options=pacsv.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=multiline),
        convert_options=pacsv.ConvertOptions(
            include_columns=[place for place, name in zip(places, dialect.header) if name in wanted],
            column_types={
                place: _NAMES if wanted.get(name) else pa.string()
                for place, name in zip(places, dialect.header)
            },
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
    buffered = io.BufferedReader(opened.stream)
    with io.TextIOWrapper(buffered, encoding=dialect.encoding, errors="strict", newline="") as lines:
        rows = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
        number, started = -1, 1
        try:
            for number, row in enumerate(row for row in rows):
                if row and len(row) != width and number:
                    code = "row_too_long" if len(row) > width else "row_too_short"
                    place = Place(row=number + 1, line=started)
                    found.append(Problem(code, {"fields": len(row), "expected": width}, place))
                    if len(found) == limits.problems:
                        break
                started = rows.line_num + 1
        except UnicodeDecodeError:
            place = Place(line=rows.line_num + 1)
            found.append(Problem("wrong_encoding", {"encoding": dialect.encoding}, place))
        except csv.Error as error:
            found.append(_quoting_fault(error, limits, Place(row=number + 2, line=started)))
    return tuple(found)


def _quoting_fault(error: csv.Error, limits: Limits, place: Place) -> Problem:
    if "field larger" in str(error):
        return Problem("value_too_long", {"limit_mb": limits.value_bytes >> 20}, place)
    if "expected after" in str(error):
        return Problem("text_after_quote", {}, place)
    return Problem("unclosed_quotes", {}, place)
