"""One figure of several scenarios: a bar for each with its 95 % interval, the first as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.web.reports.pictures.ink import Ink, element, picture, text

WIDTH = 340.0
TOP, ROW, BAR = 52.0, 42.0, 16.0
MOST_LETTERS = 40
SMALL, VALUE_ROOM = 15.0, 62.0
CAP = 4.0  # half of the stroke that ends an interval
# Ground, colour and path of its mark: none of those that mean a kind of time.
GROUNDS = (
    ("lake-100", "", ""),
    ("lake-500", "paper", "M0 1L4 7L8 1"),
    ("lake-700", "", ""),
    ("lake-100", "lake-700", "M0 1L4 7L8 1"),
    ("mist", "lake-500", "M4 0v8"),
)
TILE = 8


@dataclass(frozen=True)
class Bar:
    """A mean with its 95 % interval (none: low and high are the mean), and all of it in words."""

    label: str
    value: float
    low: float
    high: float
    shown: str  # the value as people read it
    told: str  # with its interval


@dataclass(frozen=True)
class Mark:
    """A line across the bars that means something."""

    at: float
    label: str


def scenario_bars(
    bars: Sequence[Bar],
    *,
    name: str,
    heading: str,
    title: str,
    ink: Ink,
    marks: Sequence[Mark] = (),
    top: float | None = None,
) -> str:
    """Bars below each other on one scale from nought; `top` – the end of the scale where it is given.

    `heading` stands above them, `title` is the name of the picture for those who do not see it.
    """
    ends = [bar.high for bar in bars] + [mark.at for mark in marks]
    scale = (WIDTH - VALUE_ROOM) / max(top or 0.0, *ends, 1e-9)
    height = TOP + ROW * len(bars) + 18 * len(marks)
    drawn = [_bar(bar, at, scale, ink) for at, bar in enumerate(bars)]
    bottom = TOP + ROW * len(bars)
    return picture(
        ink,
        name=name,
        width=WIDTH,
        height=height,
        title=title,
        desc=" ".join([*(bar.told for bar in bars), *(mark.label for mark in marks)]),
        inside=[
            text(0, 17, heading, ink, size=SMALL + 1, font_weight=600),
            element("path", {"d": f"M0.5 {TOP - 18:g}V{bottom:g}", "stroke": ink("ink-soft")}),
            *drawn,
            *(_mark(mark, at, bottom, scale, ink) for at, mark in enumerate(marks)),
        ],
        extra="".join(_pattern(at, ink) for at, (_ground, mark, _path) in enumerate(GROUNDS) if mark),
    )


def _pattern(at: int, ink: Ink) -> str:
    _ground, mark, path = GROUNDS[at]
    tile = {"id": f"{ink.prefix}-bar-{at}", "width": TILE, "height": TILE, "patternUnits": "userSpaceOnUse"}
    drawn = {"d": path, "stroke": ink(mark), "stroke-width": 1, "fill": "none"}
    return element("pattern", tile, element("path", drawn))


def _bar(bar: Bar, at: int, scale: float, ink: Ink) -> str:
    y = TOP + ROW * at
    ground, mark, _path = GROUNDS[at % len(GROUNDS)]
    shape = {"x": 0, "y": y + 4, "width": max(1.0, bar.value * scale), "height": BAR}
    edge = {"stroke": ink("ink-soft"), "stroke-width": 1}
    parts = [
        text(4, y - 4, shortened(bar.label), ink, size=SMALL, colour="ink-soft"),
        element("rect", {**shape, **edge, "fill": ink(ground)}),
    ]
    if mark:
        parts.append(element("rect", {**shape, "fill": ink.ref(f"bar-{at % len(GROUNDS)}")}))
    middle, low, high = y + 4 + BAR / 2, max(0.0, bar.low) * scale, bar.high * scale
    if bar.high > bar.low:
        line = f"M{low:.1f} {middle:g}H{high:.1f}M{low:.1f} {middle - CAP:g}v{2 * CAP:g}"
        line += f"M{high:.1f} {middle - CAP:g}v{2 * CAP:g}"
        parts.append(element("path", {"d": line, "stroke": ink("paper"), "stroke-width": 4, "fill": "none"}))
        parts.append(element("path", {"d": line, "stroke": ink("ink"), "stroke-width": 1.6, "fill": "none"}))
    x = max(high, bar.value * scale) + 8
    parts.append(text(x, middle + 5, bar.shown, ink, size=SMALL + 1, font_weight=600))
    return "".join(parts)


def shortened(label: str) -> str:
    """As much of a name as fits above its bar; the whole stands in the table."""
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"


def _mark(mark: Mark, at: int, bottom: float, scale: float, ink: Ink) -> str:
    x, dashes = mark.at * scale, "5 3" if at == 0 else None
    y = bottom + 14 + 18 * at
    line = {"d": f"M{x:.1f} {TOP - 18:g}V{bottom:g}", "stroke": ink("ink"), "stroke-width": 1.5}
    key = {"d": f"M0 {y - 5:g}h22", "stroke": ink("ink"), "stroke-width": 1.5, "stroke-dasharray": dashes}
    return (
        element("path", {**line, "stroke-dasharray": dashes})
        + element("path", key)
        + text(28, y, mark.label, ink, size=SMALL - 1, colour="ink-soft")
    )
