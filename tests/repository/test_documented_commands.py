"""What the documents tell a reader to type is run as it stands.

A fenced block "sh run" is run, a block "python file=NAME" is written to that file, and a block "text output"
is what the command before it prints; a line "…" there stands for any lines. All blocks share a folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+) (run|output|file=[\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    line: int
    kind: str
    text: str


def blocks(document: Path) -> list[Block]:
    text = document.read_text(encoding="utf-8")
    return [Block(text.count("\n", 0, m.start()) + 1, m[2], m[3]) for m in BLOCK.finditer(text)]


DOCUMENTS = [path for path in sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]) if blocks(path)]


def test_the_tutorial_is_among_the_documents_that_are_run():
    assert ROOT / "docs/tutorial.md" in DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_its_commands_do_what_it_says(document, tmp_path):
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
    }
    printed = ""
    for block in blocks(document):
        where = f"{document.name}, line {block.line}"
        if block.kind.startswith("file="):
            (tmp_path / block.kind[5:]).write_text(block.text, encoding="utf-8")
        elif block.kind == "output":
            assert matches(block.text, printed), f"{where}: it printed\n{printed}"
        else:
            done = subprocess.run(
                ["bash", "-euc", block.text], cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, f"{where}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
            printed = done.stdout


def matches(told: str, printed: str) -> bool:
    """Whether what was printed is what was told; "…" on a line of its own stands for any lines."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^ *… *$", told, flags=re.MULTILINE)]
    pattern = r"(?:.*\n)*".join(part + r"\n" if part else "" for part in parts)
    lines = "".join(line.rstrip() + "\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.mark.parametrize(
    ("told", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\n", "a\nb\n", True),
        ("…\nb\n", "a\nb\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_an_output_is_compared_line_by_line(told, printed, same):
    assert matches(told, printed) is same
