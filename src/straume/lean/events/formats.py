"""What is this file? Its content tells; each format gives a sample of rows and then the columns that are
wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from straume.lean.events.delimited import open_delimited
from straume.lean.events.raw import RawTable
from straume.lean.events.source import Limits, Opened, Progress, open_source
from straume.lean.events.xes import open_xes


@dataclass(frozen=True)
class SourceOptions:
    """What the caller says of a file beside its path."""

    encoding: str | None
    delimiter: str | None
    sheet: str | None
    case_type: str | None
    limits: Limits
    progress: Progress | None = None


@dataclass(frozen=True)
class LogSource:
    """A recognised source: a sample to guess from, and the reading itself."""

    sample: RawTable
    read: Callable[[frozenset[str]], RawTable]
    names: tuple[str, ...]
    all_names: bool = True  # False: other columns may come later in the file


def open_log(path: Path, options: SourceOptions) -> LogSource:
    """Recognise a file and sample it; raises InputProblems where it is none that we know."""
    opened = open_source(path, limits=options.limits)

    def again() -> Opened:
        return open_source(path, limits=options.limits, progress=options.progress)

    head = opened.head
    if _is_xml(head):
        sample, read = open_xes(opened, again, options.limits)
        return LogSource(sample, read, sample.names, all_names=False)
    sample, read = open_delimited(
        opened, again, limits=options.limits, encoding=options.encoding, delimiter=options.delimiter
    )
    return LogSource(sample, read, sample.names)


def _is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
