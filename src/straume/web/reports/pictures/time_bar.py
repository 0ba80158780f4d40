"""Where the time goes: the mean case from request to answer as one bar, to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from straume.lean.assess.records import Assessment, PartKind
from straume.web.reports.pictures.ink import Ink, element, filled, picture, text
from straume.web.reports.pictures.widths import text_width
from straume.words import reports as words
from straume.words.format import days, percent

KINDS: tuple[PartKind, ...] = get_args(PartKind)
BAR = 44.0
GAP = 2.0
LABEL = 16.0
FIGURE = 18.0


@dataclass(frozen=True)
class KindOfTime:
    """All parts of one kind together."""

    kind: PartKind
    days: float
    share: float


@dataclass(frozen=True)
class Label:
    kind: PartKind
    word: str
    figure: str
    width: float
    at: float  # middle of its part


def kinds_of_time(assessment: Assessment) -> tuple[KindOfTime, ...]:
    """The parts of the bar in its order; the same figures stand in the table beside it."""
    found = []
    for kind in KINDS:
        parts = [part for part in assessment.time_parts if part.kind == kind]
        days_of_kind = sum(part.days for part in parts)
        if days_of_kind > 0:
            found.append(KindOfTime(kind, days_of_kind, sum(part.share for part in parts)))
    return tuple(found)


def time_bar(assessment: Assessment, *, lang: str, ink: Ink, width: float = 1120) -> str:
    """The bar as SVG; a part of no days is left out. "" where nothing is known of the time."""
    parts = kinds_of_time(assessment)
    whole = sum(part.days for part in parts)
    if not whole:
        return ""
    inside, labels, x = [], [], 0.0
    room = width - GAP * (len(parts) - 1)
    for part in parts:
        part_width = room * part.days / whole
        inside.append(_part(part, x, part_width, ink))
        labels.append(_label(part, x + part_width / 2, lang))
        x += part_width + GAP
    rows = _rows(labels, width)
    for number, (row, starts) in enumerate(rows):
        inside += [_drawn(label, start, number, ink) for label, start in zip(row, starts, strict=True)]
    return picture(
        ink,
        name="time",
        width=width,
        height=BAR + 14 + 50 * len(rows),
        title=words.time_bar_title(whole, lang),
        desc=words.listed([words.time_part(part.kind, part.days, part.share, lang) for part in parts], lang),
        inside=inside,
    )


def _part(part: KindOfTime, x: float, width: float, ink: Ink) -> str:
    shown = max(width, 1.0)  # a line of one unit where the part is thinner than that
    outline = ink("lake-500") if part.kind in ("not_judged", "between") else None
    shape = {"x": x, "y": 0.5, "width": shown, "height": BAR - 1}
    edge = {"stroke": outline, "stroke-width": 1} if outline else {}
    return filled(part.kind, ink, {**shape, **edge})


def _label(part: KindOfTime, middle: float, lang: str) -> Label:
    word = words.time_kind(part.kind, lang)
    figure = f"{days(part.days, lang)} · {percent(part.share, lang)}"
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
