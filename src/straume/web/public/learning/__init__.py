"""Learning pages: one per lean tool, written in each language as a Markdown file of the same build.

`texts/<tool>.<language>.md`: `# name`, a line that says it in short, and four parts, each under `##`: what it
is, when it helps, how an institution builds it in, and the template as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

TEXTS = Path(__file__).parent / "texts"
# in the order in which one usually meets them
TOOLS = ("5s", "value_stream", "gemba", "five_whys", "a3", "standard_work", "asaichi", "kaizen")
LANGUAGES = ("lv", "lt", "en")
PARTS = 4


@dataclass(frozen=True)
class Part:
    heading: str
    html: str


@dataclass(frozen=True)
class Template:
    """A sheet to fill in: its head, and rows whose first cells may be given."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    tool: str
    name: str
    in_short: str
    parts: tuple[Part, ...]
    template: Template


class BrokenText(Exception):
    """A text that is not built as all others; raised by tests, never met by readers."""


@cache
def page(tool: str, language: str) -> Page:
    """The text of a tool in a language. Raises KeyError for a tool that there is no text of."""
    if tool not in TOOLS:
        raise KeyError(tool)
    source = (TEXTS / f"{tool}.{language}.md").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    sections = _sections(markdown.parse(source))
    if len(sections) != PARTS + 1:
        raise BrokenText(f"{tool}.{language}: {len(sections) - 1} parts instead of {PARTS}")
    (name, short), *parts, (template_heading, table) = sections
    return Page(
        tool=tool,
        name=name,
        in_short=" ".join(token.content for token in short if token.type == "inline"),
        parts=tuple(
            Part(heading, markdown.renderer.render(tokens, markdown.options, {})) for heading, tokens in parts
        ),
        template=_template(template_heading, table),
    )


def _sections(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """Each heading with what stands below it."""
    found: list[tuple[str, list[Token]]] = []
    position = 0
    while position < len(tokens):
        if tokens[position].type == "heading_open":
            found.append((tokens[position + 1].content, []))
            position += 3
            continue
        found[-1][1].append(tokens[position])
        position += 1
    return found


def _template(heading: str, tokens: list[Token]) -> Template:
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if token.type == "inline" and before.type in ("th_open", "td_open"):
            rows[-1].append(token.content)
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise BrokenText(f"{heading}: the template is no table")
    return Template(heading, tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))
