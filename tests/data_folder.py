"""Where the real data lies that tests read and nobody commits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("STRAUME_DATA", Path(__file__).resolve().parents[1].parent / "shared" / "data"))


def shared_data(name: str) -> Path:
    """Path of a file or folder of the real data; the test is skipped with a clear line where it is missing."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real data not found: {path} (set STRAUME_DATA to its folder)")
    return path
