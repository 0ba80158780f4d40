"""The child's side of `child.check_in_child`: a request as JSON on standard input, answers as JSON lines
on standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa

from straume.lean.errors import InputProblems, Problem, WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.child import MEMORY_AT_MOST, Checked, memory_limit
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.read import inspect_log
from straume.lean.events.sizes import unpacked_bytes
from straume.lean.events.source import Limits
from straume.lean.events.store import save

_READING = 0.8  # share of the work that reading is
_TELL_SECONDS = 0.2


def main() -> None:
    # Only this process may write here: a library that prints would break the lines.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (int(request["seconds"] * 2) + 5,) * 2)
    try:
        answer = _checked(request, _Teller(out)).to_dict()
    except WrongCall as wrong:
        answer = {"wrong_call": {"code": wrong.code, "params": wrong.params}}
    except (MemoryError, pa.ArrowMemoryError):
        answer = Checked(None, None, (Problem("check_too_big", {"limit_mb": _limit_mb()}),)).to_dict()
    except Exception as error:  # no traceback leaves: it could show rows of the file
        answer = Checked(None, None, (Problem("check_failed", {"kind": type(error).__name__}),)).to_dict()
    answer["peak_memory_bytes"] = _peak_bytes()
    print(json.dumps(answer), file=out, flush=True)


class _Teller:
    """Tells the parent how far the reading is, a few times a second."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._told_at = 0.0

    def tell(self, message: dict[str, Any]) -> None:
        print(json.dumps(message), file=self._out, flush=True)

    def progress(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if now - self._told_at > _TELL_SECONDS:
            self._told_at = now
            self.tell({"share": _READING * done / max(whole, 1)})


def _checked(request: dict[str, Any], teller: _Teller) -> Checked:
    path = Path(request["path"])
    limits = Limits()
    try:
        size = unpacked_bytes(path, limits)
    except InputProblems as refusal:
        return Checked(None, None, refusal.problems)
    teller.tell({"unpacked_bytes": size})
    _limit_memory(memory_limit(size))
    mapping = ColumnMapping.from_dict(request["mapping"]) if request["whole_mapping"] else request["mapping"]
    found = inspect_log(
        path,
        mapping=mapping,
        calendar=WorkCalendar.from_dict(request["calendar"]) if request["calendar"] else None,
        unit_calendars={unit: WorkCalendar.from_dict(own) for unit, own in request["unit_calendars"].items()},
        salt=bytes.fromhex(request["salt"]) if request["salt"] is not None else None,
        limits=limits,
        progress=teller.progress,
        **request["options"],
    )
    if found.log is not None and request["out_folder"] is not None:
        teller.tell({"share": 0.95})
        save(found.log, Path(request["out_folder"]))
    return Checked(found.guess, found.facts, found.problems)


def _limit_memory(limit: int) -> None:
    """A backstop in the system: the parent holds what is resident to the limit, four times that much may be
    set aside. Threads and their arenas set aside more than a gigabyte of which little is ever touched, and
    a log of 36 MB that needs 320 MB was refused at twice the limit.
    """
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (4 * limit, 4 * MEMORY_AT_MOST))


def _peak_bytes() -> int:
    """Most that was resident. Linux hands ru_maxrss on from the parent, so its own mark is asked first."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _limit_mb() -> int:
    return resource.getrlimit(resource.RLIMIT_DATA)[0] >> 22  # a quarter of what may be set aside, in MB


if __name__ == "__main__":
    main()
