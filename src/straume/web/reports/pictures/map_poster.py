"""The whole sheet of a map: head, figures, map, key, ideas – one drawing for every size of paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from straume.web.reports.pictures.ink import Ink, arrow, element, filled, patterns, text
from straume.web.reports.pictures.map_facts import BURST, burst
from straume.web.reports.pictures.widths import text_width, wrapped

WIDTH, HEIGHT = 1190.55, 841.89  # A3, landscape [pt]; A1 and A0 are the same drawing, larger
MARGIN = 30.0
HEAD = 58.0
STRIP = 62.0
LINE = 12.5
SMALL = 9.5
IDEA_COLUMNS = 3
MOST_IDEA_LINES = 12  # in each column: more than these stand on the page with the table
MOST_PATH_LINES = 5
KEY = 30.0
FOOT = 20.0
INSIDE = WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class Poster:
    """What stands on the sheet beside the map, in the words of one language."""

    kind: str
    title: str
    where: str
    state: str
    facts: tuple[str, ...]  # under the state: day, n, version
    badge: str  # "simulated", or nothing
    strip: tuple[tuple[str, str, str], ...]  # label, value, note
    key: tuple[tuple[str, str], ...]  # sign, words
    path: tuple[str, ...]
    ideas_title: str
    ideas: tuple[tuple[int, str], ...]
    more_ideas: Callable[[int], str]  # how many there is no room for, in words
    foot: tuple[str, ...]
    told: str  # the sheet in words, for those who do not see it


def map_room(poster: Poster) -> tuple[float, float]:
    """Width and height that the map may take."""
    return INSIDE, HEIGHT - 2 * MARGIN - HEAD - STRIP - KEY - _path_height(poster) - _ideas_height(
        poster
    ) - FOOT


def map_poster(poster: Poster, map_svg: str, *, ink: Ink, width_mm: float, style: str = "") -> str:
    """The sheet as SVG of the given width; `style` goes into its definitions, such as embedded fonts."""
    room = map_room(poster)
    top = MARGIN + HEAD + STRIP
    below = top + room[1]
    inside = [
        element("rect", {"width": WIDTH, "height": HEIGHT, "fill": ink("paper")}),
        *_head(poster, ink),
        *_strip(poster, ink),
        _nested(map_svg, top, room),
        *_key(poster, below, ink),
        *_path(poster, below + KEY, ink),
        *_ideas(poster, below + KEY + _path_height(poster), ink),
        *_foot(poster, ink),
    ]
    head = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "width": f"{width_mm}mm",
        "height": f"{width_mm * HEIGHT / WIDTH:.2f}mm",
        "role": "img",
        "aria-labelledby": f"{ink.prefix}-sheet-title {ink.prefix}-sheet-desc",
    }
    named = [
        element("title", {"id": f"{ink.prefix}-sheet-title"}, escape(f"{poster.kind}: {poster.title}")),
        element("desc", {"id": f"{ink.prefix}-sheet-desc"}, escape(poster.told)),
    ]
    marks = patterns(ink) + arrow(ink, "hand", "lake-700") + arrow(ink, "back", "lake-500")
    return element("svg", head, *named, element("defs", None, marks + style), *inside)


def _nested(svg: str, top: float, room: tuple[float, float]) -> str:
    """The map in its room: as large as it fits, not blown up beyond what reads well, in the middle."""
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    if box is None:
        return ""
    width, height = float(box[1]), float(box[2])
    scale = min(room[0] / width, room[1] / height, 1.25)
    x, y = MARGIN + (room[0] - width * scale) / 2, top + (room[1] - height * scale) / 2
    place = f'x="{x:.2f}" y="{y:.2f}" width="{width * scale:.2f}" height="{height * scale:.2f}"'
    head, _, rest = svg.partition(">")
    head = re.sub(r' (?:width|height|role|aria-labelledby|class)="[^"]*"', "", head)
    return f"{head} {place}>{rest}"


def _head(poster: Poster, ink: Ink) -> list[str]:
    right = WIDTH - MARGIN
    side = max([text_width(line, 10) for line in poster.facts] + [text_width(poster.state, 13, bold=True)])
    room = INSIDE - side - 30
    size = next((size for size in (25, 22, 19, 16) if text_width(poster.title, size, bold=True) <= room), 16)
    title = wrapped(poster.title, width=room, size=size * 1.03, lines=1)
    made = [
        text(MARGIN, MARGIN + 9, poster.kind, ink, size=10.5, colour="lake-500", font_weight=600),
        *(
            text(MARGIN, MARGIN + 33, line, ink, size=size, colour="lake-900", font_weight=600)
            for line in title
        ),
        text(MARGIN, MARGIN + 48, poster.where, ink, size=10.5, colour="ink-soft"),
        text(
            right,
            MARGIN + 10,
            poster.state,
            ink,
            size=13,
            colour="lake-900",
            text_anchor="end",
            font_weight=600,
        ),
    ]
    for number, line in enumerate(poster.facts):
        y = MARGIN + 24 + 12.5 * number
        made.append(text(right, y, line, ink, size=10, colour="ink-soft", text_anchor="end"))
    if poster.badge:
        width = text_width(poster.badge, 10) + 16
        x = right - max(side, text_width(poster.state, 13, bold=True)) - width - 12
        box = {"x": x, "y": MARGIN - 1, "width": width, "height": 17, "rx": 8.5, "fill": "none"}
        made.append(element("rect", {**box, "stroke": ink("ink-soft"), "stroke-width": 0.8}))
        made.append(text(x + 8, MARGIN + 11, poster.badge, ink, size=10, colour="ink-soft"))
    return made


def _strip(poster: Poster, ink: Ink) -> list[str]:
    """The figures in a row: label, value, and what is missing."""
    top = MARGIN + HEAD
    each = INSIDE / max(1, len(poster.strip))
    line = {"x1": MARGIN, "x2": WIDTH - MARGIN, "stroke": ink("line"), "stroke-width": 0.8}
    made = [element("line", {**line, "y1": top, "y2": top})]
    for number, (label, value, note) in enumerate(poster.strip):
        x = MARGIN + each * number
        labels = wrapped(label, width=each - 10, size=SMALL, lines=2)
        made += [
            text(x, top + 12 + 10.5 * at, one, ink, size=SMALL, colour="ink-soft")
            for at, one in enumerate(labels)
        ]
        size = next((size for size in (16, 13, 11) if text_width(value, size, bold=True) <= each - 8), 11)
        made.append(text(x, top + 40, value, ink, size=size, colour="lake-900", font_weight=600))
        for at, one in enumerate(wrapped(note, width=each - 10, size=7, lines=2)):
            made.append(text(x, top + 49 + 7.5 * at, one, ink, size=7, colour="ink-soft"))
    return made


def _key(poster: Poster, top: float, ink: Ink) -> list[str]:
    """Signs and what they mean, in one row."""
    x, y = MARGIN, top + 18
    needed = sum(text_width(words, SMALL) + 46 for _, words in poster.key)
    scale = min(1.0, INSIDE / max(needed, 1.0))
    made = []
    for sign, words in poster.key:
        made += [_sign(sign, x, y, ink), text(x + 26, y + 3.5, words, ink, size=SMALL * scale)]
        x += (text_width(words, SMALL) + 46) * scale
    return made


def _sign(sign: str, x: float, y: float, ink: Ink) -> str:
    if sign in ("value", "necessary", "waste", "not_judged"):
        return filled(sign, ink, {"x": x, "y": y - 6, "width": 20, "height": 12, "rx": 2})
    if sign == "critical":
        box = {"x": x + 1, "y": y - 6, "width": 18, "height": 12, "rx": 2, "fill": ink("paper")}
        return element("rect", {**box, "stroke": ink("lake-900"), "stroke-width": 3})
    if sign == "burst":
        return burst(x + BURST, y, "1", ink)
    line: dict[str, object] = {"d": f"M{x:.2f} {y:.2f}h20", "fill": "none", "marker-end": ink.ref(sign)}
    if sign == "back":
        return element(
            "path", {**line, "stroke": ink("lake-500"), "stroke-width": 1.3, "stroke-dasharray": "4 3"}
        )
    return element("path", {**line, "stroke": ink("lake-700"), "stroke-width": 1.8})


def _path_lines(poster: Poster) -> list[str]:
    told = [wrapped(one, width=INSIDE, size=SMALL * 1.04, lines=3) for one in poster.path]
    lines = [line for part in told for line in part]
    return lines if len(lines) <= MOST_PATH_LINES else [*lines[: MOST_PATH_LINES - 1], "…"]


def _path_height(poster: Poster) -> float:
    lines = len(_path_lines(poster))
    return lines * LINE + 4 if lines else 0.0


def _path(poster: Poster, top: float, ink: Ink) -> list[str]:
    return [
        text(MARGIN, top + 9 + LINE * number, line, ink, size=SMALL)
        for number, line in enumerate(_path_lines(poster))
    ]


def _idea_blocks(poster: Poster) -> list[tuple[int, tuple[str, ...]]]:
    width = INSIDE / IDEA_COLUMNS - 40
    return [
        (number, wrapped(words, width=width, size=SMALL * 1.04, lines=3)) for number, words in poster.ideas
    ]


def _idea_columns(poster: Poster) -> list[list[tuple[int, tuple[str, ...]]]]:
    """Ideas in as even columns as they make, in their order."""
    blocks = _idea_blocks(poster)
    whole = sum(_taken(block) for block in blocks)
    columns: list[list[tuple[int, tuple[str, ...]]]] = [[]]
    limit = min(MOST_IDEA_LINES, max(2.0, whole / IDEA_COLUMNS + 1.5))
    for block in blocks:
        if sum(map(_taken, columns[-1])) + _taken(block) > limit and columns[-1]:
            if len(columns) == IDEA_COLUMNS:
                break
            columns.append([])
        columns[-1].append(block)
    return columns


def _taken(block: tuple[int, tuple[str, ...]]) -> float:
    return max(2.0, len(block[1]) + 0.4)


def _ideas_height(poster: Poster) -> float:
    if not poster.ideas:
        return 0.0
    return max(sum(map(_taken, column)) for column in _idea_columns(poster)) * LINE + 22


def _ideas(poster: Poster, top: float, ink: Ink) -> list[str]:
    if not poster.ideas:
        return []
    columns = _idea_columns(poster)
    left = len(poster.ideas) - sum(map(len, columns))
    title = f"{poster.ideas_title} – {poster.more_ideas(left)}" if left else poster.ideas_title
    made = [text(MARGIN, top + 12, title, ink, size=11, colour="lake-900", font_weight=600)]
    for at, column in enumerate(columns):
        x, y = MARGIN + at * INSIDE / IDEA_COLUMNS, top + 30
        for number, lines in column:
            made.append(burst(x + BURST, y - 3, str(number), ink))
            made += [text(x + 28, y + LINE * n, line, ink, size=SMALL) for n, line in enumerate(lines)]
            y += _taken((number, lines)) * LINE
    return made


def _foot(poster: Poster, ink: Ink) -> list[str]:
    lines = [line for told in poster.foot for line in wrapped(told, width=INSIDE, size=7, lines=2)][:2]
    y = HEIGHT - MARGIN + 8 - 8.5 * (len(lines) - 1)
    return [
        text(MARGIN, y + 8.5 * number, line, ink, size=7, colour="ink-soft")
        for number, line in enumerate(lines)
    ]
