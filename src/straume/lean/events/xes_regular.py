"""The common shape of XES, read by whole columns: `<string key="…" value="…"/>`, one tag after another.

The text is cut at its quotes. What stands between two values (the end of one tag, the start of the next, its
key) repeats all the time, so each distinct piece is checked once against a strict grammar. Text that departs
from it in anything is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_MOST_JOINTS = 4_000  # more distinct ones in one block, or longer ones: not the common shape
_JOINT_BYTES = 1_000
_S = rb"(?:[ \t\n]|\r\n)*"  # a lone \r is a line end for the parser, but not for us
_TAG = (
    rb"<(?:string|date|int|float|boolean|id)(?:[ \t\n]|\r\n)+key" + _S + rb"=" + _S + rb'"([^"<&\x00-\x1f]*)"'
    rb"(?:[ \t\n]|\r\n)+value" + _S + rb"=" + _S + rb'"'
)
_EVENT_END, _TRACE_START = rb"(</event>" + _S + rb")?", rb"<trace>" + _S
_EVENT_START = rb"(?:(<event>)" + _S + rb")?"
_JOINT = re.compile(
    rb'"' + _S + rb"/>" + _S + _EVENT_END + rb"(</trace>" + _S + _TRACE_START + rb")?" + _EVENT_START + _TAG
)
_END = re.compile(rb'"' + _S + rb"/>" + _S + _EVENT_END + rb"</trace>")
_BEFORE_FIRST = b'"/></trace>'  # a block begins where a trace has just ended
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF: UTF-8, but not XML
_SAME, _TRACE, _EVENT = 0, 1, 2


@dataclass(frozen=True)
class WantedKeys:
    """Keys of the attributes to read."""

    of_event: frozenset[str]
    of_case: frozenset[str]
    coded: frozenset[str]  # of the events', those with values that come back again and again


@dataclass(frozen=True)
class Traces:
    """Whole traces, column by column; keys in the order of their first appearance."""

    events: Mapping[str, pa.Array]
    cases: Mapping[str, pa.Array]
    event_count: int
    ends: Ints  # events by the end of each trace
    line_ends_before: Ints  # each event: line ends between the beginning of the text and its tag
    line_ends: int


@dataclass(frozen=True)
class _Joint:
    """What stands between two values: which tags end and begin there, and the key of the next value."""

    key: str
    from_state: int
    to_state: int
    new_trace: bool
    new_event: bool
    line_ends: int
    line_ends_before_event: int


class RegularXes:
    """Reads blocks of traces; remembers the joints it has seen."""

    def __init__(self, wanted: WantedKeys) -> None:
        self._wanted = wanted
        self._joints: dict[bytes, _Joint] = {}

    def traces(self, text: bytes) -> Traces | None:
        """Traces of a text that begins after a `</trace>` and ends with one; None: not the common shape."""
        quotes = np.flatnonzero(np.frombuffer(text, np.uint8) == ord('"'))
        if not len(quotes) or len(quotes) % 4 or len(text) - quotes[-1] > _JOINT_BYTES:
            return None
        first = self._joint(_BEFORE_FIRST + text[: quotes[2] + 1])
        last = _END.fullmatch(text, int(quotes[-1]))
        if first is None or last is None:
            return None
        pieces = _pieces(text, quotes)
        dictionary, code = pieces.dictionary, pieces.indices.to_numpy()
        values = _values(dictionary, code[0::2])
        joints = self._known_joints(dictionary, code[1::2])
        if values is None or joints is None:
            return None
        texts, code_of_value = values
        # The joint before the first value stands alone: number 0.
        number = np.concatenate((np.zeros(1, np.int64), joints.number[code[1::2]]))
        return self._assembled((first, *joints.found), number, texts, code_of_value[code[0::2]], last)

    def _joint(self, piece: bytes) -> _Joint | None:
        joint = self._joints.get(piece)
        if joint is None:
            joint = _parsed(piece)
            if joint is not None:
                if len(self._joints) >= _MOST_JOINTS:
                    self._joints.clear()
                self._joints[piece] = joint
        return joint

    def _known_joints(self, dictionary: pa.Array, code: Ints) -> _Joints | None:
        used = np.flatnonzero(np.bincount(code, minlength=len(dictionary)))
        if len(used) > _MOST_JOINTS:
            return None
        found = []
        for piece in dictionary.take(pa.array(used)).to_pylist():
            joint = self._joint(piece)
            if joint is None:
                return None
            found.append(joint)
        number = np.zeros(len(dictionary), np.int64)
        number[used] = np.arange(1, len(used) + 1)
        return _Joints(tuple(found), number)

    def _assembled(
        self, joints: tuple[_Joint, ...], number: Ints, texts: pa.Array, code: Ints, last: re.Match[bytes]
    ) -> Traces | None:
        in_event = _in_event(joints, number, ends_in=_EVENT if last[1] else _TRACE)
        if in_event is None:
            return None
        new_event = np.array([joint.new_event for joint in joints])[number]
        new_trace = np.array([joint.new_trace for joint in joints])[number]
        event, trace = np.cumsum(new_event) - 1, np.cumsum(new_trace) - 1
        events_before = event + 1 - new_event
        keys = [joint.key for joint in joints]
        wanted = self._wanted
        of_events = _columns(keys, number, wanted.of_event, in_event, event, int(event[-1]) + 1, texts, code)
        of_cases = _columns(keys, number, wanted.of_case, ~in_event, trace, int(trace[-1]) + 1, texts, code)
        if of_events is None or of_cases is None:
            return None
        line_ends = np.array([joint.line_ends for joint in joints])[number]
        until_event = np.array([joint.line_ends_before_event for joint in joints])[number]
        through = np.cumsum(line_ends)
        return Traces(
            events={
                key: column.dictionary_encode() if key in wanted.coded else column
                for key, column in of_events.items()
            },
            cases=of_cases,
            event_count=int(event[-1]) + 1,
            ends=np.append(events_before[new_trace][1:], event[-1] + 1),
            line_ends_before=(through - line_ends + until_event)[new_event],
            line_ends=int(through[-1]) + last[0].count(b"\n"),
        )


@dataclass(frozen=True)
class _Joints:
    found: tuple[_Joint, ...]
    number: Ints  # piece → place among the found, from 1


def _pieces(text: bytes, quotes: Ints) -> pa.DictionaryArray:
    """Values and the joints between them, by turns, encoded; nothing is copied for it."""
    offsets = np.empty(len(quotes) // 2, np.int32)
    offsets[0::2] = quotes[2::4] + 1
    offsets[1::2] = quotes[3::4]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, buffers).dictionary_encode()


def _parsed(piece: bytes) -> _Joint | None:
    match = _JOINT.fullmatch(piece) if len(piece) <= _JOINT_BYTES else None
    if match is None or any(wrong in match[4] for wrong in _NO_CHARACTERS):
        return None
    try:
        key = match[4].decode()
    except UnicodeDecodeError:
        return None
    ends_event, new_trace, new_event = bool(match[1]), bool(match[2]), bool(match[3])
    moves = ends_event or new_trace or new_event
    return _Joint(
        key=key,
        from_state=_EVENT if ends_event else _TRACE if moves else _SAME,
        to_state=_EVENT if new_event else _TRACE if moves else _SAME,
        new_trace=new_trace,
        new_event=new_event,
        line_ends=piece.count(b"\n"),
        line_ends_before_event=piece.count(b"\n", 0, match.start(3)) if new_event else 0,
    )


def _in_event(joints: tuple[_Joint, ...], number: Ints, *, ends_in: int) -> Bools | None:
    """Which values stand in an event; None where a tag ends that is not open."""
    from_state = np.array([joint.from_state for joint in joints])[number]
    to_state = np.array([joint.to_state for joint in joints])[number]
    moves = np.flatnonzero(to_state != _SAME)
    states = to_state[moves]
    if (from_state[moves][1:] != states[:-1]).any() or states[-1] != ends_in:
        return None
    stays: Ints = np.diff(moves, append=len(number))
    return np.repeat(states == _EVENT, stays)


def _values(dictionary: pa.Array, code: Ints) -> tuple[pa.Array, Ints] | None:
    """The distinct values as text, and the place of each piece among them; None where one is unusual."""
    used = np.flatnonzero(np.bincount(code, minlength=len(dictionary)))
    distinct = dictionary.take(pa.array(used))
    raw = distinct.buffers()[2]
    content = raw.to_pybytes() if raw is not None else b""
    characters = np.frombuffer(content, np.uint8)
    if ((characters < 32) | (characters == ord("<"))).any() or any(no in content for no in _NO_CHARACTERS):
        return None
    try:
        texts = distinct.cast(pa.string())
        if b"&" in content:
            texts = pa.array([_unescaped(text) for text in texts.to_pylist()], pa.string())
    except (pa.ArrowInvalid, _UnusualReferenceError):
        return None
    place = np.zeros(len(dictionary), np.int64)
    place[used] = np.arange(len(used))
    return texts, place


class _UnusualReferenceError(Exception):
    pass


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    if not (match[2] or match[3]):
        raise _UnusualReferenceError
    code = int(match[2]) if match[2] else int(match[3], 16)
    if code < 32 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        raise _UnusualReferenceError
    return chr(code)


def _columns(
    keys: list[str],
    number: Ints,
    wanted: frozenset[str],
    among: Bools,
    row: Ints,
    rows: int,
    texts: pa.Array,
    code: Ints,
) -> dict[str, pa.Array] | None:
    """One column per wanted key; None where a row has a key twice."""
    found = []
    for key in wanted.intersection(keys) - {""}:
        has_key = np.array([each == key for each in keys])
        at = np.flatnonzero(has_key[number] & among)
        if not len(at):
            continue
        rows_of_key = row[at]
        if (rows_of_key[1:] == rows_of_key[:-1]).any():
            return None
        chosen, missing = np.zeros(rows, np.int64), np.ones(rows, np.bool_)
        chosen[rows_of_key], missing[rows_of_key] = code[at], False
        found.append((int(at[0]), key, texts.take(pa.array(chosen, mask=missing))))
    return {key: column for _, key, column in sorted(found, key=lambda each: each[0])}
