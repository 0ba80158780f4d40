"""Run the real command as people do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

STRAUME = Path(sys.executable).with_name("straume")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def straume(*arguments: object, env: dict[str, str] | None = None) -> Ran:
    """`straume …` in a process of its own, on a terminal of 100 columns; no-break spaces become spaces."""
    plain = {key: value for key, value in os.environ.items() if key not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    done = subprocess.run(
        [STRAUME, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**plain, "PYTHONUTF8": "1", "COLUMNS": "100", **(env or {})},
        timeout=120,
        check=False,
    )
    space = "\N{NO-BREAK SPACE}"
    return Ran(done.returncode, done.stdout.replace(space, " "), done.stderr.replace(space, " "))
