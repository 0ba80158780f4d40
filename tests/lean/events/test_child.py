"""The child process: an answer as JSON, a folder that is complete or absent, limits on memory and time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data_folder import shared_data
from lean.events.making import HEADER, ROWS, csv_text, write
from straume.lean.errors import WrongCall
from straume.lean.events import child
from straume.lean.events.child import MEMORY_ALWAYS, MEMORY_AT_MOST, Checked, check_in_child, memory_limit
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.store import load

BIG = 300_000


def big_log(folder: Path) -> Path:
    line = ",".join(ROWS[0][1:]) + "\n"
    text = "".join(f"A-{number // 3},{line}" for number in range(BIG))
    return write(folder, ",".join(HEADER) + "\n" + text)


def test_a_good_file_is_saved_and_told(tmp_path: Path) -> None:
    told: list[float] = []
    checked = check_in_child(write(tmp_path, csv_text()), tmp_path / "log", progress=told.append)
    assert checked.problems == () and checked.facts is not None and checked.guess is not None
    assert load(tmp_path / "log").facts == checked.facts
    assert told[-1] == 1.0 and told == sorted(told)
    assert 0 < checked.peak_memory_bytes < MEMORY_ALWAYS
    assert Checked.from_dict(json.loads(json.dumps(checked.to_dict()))) == checked


def test_a_bad_file_is_told_and_nothing_is_saved(tmp_path: Path) -> None:
    checked = check_in_child(write(tmp_path, csv_text([])), tmp_path / "log")
    assert [problem.code for problem in checked.problems] == ["no_rows"]
    assert checked.facts is None
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_a_problem_in_the_last_row_leaves_nothing_behind(tmp_path: Path) -> None:
    path = big_log(tmp_path)
    with path.open("a") as out:
        out.write("A-9,Register,2023-01-02 08:00,never,Anna,Front desk\n")
    checked = check_in_child(path, tmp_path / "log")
    assert [problem.code for problem in checked.problems] == ["timestamp_unreadable"]
    assert checked.problems[0].place.row == BIG + 2  # the headings are row 1
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_cancelling_ends_the_child_and_leaves_nothing_behind(tmp_path: Path) -> None:
    checked = check_in_child(big_log(tmp_path), tmp_path / "log", cancelled=lambda: True)
    assert [problem.code for problem in checked.problems] == ["check_cancelled"]
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_time_is_limited(tmp_path: Path) -> None:
    checked = check_in_child(big_log(tmp_path), tmp_path / "log", seconds=0.2)
    assert [problem.code for problem in checked.problems] == ["check_too_long"]
    assert not (tmp_path / "log").exists()


def test_memory_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "memory_limit", lambda size: 40 << 20)
    checked = check_in_child(big_log(tmp_path), tmp_path / "log")
    assert [problem.code for problem in checked.problems] == ["check_too_big"]


def test_the_limit_of_memory_follows_the_unpacked_size() -> None:
    assert memory_limit(0) == 512 << 20
    assert memory_limit(100 << 20) == 812 << 20
    assert memory_limit(10 << 30) == MEMORY_AT_MOST == 4 << 30


def test_a_mapping_crosses_the_border(tmp_path: Path) -> None:
    path = write(tmp_path, csv_text(header=("a1", "b1", "c1", "d1", "e1", "f1")))
    mapping = ColumnMapping(case="a1", activity="b1", start="c1", end="d1", worker="e1", unit="f1")
    checked = check_in_child(path, tmp_path / "log", mapping=mapping)
    assert checked.facts is not None and dict(checked.facts.columns) == mapping.columns()
    assert checked.guess is not None and checked.guess.mapping == mapping


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("unknown_timezone", {"timezone": "Europe/Rigga"}),
        ("unknown_role", {"mapping": {"cse": "case"}}),
    ],
)
def test_a_wrong_call_is_raised_here_as_it_is_there(
    tmp_path: Path, code: str, call: dict[str, object]
) -> None:
    with pytest.raises(WrongCall, match=code):
        check_in_child(write(tmp_path, csv_text()), None, **call)  # type: ignore[arg-type]


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="no_such_file"):
        check_in_child(tmp_path / "nothing.csv", None)


def test_a_real_log_with_long_names_and_overlapping_work_is_read_within_its_memory(tmp_path: Path) -> None:
    """Threads set aside far more than they touch: the limit is on what is resident."""
    path = shared_data("eventlogs/tartu_work_orders_pre.csv.gz")
    checked = check_in_child(path, tmp_path / "log", timezone="UTC")
    assert checked.problems == () and checked.facts is not None
    assert checked.facts.work_items == 89_817
    assert checked.peak_memory_bytes < memory_limit(35_659_435)
