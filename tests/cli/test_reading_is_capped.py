"""The command line reads a stranger's file as the web does: in a process of its own, with little memory."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.running import STRAUME, straume
from data_folder import shared_data
from straume.cli.source import WorkingTimeSaid, read_in_child
from straume.lean.events.child import MEMORY_ALWAYS, memory_limit
from straume.lean.events.read import read_log

LINE = "1,A,2018-01-02 08:00:00\n"
PEAK = (  # of the command and all that it started [KB]; Linux counts in KB, macOS in bytes
    "import resource, subprocess, sys\n"
    "code = subprocess.run(sys.argv[1:]).returncode\n"
    "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
    "print(peak // (1024 if sys.platform == 'darwin' else 1), file=sys.stderr)\n"
    "sys.exit(code)"
)


@dataclass(frozen=True)
class Measured:
    code: int
    err: str
    peak_bytes: int


def measured(*arguments: object) -> Measured:
    """Run `straume …` under a small process that tells the largest memory of the command and its child."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PEAK, STRAUME, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    *lines, peak = done.stderr.splitlines()
    return Measured(done.returncode, "\n".join(lines), int(peak) * 1024)


@pytest.fixture(scope="module")
def bomb(tmp_path_factory) -> Path:
    """160 MB of good rows in half a megabyte: refused while it is unpacked, before any of it is read."""
    path = tmp_path_factory.mktemp("bomb") / "bomb.csv.gz"
    with gzip.open(path, "wb") as out:
        out.write(b"case,activity,end\n")
        for _ in range(160):
            out.write((LINE * (1_000_000 // len(LINE))).encode())
    assert path.stat().st_size < 1_000_000
    return path


@pytest.fixture(scope="module")
def endless(tmp_path_factory) -> Path:
    """A table that goes on for 900 GB; it takes no room on the disk."""
    path = tmp_path_factory.mktemp("endless") / "endless.csv"
    path.write_text("case,activity,end\n" + LINE * 20_000, encoding="utf-8")
    os.truncate(path, 900 << 30)
    return path


@pytest.mark.parametrize("command", ["log", "assess", "explain"])
def test_a_gzip_bomb_is_refused_with_little_memory(bomb, command):
    ran = measured(command, bomb, "--lang", "en")
    assert ran.code == 1
    said = ran.err.splitlines()
    assert said[-2].startswith("1. bomb.csv.gz: Unpacked, the file (.gz) would be more than 200 times as big")
    assert said[-1].strip() == "→ If it is a real log, upload it unpacked."
    assert 0 < ran.peak_bytes < MEMORY_ALWAYS


def test_an_endless_file_is_refused_without_reading_it(endless):
    ran = measured("log", endless, "--lang", "en")
    assert (ran.code, ran.err.splitlines()[-2:]) == (
        1,
        [
            "1. endless.csv: Unpacked, the file is bigger than 4,096 MB.",
            "   → Export a shorter period or fewer columns.",
        ],
    )
    assert 0 < ran.peak_bytes < MEMORY_ALWAYS


@pytest.mark.parametrize("command", ["log", "assess"])
def test_what_is_no_file_is_refused_and_not_waited_for(command):
    ran = straume(command, "/dev/zero", "--lang", "lv")
    assert ran.code == 1
    assert "1. zero: " in ran.err and "→ Saglabājiet žurnālu failā" in ran.err


def test_a_log_takes_no_more_than_its_size_allows(tmp_path):
    path = tmp_path / "cases.csv"
    rows = (f"{n // 4},Step {n % 4},2018-01-{1 + n % 28:02} 08:00:00\n" for n in range(200_000))
    path.write_text("case,activity,end\n" + "".join(rows), encoding="utf-8")
    ran = measured("log", path)
    assert ran.code == 0, ran.err
    assert 0 < ran.peak_bytes < memory_limit(path.stat().st_size)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("receipt_wabo.xes.gz", {"timezone": "Europe/Amsterdam"}),
        ("kronos_PurchasingExample.csv", {"worker": "Resource"}),
    ],
)
def test_the_log_comes_back_as_it_was_read(name, options):
    path = shared_data(f"eventlogs/{name}")
    working = WorkingTimeSaid(None, options.pop("timezone", None))
    back = read_in_child(path, working, {"case_type": None, **options}, salt=b"salt")
    here = read_log(path, mapping=options, timezone=working.timezone, calendar=working.calendar, salt=b"salt")
    assert back == here
    assert back.items.equals(here.items) and back.cases.equals(here.cases) and back.stops.equals(here.stops)


def test_nothing_of_the_log_stays_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = shared_data("eventlogs/receipt_wabo.xes.gz")
    read_in_child(path, WorkingTimeSaid(None, None), {"case_type": None})
    assert list(tmp_path.iterdir()) == []
