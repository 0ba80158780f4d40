"""Find links in the documents that lead nowhere: files that are not there, headings that are not there.

Addresses on other sites are not fetched; an address that would only work on one machine is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,}).*?^ {0,3}\2[`~]*\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?(?:\s+[\"'(].*?[\"')])?\s*\)")
REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
ATTRIBUTE = re.compile(r"\b(?:src|srcset|href)=[\"']([^\"']+)[\"']")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:id|name)=[\"']([^\"']+)[\"']")
LOCAL = re.compile(r"^(?:localhost|127\.|10\.|192\.168\.|\[?::1)|\.(?:local|internal|lan)$")


def documents(root: Path) -> list[Path]:
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def broken(document: Path, root: Path) -> Iterator[str]:
    """A line for each link of one document that leads nowhere."""
    text = _blanked(document.read_text(encoding="utf-8"))
    for pattern in (LINK, REFERENCE, ATTRIBUTE):
        for match in pattern.finditer(text):
            problem = _problem(match[1].split(" ")[0], document, root)
            if problem:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{document.relative_to(root)}:{line}: {match[1] or '()'} {problem}"


def _problem(target: str, document: Path, root: Path) -> str | None:
    parts = urlsplit(target)
    if parts.scheme in ("http", "https"):
        return "works on one machine only" if LOCAL.search(parts.hostname or "localhost") else None
    if parts.scheme == "mailto":
        return None
    if parts.scheme or target.startswith("/") or not target:
        return "is no address"
    path = (document.parent / unquote(parts.path)).resolve() if parts.path else document
    if not path.is_relative_to(root):
        return "leaves the repository"
    if not path.exists():
        return "is not there"
    if parts.fragment and path.suffix == ".md" and unquote(parts.fragment) not in anchors(path):
        return "is no heading there"
    return None


@cache
def anchors(document: Path) -> frozenset[str]:
    """Names of a document's headings as code hosting sites make them: the second of a name gets -1."""
    text = _blanked(document.read_text(encoding="utf-8"), code=False)
    names: list[str] = []
    for heading in HEADING.findall(text):
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        earlier = sum(1 for known in names if known == name or re.fullmatch(rf"{re.escape(name)}-\d+", known))
        names.append(f"{name}-{earlier}" if earlier else name)
    return frozenset(names) | frozenset(ANCHOR.findall(text))


def _blanked(text: str, *, code: bool = True) -> str:
    """The text without what stands in code, each line where it was."""
    text = FENCE.sub(_spaces, text)
    return CODE.sub(_spaces, text) if code else text


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def main() -> int:
    found = [line for document in documents(ROOT) for line in broken(document, ROOT)]
    print("\n".join(found) or "Every link leads somewhere.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
