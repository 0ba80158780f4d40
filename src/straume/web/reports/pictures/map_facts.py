"""What stands in the box of a step on paper: its work, its wait, its yield; and ideas as bursts."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from straume.lean.stream.records import Step
from straume.web.reports.pictures.ink import Ink, element, text
from straume.web.reports.pictures.map_bands import Place
from straume.web.reports.pictures.map_times import StepTime
from straume.web.reports.pictures.widths import cut, text_width
from straume.words import map_sheet as words
from straume.words import reports as report_words
from straume.words.format import percent

FACTS = 38.0  # height that the three lines take
LINE = 12.5
SIZE = 10.5
BURST = 10.0  # radius
POINTS = 10


def facts_box(place: Place, step: Step, time: StepTime, lang: str, ink: Ink, *, left: float) -> list[str]:
    """Three lines under a rule: label on the left, value on the right; a dash for what nobody said."""
    top = place.bottom - FACTS - 1
    rule = {"x1": left, "y1": top, "x2": place.right - 4, "y2": top, "stroke": ink("line")}
    made = [element("line", rule)]
    for number, (label, value) in enumerate(_facts(step, time, lang), 1):
        y = top + LINE * number - 1.5
        right = place.right - 5
        said = cut(label, width=right - left - text_width(value, SIZE, bold=True) - 4, size=SIZE)
        made.append(text(left, y, said, ink, size=SIZE, colour="ink-soft"))
        made.append(text(right, y, value, ink, size=SIZE, text_anchor="end", font_weight=600))
    return made


def _facts(step: Step, time: StepTime, lang: str) -> list[tuple[str, str]]:
    said = words.headings(lang)
    touch = "–" if time.touch_minutes is None else report_words.short_minutes(time.touch_minutes, lang)
    wait = report_words.short_wait(time.wait_minutes, time.wait_clock, lang, day_minutes=time.day_minutes)
    right = "–" if step.complete_accurate is None else percent(step.complete_accurate, lang)
    nothing = "0" if time.wait_minutes is not None else "–"
    return [
        (said["work"], touch),
        (said["since"] if time.is_between else said["wait"], wait or nothing),
        (said["complete"], right),
    ]


def burst_signs(place: Place, numbers: Sequence[int], ink: Ink) -> list[str]:
    """Bursts at the upper edge of a box, from its right corner on."""
    return [
        burst(place.right - 6 - (2 * BURST + 2) * at, place.top - 7, str(number), ink)
        for at, number in enumerate(numbers)
    ]


def burst(x: float, y: float, said: str, ink: Ink) -> str:
    """A burst with its number: the sign of an idea on a value stream map."""
    corners = []
    for point in range(2 * POINTS):
        radius = BURST if point % 2 == 0 else BURST * 0.74
        turn = pi * point / POINTS
        corners.append(f"{x + radius * sin(turn):.2f} {y - radius * cos(turn):.2f}")
    outline = {"d": f"M{'L'.join(corners)}z", "fill": ink("paper"), "stroke": ink("lake-700")}
    return element(
        "g",
        None,
        element("path", {**outline, "stroke-width": 1.4}),
        text(x, y + 3.6, said, ink, size=10, colour="lake-900", text_anchor="middle", font_weight=600),
    )
