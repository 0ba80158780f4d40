"""Arrows of the map: on to the next step, over to another lane, back to earlier work, into another band."""

from __future__ import annotations

from collections import Counter, defaultdict

from straume.lean.stream.layout import Arrow, Layout
from straume.web.reports.pictures.ink import Ink, element, text
from straume.web.reports.pictures.map_bands import GAP, Place, Sheet
from straume.words.format import percent

SMALL = 11.0
BELOW = 5.0  # how far below the steps the first arrow passes
LANE_WIDTH = 4.0  # between arrows that pass side by side


def drawn_arrows(layout: Layout, sheet: Sheet, *, lang: str, ink: Ink) -> list[str]:
    """All arrows, the most used first; what leads into another band ends in the number of its step."""
    drawing = _Drawing(layout, sheet, lang, ink)
    for arrow in sorted(layout.arrows, key=lambda arrow: -arrow.share):
        source, target = sheet.places[arrow.source], sheet.places[arrow.target]
        if source.band != target.band:
            drawing.elsewhere(arrow, source, target)
        elif arrow.back:
            drawing.back(arrow, source, target)
        else:
            drawing.onward(arrow, source, target)
    return drawing.made + drawing.words


class _Drawing:
    def __init__(self, layout: Layout, sheet: Sheet, lang: str, ink: Ink) -> None:
        self.made: list[str] = []
        self.words: list[str] = []
        self._sheet, self._lang, self._ink = sheet, lang, ink
        self._turns: dict[tuple[int, int], int] = defaultdict(
            int
        )  # arrows that turn in a gap between columns
        self._passing: dict[tuple[int, str, int], int] = defaultdict(int)  # arrows in the channel under a row
        self._up: dict[tuple[int, int], int] = defaultdict(int)  # arcs that go up in a gap
        self._signs: dict[tuple[str, str], int] = defaultdict(int)
        self._standing = {(p.band, p.box.lane, p.box.row, p.box.column) for p in sheet.places.values()}
        self._ways_in = Counter(arrow.target for arrow in layout.arrows)
        self._forks = {key for key, count in _ways_out(layout).items() if count > 1}

    def onward(self, arrow: Arrow, source: Place, target: Place) -> None:
        turn = self._turn(source)
        if source.y == target.y and not self._blocked(source, target):
            path = f"M{source.right:.2f} {source.y:.2f}H{target.x:.2f}"
        elif target.box.column == source.box.column + 1 or not self._blocked_row(source, target):
            path = f"M{source.right:.2f} {source.y:.2f}H{turn:.2f}V{target.y:.2f}H{target.x:.2f}"
        else:
            channel = self._channel(source)
            arrive = target.x - GAP / 2 - 2
            path = (
                f"M{source.right:.2f} {source.y:.2f}H{turn:.2f}V{channel:.2f}"
                f"H{arrive:.2f}V{target.y:.2f}H{target.x:.2f}"
            )
        self._line(path, arrow, "hand" if source.box.who != target.box.who else "flow")
        self._share(arrow, (target.x - 5, target.y - 5), "end")

    def back(self, arrow: Arrow, source: Place, target: Place) -> None:
        """An arc over the steps, from the top of the one to the top of the other; from a lower row it goes
        up where arrows turn, so that it crosses no step.
        """
        x1, y1 = source.middle + 8, source.top
        x2, y2 = target.middle - 8 if source is not target else source.middle - 22, target.top
        if y1 > y2 + 1 and target.right < source.x:
            gap = source.x - 9 - LANE_WIDTH * (self._up[source.band, source.box.column] % 3)
            self._up[source.band, source.box.column] += 1
            over = y2 - 7
            path = f"M{x1:.2f} {y1:.2f}V{y1 - 6:.2f}H{gap:.2f}V{over:.2f}H{x2:.2f}V{y2:.2f}"
        else:
            top = min(y1, y2) - min(16.0, 8.0 + 2.0 * (source.box.column - target.box.column))
            path = f"M{x1:.2f} {y1:.2f}C{x1:.2f} {top:.2f} {x2:.2f} {top:.2f} {x2:.2f} {y2:.2f}"
        self._line(path, arrow, "back")
        self._share(arrow, (x1 + 4, y1 - 4), "start")

    def elsewhere(self, arrow: Arrow, source: Place, target: Place) -> None:
        """A sign at both ends: "→ 12" where it leaves, "← 11" where it arrives."""
        if arrow.back:
            self._back_elsewhere(arrow, source, target)
            return
        style = "hand" if source.box.who != target.box.who else "flow"
        leaves = self._signs[source.box.key, "out"]
        arrives = self._signs[target.box.key, "in"]
        self._signs[source.box.key, "out"] += 1
        self._signs[target.box.key, "in"] += 1
        self._line(f"M{source.right:.2f} {source.y + 11 * leaves:.2f}h8", arrow, style)
        self._line(f"M{target.x - 9:.2f} {target.y + 11 * arrives:.2f}h9", arrow, style)
        colour = self._colour(style)
        if target.box.number:
            self._word(source.right + 9, source.y + 11 * leaves + 4, f"{target.box.number}", colour, "start")
        if source.box.number:
            self._word(target.x - 10, target.y + 11 * arrives + 4, f"{source.box.number}", colour, "end")

    def _back_elsewhere(self, arrow: Arrow, source: Place, target: Place) -> None:
        x1, x2 = source.middle + 12, target.middle - 12
        self._line(f"M{x1:.2f} {source.top:.2f}V{source.top - 13:.2f}", arrow, "back")
        self._line(f"M{x2:.2f} {target.top - 13:.2f}V{target.top:.2f}", arrow, "back")
        share = f"{percent(arrow.share, self._lang)} → {target.box.number or ''}"
        self._word(x1 + 6, source.top - 4, share, "lake-500", "start")
        self._word(x2 - 6, target.top - 4, f"{source.box.number or ''} →", "lake-500", "end")

    def _line(self, path: str, arrow: Arrow, style: str) -> None:
        drawn = {
            "d": path,
            "fill": "none",
            "stroke": self._ink(self._colour(style)),
            "stroke-width": 1.8 if style == "hand" else 1.3,
            "stroke-dasharray": "4 3" if style == "back" else None,
            "marker-end": self._ink.ref(style),
        }
        self.made.append(element("path", drawn))

    def _share(self, arrow: Arrow, at: tuple[float, float], anchor: str) -> None:
        if arrow.share < 0.995 and (arrow.back or (arrow.source in self._forks and not self._said(arrow))):
            self._word(*at, percent(arrow.share, self._lang), "ink-soft", anchor)

    def _said(self, arrow: Arrow) -> bool:
        """Whether the step it leads to shows the same share in its corner."""
        return self._sheet.places[arrow.target].box.kind == "step" and self._ways_in[arrow.target] == 1

    def _word(self, x: float, y: float, words: str, colour: str, anchor: str) -> None:
        halo = {"stroke": self._ink("paper"), "stroke_width": 3, "paint_order": "stroke"}
        self.words.append(text(x, y, words, self._ink, size=SMALL, colour=colour, text_anchor=anchor, **halo))

    def _colour(self, style: str) -> str:
        return {"hand": "lake-700", "back": "lake-500", "flow": "ink-soft"}[style]

    def _turn(self, source: Place) -> float:
        key = (source.band, source.box.column)
        number = self._turns[key]
        self._turns[key] += 1
        right = max(
            place.right for place in self._sheet.places.values() if (place.band, place.box.column) == key
        )
        return right + 7 + LANE_WIDTH * (number % 4)

    def _channel(self, source: Place) -> float:
        key = (source.band, source.box.lane, source.box.row)
        number = self._passing[key]
        self._passing[key] += 1
        return source.y + self._sheet.step_height / 2 + BELOW + LANE_WIDTH * (number % 4)

    def _blocked(self, source: Place, target: Place) -> bool:
        return any(
            (source.band, source.box.lane, source.box.row, column) in self._standing
            for column in range(source.box.column + 1, target.box.column)
        )

    def _blocked_row(self, source: Place, target: Place) -> bool:
        """Whether something stands in the row of the target between the two."""
        return any(
            (target.band, target.box.lane, target.box.row, column) in self._standing
            for column in range(source.box.column + 1, target.box.column)
        )


def _ways_out(layout: Layout) -> dict[str, int]:
    ways: dict[str, int] = defaultdict(int)
    parallel = {box.key for box in layout.boxes if box.kind == "and"}
    for arrow in layout.arrows:
        if arrow.source not in parallel:
            ways[arrow.source] += 1
    return ways
