"""How big is a file once it is unpacked? The memory that reading may take follows from it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from straume.lean.errors import InputProblems
from straume.lean.events.source import ZIP_FAULTS, Limits, open_source

_CHUNK = 1 << 20
_BOMBS = ("gzip_bomb", "zip_bomb", "too_large")


def unpacked_bytes(path: Path, limits: Limits) -> int:
    """Bytes of the unpacked file; what cannot be unpacked counts as it lies there, the reader tells what
    is wrong.

    Raises InputProblems where there are more than anybody may ask for: nothing of it is then read.
    """
    try:
        opened = open_source(path, limits=limits)
        with opened.stream as stream:
            if opened.container == "gzip":
                while stream.read(_CHUNK):
                    pass
                return stream.count
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except InputProblems as refusal:
        if any(problem.code in _BOMBS for problem in refusal.problems):
            raise
        return path.stat().st_size
    except ZIP_FAULTS:
        return path.stat().st_size
