"""Where things stand in the picture of a lineage; the template draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.web.places.models import Institution, Lineage

ROW, WIDTH, LEFT, RIGHT = 34, 500, 170, 300


@dataclass(frozen=True)
class Box:
    institution: Institution
    y: float


@dataclass(frozen=True)
class Line:
    path: str
    is_split: bool


@dataclass(frozen=True)
class LineagePicture:
    """Old institutions at the left, what they went into at the right, a line for each way."""

    before: list[Box]
    after: list[Box]
    lines: list[Line]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


def draw_lineage(links: Sequence[Lineage]) -> LineagePicture:
    """A target stands beside the middle of its sources, so that lines cross as little as they can."""
    targets = sorted({link.to_institution for link in links}, key=lambda institution: institution.name)
    sources: list[Institution] = []
    for target in targets:
        coming = [link.from_institution for link in links if link.to_institution_id == target.pk]
        sources += [source for source in coming if source not in sources]
    before = {source.pk: Box(source, ROW * (number + 0.5)) for number, source in enumerate(sources)}
    after: list[Box] = []
    for target in targets:
        beside = [before[link.from_institution_id].y for link in links if link.to_institution_id == target.pk]
        lowest = after[-1].y + ROW if after else 0.0
        after.append(Box(target, max(sum(beside) / len(beside), lowest)))
    places = {box.institution.pk: box.y for box in after}
    lines = [
        Line(curve(before[link.from_institution_id].y, places[link.to_institution_id]), link.kind == "split")
        for link in links
    ]
    height = max([box.y for box in [*before.values(), *after]], default=0) + ROW / 2
    return LineagePicture(list(before.values()), after, lines, round(height))


def curve(from_y: float, to_y: float) -> str:
    start, end = LEFT + 8, RIGHT - 8
    middle = (start + end) / 2
    return f"M{start} {from_y:g} C{middle:g} {from_y:g} {middle:g} {to_y:g} {end} {to_y:g}"
