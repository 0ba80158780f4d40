"""`straume demo` as a person runs it: filled once, open in seconds, gone with Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

START = (
    "import sys; from pathlib import Path; import django; django.setup(); from straume.web import start; "
    "from straume.web.demo import seed; seed.PARTS = ('places', 'programme', 'people'); "
    "sys.exit(start.demo(port={port}, data=Path({data!r})))"
)


@contextmanager
def running(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demo of the places alone, and what it printed until it was open."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("STRAUME_", "DATABASE_"))}
    env |= {"DJANGO_SETTINGS_MODULE": "straume.web.settings", "PYTHONUNBUFFERED": "1", "STRAUME_DEMO": "1"}
    env["STRAUME_HOME"] = str(data)
    code = START.format(port=port, data=str(data))
    child = subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        said = ""
        for line in child.stdout:  # type: ignore[union-attr]
            said += line
            if "Ctrl-C" in line:
                break
        yield child, said
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def stop(child: subprocess.Popen[str]) -> int:
    child.send_signal(signal.SIGINT)
    return child.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_with(data: Path) -> list[int]:
    """Processes whose environment names the data folder: the server's and the worker's, while they live."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"STRAUME_HOME={data}".encode() in environment.split(b"\0"):
            found.append(int(entry.name))
    return found


def come_in_time(data: Path) -> bool:
    """Whether we, the server with its two processes and the worker are there within a minute.

    The port is open before the server has forked its processes.
    """
    return in_time(lambda: len(processes_with(data)) >= 4)


def gone_in_time(data: Path) -> bool:
    """Whether every process of this data folder ends within a minute."""
    return in_time(lambda: not processes_with(data))


def in_time(comes_true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it comes true before the time is over; a busy machine starts and ends processes late."""
    until = time.monotonic() + seconds
    while not comes_true():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.read().decode()


def test_it_opens_fills_once_keeps_its_data_and_leaves_nothing_running(tmp_path) -> None:
    data, port = tmp_path / "demo", free_port()
    with running(data, port) as (child, said):
        links = re.findall(rf"http://127\.0\.0\.1:{port}/demo/sign-in/\S+", said)
        assert len(links) >= 9, said
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(links[0], timeout=60).read().decode()
        assert "Latgales plānošanas reģions" in page
        sheet = re.search(
            r'href="(/static/css/base\.[0-9a-f]+\.css)"', page
        )  # named by content, so cacheable
        assert sheet and "@layer" in get(f"http://127.0.0.1:{port}{sheet[1]}")
        assert come_in_time(data)
        assert stop(child) == 0
    assert gone_in_time(data)

    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with running(data, port) as (child, said):
            assert "Filling" not in said
            assert f"Port {port} is taken; using" in said
            again = re.findall(r"/demo/sign-in/\S+", said)
            assert again == [link.partition(f":{port}")[2] for link in links]
            assert come_in_time(data)
            child.kill()  # its keeper is gone without a word: the server and the worker go, too
            child.wait()
    assert gone_in_time(data)
