"""Refuse in templates what the strict content security policy would block: inline style, inline script.

`tools/inline.py FOLDER…` looks through every .html under the folders and prints each place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
DATA = r"type=[\"'](?:application/(?:ld\+)?json|text/plain)[\"']"  # a data block is not run
RULES = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*?\sstyle\s*=", re.IGNORECASE),
    "a script without a file": re.compile(rf"<script\b(?![^>]*\bsrc\s*=)(?![^>]*{DATA})", re.IGNORECASE),
    "an event handler attribute": re.compile(r"<[a-z][^>]*?\son[a-z]+\s*=(?!=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "an htmx expression that is run": re.compile(r"\shx-(?:on\b|vals\s*=\s*[\"']\s*js:)", re.IGNORECASE),
    "a file from another site": re.compile(
        r"<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc\s*=\s*[\"']\s*(?:https?:)?//"
        r"|<link\b[^>]*\shref\s*=\s*[\"']\s*(?:https?:)?//",
        re.IGNORECASE,
    ),
}


def places(path: Path) -> Iterator[str]:
    text = COMMENT.sub(_blank, path.read_text(encoding="utf-8"))
    for what, pattern in RULES.items():
        for match in pattern.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {what}"


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def main(folders: list[str]) -> int:
    found = [
        place for folder in folders for path in sorted(Path(folder).rglob("*.html")) for place in places(path)
    ]
    print("\n".join(found) or "No inline style, no inline script.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
