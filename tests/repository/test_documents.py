"""The documents say what is there: settings, decisions, methods, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import links

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_every_link_leads_somewhere():
    assert [line for document in links.documents(ROOT) for line in links.broken(document, ROOT)] == []


def test_every_setting_is_documented_and_none_is_invented():
    source = "".join(
        path.read_text() for path in (ROOT / "src/straume").rglob("*.py") if "test" not in path.stem
    )
    read = set(re.findall(r"[\"'](STRAUME_[A-Z_]+|DATABASE_URL)[\"']", source))
    written = set(
        re.findall(r"`(STRAUME_[A-Z_]+|DATABASE_URL)`", (DOCS / "operations/settings.md").read_text())
    )
    assert written == read


@pytest.mark.parametrize("folder", ["decisions", "methods", "operations", "guide"])
def test_each_page_stands_in_the_index_of_its_folder(folder):
    index = (DOCS / folder / "README.md").read_text()
    pages = {path.name for path in (DOCS / folder).glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", index)) & pages


def test_each_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (DOCS / "decisions").glob("[0-9]*.md")]
    assert sorted(numbers) == sorted(set(numbers))


def test_make_help_lists_the_commands_of_the_readme():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert told <= targets


def test_the_changes_keep_their_form():
    text = (ROOT / "CHANGELOG.md").read_text()
    releases = re.findall(r"^## \[([^\]]+)\](?: - (\S+))?", text, re.MULTILINE)
    assert releases[0] == ("Unreleased", "")
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for _, day in releases[1:])
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.*)$", text, re.MULTILINE)) <= kinds


def test_the_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}." in text for number in range(1, 16))
    assert "Appendix" in text
