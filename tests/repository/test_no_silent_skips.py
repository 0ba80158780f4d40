"""A test that is skipped in CI fails there, unless the real data is not on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
SUITE = """
import pytest
from data_folder import shared_data

def test_passes(): pass
def test_needs_a_tool(): pytest.skip("no such tool here")
def test_needs_data(): shared_data("nowhere.csv")
def test_of_one_database(): pytest.skip("runs on the other database: a lock of SQLite")
@pytest.mark.xfail
def test_known(): raise AssertionError
"""


@pytest.fixture
def outcome(tmp_path):
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["plugins.no_silent_skips"]')

    def run(suite: str = SUITE, **environment: str) -> str:
        (tmp_path / "test_suite.py").write_text(suite)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", "."],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TESTS), **environment},
            capture_output=True,
            text=True,
        )
        return done.stdout.splitlines()[-1]

    return run


def test_at_home_a_skip_is_a_skip(outcome, tmp_path):
    assert "1 passed, 3 skipped, 1 xfailed" in outcome(STRAUME_DATA=str(tmp_path / "none"))


def test_in_ci_only_missing_data_and_the_other_database_excuse(outcome, tmp_path):
    summary = outcome(CI="true", STRAUME_DATA=str(tmp_path / "none"))
    assert "1 failed, 1 passed, 2 skipped, 1 xfailed" in summary


def test_in_ci_nothing_of_the_data_is_excused_where_the_data_is(outcome, tmp_path):
    assert "2 failed, 1 passed, 1 skipped, 1 xfailed" in outcome(CI="true", STRAUME_DATA=str(tmp_path))


def test_in_ci_a_module_skipped_as_a_whole_fails(outcome):
    whole = "import pytest\npytest.importorskip('no_such_package')\n"
    assert "1 error" in outcome(whole, CI="true")
