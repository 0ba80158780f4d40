"""A result file is there whole or not at all; what stood under its name stays until then."""

from __future__ import annotations

from pathlib import Path

import pytest

from straume.cli import results


def test_an_interrupt_leaves_what_was_there(tmp_path):
    target = tmp_path / "all.json"
    target.write_text("before", encoding="utf-8")

    def interrupted(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        results.write_by(target, interrupted)
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]


def test_a_whole_result_takes_the_name(tmp_path):
    results.write(tmp_path / "all.json", "{}")
    results.write(tmp_path / "all.json", "[]")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.json", "[]")]


def test_a_device_is_written_to_and_a_missing_folder_named(tmp_path):
    results.write("/dev/null", "{}")
    missing = tmp_path / "nothing" / "all.json"
    with pytest.raises(OSError, match="nothing") as refused:
        results.write(missing, "{}")
    assert refused.value.filename == str(missing)
