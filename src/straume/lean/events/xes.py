"""XES: events as rows, read in one pass with little memory; every refusal knows its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import Limits, Opened, Stream, refused

_BLOCK_ROWS = 1 << 16
_CHUNK = 1 << 18
_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def open_xes(
    opened: Opened, again: Callable[[], Opened], limits: Limits
) -> tuple[RawTable, Callable[[Wanted], RawTable]]:
    """Sample an XES log; and how the wanted attributes are read.

    Raises
    ------
    InputProblems : it is not well-formed, not XES, declares entities, or breaks a limit.
    """
    with opened.stream as stream:
        sample = _read_xes(stream, limits, wanted=None, sample=True)

    def read(wanted: Wanted) -> RawTable:
        with again().stream as stream:
            return _read_xes(stream, limits, wanted=wanted, sample=False)

    return sample, read


def _read_xes(stream: Stream, limits: Limits, *, wanted: Wanted | None, sample: bool) -> RawTable:
    reader = _Reader(limits, wanted)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.EntityDeclHandler = _refuse_entity(parser)
    parser.StartDoctypeDeclHandler = _refuse_doctype(parser)
    reader.line = lambda: parser.CurrentLineNumber
    _feed(parser, stream, reader, limits, sample)
    return reader.table()


def _refuse_entity(parser: expat.XMLParserType) -> Callable[..., None]:
    def refuse(name: str, is_parameter: bool, value: str | None, *rest: Any) -> None:
        code = "xml_entity" if value is not None else "xml_external_entity"
        raise refused(code, Place(line=parser.CurrentLineNumber))

    return refuse


def _refuse_doctype(parser: expat.XMLParserType) -> Callable[..., None]:
    def refuse(name: str, system_id: str | None, public_id: str | None, has_subset: bool) -> None:
        if system_id:
            raise refused("xml_external_entity", Place(line=parser.CurrentLineNumber))

    return refuse


def _feed(parser: expat.XMLParserType, stream: Stream, reader: _Reader, limits: Limits, sample: bool) -> None:
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            if sample and reader.events >= SAMPLE_ROWS:
                return
            if stream.count - parser.CurrentByteIndex > limits.value_bytes:
                raise refused(
                    "value_too_long", Place(line=parser.CurrentLineNumber), limit_mb=limits.value_bytes >> 20
                )
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputProblems((_xml_problem(error),)) from None
    except (ValueError, LookupError):  # an encoding that does not exist
        raise refused("xml_encoding", Place(line=1)) from None


_TRUNCATED = {"no element found", "unclosed token", "partial character", "unclosed CDATA section"}


def _xml_problem(error: expat.ExpatError) -> Problem:
    message = expat.ErrorString(error.code) or ""
    place = Place(line=error.lineno)
    if message in _TRUNCATED:
        return Problem("xml_truncated", {}, place)
    if "encoding" in message:
        return Problem("xml_encoding", {}, place)
    if "amplification" in message:
        return Problem("xml_entity", {}, place)
    if message == "not well-formed (invalid token)":
        return Problem("xml_invalid_character", {"position": error.offset + 1}, place)
    if message == "duplicate attribute":
        return Problem("xml_duplicate_attribute", {}, place)
    if message == "mismatched tag":
        return Problem("xml_mismatched_tag", {}, place)
    return Problem("xml_not_well_formed", {"position": error.offset + 1}, place)


class _Reader:
    """Takes the parser's calls. Depth: 1 log, 2 trace, 3 event or attribute of the trace, 4 attribute of
    the event.
    """

    line: Callable[[], int]

    def __init__(self, limits: Limits, wanted: Wanted | None) -> None:
        self._limits = limits
        self._depth = 0
        self._in_trace = False
        self._in_event = False
        self._event: dict[str, str] = {}
        self._trace: dict[str, str] = {}
        self._events = _Columns("", limits, coded=frozenset(k for k, v in (wanted or {}).items() if v))
        self._traces = _Columns("case:", limits)
        self._trace_lengths: list[int] = []
        self._trace_events = 0
        of_case = {key for key in wanted or () if key.startswith("case:")}
        self._wanted = None if wanted is None else {k: v for k, v in wanted.items() if k not in of_case}
        self._wanted_of_case = None if wanted is None else {key[5:]: False for key in of_case}
        self._lines: list[int] = []  # line of every 64th event
        self._loose_events = 0
        self._loose_line: int | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        depth = self._depth
        if self._in_event:
            if depth == 4:
                self._attribute(self._event, self._wanted, tag, attributes)
        elif self._in_trace:
            if depth == 3:
                if _local(tag) == "event":
                    self._in_event = True
                    self._event = {}
                    if not self._events.rows & 63:
                        self._lines.append(self.line())
                else:
                    self._attribute(self._trace, self._wanted_of_case, tag, attributes)
        elif depth == 2:
            name = _local(tag)
            if name == "trace":
                self._in_trace = True
                self._trace, self._trace_events = {}, 0
            elif name == "event":
                self._loose_events += 1
                self._loose_line = self._loose_line or self.line()
        elif depth == 1 and _local(tag) != "log":
            raise refused("not_xes", Place(line=self.line()), root=_local(tag)[:40])

    def end(self, tag: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth == 3 and self._in_event:
            self._in_event = False
            self._trace_events += 1
            self._events.add(self._event, self.line)
        elif depth == 2 and self._in_trace:
            self._in_trace = False
            self._traces.add(self._trace, self.line)
            self._trace_lengths.append(self._trace_events)

    @property
    def events(self) -> int:
        return self._events.rows

    def _attribute(
        self, target: dict[str, str], wanted: Wanted | None, tag: str, attributes: dict[str, str]
    ) -> None:
        try:
            key = attributes["key"]
            value = attributes["value"]
        except KeyError:
            self._incomplete(tag, attributes)
            return
        if key in target:
            raise refused("xes_key_twice", Place(line=self.line(), column=key[:80]))
        if wanted is None or key in wanted:
            target[key] = value

    def _incomplete(self, tag: str, attributes: dict[str, str]) -> None:
        """Lists and containers carry no value of their own; anything else without key or value is a fault."""
        if _local(tag) in _ATTRIBUTES:
            missing = "key" if "key" not in attributes else "value"
            raise refused("xes_attribute_incomplete", Place(line=self.line()), missing=missing)

    def table(self) -> RawTable:
        if self._loose_events:
            place = Place(line=self._loose_line)
            raise refused("xes_events_outside_traces", place, count=self._loose_events)
        if not self._events.rows:
            raise refused("no_events")
        lengths = np.array(self._trace_lengths, np.int64)
        filled = int(np.count_nonzero(lengths))
        notices = []
        if filled < len(lengths):
            notices.append(Problem("cases_without_events", {"count": len(lengths) - filled}))
        lines = self._lines
        return RawTable(
            format="xes",
            columns=self._events.finish(),
            rows=self._events.rows,
            case_columns=self._traces.finish(number_unnamed=True),
            case_of_row=pa.array(np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)),
            details={"traces": len(lengths)},
            notices=tuple(notices),
            line_of_row=lambda row: lines[min(row >> 6, len(lines) - 1)],
        )


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Columns:
    """Attributes by key, gathered in blocks; keys that come late get nulls before."""

    def __init__(self, prefix: str, limits: Limits, coded: frozenset[str] = frozenset()) -> None:
        self._coded = coded
        self._prefix = prefix
        self._limits = limits
        self.rows = 0
        self._in_block = 0
        self._block: dict[str, list[str | None]] = {}
        self._chunks: dict[str, list[pa.Array]] = {}
        self._chunk_rows: list[int] = []

    def add(self, values: dict[str, str], line: Callable[[], int]) -> None:
        block = self._block
        place = self._in_block
        for key, value in values.items():
            try:
                column = block[key]
            except KeyError:
                column = block[key] = []
                if len(block) + len(self._chunks) > 2 * self._limits.columns:
                    raise refused(
                        "too_many_columns", Place(line=line()), count=len(block), limit=self._limits.columns
                    ) from None
            if len(column) < place:
                column.extend([None] * (place - len(column)))
            column.append(value)
        self._in_block = place + 1
        self.rows += 1
        if self._in_block == _BLOCK_ROWS:
            self._flush()

    def _flush(self) -> None:
        for key, column in self._block.items():
            column.extend([None] * (self._in_block - len(column)))
            chunks = self._chunks.get(key)
            if chunks is None:
                chunks = self._chunks[key] = [self._array(key, [None] * rows) for rows in self._chunk_rows]
            chunks.append(self._array(key, column))
        for key, chunks in self._chunks.items():
            if key not in self._block:
                chunks.append(self._array(key, [None] * self._in_block))
        self._chunk_rows.append(self._in_block)
        self._block, self._in_block = {}, 0

    def _array(self, key: str, values: list[str | None]) -> pa.Array:
        column = pa.array(values, pa.string())
        return column.dictionary_encode() if key in self._coded else column

    def finish(self, *, number_unnamed: bool = False) -> dict[str, pa.ChunkedArray]:
        if self._in_block:
            self._flush()
        if len(self._chunks) > self._limits.columns:
            raise refused("too_many_columns", count=len(self._chunks), limit=self._limits.columns)
        columns = {self._prefix + key: pa.chunked_array(chunks) for key, chunks in self._chunks.items()}
        name = self._prefix + "concept:name"
        if number_unnamed and name not in columns:
            columns[name] = pa.chunked_array([pa.array([str(n) for n in range(1, self.rows + 1)])])
        return columns
