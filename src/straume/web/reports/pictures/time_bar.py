"""Where the time goes: the mean case from request to answer as one bar, to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from straume.lean.assess.records import Assessment, PartKind, TimePart
from straume.web.reports.pictures.ink import Ink, element, filled, picture, text
from straume.web.reports.pictures.widths import text_width, wrapped
from straume.words import reports as words
from straume.words.assessment import duration, knows_hours
from straume.words.format import percent

KINDS: tuple[PartKind, ...] = get_args(PartKind)
BAR = 44.0
GAP = 2.0
LABEL = 16.0
FIGURE = 18.0
MOSTLY = 0.5  # from this share on, time between completions is told by step
MOST_STEPS = 6
COLUMNS = 4  # of names of steps


@dataclass(frozen=True)
class KindOfTime:
    """All parts of one kind together; or of a kind that is told by step, one step or all the others."""

    kind: PartKind
    days: float
    share: float
    step: str | None = None
    is_rest: bool = False  # the steps that are too many to be named

    @property
    def is_by_step(self) -> bool:
        return self.step is not None or self.is_rest


@dataclass(frozen=True)
class Label:
    kind: PartKind
    word: str
    figure: str
    width: float
    at: float  # middle of its part


def kinds_of_time(assessment: Assessment) -> tuple[KindOfTime, ...]:
    """The parts of the bar in its order; the same figures stand in the table beside it.

    Where a log knows no starts nearly all would be one part, between completions: it is told by step.
    """
    found = []
    for kind in KINDS:
        parts = [part for part in assessment.time_parts if part.kind == kind and part.days > 0]
        together = KindOfTime(kind, sum(part.days for part in parts), sum(part.share for part in parts))
        if kind == "between" and together.share >= MOSTLY and any(part.step for part in parts):
            found += by_step(parts)
        elif parts:
            found.append(together)
    return tuple(found)


def by_step(parts: Sequence[TimePart]) -> list[KindOfTime]:
    """The steps that take longest, the others together."""
    named = sorted((part for part in parts if part.step), key=lambda part: (-part.days, part.step))
    nameless = [part for part in parts if not part.step]
    alone = MOST_STEPS + 1 if not nameless and len(named) == MOST_STEPS + 1 else MOST_STEPS
    shown, rest = named[:alone], [*named[alone:], *nameless]
    found = [KindOfTime(part.kind, part.days, part.share, part.step) for part in shown]
    if rest:
        days_of_rest, share = sum(part.days for part in rest), sum(part.share for part in rest)
        found.append(KindOfTime("between", days_of_rest, share, is_rest=True))
    return found


def time_bar(assessment: Assessment, *, lang: str, ink: Ink, width: float = 1120) -> str:
    """The bar as SVG; a part of no days is left out. "" where nothing is known of the time."""
    parts = kinds_of_time(assessment)
    whole = sum(part.days for part in parts)
    if not whole:
        return ""
    hours = knows_hours(assessment)
    inside, labels, x = [], [], 0.0
    room = width - GAP * (len(parts) - 1)
    for number, part in enumerate(parts, 1):
        part_width = room * part.days / whole
        inside.append(_part(part, x, part_width, ink))
        if part.is_by_step:
            inside.append(_number(number, x, part_width, ink))
        labels.append(_label(part, x + part_width / 2, lang, hours))
        x += part_width + GAP
    if any(part.is_by_step for part in parts):
        drawn, height = _columns(labels, parts, width, ink, lang)
    else:
        drawn, height = _under_their_parts(labels, width, ink)
    return picture(
        ink,
        name="time",
        width=width,
        height=height,
        title=words.time_bar_title(whole, lang, hours=hours),
        desc=told(parts, lang, hours=hours),
        inside=[*inside, *drawn],
    )


def told(parts: Sequence[KindOfTime], lang: str, *, hours: bool) -> str:
    """The bar for those who do not see it."""
    lines = [
        words.time_part(part_name(part, lang), part.days, part.share, lang, hours=hours) for part in parts
    ]
    steps = [part for part in parts if part.is_by_step]
    heading = f"{words.time_kind(steps[0].kind, lang)}. " if steps else ""
    return heading + words.listed(lines, lang)


def part_name(part: KindOfTime, lang: str) -> str:
    """What a part is called: its step, the other steps, or its kind."""
    if part.step is not None:
        return part.step
    return words.other_steps(lang) if part.is_rest else words.time_kind(part.kind, lang)


def _under_their_parts(labels: Sequence[Label], width: float, ink: Ink) -> tuple[list[str], float]:
    rows = _rows(labels, width)
    drawn = [
        _drawn(label, start, number, ink)
        for number, (row, starts) in enumerate(rows)
        for label, start in zip(row, starts, strict=True)
    ]
    return drawn, BAR + 14 + 50 * len(rows)


def _columns(
    labels: Sequence[Label], parts: Sequence[KindOfTime], width: float, ink: Ink, lang: str
) -> tuple[list[str], float]:
    """Names of steps in columns, under the name of their kind; numbers say which part is whose."""
    column = width / COLUMNS
    kind = next(part.kind for part in parts if part.is_by_step)
    swatch = {"x": 0.5, "y": BAR + 17.5, "width": 11, "height": 11}
    drawn = [
        filled(kind, ink, {**swatch, "stroke": ink("ink-soft"), "stroke-width": 0.7}),
        text(18, BAR + 28, words.time_kind(kind, lang), ink, size=LABEL, colour="ink-soft"),
    ]
    named = [f"{number}. {label.word}" for number, label in enumerate(labels, 1)]
    broken = [wrapped(name, width=column - 24, size=LABEL, lines=2) for name in named]
    y = BAR + 54
    for first in range(0, len(labels), COLUMNS):
        row = range(first, min(first + COLUMNS, len(labels)))
        lines = max(len(broken[at]) for at in row)
        for at in row:
            x = (at - first) * column
            drawn += [text(x, y + 20 * n, line, ink, size=LABEL) for n, line in enumerate(broken[at])]
            figure = {"size": FIGURE, "colour": "lake-900", "font_weight": 600}
            drawn.append(text(x, y + 20 * lines + 3, labels[at].figure, ink, **figure))  # type: ignore[arg-type]
        y += 20 * lines + 34
    return drawn, y - 24


def _number(number: int, x: float, width: float, ink: Ink) -> str:
    """The number of a step's part, where the part is wide enough for it."""
    if width < 24:
        return ""
    middle = x + width / 2
    ground = {"x": middle - 10, "y": BAR / 2 - 11, "width": 20, "height": 22, "rx": 3, "fill": ink("paper")}
    return element("rect", ground) + text(
        middle, BAR / 2 + 6, str(number), ink, size=LABEL, colour="ink", text_anchor="middle"
    )


def _part(part: KindOfTime, x: float, width: float, ink: Ink) -> str:
    shown = max(width, 1.0)  # a line of one unit where the part is thinner than that
    outline = ink("lake-500") if part.kind in ("not_judged", "closed", "between") else None
    shape = {"x": x, "y": 0.5, "width": shown, "height": BAR - 1}
    edge = {"stroke": outline, "stroke-width": 1} if outline else {}
    return filled(part.kind, ink, {**shape, **edge})


def _label(part: KindOfTime, middle: float, lang: str, hours: bool) -> Label:
    word = part_name(part, lang)
    figure = f"{duration(part.days, lang, hours=hours)} · {percent(part.share, lang)}"
    width = 18 + max(text_width(word, LABEL), text_width(figure, FIGURE, bold=True))
    return Label(part.kind, word, figure, width, middle)


def _rows(labels: Sequence[Label], width: float) -> list[tuple[Sequence[Label], list[float]]]:
    """Labels stand as near to their part as their neighbours let them, on more rows if one is too narrow."""
    gap = 22.0
    if sum(label.width for label in labels) + gap * (len(labels) - 1) <= width or len(labels) < 2:
        return [(labels, _starts(labels, width, gap))]
    half = (len(labels) + 1) // 2
    return _rows(labels[:half], width) + _rows(labels[half:], width)


def _starts(labels: Sequence[Label], width: float, gap: float) -> list[float]:
    starts: list[float] = []
    edge = 0.0
    for label in labels:
        start = max(edge, label.at - label.width / 2)
        starts.append(start)
        edge = start + label.width + gap
    edge = width
    for index in range(len(labels) - 1, -1, -1):
        starts[index] = max(0.0, min(starts[index], edge - labels[index].width))
        edge = starts[index] - gap
    return starts


def _drawn(label: Label, start: float, row: int, ink: Ink) -> str:
    y = BAR + 14 + 50 * row
    swatch = {"x": start + 0.5, "y": y + 3.5, "width": 11, "height": 11}
    edge = {"stroke": ink("ink-soft"), "stroke-width": 0.7}
    tail = element(
        "path",
        {
            "d": f"M{label.at:.2f} {BAR:.0f}V{BAR + 6:.0f}H{start + 6:.2f}V{y + 3:.0f}",
            "fill": "none",
            "stroke": ink("line"),
        },
    )
    return "".join(
        [
            tail if row == 0 else "",
            filled(label.kind, ink, {**swatch, **edge}),
            text(start + 18, y + 14, label.word, ink, size=LABEL),
            text(start + 18, y + 36, label.figure, ink, size=FIGURE, colour="lake-900", font_weight=600),
        ]
    )
