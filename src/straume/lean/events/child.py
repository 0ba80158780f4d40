"""A stranger's file is read in a process of its own: with little memory, a time limit, and nothing left
half done.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from straume.lean.errors import Problem, WrongCall

if TYPE_CHECKING:  # the tables of the library are loaded while the child already reads
    from straume.lean.events.calendar import WorkCalendar
    from straume.lean.events.guess import ColumnMapping, Guess
    from straume.lean.events.log import Facts
    from straume.lean.events.work import Lifecycle

MEMORY_ALWAYS = 512 << 20  # [bytes]
MEMORY_PER_BYTE = 3  # of the unpacked file
MEMORY_AT_MOST = 4 << 30
_POLL_SECONDS = 0.02
_PAGE = 4096


@dataclass(frozen=True)
class Checked:
    """What the child found: facts where the whole file was fine (and then the log lies in the folder),
    else problems.
    """

    guess: Guess | None
    facts: Facts | None
    problems: tuple[Problem, ...]
    peak_memory_bytes: int = 0

    def to_dict(self) -> dict[str, Any]:
        """A JSON form; names of workers are in none of it."""
        return {
            "guess": self.guess.to_dict() if self.guess else None,
            "facts": asdict(self.facts) if self.facts else None,
            "problems": [problem.to_dict() for problem in self.problems],
            "peak_memory_bytes": self.peak_memory_bytes,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Checked:
        from straume.lean.events.guess import Guess
        from straume.lean.events.log import Facts

        facts = data["facts"]
        return cls(
            guess=Guess.from_dict(data["guess"]) if data["guess"] else None,
            facts=Facts(**{**facts, "notices": tuple(facts["notices"])}) if facts else None,
            problems=tuple(Problem.from_dict(problem) for problem in data["problems"]),
            peak_memory_bytes=data.get("peak_memory_bytes", 0),
        )


def check_in_child(
    path: Path,
    out_folder: Path | None,
    *,
    mapping: ColumnMapping | Mapping[str, Any] | None = None,
    timezone: str = "Europe/Riga",
    calendar: WorkCalendar | None = None,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    lifecycle: Lifecycle = "pair",
    case_type: str | None = None,
    salt: bytes | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    now_at: int | None = None,
    seconds: float = 600.0,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Checked:
    """Read a log in a child process and, only where the whole file is fine, save it to `out_folder`.

    Parameters
    ----------
    path : the file.
    out_folder : a folder that does not exist yet (`store.load` reads it); None: nothing is saved.
    mapping … now_at : as `read_log` takes them.
    seconds : after these the child is ended.
    progress : called with the share done, 0 to 1.
    cancelled : asked a few times a second; once it says yes, the child is ended.

    Returns
    -------
    Checked. Time, memory and cancelling show as problems: check_too_long, check_too_big, check_cancelled,
    check_failed.

    Raises
    ------
    WrongCall : no such file, zone or role; `out_folder` exists.
    """
    if out_folder is not None and out_folder.exists():
        raise WrongCall("log_folder_exists", folder=out_folder.name)
    request = {
        "path": str(path),
        "out_folder": None if out_folder is None else str(out_folder),
        "mapping": mapping if mapping is None or isinstance(mapping, Mapping) else mapping.to_dict(),
        "whole_mapping": mapping is not None and not isinstance(mapping, Mapping),
        "calendar": calendar.to_dict() if calendar else None,
        "unit_calendars": {unit: own.to_dict() for unit, own in (unit_calendars or {}).items()},
        "salt": salt.hex() if salt is not None else None,
        "seconds": seconds,
        "options": {
            "timezone": timezone,
            "lifecycle": lifecycle,
            "case_type": case_type,
            "encoding": encoding,
            "delimiter": delimiter,
            "sheet": sheet,
            "now_at": now_at,
        },
    }
    try:
        return _Child(request, seconds, progress, cancelled).run()
    finally:
        if out_folder is not None:
            shutil.rmtree(out_folder.with_name(out_folder.name + ".unfinished"), ignore_errors=True)


class _Child:
    """The running child, watched until it answers or has to be ended."""

    def __init__(
        self,
        request: Mapping[str, Any],
        seconds: float,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._request = request
        self._seconds = seconds
        self._progress = progress
        self._cancelled = cancelled
        self._memory_limit = MEMORY_ALWAYS
        self._peak = 0
        self._share = 0.0
        self._answer: dict[str, Any] | None = None

    def run(self) -> Checked:
        process = subprocess.Popen(
            [sys.executable, "-m", "straume.lean.events.child_main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could show rows of the file
        )
        assert process.stdin and process.stdout
        listener = threading.Thread(target=self._listen, args=(process.stdout,), daemon=True)
        listener.start()
        try:
            self._send(process.stdin)
            _load_what_an_answer_needs()
            ended_by = self._watch(process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            listener.join(timeout=10)
            process.stdout.close()
        return self._checked(ended_by, process.returncode)

    def _send(self, stdin: IO[bytes]) -> None:
        try:
            stdin.write(json.dumps(self._request).encode())
            stdin.close()
        except BrokenPipeError:
            pass  # the child is gone; the watch tells why

    def _listen(self, stdout: IO[bytes]) -> None:
        for line in stdout:
            message = json.loads(line)
            if "unpacked_bytes" in message:
                self._memory_limit = memory_limit(message["unpacked_bytes"])
            elif "share" in message:
                self._share = message["share"]
            else:
                self._answer = message

    def _watch(self, process: subprocess.Popen[bytes]) -> str | None:
        """Wait for the child; returns the code of what ended it before its time, if anything did."""
        until = time.monotonic() + self._seconds
        told = -1.0
        while process.poll() is None:
            self._peak = max(self._peak, _resident_bytes(process.pid))
            if self._peak > self._memory_limit:
                return "check_too_big"
            if time.monotonic() > until:
                return "check_too_long"
            if self._cancelled and self._cancelled():
                return "check_cancelled"
            if self._progress and self._share > told:
                told = self._share
                self._progress(told)
            time.sleep(_POLL_SECONDS)
        return None

    def _checked(self, ended_by: str | None, exit_status: int) -> Checked:
        answer = self._answer
        if answer is not None and ended_by is None:
            if "wrong_call" in answer:
                raise WrongCall(answer["wrong_call"]["code"], **answer["wrong_call"]["params"])
            if self._progress and answer["facts"]:
                self._progress(1.0)
            return Checked.from_dict(answer)
        code = ended_by or ("check_too_long" if exit_status == -24 else "check_failed")  # 24: SIGXCPU
        params = {
            "check_too_big": {"limit_mb": self._memory_limit >> 20},
            "check_too_long": {"seconds": int(self._seconds)},
        }.get(code, {})
        return Checked(None, None, (Problem(code, params),), self._peak)


def _load_what_an_answer_needs() -> None:
    """Half a second of loading falls into the time in which the child loads the same."""
    importlib.import_module("straume.lean.events.guess")
    importlib.import_module("straume.lean.events.log")


def memory_limit(unpacked_bytes: int) -> int:
    """What reading a file of that size may take [bytes]."""
    return min(MEMORY_AT_MOST, MEMORY_ALWAYS + MEMORY_PER_BYTE * unpacked_bytes)


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    # no /proc here, or the child is gone: the child's own limits remain
    except (OSError, IndexError, ValueError):
        return 0
