"""Where a practice went: institutions as points of their real place, arrows from who gave to who took.

No tiles and no border line: only what we know exactly is drawn. Country is told by shape and by colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from straume.web.groups.card_tree import Tree
from straume.web.places.models import Institution

HEIGHT, MARGIN = 560.0, 30.0
RADIUS = 13.0  # of a numbered point
APART = 30.0  # least distance between two numbered points


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    number: int  # 0: takes no part in this tree
    institution: Institution

    @property
    def is_square(self) -> bool:
        return self.institution.country == "lt"

    @property
    def left(self) -> float:
        return round(self.x - RADIUS, 1)

    @property
    def top(self) -> float:
        return round(self.y - RADIUS, 1)


@dataclass(frozen=True)
class Arrow:
    path: str
    state: str  # trying, adopted, stopped


@dataclass(frozen=True)
class Map:
    width: float
    height: float
    around: Sequence[Point]
    points: Sequence[Point]
    arrows: Sequence[Arrow]
    without_place: Sequence[Institution]


def map_of(tree: Tree, everybody: Sequence[Institution]) -> Map | None:
    """The map of a tree, other institutions as small points; None where no place is known."""
    places = tree.places()
    placed = [one for one in places if one.latitude is not None]
    around = [one for one in everybody if one.latitude is not None and one not in places]
    if not placed:
        return None
    frame = _Frame([*placed, *around])
    points: list[Point] = []
    for number, one in enumerate(placed, 1):
        points.append(Point(*_free(*frame.at(one), points), number, one))
    at = {point.institution.pk: point for point in points}
    arrows = [
        Arrow(
            _bow(at[branch.adoption.card.institution_id], at[branch.adoption.institution_id]),
            branch.adoption.state,
        )
        for _generation, branch in tree.walk()
        if {branch.adoption.card.institution_id, branch.adoption.institution_id} <= set(at)
        and branch.adoption.card.institution_id != branch.adoption.institution_id
    ]
    small = [Point(*frame.at(one), 0, one) for one in around]
    return Map(
        width=round(frame.width, 1),
        height=HEIGHT,
        around=small,
        points=points,
        arrows=arrows,
        without_place=[one for one in places if one.latitude is None],
    )


class _Frame:
    """Degrees to drawing units: one scale both ways, meridians drawn together at the middle latitude."""

    def __init__(self, places: Sequence[Institution]) -> None:
        north = [float(one.latitude) for one in places if one.latitude is not None]
        east = [float(one.longitude) for one in places if one.longitude is not None]
        self.north, self.west = max(north), min(east)
        self.narrower = cos(radians((max(north) + min(north)) / 2))
        degrees = max(max(north) - min(north), (max(east) - self.west) * self.narrower, 0.2)
        self.scale = (HEIGHT - 2 * MARGIN) / degrees
        self.width = (max(east) - self.west) * self.narrower * self.scale + 2 * MARGIN

    def at(self, one: Institution) -> tuple[float, float]:
        assert one.latitude is not None and one.longitude is not None
        x = (float(one.longitude) - self.west) * self.narrower * self.scale + MARGIN
        return round(x, 1), round((self.north - float(one.latitude)) * self.scale + MARGIN, 1)


def _free(x: float, y: float, taken: Sequence[Point]) -> tuple[float, float]:
    """The place itself, or the nearest free one beside it: houses of two institutions stand in one town."""
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1), (2, 0), (-2, 0)]
    for right, down in steps:
        tried = (max(RADIUS + 2, x + right * APART), max(RADIUS + 2, y + down * APART))
        if all(hypot(tried[0] - other.x, tried[1] - other.y) >= APART - 1 for other in taken):
            return tried
    return x, y


def _bow(giver: Point, taker: Point) -> str:
    """A bow from edge to edge, bent to the right, so that there and back do not cover each other."""
    dx, dy = taker.x - giver.x, taker.y - giver.y
    length = hypot(dx, dy) or 1.0
    middle = (giver.x + dx / 2 - dy * 0.15, giver.y + dy / 2 + dx * 0.15)
    first = _towards(giver, middle, RADIUS + 1)
    last = _towards(taker, middle, RADIUS + 7)
    if length < 3 * RADIUS:
        return f"M{giver.x:.1f} {giver.y:.1f} L{last[0]:.1f} {last[1]:.1f}"
    return f"M{first[0]:.1f} {first[1]:.1f} Q{middle[0]:.1f} {middle[1]:.1f} {last[0]:.1f} {last[1]:.1f}"


def _towards(point: Point, target: tuple[float, float], distance: float) -> tuple[float, float]:
    dx, dy = target[0] - point.x, target[1] - point.y
    length = hypot(dx, dy) or 1.0
    return point.x + dx / length * distance, point.y + dy / length * distance
