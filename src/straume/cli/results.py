"""Result files: there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write(target: str | Path, data: bytes | str) -> None:
    """Write a file beside its name, then give it the name: an interrupt leaves what was there before."""
    content = data.encode() if isinstance(data, str) else data
    write_by(Path(target), lambda unfinished: unfinished.write_bytes(content))


def write_by(target: Path, write_to: Callable[[Path], object]) -> None:
    """The same for what writes its file itself; it gets a path with the same name, which may choose a form.

    Raises OSError that names the target.
    """
    if target.exists() and not target.is_file():  # a pipe or a device, such as /dev/null
        write_to(target)
        return
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".straume-") as folder:
            unfinished = Path(folder) / target.name
            write_to(unfinished)
            os.replace(unfinished, target)  # noqa: PTH105 - atomic on one file system
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
