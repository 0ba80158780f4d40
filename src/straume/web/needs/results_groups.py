"""One question by country, municipality, kind of unit and role, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from straume.web.needs.analysis import Breakdown, GroupFigure
from straume.web.needs.results_page import number
from straume.words import format as words_format


@dataclass(frozen=True)
class Part:
    """The rows of one dimension: countries and their places, kinds of unit, roles."""

    code: str
    title: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True)
class PartRow:
    label: str
    is_within: bool  # a place within its country
    n: str
    cells: tuple[tuple[str, str, str], ...]  # heading, value, interval
    hidden: bool


def parts_shown(split: Breakdown, lang: str) -> list[Part]:
    titles = {"place": _("By country and municipality"), "unit": _("By kind of unit"), "role": _("By role")}
    parts = []
    for code, title in titles.items():
        rows = split.of("country", "place") if code == "place" else split.of(code)
        shown = tuple(_part_row(row, split, lang) for row in rows if not row.nobody)
        if len(shown) > 1:
            parts.append(Part(code, title, shown))
    return parts


def _part_row(row: GroupFigure, split: Breakdown, lang: str) -> PartRow:
    within = row.group.dimension == "place"
    if row.n is None:
        return PartRow(row.group.label, within, "", (), hidden=True)
    is_place = split.question.item.type == "rank"
    if split.columns:
        cells = tuple(
            (
                column,
                (number(share.value, lang) if is_place else words_format.percent(share.value, lang))
                if share
                else "",
                words_format.interval(share, lang, as_percent=not is_place) if share else "",
            )
            for column, share in zip(split.columns, row.shares, strict=True)
        )
    else:
        cells = (
            (
                _("Mean"),
                number(row.mean.value, lang) if row.mean else "",
                words_format.interval(row.mean, lang) if row.mean else "",
            ),
        )
    return PartRow(row.group.label, within, words_format.number(row.n, lang, 0), cells, hidden=False)
