"""What is this file? Its content tells; each format gives a sample of rows and then the columns that are
wanted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from straume.lean.errors import Place, WrongCall
from straume.lean.events.delimited import open_delimited
from straume.lean.events.ocel import Ocel, ocel_of_json, ocel_of_sqlite, ocel_of_xml, open_ocel
from straume.lean.events.parquet import open_parquet
from straume.lean.events.raw import RawTable, Wanted
from straume.lean.events.source import ZIP_FAULTS, Limits, Opened, Progress, open_source, refused
from straume.lean.events.workbook import open_workbook
from straume.lean.events.xes import open_xes

_OLE = b"\xd0\xcf\x11\xe0"
_SQLITE = b"SQLite format 3\0"
_OTHER_FILES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
)

# What the caller may say of a file → the formats that it is said of.
_SAID_OF = {"encoding": "CSV", "delimiter": "CSV", "sheet": "XLSX", "case_type": "OCEL"}


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
    read: Callable[[Wanted], RawTable]
    all_names: bool = True  # False: other columns may come later in the file


def open_log(path: Path, options: SourceOptions) -> LogSource:
    """Recognise a file and sample it.

    Raises
    ------
    InputProblems : it is no file that we know.
    WrongCall : something was said of it that is said of other formats.
    """
    opened = open_source(path, limits=options.limits)
    head = opened.head
    if head.startswith((b"PK\x03\x04", _OLE)):
        opened.stream.close()
        _refuse_other_office_files(path)
        _check_said(options, "XLSX")
        return LogSource(*open_workbook(path, sheet=options.sheet, limits=options.limits))
    if head.startswith((b"PAR1", _SQLITE)):
        opened.stream.close()
        if opened.container:
            raise refused("unpack_first")
        if head.startswith(_SQLITE):
            return _ocel(ocel_of_sqlite(path), "ocel-sqlite", options)
        _check_said(options, "Parquet")
        return LogSource(*open_parquet(path, limits=options.limits))
    _refuse_other_files(head)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] == b"<":
        return _xml(path, opened, start, options)
    if start[:1] in (b"{", b"["):
        return _ocel(ocel_of_json(opened), "ocel-json", options)
    _check_said(options, "CSV")
    sample, read = open_delimited(
        opened,
        lambda: open_source(path, limits=options.limits, progress=options.progress),
        limits=options.limits,
        encoding=options.encoding,
        delimiter=options.delimiter,
    )
    return LogSource(sample, read)


def _xml(path: Path, opened: Opened, start: bytes, options: SourceOptions) -> LogSource:
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html)", start, re.I | re.S):
        raise refused("html_file", Place(line=1))
    if re.search(rb"<(object-types|event-types)\b", opened.head):
        return _ocel(ocel_of_xml(opened), "ocel-xml", options)

    _check_said(options, "XES")

    def again() -> Opened:
        return open_source(path, limits=options.limits, progress=options.progress)

    return LogSource(*open_xes(opened, again, options.limits), all_names=False)


def _ocel(ocel: Ocel, format_name: str, options: SourceOptions) -> LogSource:
    _check_said(options, "OCEL")
    return LogSource(
        *open_ocel(ocel, format_name=format_name, case_type=options.case_type, limits=options.limits)
    )


def _check_said(options: SourceOptions, format_name: str) -> None:
    """What would be passed over in silence is refused."""
    for name, meant_for in _SAID_OF.items():
        if getattr(options, name) is not None and meant_for != format_name:
            option = name.replace("_", "-")
            raise WrongCall("said_of_other_format", option=option, formats=meant_for, format=format_name)


def _refuse_other_office_files(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except ZIP_FAULTS:
        raise refused("workbook_damaged") from None
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refused("document_file")


def _refuse_other_files(head: bytes) -> None:
    if head.startswith(b"%PDF"):
        raise refused("pdf_file")
    if head.startswith(_OTHER_FILES):
        raise refused("unknown_format")
    control = sum(head[:4096].count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if control > 0.02 * len(head[:4096]):
        raise refused("unknown_format")
