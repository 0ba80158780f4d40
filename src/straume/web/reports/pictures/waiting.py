"""Causes of waiting: a bar to scale for each, stacked bars of steps and units, and columns of weeks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from straume.web.reports.pictures.ink import Ink, element, picture, text
from straume.words import format as words_format
from straume.words import waiting as words

# Of each cause: ground, colour of its mark, mark, size of the tile, turn. All of it is waiting, so none takes
# the colour of a kind of work.
MARKS: Mapping[str, tuple[str, str, str, int, int]] = {
    "batching": ("lake-700", "paper", "M2 3.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0", 7, 0),
    "prioritisation": ("lake-500", "paper", "M0 0h2v6h-2z", 6, 45),
    "contention": ("lake-100", "lake-700", "M0 0h1.4v6h-1.4zM0 0h6v1.4h-6z", 6, 0),
    "unavailability": ("waiting", "ink-soft", "M0 0h6v1.2h-6z", 6, 0),
    "extraneous": ("paper", "ink-soft", "M0 0h1v5h-1z", 5, 135),
}
CHART_HEIGHT = 190.0
LEFT, BOTTOM = 74.0, 40.0
SMALL = 15.0
MOST_GAP = 4.0
LABEL_ROOM = 40.0  # from the middle of a week's name to the edge


@dataclass(frozen=True)
class WeekOfWaiting:
    """Hours of waiting of one week by cause; None: they may not be shown."""

    week: str
    hours: Mapping[str, float] | None


def cause_patterns(ink: Ink) -> str:
    """The patterns of all causes; bars refer to them by `cause_fill`."""
    return "".join(_pattern(cause, ink) for cause in MARKS)


def cause_fill(cause: str, ink: Ink) -> str:
    return ink.ref(f"cause-{cause}")


def _pattern(cause: str, ink: Ink) -> str:
    ground, colour, path, size, turned = MARKS[cause]
    tile = {
        "id": f"{ink.prefix}-cause-{cause}",
        "width": size,
        "height": size,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate({turned})" if turned else None,
    }
    filled = element("rect", {"width": size, "height": size, "fill": ink(ground)})
    return element("pattern", tile, filled + element("path", {"d": path, "fill": ink(colour)}))


def weeks_of_waiting(weeks: Sequence[WeekOfWaiting], *, lang: str, ink: Ink, width: float = 1120) -> str:
    """One column for each week, a layer for each cause; "" under two weeks that may be shown."""
    shown = [one for one in weeks if one.hours is not None]
    if len(shown) < 2:
        return ""
    highest = max(shown, key=_whole)
    top, step = _scale(_whole(highest))
    inner = width - LEFT
    lines = _grid(top, step, inner, ink, lang)
    column = inner / len(weeks)
    columns = [
        _column(one, LEFT + place * column, column, top, ink)
        for place, one in enumerate(weeks)
        if one.hours is not None
    ]
    return picture(
        ink,
        name="waiting-weeks",
        width=width,
        height=CHART_HEIGHT + BOTTOM + 24,
        title=words.weeks_title(lang),
        desc=words.weeks_told(weeks[0].week, weeks[-1].week, highest.week, lang),
        inside=[text(0, 14, words.label("hours_a_week", lang), ink, size=SMALL, colour="ink-soft")]
        + [*lines, *columns, *_named_weeks(weeks, column, ink)],
        extra=cause_patterns(ink),
    )


def _whole(week: WeekOfWaiting) -> float:
    return sum((week.hours or {}).values())


def _scale(most: float) -> tuple[float, float]:
    """The top of the axis and the distance of its lines: 1, 2 or 5 times a power of ten."""
    rough = max(most, 1e-9) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return step * math.ceil(most / step - 1e-9), step


def _grid(top: float, step: float, inner: float, ink: Ink, lang: str) -> list[str]:
    drawn = []
    for line in range(round(top / step) + 1):
        y = _y(line * step, top)
        drawn.append(element("path", {"d": f"M{LEFT:.0f} {y:.1f}h{inner:.0f}", "stroke": ink("line")}))
        said = words_format.number(line * step, lang, 0 if step >= 1 else None)
        drawn.append(text(LEFT - 8, y + 5, said, ink, size=SMALL, colour="ink-soft", text_anchor="end"))
    return drawn


def _y(hours: float, top: float) -> float:
    return 24 + CHART_HEIGHT * (1 - hours / top)


def _column(week: WeekOfWaiting, x: float, width: float, top: float, ink: Ink) -> str:
    gap = min(MOST_GAP, width * 0.2)
    drawn, below = "", 0.0
    for cause in MARKS:
        hours = (week.hours or {}).get(cause, 0.0)
        if hours <= 0:
            continue
        shape = {
            "x": x + gap / 2,
            "y": _y(below + hours, top),
            "width": width - gap,
            "height": CHART_HEIGHT * hours / top,
        }
        edge = {"stroke": ink("ink-soft"), "stroke-width": 0.7 if width > 6 else 0.3}
        drawn += element("rect", {**shape, "fill": cause_fill(cause, ink), **edge})
        below += hours
    return drawn


def _named_weeks(weeks: Sequence[WeekOfWaiting], column: float, ink: Ink) -> list[str]:
    every = max(1, math.ceil(len(weeks) / 8))
    y = 24 + CHART_HEIGHT + 22
    places = [place for place in range(0, len(weeks), every) if (len(weeks) - place) * column >= LABEL_ROOM]
    return [
        text(LEFT + (place + 0.5) * column, y, weeks[place].week, ink, size=SMALL, text_anchor="middle")
        for place in places
    ]
