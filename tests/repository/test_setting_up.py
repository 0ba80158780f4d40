"""On a machine that lacks something, setting up says in a sentence which one command installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import postgres

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def machine(tmp_path):
    """A machine with only the programs given (name → text of a shell script), to run our scripts on."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "ls"):
        (folder / name).symlink_to(f"/bin/{name}")

    def run(script: str, *arguments: str, **programs: str) -> subprocess.CompletedProcess[str]:
        for name, text in programs.items():
            path = folder / name.replace("_", "-").replace("-dot-", ".")
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)
        command = ["/bin/sh", str(ROOT / "tools" / script), *arguments]
        return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True)

    return run


REAL = f'exec {sys.executable} "$@"'
TOO_OLD = 'case "$2" in *version_info*) exit 1 ;; esac'
NO_VENV = f'case "$2" in *ensurepip*) exit 1 ;; esac; {REAL}'


def test_it_takes_a_python_that_fits(machine, tmp_path):
    assert machine("find-python", python3=REAL).stdout == f"{tmp_path}/bin/python3\n"


def test_it_looks_past_an_old_python(machine, tmp_path):
    done = machine("find-python", python3=TOO_OLD, **{"python3-dot-11": REAL})
    assert done.stdout == f"{tmp_path}/bin/python3.11\n"


@pytest.mark.parametrize("programs", [{}, {"python3": TOO_OLD}], ids=["no python", "an old python"])
def test_without_a_python_it_names_the_command(machine, programs):
    done = machine("find-python", **programs)
    assert done.returncode == 1
    assert "3.11, 3.12 or 3.13" in done.stderr
    assert done.stderr.endswith("sudo apt-get install -y python3 python3-venv\n")


def test_without_the_venv_module_it_names_its_package(machine):
    done = machine("find-python", python3=NO_VENV)
    assert done.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.stderr.endswith(f"sudo apt-get install -y python{version}-venv\n")


def test_make_demo_says_so_in_one_sentence(tmp_path):
    (tmp_path / "clone").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path / "clone")
    shutil.copytree(ROOT / "tools", tmp_path / "clone" / "tools")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("make", "sh", "date"):
        (programs / name).symlink_to(shutil.which(name))
    environment = {"PATH": str(programs)}
    command = [str(programs / "make"), "demo"]
    done = subprocess.run(command, cwd=tmp_path / "clone", env=environment, capture_output=True, text=True)
    sentence, *rest = done.stderr.splitlines()
    assert sentence.endswith("sudo apt-get install -y python3 python3-venv")
    assert all(line.startswith("make: ***") for line in rest)
    assert done.stdout == ""


def test_an_ordinary_user_is_told_the_one_command(machine):
    done = machine("need", "git", "chromium", "make", id="echo 1000", git=":")
    assert done.returncode == 1
    assert done.stderr == "Missing here: chromium make. Install with: sudo apt-get install -y chromium make\n"


def test_nothing_is_said_where_all_is_there(machine):
    done = machine("need", "git", "chromium", git=":", chromium=":")
    assert (done.returncode, done.stderr) == (0, "")


def test_root_installs_what_is_missing(machine, tmp_path):
    install = f'echo "$@" >> {tmp_path}/said; [ "$1" = update ] || echo : > {tmp_path}/bin/chromium'
    chmod = f"; /bin/chmod +x {tmp_path}/bin/* 2>/dev/null"
    done = machine("need", "chromium", id="echo 0", apt_get=install + chmod)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "said").read_text() == "update -qq\ninstall -y chromium -qq\n"


def test_root_is_told_when_installing_did_not_help(machine):
    done = machine("need", "chromium", id="echo 0", apt_get=":")
    assert done.returncode == 1
    assert "chromium could not be installed" in done.stderr


# a PostgreSQL of one's own

QUESTION = """
import os, psycopg
print(psycopg.connect(os.environ["DATABASE_URL"]).execute("SHOW data_directory").fetchone()[0])
"""


def test_a_run_gets_an_empty_server_that_is_gone_afterwards():
    done = subprocess.run(
        [sys.executable, ROOT / "tools/postgres.py", sys.executable, "-c", QUESTION],
        capture_output=True,
        text=True,
        env={**os.environ, "DATABASE_URL": "postgresql://somebody@example.org/else"},
    )
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    assert folder.parent.name.startswith("straume-postgres-")
    assert not folder.parent.exists()


def test_it_touches_nothing_on_a_server_that_is_not_its_own(tmp_path):
    with postgres.cluster() as url, pytest.raises(SystemExit, match="Another PostgreSQL answers"):
        postgres._refuse_a_stranger(url, tmp_path / "data")


def test_the_exit_code_of_the_run_is_passed_on():
    done = subprocess.run([sys.executable, ROOT / "tools/postgres.py", "sh", "-c", "exit 7"])
    assert done.returncode == 7
