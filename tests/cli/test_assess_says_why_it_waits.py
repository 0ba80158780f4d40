"""`straume assess` says why work waits, or what is missing to say it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import straume

HOURS = {"Receive": (8, 9), "Check": (11, 12), "Decide": (30, 31)}


def written(path: Path, *, starts: bool) -> Path:
    """Six cases, a week apart: received, checked two hours later, decided on the next morning."""
    head = "case,activity,unit,end" + (",start" if starts else "")
    lines = [head]
    for number in range(6):
        for step, (begin, end) in HOURS.items():
            day = 2 + 7 * number + begin // 24
            month, day = (1, day) if day <= 31 else (2, day - 31)
            start, stop = (f"2018-{month:02d}-{day:02d}T{hour % 24:02d}:00:00" for hour in (begin, end))
            lines.append(f"{number},{step},Desk,{stop}" + (f",{start}" if starts else ""))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_it_prints_each_cause_and_the_steps_that_wait(tmp_path: Path) -> None:
    log = written(tmp_path / "log.csv", starts=True)
    ran = straume("assess", log, "--lang", "lv", "--json", tmp_path / "found.json")
    assert ran.code == 0, ran.err
    assert "Kāpēc jāgaida" in ran.out and "Kur jāgaida: pirms kura soļa" in ran.out
    waiting = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["waiting"]
    # from 12 to 6 on the next day, open 8–17: five hours on the first day, then closed; checks wait two hours
    hours = {one["cause"]: one["hours"] for one in waiting["causes"]}
    assert waiting["waiting_hours"] == pytest.approx(6 * 20)
    assert hours["unavailability"] == pytest.approx(6 * 13)
    assert hours["extraneous"] == pytest.approx(6 * 7)


def test_a_log_without_starts_is_told_what_to_do(tmp_path: Path) -> None:
    ran = straume("assess", written(tmp_path / "log.csv", starts=False), "--lang", "lt")
    assert ran.code == 0, ran.err
    assert "Kodėl laukiama" in ran.out
    assert "Nurodykite, kiek kiekviename žingsnyje trunka pats darbas" in " ".join(ran.out.split())
