"""Compile every .po under src/straume to the .mo beside it, in pure Python: it needs no gettext."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(root: Path) -> int:
    """Write each .mo that is missing or older than its .po under `root`; return how many were written."""
    written = 0
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalog = read_po(lines, locale=source.parts[-3])
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        with draft.open("wb") as out:
            write_mo(out, catalog)
        draft.replace(target)  # at once: another process may read it now
        written += 1
    return written


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[1])
