"""Figures of a survey below each other on one scale: bars from nought, or dots, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from straume.web.reports.pictures.ink import Ink, element, picture, text
from straume.web.reports.pictures.scenario_bars import CAP, Bar
from straume.web.reports.pictures.widths import wrapped

WIDTH, VALUE_ROOM = 340.0, 62.0
SMALL, LINE, BAR, GAP = 15.0, 18.0, 14.0, 12.0


def survey_bars(
    bars: Sequence[Bar],
    *,
    name: str,
    title: str,
    ink: Ink,
    scale: tuple[float, float],
    dots: bool = False,
) -> str:
    """`scale`: its two ends; `dots`: means and needs, which do not grow from an edge. "" without any bar."""
    if not bars:
        return ""
    sight = _Sight(scale)
    inside, y = [], 4.0
    for bar in bars:
        lines = wrapped(bar.label, width=WIDTH - 4, size=SMALL, lines=2)
        for line in lines:
            y += LINE
            inside.append(text(0, y - 6, line, ink, size=SMALL, colour="ink-soft"))
        inside.append(_dot(bar, y, sight, ink) if dots else _bar(bar, y, sight, ink))
        y += BAR + GAP
    edge = {"d": f"M{sight(max(0.0, scale[0])):.1f} 4V{y - GAP + 4:g}", "stroke": ink("line"), "fill": "none"}
    return picture(
        ink,
        name=name,
        width=WIDTH,
        height=y + 2,
        title=title,
        desc=" ".join(bar.told for bar in bars),
        inside=[element("path", edge), *inside],
    )


class _Sight:
    """Where a value stands."""

    def __init__(self, scale: tuple[float, float]) -> None:
        self.low, self.high = scale[0], max(scale[1], scale[0] + 1e-9)

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return 4 + share * (WIDTH - VALUE_ROOM - 8)


def _bar(bar: Bar, y: float, sight: _Sight, ink: Ink) -> str:
    first = sight(sight.low)
    shape = {"x": first, "y": y, "width": max(1.0, sight(bar.value) - first), "height": BAR}
    drawn = element("rect", {**shape, "fill": ink("lake-100"), "stroke": ink("ink-soft"), "stroke-width": 1})
    return drawn + _interval(bar, y, sight, ink) + _value(bar, y, sight, ink)


def _dot(bar: Bar, y: float, sight: _Sight, ink: Ink) -> str:
    dot = {"cx": sight(bar.value), "cy": y + BAR / 2, "r": 5, "fill": ink("lake-500")}
    drawn = element("circle", {**dot, "stroke": ink("paper"), "stroke-width": 1.5})
    return _interval(bar, y, sight, ink) + drawn + _value(bar, y, sight, ink)


def _interval(bar: Bar, y: float, sight: _Sight, ink: Ink) -> str:
    if bar.high <= bar.low:
        return ""
    low, high, middle = sight(bar.low), sight(bar.high), y + BAR / 2
    line = f"M{low:.1f} {middle:g}H{high:.1f}M{low:.1f} {middle - CAP:g}v{2 * CAP:g}"
    line += f"M{high:.1f} {middle - CAP:g}v{2 * CAP:g}"
    wide = element("path", {"d": line, "stroke": ink("paper"), "stroke-width": 4, "fill": "none"})
    return wide + element("path", {"d": line, "stroke": ink("ink"), "stroke-width": 1.6, "fill": "none"})


def _value(bar: Bar, y: float, sight: _Sight, ink: Ink) -> str:
    x = max(sight(bar.high), sight(bar.value)) + 8
    return text(x, y + BAR / 2 + 5, bar.shown, ink, size=SMALL, font_weight=600)
