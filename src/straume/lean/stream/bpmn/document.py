"""A BPMN file beside the value stream that was read from it: what the stream cannot hold is carried along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from straume.lean.errors import InputProblems, Problem
from straume.lean.stream.bpmn.parsing import LARGEST_BYTES, parsed
from straume.lean.stream.bpmn.patching import patched
from straume.lean.stream.bpmn.reading import read
from straume.lean.stream.bpmn.vocabulary import BPMN, q
from straume.lean.stream.bpmn.writing import bpmn_of
from straume.lean.stream.records import ValueStream


@dataclass(frozen=True)
class Written:
    """A file to hand out.

    carried : what the file held beside the way of the work is still in it.
    lost : names (or ids) of events that went although no step of theirs was taken out: where a step is put
        in before the end, several end events become one.
    """

    data: bytes
    carried: bool = True
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class BpmnDocument:
    """A file as it came, the stream it was read as, and – element by element – what the stream cannot hold.

    Whoever keeps the stream keeps `source` and `process` beside it: `read_bpmn(source, pool=process)` gives
    the same document again.
    """

    source: bytes
    stream: ValueStream
    notices: tuple[Problem, ...]
    process: str  # id of the process that is the service

    def written(self, stream: ValueStream | None = None) -> Written:
        """The file with the stream as it is now: unchanged byte by byte while the stream is unchanged.

        Names, lanes, times, shares, steps put in or taken out are changed in the file as it came; all else in
        it stays. Where a change cannot be made so, the file is written anew from the stream alone, and
        `carried` is false.
        """
        if stream is None or stream == self.stream:
            return Written(self.source)
        changed = patched(self.source, stream, pool=self.process or None)
        if changed is None:
            return Written(bpmn_of(stream), carried=False)
        return Written(changed, lost=_lost_ends(self.source, changed))


def _lost_ends(source: bytes, written: bytes) -> tuple[str, ...]:
    """End events of a file that are not in what was written in its place."""
    before, after = (
        {str(one.get("id")): one.get("name") for one in parsed(data).iter(q(BPMN, "endEvent"))}
        for data in (source, written)
    )
    return tuple(name or id_ for id_, name in before.items() if id_ not in after)


def read_bpmn(data: bytes, *, pool: str | None = None) -> BpmnDocument:
    """The value stream of a BPMN 2.0 file, ours or that of another tool.

    Parameters: pool – id or name of the pool or process that is the service; by default the one with a start
    event, of several that with the most work.
    Returns: BpmnDocument; its notices name each element that the stream holds only in part or not at all.
    Raises: InputProblems – not XML, not BPMN, an identifier twice, a flow from or to nowhere, no start, no
    way to the end; WrongCall – there is no such pool.
    References: OMG, Business Process Model and Notation 2.0.2 (2014); docs/methods/bpmn.md.
    """
    found = read(parsed(data), pool=pool)
    return BpmnDocument(data, found.stream, found.notices, found.process)


def read_bpmn_file(path: Path, *, pool: str | None = None) -> BpmnDocument:
    """`read_bpmn` of a file, which is not opened where it is too large."""
    if path.stat().st_size > LARGEST_BYTES:
        most = LARGEST_BYTES // 1_000_000
        raise InputProblems((Problem("bpmn_too_large", {"most_mb": most}),))
    return read_bpmn(path.read_bytes(), pool=pool)


def write_bpmn(stream: ValueStream, *, name: str = "") -> bytes:
    """A value stream as BPMN 2.0 with pool, lanes and diagram; `name` is for a stream without one.

    What BPMN cannot say – times, shares, yields, law, units, demand – stands in elements of our own
    namespace. Reading the bytes gives back an equal stream; the same stream gives the same bytes.
    """
    return bpmn_of(stream, name=name)
