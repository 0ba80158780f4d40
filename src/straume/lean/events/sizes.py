"""How big is a file once it is unpacked? The memory that reading may take follows from it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from straume.lean.errors import InputProblems
from straume.lean.events.source import ZIP_FAULTS, Limits, open_source

_CHUNK = 1 << 20


def unpacked_bytes(path: Path, limits: Limits) -> int:
    """Bytes of the unpacked file; what cannot be unpacked counts as it lies there, the reader tells what
    is wrong.
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
    except (InputProblems, *ZIP_FAULTS):
        return path.stat().st_size
