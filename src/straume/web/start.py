"""Start Straume: `straume serve` for an institution, `straume demo` filled with a simulated project.

Both bring the database up to date, then run the web server (two processes of four threads) and one worker
for jobs until Ctrl-C. A second start finds everything done and takes seconds.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import straume
from straume.words.compile import compile_all

Say = Callable[[str], Any]
PROCESSES, THREADS = 2, 4
PORTS_TRIED = 20


def demo(*, port: int = 8000, data: Path = Path("demo-data"), say: Say = print) -> int:
    """Open the demo; return the exit code."""
    os.environ["STRAUME_DEMO"] = "1"
    prepare(data)
    from django.utils import timezone

    from straume.web.demo.seed import seed_all

    seed_all(today=timezone.localdate(), say=lambda name: say(f"Filling the demo: {name} …"))
    return run(host="127.0.0.1", port=port, say=say, after=say_role_links)


def serve(*, port: int = 8000, host: str = "127.0.0.1", data: Path | None = None, say: Say = print) -> int:
    """Open Straume on the data folder (STRAUME_HOME, or ./var); return the exit code."""
    prepare(data or Path(os.environ.get("STRAUME_HOME", "var")))
    return run(host=host, port=port, say=say, after=lambda address, say: None)


def prepare(data: Path) -> None:
    """Settings, words, database and static files, each only as far as it is not there yet."""
    os.environ["STRAUME_HOME"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "straume.web.settings")
    compile_all(Path(straume.__file__).parent)
    import django

    django.setup()
    from django.core.management import call_command

    from straume.web.tables import bring_up_to_date

    bring_up_to_date()
    call_command("check", databases=["default"], stdout=io.StringIO())  # raises where something is wrong
    collect_static()


def collect_static() -> None:
    """Copy and compress the static files where they changed since the last start."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            found.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == found.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(found.hexdigest())


def run(*, host: str, port: int, say: Say, after: Callable[[str, Say], None]) -> int:
    """The web server and the worker, until one ends or somebody stops us."""
    free = free_port(host, port)
    if free != port:
        say(f"Port {port} is taken; using {free}.")
    os.environ.setdefault("STRAUME_ADDRESS", f"http://{host}:{free}")
    # sessions of their own: Ctrl-C reaches us alone, and each child hears one signal
    children = [start_child(web_command(host, free)), start_child(worker_command())]
    try:
        with Stopping() as stopping:
            wait_for(host, free, children[0], stopping)
            address = f"http://{host}:{free}"
            if all(child.poll() is None for child in children) and not stopping.asked:
                say(f"\nStraume is open at {address}/")
                after(address, say)
                say("Ctrl-C stops it.\n")
            while not stopping.asked and all(child.poll() is None for child in children):
                time.sleep(0.2)
            return 0 if stopping.asked else 1
    finally:
        stop(children)


def free_port(host: str, wanted: int) -> int:
    """`wanted`, one of the next where that is taken, or any that the system gives."""
    for port in [*range(wanted, min(wanted + PORTS_TRIED, 65536)), 0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("No free port was found.")


def web_command(host: str, port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--log-level", "warning"]
    sizes = ["--workers", str(PROCESSES), "--blocking-threads", str(THREADS)]
    # a process that is asked to stop while it starts may not hear it
    options += ["--workers-kill-timeout", "8"]
    return [sys.executable, "-m", "granian", *options, *sizes, "--no-ws", "straume.web.wsgi:application"]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "django", "work", "--interval", "0.5", "--no-startup-delay", "-v", "0"]


def start_child(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_us())  # noqa: S603 (our own)


def end_with_us() -> Callable[[], None] | None:
    """On Linux the kernel tells a child to stop when we are killed: no server is left without a keeper."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    set_parent_death_signal = 1

    def ask() -> None:
        prctl(set_parent_death_signal, signal.SIGTERM)

    return ask


def wait_for(host: str, port: int, server: subprocess.Popen[bytes], stopping: Stopping) -> None:
    """Return when the server takes connections, has ended, or somebody wants us to stop."""
    while server.poll() is None and not stopping.asked:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask once; after ten seconds insist. What a child started goes with it."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # each leads a session of its own
        child.wait()


def say_role_links(address: str, say: Say) -> None:
    from straume.web.demo.signin import role_links

    say("Sign in as (nobody here is real):")
    for link in role_links():
        say(f"  {link.role}, {link.name} – {link.where}\n    {address}{link.path}")
    say(f"Mail is shown at {address}/demo/mail/")


class Stopping:
    """While entered, Ctrl-C and SIGTERM set `asked` instead of tearing things down halfway."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stopping:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_exc: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
