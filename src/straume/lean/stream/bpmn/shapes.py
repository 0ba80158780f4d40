"""The shapes of a file that is changed: what goes takes its shape along, what comes finds a free place."""

from __future__ import annotations

from lxml import etree

from straume.lean.stream.bpmn.diagram import Bounds, Point
from straume.lean.stream.bpmn.identifiers import Identifiers
from straume.lean.stream.bpmn.parsing import reference
from straume.lean.stream.bpmn.vocabulary import BPMNDI, DC, q
from straume.lean.stream.bpmn.writing import Plane, set_bounds

BETWEEN = 40.0  # left and right of a shape put between two others
BELOW = 30.0
LANE_HEIGHT = 140.0


class Shapes:
    """Shapes and edges by the id of what they show; a file without a diagram stays without."""

    def __init__(self, root: etree._Element, ids: Identifiers) -> None:
        self.ids = ids
        self.shown: dict[str, list[etree._Element]] = {}
        for kind in ("BPMNShape", "BPMNEdge"):
            for element in root.iter(q(BPMNDI, kind)):
                self.shown.setdefault(reference(element.get("bpmnElement")), []).append(element)

    def remove(self, id_: str) -> None:
        for element in self.shown.pop(id_, ()):
            around = element.getparent()
            if around is not None:
                around.remove(element)

    def bounds(self, id_: str) -> Bounds | None:
        for element in self.shown.get(id_, ()):
            found = element.find(q(DC, "Bounds"))
            if found is not None:
                try:
                    return Bounds(*(float(found.get(name) or 0) for name in ("x", "y", "width", "height")))
                except ValueError:
                    return None
        return None

    def place(self, id_: str, size: Point, *, before: list[str], after: list[str]) -> None:
        """Between what comes before and after where there is room, else below."""
        left = next((found for one in before if (found := self.bounds(one))), None)
        right = next((found for one in after if (found := self.bounds(one))), None)
        near = next((one for one in (*before, *after) if one in self.shown), None)
        plane = self.shown[near][0].getparent() if near is not None else None
        if plane is None or (left is None and right is None):
            return
        width, height = size
        if left is not None and right is not None:
            x = (left.right + right.x - width) / 2
            y = (left.middle[1] + right.middle[1] - height) / 2
        elif left is not None:
            x, y = left.right + BETWEEN, left.middle[1] - height / 2
        else:
            assert right is not None
            x, y = right.x - BETWEEN - width, right.middle[1] - height / 2
        stands = [
            found for one in self.shown if (found := self.bounds(one)) and found.height < 2 * LANE_HEIGHT
        ]
        stands = [one for one in stands if one.width < 2 * LANE_HEIGHT]
        while any(_overlap(Bounds(x, y, width, height), one) for one in stands):
            y += BELOW
        drawn = Plane(plane, self.ids)
        drawn.shape(id_, Bounds(x, y, width, height))
        self.shown[id_] = [plane[-1]]

    def connect(self, id_: str, source: str, target: str) -> None:
        first, last = self.bounds(source), self.bounds(target)
        if first is None or last is None:
            return
        plane = self.shown[source][0].getparent()
        if plane is None:
            return
        points: tuple[Point, ...]
        if last.x >= first.right:
            turn = (first.right + last.x) / 2
            points = ((first.right, first.middle[1]), (turn, first.middle[1]))
            points += ((turn, last.middle[1]), (last.x, last.middle[1]))
        else:
            under = max(first.bottom, last.bottom) + BELOW / 2
            points = ((first.middle[0], first.bottom), (first.middle[0], under))
            points += ((last.middle[0], under), (last.middle[0], last.bottom))
        Plane(plane, self.ids).edge(id_, points)
        self.shown[id_] = [plane[-1]]

    def add_lane(self, id_: str, others: list[str]) -> None:
        """Below the lanes that there are."""
        lanes = [found for one in others if (found := self.bounds(one))]
        drawn = next((one for one in others if one in self.shown), None)
        plane = self.shown[drawn][0].getparent() if drawn is not None else None
        if plane is None or not lanes:
            return
        lowest = max(lanes, key=lambda one: one.bottom)
        Plane(plane, self.ids).shape(
            id_, Bounds(lowest.x, lowest.bottom, lowest.width, LANE_HEIGHT), horizontal=True
        )
        self.shown[id_] = [plane[-1]]
        for name, elements in self.shown.items():
            found = self.bounds(name)
            around = (
                found is not None and found.width >= lowest.width and abs(found.bottom - lowest.bottom) < 1
            )
            if found is not None and around and name not in others and name != id_:
                box = elements[0].find(q(DC, "Bounds"))
                if box is not None:
                    set_bounds(box, Bounds(found.x, found.y, found.width, found.height + LANE_HEIGHT))


def _overlap(first: Bounds, second: Bounds) -> bool:
    return (
        first.x < second.right + 5
        and second.x < first.right + 5
        and first.y < second.bottom + 5
        and second.y < first.bottom + 5
    )
