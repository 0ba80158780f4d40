"""Each import-linter contract fails when it is broken: a copy of the source gets one import too many."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture(scope="module")
def lint(tmp_path_factory: pytest.TempPathFactory):
    """Runs one contract over a copy of the source in which files of the names given hold the texts given."""
    folder = tmp_path_factory.mktemp("layers")
    bare = shutil.ignore_patterns("__pycache__", "static", "locale", "templates")
    shutil.copytree(ROOT / "src", folder / "src", ignore=bare)
    shutil.copy(ROOT / "pyproject.toml", folder)

    def run(contract: str, **planted: str) -> subprocess.CompletedProcess[str]:
        paths = {
            folder / "src/straume" / (name.replace("__", "/") + ".py"): text for name, text in planted.items()
        }
        assert not any(path.exists() for path in paths)
        new_folders = [path.parent for path in paths if not path.parent.exists()]
        try:
            for path, text in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                (path.parent / "__init__.py").touch()
                path.write_text(text + "\n")
            return subprocess.run(
                [LINT, "--no-cache", "--no-logo", "--contract", contract],
                cwd=folder,
                env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
            )
        finally:
            for path in paths:
                path.unlink(missing_ok=True)
            for new in new_folders:
                shutil.rmtree(new)

    return run


@pytest.mark.parametrize("contract", ["library", "words", "apps", "analysis"])
def test_the_source_keeps_the_contract(lint, contract):
    done = lint(contract)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "planted"),
    [
        ("library", {"lean__flow__planted": "import django"}),
        ("library", {"lean__flow__planted": "from straume.words import catalog"}),
        ("library", {"lean__planted": "import straume.web.settings"}),
        ("words", {"words__planted": "from django.utils import timezone"}),
        ("apps", {"web__places__planted": "from straume.web.studies import apps"}),
        ("apps", {"web__reports__planted": "from straume.web.accounts import models"}),
        ("apps", {"web__guestbook__planted": "import json"}),
        ("analysis", {"web__studies__planted": "from straume.lean import flow"}),
        ("analysis", {"web__studies__planted": "from straume.lean.events import calendar"}),
        ("analysis", {"web__reports__planted": "from straume.lean.events import calendar"}),
        ("analysis", {"words__planted": "from straume.lean import simulate", "lean__simulate__planted": ""}),
    ],
    ids=lambda value: value if isinstance(value, str) else " and ".join(value),
)
def test_it_fails_when_an_import_breaks_it(lint, contract, planted):
    done = lint(contract, **planted)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize(
    "planted",
    [
        {"web__studies__analysis__planted": "from straume.lean import flow"},
        {"web__studies__planted": "from straume.lean.errors import StraumeError"},
        {"web__reports__planted": "from straume.lean.assess import records"},
    ],
    ids=lambda value: " and ".join(value),
)
def test_it_allows_what_the_decision_allows(lint, planted):
    done = lint("analysis", **planted)
    assert done.returncode == 0, done.stdout + done.stderr
