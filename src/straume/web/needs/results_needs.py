"""Needs as the page shows them: a picture with intervals, never a bare rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from straume.web.needs.analysis import Ranked
from straume.web.needs.models import Need
from straume.web.needs.results_page import drawn, number, scale_words
from straume.web.reports.pictures.ink import Ink
from straume.web.reports.pictures.scenario_bars import Bar
from straume.web.reports.pictures.survey_bars import survey_bars
from straume.words import format as words_format


@dataclass(frozen=True)
class NeedLine:
    """A topic in words."""

    one: Ranked
    importance: str
    present: str
    gap: str
    need: str
    interval: str
    place: str
    first: str
    need_url: str = ""  # of the need that was made from it


def need_lines(found: Sequence[Ranked], lang: str, made: Mapping[str, str] | None = None) -> list[NeedLine]:
    """`made`: key of the question → address of the need that was made from it."""
    with_scale = not same_scale(found)
    return [
        replace(_need_line(one, lang, with_scale), need_url=(made or {}).get(one.about.key, ""))
        for one in found
    ]


def same_scale(found: Sequence[Ranked]) -> float | None:
    """The upper end of the scale that all topics share; None where they differ."""
    ends = {one.scale for one in found}
    return next(iter(ends))[1] if len(ends) == 1 else None


def _need_line(one: Ranked, lang: str, with_scale: bool) -> NeedLine:
    def on_scale(value: float) -> str:
        said = {"value": number(value, lang), "high": scale_words(one.scale, lang)["high"]}
        return _("%(value)s of %(high)s") % said if with_scale else said["value"]

    return NeedLine(
        one=one,
        importance=on_scale(one.importance),
        present=on_scale(one.present),
        gap=number(one.gap, lang),
        need=words_format.number(one.need, lang, 0),
        interval=_interval(one.low, one.high, lang),
        place=place_words(one),
        first=words_format.percent(one.among_first, lang, 0),
    )


def place_words(one: Ranked) -> str:
    """Where it may stand among its kind; never a bare rank."""
    if one.rank_low == one.rank_high:
        return _("%(place)s of %(of)s") % {"place": one.rank_low, "of": one.of}
    return _("%(low)s–%(high)s of %(of)s") % {"low": one.rank_low, "high": one.rank_high, "of": one.of}


def need_picture(found: Sequence[Ranked], kind: str, lang: str, ink: Ink) -> SafeString:
    low = min([0.0, *(one.low for one in found)])
    high = max([1.0, *(one.high for one in found)])
    bars = []
    for one in found:
        value = words_format.number(one.need, lang, 0)
        told = f"{one.label}: {value} ({_interval(one.low, one.high, lang)})."
        bars.append(Bar(one.label, one.need, one.low, one.high, value, told))
    title = str(Need.Kind(kind).label)
    return drawn(survey_bars(bars, name=f"needs-{kind}", title=title, ink=ink, scale=(low, high), dots=True))


def _interval(low: float, high: float, lang: str) -> str:
    joined = "–" if low >= 0 else " … "
    return f"{words_format.number(low, lang, 0)}{joined}{words_format.number(high, lang, 0)}"


def title_of(kind: str) -> str:
    return str({"problem": _("Problem areas"), "training": _("Training needs")}[kind])


def columns(found: Sequence[Ranked], lang: str) -> list[str]:
    high = same_scale(found)
    of = {"high": words_format.number(high, lang)} if high else None
    return [
        _("Topic"),
        _("Importance, of %(high)s") % of if of else _("Importance"),
        _("Today, of %(high)s") % of if of else _("How it is today"),
        _("Need, of 100"),
        _("Interval of 95 %"),
        _("Place among them"),
        _("Answers"),
    ]
