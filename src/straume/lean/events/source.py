"""Opening a file that a stranger made: what is it really, is it whole, and does it stay within the limits?"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from straume.lean.errors import InputProblems, Place, Problem, WrongCall

HEAD_BYTES = 1 << 18
# What zipfile raises on damaged archives; found by mutating good ones (test_properties).
ZIP_FAULTS = (
    *(zipfile.BadZipFile, OSError, ValueError, KeyError, IndexError, EOFError, OverflowError, RuntimeError),
    *(NotImplementedError, struct.error, zlib.error),
)
_CHUNK = 1 << 20
_RATIO_GRACE = 64 << 20  # a small file may be packed as tightly as it likes

Progress = Callable[[int, int], None]  # bytes read so far, bytes in all (of the file as it lies on the disk)


@dataclass(frozen=True)
class Limits:
    """What a file may ask of the machine."""

    uncompressed_bytes: int = 4 << 30
    ratio: int = 200  # uncompressed ÷ compressed; text logs reach 20 to 60
    columns: int = 2_000
    value_bytes: int = 8 << 20  # one cell or XML attribute
    rows: int = 50_000_000
    problems: int = 200  # so many are listed, the rest is counted


@dataclass(frozen=True)
class Opened:
    """An opened source: `stream` gives the unpacked bytes and raises InputProblems where the file breaks a
    limit.
    """

    stream: Stream
    head: bytes
    container: str  # "", "gzip" or "zip"


class Stream(io.RawIOBase):
    """The unpacked bytes of a source, counted against the limits while they are read."""

    def __init__(
        self,
        inner: BinaryIO,
        packed_bytes: int,
        limits: Limits,
        progress: Progress | None,
        *,
        container: str,
        position: Callable[[int], int],
    ) -> None:
        self._inner = inner
        self._packed_bytes = packed_bytes
        self._limits = limits
        self._progress = progress
        self._container = container
        self._position = position  # unpacked bytes → bytes of the file on the disk
        self._ahead = b""
        self.count = 0

    def readable(self) -> bool:
        return True

    def peek(self, size: int) -> bytes:
        while len(self._ahead) < size:
            more = self._next(_CHUNK)
            if not more:
                break
            self._ahead += more
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        if self._ahead:
            given, self._ahead = self._ahead[:size], self._ahead[size:]
            return given
        return self._next(size)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()

    def _next(self, size: int) -> bytes:
        data = self._unpack(size)
        self.count += len(data)
        if self.count > self._limits.uncompressed_bytes:
            raise refused("too_large", limit_mb=self._limits.uncompressed_bytes >> 20)
        if self._container and self.count > max(_RATIO_GRACE, self._limits.ratio * self._packed_bytes):
            raise refused(f"{self._container}_bomb", ratio=self._limits.ratio)
        if self._progress:
            self._progress(min(self._position(self.count), self._packed_bytes), self._packed_bytes)
        return data

    def _unpack(self, size: int) -> bytes:
        try:
            return self._inner.read(size)
        except EOFError:
            raise refused(f"{self._container}_truncated") from None
        except (zlib.error, *ZIP_FAULTS):
            raise refused(f"{self._container or 'file'}_damaged") from None


def refused(code: str, place: Place | None = None, /, **params: object) -> InputProblems:
    return InputProblems((Problem(code, params, place or Place()),))


def open_source(path: Path, *, limits: Limits, progress: Progress | None = None) -> Opened:
    """Open a file, unpacking .gz and .zip by what they are, not by their name.

    Raises
    ------
    WrongCall : there is no such file.
    InputProblems : it is no file with an end, empty or too large, or its archive cannot be used.
    """
    if not path.is_file():
        if path.exists() and not path.is_dir():  # a pipe or a device has no end and is read only once
            raise refused("not_a_plain_file")
        raise WrongCall("no_such_file", path=path.name)
    size = path.stat().st_size
    if size == 0:
        raise refused("empty_file")
    if size > limits.uncompressed_bytes:
        raise refused("too_large", limit_mb=limits.uncompressed_bytes >> 20)
    with path.open("rb") as file:
        magic = file.read(4)
    inner: BinaryIO
    if magic[:2] == b"\x1f\x8b":
        packed = path.open("rb")
        inner, container = gzip.GzipFile(fileobj=packed), "gzip"  # type: ignore[assignment]

        def position(count: int) -> int:
            return packed.tell()
    elif magic in (b"PK\x03\x04", b"PK\x05\x06") and (member := _only_member(path)) is not None:
        inner, unpacked = member
        container = "zip"

        def position(count: int) -> int:
            return count * size // max(unpacked, 1)
    else:
        inner, container = path.open("rb"), ""

        def position(count: int) -> int:
            return count

    stream = Stream(inner, size, limits, progress, container=container, position=position)
    head = stream.peek(HEAD_BYTES)
    if not head.strip():
        raise refused("empty_file")
    if container and head[:4] in (b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\x1f\x8b\x08\x08"):
        raise refused("archive_in_archive")
    return Opened(stream, head, container)


def _only_member(path: Path) -> tuple[BinaryIO, int] | None:
    """The one file of a zip archive and its size; None where the zip is a workbook, which is read as a
    whole.
    """
    try:
        archive = zipfile.ZipFile(path)
        members = [
            info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)
        ]
    except ZIP_FAULTS:
        raise refused("zip_damaged") from None
    names = {info.filename for info in members}
    if names & {"[Content_Types].xml", "xl/workbook.xml", "mimetype"}:
        return None
    if not members:
        raise refused("zip_without_file")
    if len(members) > 1:
        raise refused("zip_with_several_files", count=len(members))
    if members[0].flag_bits & 1:
        raise refused("zip_encrypted")
    try:
        return archive.open(members[0]), members[0].file_size  # type: ignore[return-value]
    except ZIP_FAULTS:
        raise refused("zip_damaged") from None


def _is_clutter(name: str) -> bool:
    """Files that macOS and Windows put into archives by themselves."""
    base = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or base in {".DS_Store", "Thumbs.db", "desktop.ini"}
