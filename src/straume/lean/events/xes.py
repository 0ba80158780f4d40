"""XES: events as rows, read in one pass with little memory; every refusal knows its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.raw import SAMPLE_ROWS, RawTable, Wanted
from straume.lean.events.source import Limits, Opened, Stream, refused
from straume.lean.events.xes_columns import AttributeColumns
from straume.lean.events.xes_regular import RegularXes, Traces, WantedKeys

_CHUNK = 1 << 18
_BLOCK = 1 << 21
_TRACE_END = b"</trace>"
_NO_ATTRIBUTE = ("", "")
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
        if _is_utf8(opened.head):
            with again().stream as stream:
                table = _read_quickly(stream, limits, wanted)
            if table is not None:
                return table
        with again().stream as stream:
            return _read_xes(stream, limits, wanted=wanted, sample=False)

    return sample, read


def _is_utf8(head: bytes) -> bool:
    """By its declaration; what else could be wrong with the text, the readers find."""
    declaration = re.match(rb"(?:\xef\xbb\xbf)?<\?xml\s([^>]*)>", head)
    encoding = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", declaration[1]) if declaration else None
    starts_well = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"\0" not in head
    return starts_well and (encoding is None or encoding[1].lower() == b"utf-8")


class _NotQuickError(Exception):
    pass


def _read_quickly(stream: Stream, limits: Limits, wanted: Wanted) -> RawTable | None:
    """Read blocks of the common shape by whole columns and the others with the parser; it never sees the
    former, which are whole traces and leave it where it was.

    None where anything is wrong with the file: then the parser alone shall read it and say what and where
    (test_xes_quick).
    """
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    skipped_lines = 0  # lines that the parser has not seen
    reader = _Reader(
        limits, wanted, lambda: parser.CurrentLineNumber + skipped_lines, lambda: parser.CurrentByteIndex
    )
    parser.StartElementHandler, parser.EndElementHandler = reader.handlers()
    parser.StartDoctypeDeclHandler = _not_quick
    regular = RegularXes(_wanted_keys(wanted))
    fed = tries = hits = 0
    try:
        for block in _blocks(stream, limits.value_bytes):
            ends_trace = block.endswith(_TRACE_END)
            if fed and ends_trace and tries <= 4 + 2 * hits:
                tries += 1
                traces = regular.traces(block)
                if traces is not None:
                    hits += 1
                    reader.take(traces)
                    skipped_lines += traces.line_ends
                    continue
            parser.Parse(block, False)
            fed += len(block)
            if ends_trace and reader.trace_end_at != fed - len(_TRACE_END):
                return None  # not the end of a trace, but of a comment or the like
        parser.Parse(b"", True)
        return reader.table()
    except (expat.ExpatError, InputProblems, ValueError, LookupError, _NotQuickError):
        return None


def _not_quick(*doctype: Any) -> None:
    raise _NotQuickError  # it may declare entities and attributes


def _wanted_keys(wanted: Wanted) -> WantedKeys:
    return WantedKeys(
        of_event=frozenset(wanted),
        of_case=frozenset(key[5:] for key in wanted if key.startswith("case:")),
        coded=frozenset(key for key, names in wanted.items() if names),
    )


def _blocks(stream: Stream, most_bytes: int) -> Iterator[bytes]:
    """The text in blocks that end with the end of a trace; the rest of the text is the last."""
    rest = b""
    while chunk := stream.read(_BLOCK):
        rest += chunk
        end = rest.rfind(_TRACE_END) + len(_TRACE_END)
        if end < len(_TRACE_END):
            end = 0
        if max(end, len(rest) - end) > most_bytes:
            raise _NotQuickError
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _read_xes(stream: Stream, limits: Limits, *, wanted: Wanted | None, sample: bool) -> RawTable:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    reader = _Reader(limits, wanted, lambda: parser.CurrentLineNumber, lambda: parser.CurrentByteIndex)
    parser.StartElementHandler, parser.EndElementHandler = reader.handlers()
    parser.EntityDeclHandler = _refuse_entity(parser)
    parser.StartDoctypeDeclHandler = _refuse_doctype(parser)
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


Start = Callable[[str, list[str]], None]
End = Callable[[str], None]


class _Reader:
    """Takes the parser's calls. Depth: 1 log, 2 trace, 3 event or attribute of the trace, 4 attribute of
    the event.
    """

    def __init__(
        self,
        limits: Limits,
        wanted: Wanted | None,
        line: Callable[[], int],
        position: Callable[[], int],
    ) -> None:
        self._line = line
        self._position = position
        self.trace_end_at = -1  # position of the last `</trace>`
        coded = frozenset(key for key, names in (wanted or {}).items() if names)
        self._events = AttributeColumns("", limits, line, coded)
        self._traces = AttributeColumns("case:", limits, line)
        self._trace_ends: list[int] = []  # events read by the end of each trace
        self._wanted = wanted
        self._lines: list[int] = []  # line of every 64th event
        self._loose_events = 0
        self._loose_line: int | None = None

    @property
    def events(self) -> int:
        return self._events.rows

    def handlers(self) -> tuple[Start, End]:
        """What the parser calls; closures, because they run several times per event."""
        depth = 0
        in_trace = in_event = False
        events, traces, wanted = self._events, self._traces, self._wanted
        wanted_of_case = None if wanted is None else {key[5:] for key in wanted if key.startswith("case:")}
        put, put_of_case, open_columns = events.put, traces.put, events.open_columns

        def start(tag: str, attributes: list[str]) -> None:
            nonlocal depth, in_trace, in_event
            depth += 1
            if in_event:
                if depth == 4:
                    if len(attributes) == 4 and attributes[0] == "key" and attributes[2] == "value":
                        key, value = attributes[1], attributes[3]
                    else:
                        key, value = _key_value(attributes) or self._incomplete(tag, attributes)
                    column = open_columns.get(key)
                    if column is not None and len(column) == events.in_block:
                        column.append(value)  # the usual case, without a call
                    elif key and (wanted is None or key in wanted):
                        put(key, value)
            elif in_trace:
                if depth == 3:
                    if tag == "event" or _local(tag) == "event":
                        in_event = True
                        if not events.rows & 63:
                            self._lines.append(self._line())
                    else:
                        key, value = _key_value(attributes) or self._incomplete(tag, attributes)
                        if key and (wanted_of_case is None or key in wanted_of_case):
                            put_of_case(key, value)
            elif depth <= 2:
                in_trace = self._opens_trace(_local(tag), depth)

        def end(tag: str) -> None:
            nonlocal depth, in_trace, in_event
            depth -= 1
            if depth > 2:
                return
            if depth == 2 and in_event:
                in_event = False
                events.close_row()
            elif depth == 1 and in_trace:
                in_trace = False
                traces.close_row()
                self._trace_ends.append(events.rows)
                self.trace_end_at = self._position()

        return start, end

    def take(self, traces: Traces) -> None:
        """Add whole traces that stand where the parser has come to."""
        before, line = self._events.rows, self._line()
        self._trace_ends += (traces.ends + before).tolist()
        self._lines += (traces.line_ends_before[-before % 64 :: 64] + line).tolist()
        self._events.put_rows(traces.events, traces.event_count)
        self._traces.put_rows(traces.cases, len(traces.ends))

    def _opens_trace(self, tag: str, depth: int) -> bool:
        if depth == 1 and tag != "log":
            raise refused("not_xes", Place(line=self._line()), root=tag[:40])
        if depth == 2 and tag == "event":
            self._loose_events += 1
            self._loose_line = self._loose_line or self._line()
        return depth == 2 and tag == "trace"

    def _incomplete(self, tag: str, attributes: list[str]) -> tuple[str, str]:
        """Lists and containers carry no value of their own; anything else without key or value is a fault."""
        if _local(tag) in _ATTRIBUTES:
            missing = "value" if "key" in attributes[::2] else "key"
            raise refused("xes_attribute_incomplete", Place(line=self._line()), missing=missing)
        return _NO_ATTRIBUTE

    def table(self) -> RawTable:
        if self._loose_events:
            place = Place(line=self._loose_line)
            raise refused("xes_events_outside_traces", place, count=self._loose_events)
        if not self._events.rows:
            raise refused("no_events")
        ends = np.array([0, *self._trace_ends], np.int64)
        lengths = ends[1:] - ends[:-1]
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


def _key_value(attributes: list[str]) -> tuple[str, str] | None:
    """Key and value of an attribute, in whatever order they stand; None where one is missing."""
    named = dict(zip(attributes[::2], attributes[1::2]))
    return (named["key"], named["value"]) if named.keys() >= {"key", "value"} else None


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
