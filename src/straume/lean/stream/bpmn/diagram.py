"""Where the shapes of a BPMN diagram stand, and by what points its flows go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from straume.lean.stream.layout import Arrow, Box, Layout, lay_out
from straume.lean.stream.records import ValueStream

STEP = (120.0, 80.0)
GATEWAY = (50.0, 50.0)
EVENT = (36.0, 36.0)
GAP = 56.0  # between columns: flows turn here
ROW_GAP = 44.0  # below a row: flows pass here under what stands between their ends
LANE_EDGE = 30.0
POOL_LABEL = 30.0
MARGIN = 40.0
APART = 6.0  # between flows that go side by side
Point = tuple[float, float]


@dataclass(frozen=True)
class Bounds:
    """A shape: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Diagram:
    """Bounds of the pool, of lanes by their names, of steps and nodes by their keys; points of each route."""

    pool: Bounds
    lanes: dict[str, Bounds]
    boxes: dict[str, Bounds]
    ways: dict[tuple[str, str], tuple[Point, ...]]
    lane_of: dict[str, str]  # of every step and node


def diagram_of(stream: ValueStream, lanes: dict[str, str], units: dict[str, str]) -> Diagram:
    """The diagram of a stream, whose steps stand in the lanes given by their keys, lanes in their units."""
    layout = lay_out(stream, every_gateway=True, lanes=lanes, groups=units)
    return _Drawing(layout, units).drawn()


def size_of(kind: str) -> Point:
    """Width and height of a step, a gateway, an event."""
    if kind == "step":
        return STEP
    return EVENT if kind in ("start", "end") else GATEWAY


class _Drawing:
    def __init__(self, layout: Layout, units: dict[str, str]) -> None:
        self.layout = layout
        self.units = units
        self.left: list[float] = []
        self.width: list[float] = []
        self.row_top: dict[tuple[str, int], float] = {}
        self.boxes: dict[str, Bounds] = {}
        self.at = {box.key: box for box in layout.boxes}
        self.turns: dict[int, int] = defaultdict(int)
        self.passing: dict[tuple[str, int], int] = defaultdict(int)
        self.over: dict[tuple[str, int], int] = defaultdict(int)

    def drawn(self) -> Diagram:
        self._columns()
        lanes, bottom = self._lanes()
        for box in self.layout.boxes:
            self.boxes[box.key] = self._bounds(box)
        right = self.left[-1] + self.width[-1] + MARGIN if self.left else MARGIN
        pool = Bounds(0.0, 0.0, right, bottom)
        strips = {name: self._strip(name, *place, right) for name, place in lanes.items()}
        arrows = sorted(self.layout.arrows, key=lambda arrow: -arrow.share)
        ways = {(arrow.source, arrow.target): self._way(arrow) for arrow in arrows}
        return Diagram(pool, strips, self.boxes, ways, {box.key: box.lane for box in self.layout.boxes})

    def _strip(self, lane: str, top: float, height: float, right: float) -> Bounds:
        left = POOL_LABEL * (2 if lane in self.units else 1)
        return Bounds(left, top, right - left, height)

    def _columns(self) -> None:
        x = POOL_LABEL * (3 if self.units else 2) + MARGIN
        for column in range(self.layout.columns):
            here = [size_of(box.kind)[0] for box in self.layout.boxes if box.column == column]
            self.left.append(x)
            self.width.append(max(here, default=EVENT[0]))
            x += self.width[-1] + GAP

    def _lanes(self) -> tuple[dict[str, tuple[float, float]], float]:
        """Top and height of each lane; the bottom of the last one."""
        lanes: dict[str, tuple[float, float]] = {}
        top = 0.0
        for lane in self.layout.lanes:
            rows = max(1, self.layout.rows(lane))
            for row in range(rows):
                self.row_top[lane, row] = top + LANE_EDGE + row * (STEP[1] + ROW_GAP)
            height = LANE_EDGE + rows * (STEP[1] + ROW_GAP)
            lanes[lane] = top, height
            top += height
        return lanes, top

    def _bounds(self, box: Box) -> Bounds:
        width, height = size_of(box.kind)
        x = self.left[box.column] + (self.width[box.column] - width) / 2
        y = self.row_top[box.lane, box.row] + (STEP[1] - height) / 2
        return Bounds(x, y, width, height)

    def _way(self, arrow: Arrow) -> tuple[Point, ...]:
        source, target = self.at[arrow.source], self.at[arrow.target]
        if target.column <= source.column:
            return self._back(source, target)
        (_, y1), (_, y2) = self.boxes[source.key].middle, self.boxes[target.key].middle
        x1, x2 = self.boxes[source.key].right, self.boxes[target.key].x
        if y1 == y2 and not self._stands_between(source, target, source):
            return (x1, y1), (x2, y2)
        turn = self._turn(source.column)
        if target.column == source.column + 1 or not self._stands_between(source, target, target):
            return (x1, y1), (turn, y1), (turn, y2), (x2, y2)
        channel = self._channel(source)
        arrive = self.left[target.column] - GAP / 4
        return (x1, y1), (turn, y1), (turn, channel), (arrive, channel), (arrive, y2), (x2, y2)

    def _back(self, source: Box, target: Box) -> tuple[Point, ...]:
        """From the top of the one, over what stands between, to the top of the other; up and down in gaps."""
        first, last = self.boxes[source.key], self.boxes[target.key]
        rows = {box.key: self.row_top[box.lane, box.row] for box in (source, target)}
        upper = min((source, target), key=lambda box: rows[box.key])
        key = upper.lane, upper.row
        top = self.row_top[key] - 8 - APART * (self.over[key] % 3)
        self.over[key] += 1
        x1, x2 = first.middle[0], last.middle[0]
        if source is target:
            x1, x2 = x1 + 12, x2 - 12
        if rows[source.key] == rows[target.key]:
            return (x1, first.y), (x1, top), (x2, top), (x2, last.y)
        lower, end, box = (source, x1, first) if upper is target else (target, x2, last)
        gap = self.left[lower.column] - GAP / 4
        under = rows[lower.key] - 8
        around = ((end, box.y), (end, under), (gap, under), (gap, top))
        if lower is source:
            return (*around, (x2, top), (x2, last.y))
        return (x1, first.y), (x1, top), *reversed(around)

    def _turn(self, column: int) -> float:
        number = self.turns[column]
        self.turns[column] += 1
        return self.left[column] + self.width[column] + GAP / 4 + APART * (number % 4)

    def _channel(self, source: Box) -> float:
        key = source.lane, source.row
        number = self.passing[key]
        self.passing[key] += 1
        return self.row_top[key] + STEP[1] + 10 + APART * (number % 4)

    def _stands_between(self, source: Box, target: Box, row_of: Box) -> bool:
        """Whether something stands between the columns of the two in the row of one of them."""
        return any(
            source.column < box.column < target.column and (box.lane, box.row) == (row_of.lane, row_of.row)
            for box in self.layout.boxes
        )
