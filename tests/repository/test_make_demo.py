"""`make demo` as a person meets it: an address that opens, links that sign in, data that stays."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_START_SECONDS = 420  # on two cores that other tests use as well; alone it is a minute
SECOND_START_SECONDS = 90  # likewise; alone it is some seconds


class Demo:
    """A `make demo` that runs, and what it has printed so far."""

    def __init__(self, data: Path, port: int) -> None:
        hidden = ("STRAUME_", "DATABASE_URL", "DJANGO_", "MAKE", "PYTEST_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        self.process = subprocess.Popen(
            ["make", "demo", f"PORT={port}", f"DATA={data}"],
            cwd=ROOT,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, pattern: str, seconds: float) -> re.Match[str]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended = self.process.poll() is not None
            for line in list(self.lines):
                if found := re.search(pattern, line):
                    return found
            assert not ended, f"make demo ended with {self.process.returncode}:\n" + "\n".join(self.lines)
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s: {pattern}\n" + "\n".join(self.lines))


@contextmanager
def demo(data: Path) -> Iterator[Demo]:
    port = free_port()
    running = Demo(data, port)
    try:
        yield running
    finally:
        os.killpg(running.process.pid, signal.SIGINT)  # as Ctrl-C does
        try:
            running.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(running.process.pid, signal.SIGKILL)
            raise
    assert left_running(port) == []


def left_running(port: int) -> list[str]:
    """Commands of processes that still serve the port."""
    found = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    return [" ".join(words) for words in found if "granian" in words and str(port) in words]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read(address: str) -> str:
    """The page a browser would see, with the cookies that it is given on the way."""
    with build_opener(HTTPCookieProcessor(CookieJar())).open(address, timeout=30) as answer:
        assert answer.status == 200
        return answer.read().decode()


@pytest.mark.slow
def test_it_opens_and_signs_in_and_keeps_its_data(tmp_path):
    with demo(tmp_path / "data") as first:
        address = first.wait_for(r"Straume is open at (\S+)/$", FIRST_START_SECONDS)[1]
        first.wait_for("Ctrl-C stops it", 20)
        assert "Straume" in read(f"{address}/")
        people = re.findall(r"^  .*, (.+) – .*\n    (http\S+)$", "\n".join(first.lines), re.MULTILINE)
        assert len(people) >= 8, first.lines
        for name, link in people:
            assert name in read(link), "the page names who is signed in"
        assert "<h1" in read(f"{address}/demo/mail/")
    filled = sum("Filling the demo" in line for line in first.lines)
    assert filled >= 4

    began = time.monotonic()
    with demo(tmp_path / "data") as second:
        address = second.wait_for(r"Straume is open at (\S+)/$", SECOND_START_SECONDS)[1]
        took = time.monotonic() - began
        second.wait_for("Ctrl-C stops it", 20)
        name, link = people[0]
        assert name in read(re.sub(r"^http://[^/]+", address, link)), "links stay good"
        assert not any("Filling the demo" in line for line in second.lines)
    assert took < SECOND_START_SECONDS
