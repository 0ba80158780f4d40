"""Where each step of a value stream stands on a drawing: columns by longest path, lanes by function or unit.

On the map choices that merely part or meet are drawn as arrows that fork; a gateway stays as a sign of its
own where work goes on in parallel or where routes meet and part at once. A BPMN diagram draws them all.
Routes that lead back do not move a column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from straume.lean.stream.records import Node, Step, ValueStream

BoxKind = Literal["step", "start", "end", "xor", "and"]


@dataclass(frozen=True)
class Arrow:
    """From one box to another; `back` leads to work already done."""

    source: str
    target: str
    share: float = 1.0
    back: bool = False


@dataclass(frozen=True)
class Box:
    """A step or a gateway in its place: column from the left, lane by name, row within the lane."""

    key: str
    kind: BoxKind
    column: int
    lane: str
    row: int
    who: str = ""  # function or unit, also where the map has no lanes
    number: int = 0  # of a step, in reading order from 1; 0 for a gateway


@dataclass(frozen=True)
class Layout:
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    lanes: tuple[str, ...]  # in the order in which work reaches them

    @property
    def columns(self) -> int:
        return 1 + max((box.column for box in self.boxes), default=-1)

    def rows(self, lane: str, boxes: Iterable[Box] | None = None) -> int:
        chosen = self.boxes if boxes is None else boxes
        return 1 + max((box.row for box in chosen if box.lane == lane), default=-1)


def lay_out(
    stream: ValueStream,
    *,
    with_lanes: bool = True,
    every_gateway: bool = False,
    lanes: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Layout:
    """Place every step and every gateway that is drawn; without lanes all stand in one strip.

    `lanes` names the lane of each step by its key where it is not its function, else its unit; lanes of one
    of the `groups` stand together.
    """
    steps = {step.key: step for step in stream.steps}
    nodes = {node.key: node for node in stream.nodes}
    arrows = _routes(stream) if every_gateway else _contracted(stream, nodes)
    kept = [*steps, *(key for key in nodes if any(key in (a.source, a.target) for a in arrows))]
    arrows = _with_back(kept, arrows)
    columns = _columns(kept, arrows)
    given = lanes or {key: step.lane or step.unit for key, step in steps.items()}
    who = _lanes(kept, given, nodes, arrows, columns)
    strips = who if with_lanes else dict.fromkeys(kept, "")
    order = _together(_lane_order(kept, strips, columns, steps), groups or {})
    rows = _rows(kept, steps, arrows, columns, strips)
    boxes = [_box(key, nodes, columns[key], strips[key], rows[key], who[key]) for key in kept]
    boxes.sort(key=lambda box: (box.column, order.index(box.lane), box.row))
    if not with_lanes:  # a step bears the same number however it is drawn
        numbers = step_numbers(stream)
        return Layout(
            tuple(replace(box, number=numbers.get(box.key, 0)) for box in boxes), tuple(arrows), ("",)
        )
    return Layout(tuple(_numbered(boxes)), tuple(arrows), tuple(order))


def step_numbers(stream: ValueStream) -> dict[str, int]:
    """The number that each step carries on the map, by its key; tables beside the map use the same."""
    return {box.key: box.number for box in lay_out(stream).boxes if box.number}


def _contracted(stream: ValueStream, nodes: dict[str, Node]) -> list[Arrow]:
    """Routes with the gateways taken out that do nothing, and choices that have one way in or one way out."""
    arrows = _routes(stream)
    for key, node in nodes.items():
        if node.kind not in ("xor", "and"):
            continue
        into = [arrow for arrow in arrows if arrow.target == key and arrow.source != key]
        out = [arrow for arrow in arrows if arrow.source == key and arrow.target != key]
        if not into or not out or (len(into) > 1 and len(out) > 1):
            continue
        if node.kind == "and" and (len(into) > 1 or len(out) > 1):
            continue
        arrows = [arrow for arrow in arrows if key not in (arrow.source, arrow.target)]
        arrows += [
            Arrow(first.source, second.target, first.share * second.share, first.back or second.back)
            for first in into
            for second in out
        ]
    return _merged(arrows)


def _routes(stream: ValueStream) -> list[Arrow]:
    return [Arrow(route.source, route.target, route.share, route.is_rework) for route in stream.routes]


def _merged(arrows: Iterable[Arrow]) -> list[Arrow]:
    """One arrow for all that join the same two boxes."""
    found: dict[tuple[str, str], Arrow] = {}
    for arrow in arrows:
        pair = (arrow.source, arrow.target)
        known = found.get(pair)
        found[pair] = (
            replace(known, share=min(1.0, known.share + arrow.share), back=known.back and arrow.back)
            if known
            else arrow
        )
    return list(found.values())


def _with_back(keys: Sequence[str], arrows: Sequence[Arrow]) -> list[Arrow]:
    """Mark what closes a circle, also where nobody called it rework; what leads forward is not rework."""
    followers: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        if not arrow.back and arrow.source != arrow.target:
            followers[arrow.source].append(arrow.target)
    closing = _closing(keys, followers)
    marked = [
        replace(a, back=a.back or (a.source, a.target) in closing or a.source == a.target) for a in arrows
    ]
    columns = _columns(keys, marked)
    return [replace(a, back=a.back and columns[a.target] <= columns[a.source]) for a in marked]


def _closing(keys: Sequence[str], followers: dict[str, list[str]]) -> set[tuple[str, str]]:
    """The pairs that a walk in depth finds leading to a box that it is still inside of."""
    closing: set[tuple[str, str]] = set()
    done: set[str] = set()
    for first in keys:
        inside: dict[str, int] = {}
        stack = [] if first in done else [first]
        while stack:
            key = stack[-1]
            position = inside.setdefault(key, 0)
            rest = followers.get(key, [])
            if position >= len(rest):
                stack.pop()
                del inside[key]
                done.add(key)
                continue
            inside[key] += 1
            target = rest[position]
            if target in inside:
                closing.add((key, target))
            elif target not in done:
                stack.append(target)
    return closing


def _columns(keys: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Longest path from the start, counted in boxes."""
    column = dict.fromkeys(keys, 0)
    waiting = dict.fromkeys(keys, 0)
    out: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        if not arrow.back:
            waiting[arrow.target] += 1
            out[arrow.source].append(arrow.target)
    ready = [key for key in keys if not waiting[key]]
    while ready:
        key = ready.pop(0)
        for target in out[key]:
            column[target] = max(column[target], column[key] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return column


def _lanes(
    keys: Sequence[str],
    given: Mapping[str, str],
    nodes: dict[str, Node],
    arrows: Sequence[Arrow],
    columns: dict[str, int],
) -> dict[str, str]:
    """A step stands in its lane, a gateway with the work before it, the start with the next."""
    lanes = dict(given)
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        if not arrow.back:
            before[arrow.target].append(arrow.source)
            after[arrow.source].append(arrow.target)
    gates = [key for key in keys if key in nodes]
    for key in sorted(gates, key=lambda key: columns[key]):
        near = [lanes[other] for other in before[key] if other in lanes]
        if near:
            lanes[key] = near[0]
    for key in sorted(gates, key=lambda key: -columns[key]):
        near = [lanes[other] for other in after[key] if other in lanes]
        if key not in lanes:
            lanes[key] = near[0] if near else next(iter(lanes.values()), "")
    return lanes


def _lane_order(
    keys: Sequence[str], lanes: dict[str, str], columns: dict[str, int], steps: dict[str, Step]
) -> list[str]:
    first: dict[str, tuple[int, int]] = {}
    for position, key in enumerate(keys):
        place = (columns[key], position)
        if key in steps or lanes[key] not in first:
            first[lanes[key]] = min(first.get(lanes[key], place), place)
    return sorted(first, key=lambda lane: first[lane])


def _together(order: list[str], groups: Mapping[str, str]) -> list[str]:
    """Lanes of one group beside each other, where the first of them stood."""
    first: dict[str, int] = {}
    for place, lane in enumerate(order):
        first.setdefault(groups.get(lane, lane), place)
    return sorted(order, key=lambda lane: first[groups.get(lane, lane)])


def _rows(
    keys: Sequence[str],
    steps: dict[str, Step],
    arrows: Sequence[Arrow],
    columns: dict[str, int],
    lanes: dict[str, str],
) -> dict[str, int]:
    """In a lane, what most cases take stands on the first row, a follower beside what it follows."""
    weight = {key: steps[key].visits if key in steps else 1.0 for key in keys}
    before: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        if not arrow.back and lanes[arrow.source] == lanes[arrow.target]:
            before[arrow.target].append(arrow)
    rows: dict[str, int] = {}
    taken: set[tuple[int, str, int]] = set()
    for key in sorted(keys, key=lambda key: (columns[key], -weight[key])):
        strongest = max(before[key], key=lambda arrow: weight[arrow.source] * arrow.share, default=None)
        row = rows.get(strongest.source, 0) if strongest else 0
        free = (row, *(near for step in range(1, len(keys) + 1) for near in (row - step, row + step)))
        rows[key] = next(
            option for option in free if option >= 0 and (columns[key], lanes[key], option) not in taken
        )
        taken.add((columns[key], lanes[key], rows[key]))
    return _without_gaps(rows, lanes)


def _without_gaps(rows: dict[str, int], lanes: dict[str, str]) -> dict[str, int]:
    used: dict[str, set[int]] = defaultdict(set)
    for key, row in rows.items():
        used[lanes[key]].add(row)
    return {key: sorted(used[lanes[key]]).index(row) for key, row in rows.items()}


def _box(key: str, nodes: dict[str, Node], column: int, lane: str, row: int, who: str) -> Box:
    return Box(key, nodes[key].kind if key in nodes else "step", column, lane, row, who)


def _numbered(boxes: Sequence[Box]) -> list[Box]:
    numbered, number = [], 0
    for box in boxes:
        number += box.kind == "step"
        numbered.append(replace(box, number=number if box.kind == "step" else 0))
    return numbered
