"""Where the real data lies that tests read and nobody commits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"  # beside the checkout
FOLDER = Path(os.environ.get("STRAUME_DATA", BESIDE))


def shared_data(name: str) -> Path:
    """Path of a file or folder of the real data; where it is missing the test is skipped and says so."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real data not found: {path} (set STRAUME_DATA to its folder)")
    return path
