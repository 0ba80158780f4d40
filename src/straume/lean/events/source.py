"""Opening a file that a stranger made: what is it really, is it whole, and does it stay within the limits?"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from straume.lean.errors import InputProblems, Place, Problem, WrongCall

HEAD_BYTES = 1 << 18
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
    name: str  # of the file inside the archive, where there is one; never shown to others than the uploader
    container: str  # "", "gzip" or "zip"


class Stream(io.RawIOBase):
    """The unpacked bytes of a source, counted against the limits while they are read."""

    def __init__(
        self, inner: BinaryIO, packed_bytes: int, limits: Limits, progress: Progress | None, *, packed: bool
    ) -> None:
        self._inner = inner
        self._packed_bytes = packed_bytes
        self._limits = limits
        self._progress = progress
        self._packed = packed
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
        if self._packed and self.count > max(_RATIO_GRACE, self._limits.ratio * self._packed_bytes):
            raise refused("decompression_bomb", ratio=self._limits.ratio)
        if self._progress:
            self._progress(min(self.count, self._packed_bytes) if not self._packed else 0, self._packed_bytes)
        return data

    def _unpack(self, size: int) -> bytes:
        try:
            return self._inner.read(size)
        except EOFError:
            raise refused("archive_truncated") from None
        except (zlib.error, OSError, zipfile.BadZipFile):
            raise refused("archive_damaged") from None


def refused(code: str, place: Place | None = None, /, **params: object) -> InputProblems:
    return InputProblems((Problem(code, params, place or Place()),))


def open_source(path: Path, *, limits: Limits, progress: Progress | None = None) -> Opened:
    """Open a file, unpacking .gz and .zip by what they are, not by their name.

    Raises
    ------
    WrongCall : there is no such file.
    InputProblems : it is empty, or its archive cannot be used.
    """
    if not path.is_file():
        raise WrongCall("no_such_file", path=path.name)
    size = path.stat().st_size
    if size == 0:
        raise refused("empty_file")
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        return _opened(_gzip(path), size, limits, progress, name=path.stem, container="gzip")
    if magic == b"PK\x03\x04" or magic == b"PK\x05\x06":
        member = _only_member(path)
        if member is not None:
            return _opened(member, size, limits, progress, name=member.name, container="zip")
    return _opened(path.open("rb"), size, limits, progress, name=path.name, container="")


def _opened(
    inner: BinaryIO, size: int, limits: Limits, progress: Progress | None, *, name: str, container: str
) -> Opened:
    stream = Stream(inner, size, limits, progress, packed=bool(container))
    head = stream.peek(HEAD_BYTES)
    if not head.strip():
        raise refused("empty_file")
    return Opened(stream, head, name, container)


def _gzip(path: Path) -> BinaryIO:
    import gzip

    return gzip.open(path, "rb")  # type: ignore[return-value]


def _only_member(path: Path) -> BinaryIO | None:
    """The one file of a zip archive; None where the zip is a workbook, which is read as a whole."""
    try:
        archive = zipfile.ZipFile(path)
        members = [
            info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)
        ]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refused("zip_damaged") from None
    names = {info.filename for info in members}
    if "[Content_Types].xml" in names or "xl/workbook.xml" in names or "mimetype" in names:
        return None
    if not members:
        raise refused("zip_without_file")
    if len(members) > 1:
        raise refused("zip_with_several_files", count=len(members))
    if members[0].flag_bits & 1:
        raise refused("zip_encrypted")
    try:
        return archive.open(members[0])  # type: ignore[return-value]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise refused("zip_damaged") from None


def _is_clutter(name: str) -> bool:
    """Files that macOS and Windows put into archives by themselves."""
    base = os.path.basename(name)  # noqa: PTH119  a name inside an archive, not a path
    return name.startswith("__MACOSX/") or base in {".DS_Store", "Thumbs.db", "desktop.ini"}
