"""Rules of the house that a machine can see."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".yml",
    ".txt",
    ".typ",
    ".po",
    ".json",
    ".svg",
    ".lock",
    "",
}
LONGEST = 450  # lines; from 400 on a file wants to be split by subject


def tracked() -> list[Path]:
    """The files that git knows, without vendored ones and migrations."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [Path(name) for name in listed.stdout.split("\0") if name]
    return [
        path for path in paths if not {"vendor", "migrations"} & set(path.parts) and (ROOT / path).is_file()
    ]


def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_no_file_is_longer_than_one_keeps_in_mind():
    code = [path for path in tracked() if path.suffix in {".py", ".html", ".css", ".js", ".typ"}]
    lengths = {str(path): text_of(path).count("\n") for path in code if ".min." not in path.name}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert [str(path) for path in tracked() if path.suffix == ".py" and path.stem in empty] == []


def test_nothing_names_a_machine_it_was_made_on():
    place = re.compile(r"(?:^|[\s\"'(=:])/(?:root|home|Users|work)/\w|(?:localhost|127\.0\.0\.1):\d+/simple")
    found = [
        f"{path}: {match[0].strip()}"
        for path in tracked()
        if path.suffix in TEXTS and path != Path(__file__).relative_to(ROOT)
        for match in place.finditer(text_of(path))
    ]
    assert found == []


def test_packages_come_from_the_public_index():
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_the_lock_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    (locked,) = (package for package in lock["package"] if package["name"] == "straume")
    extras = project["project"]["optional-dependencies"].values()
    wanted = {named(text) for group in (project["project"]["dependencies"], *extras) for text in group}
    assert wanted == {
        (entry["name"], entry.get("specifier", "")) for entry in locked["metadata"]["requires-dist"]
    }
    wanted = {named(text) for text in project["dependency-groups"]["dev"]}
    assert wanted == {
        (entry["name"], entry.get("specifier", "")) for entry in locked["metadata"]["requires-dev"]["dev"]
    }


def named(requirement: str) -> tuple[str, str]:
    parsed = Requirement(requirement)
    return canonicalize_name(parsed.name), ",".join(sorted(str(parsed.specifier).split(","), reverse=True))


def test_no_real_data_is_in_the_repository():
    known = re.compile(
        r"(receipt_wabo|BPIC\d\d|Sepsis|roadtraffic100|kronos_|tartu_).*\.(xes|csv|gz|json|parquet)$"
    )
    assert [str(path) for path in tracked() if known.search(path.name)] == []


def test_only_sources_of_translations_are_kept():
    assert [str(path) for path in tracked() if path.suffix == ".mo"] == []
