"""Ways to work as points: open hours a year across, days upward; those that no other beats are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.web.reports.pictures.ink import Ink, element, picture, text
from straume.words import format as words_format

WIDTH, HEIGHT = 680.0, 340.0
LEFT, BOTTOM, TOP, RIGHT = 70.0, 52.0, 30.0, 24.0
SMALL = 15.0
LINES = 4


@dataclass(frozen=True)
class Dot:
    """One way to work; `number` stands in the table too, where it is among the best."""

    hours: float
    days: float
    low: float
    high: float
    is_best: bool
    number: int = 0


def front_chart(
    dots: Sequence[Dot], *, title: str, desc: str, across: str, upward: str, lang: str, ink: Ink
) -> str:
    """Hollow dots are beaten by another; full ones with their number are not. "" without any dot."""
    if not dots:
        return ""
    sight = _Sight(dots)
    best = sorted((dot for dot in dots if dot.is_best), key=lambda dot: dot.hours)
    path = "".join(
        f"{'L' if at else 'M'}{sight.x(dot.hours):.1f} {sight.y(dot.days):.1f}" for at, dot in enumerate(best)
    )
    inside = [
        text(0, 14, upward, ink, size=SMALL, colour="ink-soft"),
        text(WIDTH - RIGHT, HEIGHT - 6, across, ink, size=SMALL, colour="ink-soft", text_anchor="end"),
        *_grid(sight, lang, ink),
        element("path", {"d": path, "stroke": ink("lake-700"), "stroke-width": 2, "fill": "none"}),
        *(_dot(dot, sight, ink) for dot in sorted(dots, key=lambda dot: dot.is_best)),
    ]
    return picture(ink, name="front", width=WIDTH, height=HEIGHT, title=title, desc=desc, inside=inside)


class _Sight:
    """Where a point stands; both axes begin a little before the least value."""

    def __init__(self, dots: Sequence[Dot]) -> None:
        hours, low, high = [d.hours for d in dots], [d.low for d in dots], [d.high for d in dots]
        self.hours = _room(min(hours), max(hours))
        self.days = _room(min(low), max(high))

    def x(self, hours: float) -> float:
        first, last = self.hours
        return LEFT + (WIDTH - LEFT - RIGHT) * (hours - first) / (last - first)

    def y(self, days: float) -> float:
        first, last = self.days
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (days - first) / (last - first))


def _room(low: float, high: float) -> tuple[float, float]:
    more = max((high - low) * 0.08, 0.02 * high, 0.5)
    return max(0.0, low - more), high + more


def _grid(sight: _Sight, lang: str, ink: Ink) -> list[str]:
    drawn = []
    for line in range(LINES + 1):
        hours = sight.hours[0] + (sight.hours[1] - sight.hours[0]) * line / LINES
        days = sight.days[0] + (sight.days[1] - sight.days[0]) * line / LINES
        y, x = sight.y(days), sight.x(hours)
        drawn.append(
            element("path", {"d": f"M{LEFT:g} {y:.1f}H{WIDTH - RIGHT:g}", "stroke": ink("line")}),
        )
        said, across = words_format.number(days, lang), words_format.number(hours, lang, 0)
        drawn.append(text(LEFT - 8, y + 5, said, ink, size=SMALL, colour="ink-soft", text_anchor="end"))
        drawn.append(text(x, HEIGHT - BOTTOM + 20, across, ink, size=SMALL, text_anchor="middle"))
    return drawn


def _dot(dot: Dot, sight: _Sight, ink: Ink) -> str:
    x, y = sight.x(dot.hours), sight.y(dot.days)
    whisker = {"d": f"M{x:.1f} {sight.y(dot.low):.1f}V{sight.y(dot.high):.1f}"}
    drawn = element("path", {**whisker, "stroke": ink("ink-soft"), "stroke-width": 1.5})
    shape = {"cx": x, "cy": y, "r": 6 if dot.is_best else 4, "stroke": ink("lake-700"), "stroke-width": 1.5}
    drawn += element("circle", {**shape, "fill": ink("lake-700" if dot.is_best else "paper")})
    if dot.number:
        drawn += text(x + 10, y - 8, str(dot.number), ink, size=SMALL, font_weight=600)
    return drawn
