"""The map cut into bands that fit a width, and where every box stands in its band."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from straume.lean.stream.layout import Box, Layout
from straume.web.reports.pictures.widths import wrapped

STEP_WIDTH = 118.0
NAME_WIDTH = 102.0  # of it for the name
NAME_SIZE = 12.0
STEP_HEIGHTS = {1: 64.0, 2: 64.0, 3: 77.0}  # by the lines of the longest name
GATE = 16.0
GAP = 32.0  # between columns: arrows turn here
EDGE = 8.0  # above and below the steps of a lane
CHANNEL = 20.0  # below a row, where arrows pass under other steps
ARCS = 16.0  # above the steps of a lane, where arcs lead back
LANE_LABEL = 116.0
TIMELINE = 62.0
BAND_GAP = 32.0
MARGIN = 26.0  # at both ends of a band, for signs that lead to another one


@dataclass(frozen=True)
class Place:
    """A box on paper: its band, left edge, middle height, width."""

    box: Box
    band: int
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class LaneStrip:
    name: str
    top: float
    height: float
    first_row: float
    row_height: float


@dataclass(frozen=True)
class Band:
    """One stretch of columns with the lanes that are used in it, and its timeline below."""

    lanes: tuple[LaneStrip, ...]
    first_column: int
    last_column: int
    width: float
    top: float
    timeline_top: float


@dataclass(frozen=True)
class Sheet:
    places: dict[str, Place]
    bands: tuple[Band, ...]
    width: float
    height: float
    left: float
    step_height: float


def cut_into_bands(
    layout: Layout, *, lines: int = 2, max_width: float | None, timeline: bool, more_height: float = 0.0
) -> Sheet:
    """Columns go into bands of nearly equal width, none wider than `max_width` (one column always fits).

    `lines` is how many the longest name of a step needs (`name_lines`), `more_height` what stands under it.
    """
    step_height = STEP_HEIGHTS[lines] + more_height
    widths = _column_widths(layout)
    left = LANE_LABEL if any(layout.lanes) else 0.0
    room = None if max_width is None else max_width - left - 2 * MARGIN
    spans = _spans(widths, room)
    places: dict[str, Place] = {}
    bands: list[Band] = []
    top = 0.0
    for index, (first, last) in enumerate(spans):
        boxes = [box for box in layout.boxes if first <= box.column <= last]
        strips = _strips(layout, boxes, top, step_height)
        starts = _starts(widths, first, last, left + MARGIN)
        for box in boxes:
            strip = next(strip for strip in strips if strip.name == box.lane)
            width = STEP_WIDTH if box.kind == "step" else GATE
            x = starts[box.column] + (widths[box.column] - width) / 2
            y = strip.first_row + box.row * strip.row_height + step_height / 2
            height = step_height if box.kind == "step" else GATE
            places[box.key] = Place(box, index, x, y, width, height)
        bottom = strips[-1].top + strips[-1].height
        width = starts[last] + widths[last] + MARGIN
        bands.append(Band(tuple(strips), first, last, width, top, bottom))
        top = bottom + (TIMELINE if timeline else 0) + BAND_GAP
    widest = max((band.width for band in bands), default=0.0)
    return Sheet(places, tuple(bands), widest, max(0.0, top - BAND_GAP), left, step_height)


def _column_widths(layout: Layout) -> list[float]:
    with_steps = {box.column for box in layout.boxes if box.kind == "step"}
    return [STEP_WIDTH if column in with_steps else GATE for column in range(layout.columns)]


def _spans(widths: list[float], room: float | None) -> list[tuple[int, int]]:
    """Stretches of columns, as few as the room allows and as even as they can be."""
    if not widths:
        return []
    if room is None or _length(widths) <= room:
        return [(0, len(widths) - 1)]
    fewest = len(_filled(widths, room))
    low, high = _length(widths) / fewest / 2, room
    for _ in range(24):  # the narrowest width that needs no more bands
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(widths, middle)) <= fewest else (middle, high)
    return _filled(widths, high)


def _filled(widths: list[float], room: float) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    first = 0
    for column in range(1, len(widths)):
        if _length(widths[first : column + 1]) > room:
            spans.append((first, column - 1))
            first = column
    return [*spans, (first, len(widths) - 1)]


def _length(widths: list[float]) -> float:
    return sum(widths) + GAP * (len(widths) - 1)


def _strips(layout: Layout, boxes: list[Box], top: float, step_height: float) -> list[LaneStrip]:
    """Lanes with steps in this band; room for arcs and for passing arrows only where there are some."""
    strips = []
    here = {box.key: box for box in boxes}
    arcs = {here[key].lane for a in layout.arrows if a.back for key in (a.source, a.target) if key in here}
    passing = {
        here[a.source].lane
        for a in layout.arrows
        if not a.back
        and a.source in here
        and a.target in here
        and here[a.target].column - here[a.source].column > 1
    }
    for lane in layout.lanes:
        rows = layout.rows(lane, boxes)
        if not rows:
            continue
        above = EDGE + (ARCS if lane in arcs else 0)
        row_height = step_height + EDGE + (CHANNEL if lane in passing else 0)
        strips.append(LaneStrip(lane, top, above + rows * row_height, top + above, row_height))
        top += above + rows * row_height
    return strips


def name_lines(names: Iterable[str]) -> int:
    """Lines that the longest of these names needs in its box; at most three are drawn."""
    return max((len(wrapped(name, width=NAME_WIDTH, size=NAME_SIZE, lines=3)) for name in names), default=1)


def _starts(widths: list[float], first: int, last: int, left: float) -> dict[int, float]:
    starts, x = {}, left
    for column in range(first, last + 1):
        starts[column] = x
        x += widths[column] + GAP
    return starts
