"""The answers behind a need, as the page of the need tells them: with the figure of that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from straume.lean.protect import is_small
from straume.web.needs import items as item_reader
from straume.web.needs.analysis import JOINS
from straume.web.needs.models import Need, NeedEvidence, NeedText, Wave
from straume.words import format as words_format


@dataclass(frozen=True)
class Told:
    """One piece of evidence in words."""

    wave: Wave
    question: str
    figure: str
    answers: str
    noted_on: date
    url: str
    is_simulated: bool


def told(needs: Sequence[Need], lang: str) -> list[Told]:
    found = (
        NeedEvidence.objects.filter(need__in=needs)
        .select_related("wave__version")
        .order_by("wave__opens_on", "pk")
    )
    return [_told(one, lang) for one in found]


def texts_count(needs: Sequence[Need], lang: str) -> str:
    """How many answers in words name it; "" where none does."""
    number = NeedText.objects.filter(need__in=needs).values("sheet", "item").distinct().count()
    if not number:
        return ""
    return _("fewer than five") if is_small(number) else words_format.number(number, lang, 0)


def _told(one: NeedEvidence, lang: str) -> Told:
    few = is_small(one.answers)
    item = next((i for i in item_reader.read(items=one.wave.version.items) if i.name == one.item), None)
    within = (item.row(one.row) or item.choice(one.row)) if item and one.row else None
    asked = item.said() if item else one.item
    row = one.row if item and item.type == "matrix" else ""
    key = f"{one.item}{JOINS}{row}" if row else one.item
    imported = one.wave.source == Wave.Source.IMPORTED
    url = reverse("needs:result", args=[one.wave_id, key])
    if imported:
        url = reverse("needs:results", args=[one.wave_id])
    return Told(
        wave=one.wave,
        question=f"{asked}: {within.said()}" if within else asked,
        figure=_("fewer than five") if few else figure_words(one.figure, lang),
        answers=_("fewer than five") if few else words_format.number(one.answers, lang, 0),
        noted_on=one.noted_on,
        url=url,
        is_simulated=one.wave.is_simulated,
    )


def figure_words(figure: dict[str, Any], lang: str) -> str:
    """What the analysis said that day."""
    value, low, high = (figure.get(name) for name in ("value", "low", "high"))  # as it was written then
    if value is None:
        return "–"
    if figure.get("method") == "share":
        said = words_format.percent(value, lang)
        if low is None or high is None:
            return said
        ends = {"low": words_format.percent(low, lang), "high": words_format.percent(high, lang)}
        return _("%(share)s of the weighted answers (%(low)s to %(high)s)") % {"share": said, **ends}
    if figure.get("method") == "need" and low is not None and high is not None:
        parts = {
            "need": words_format.number(value, lang, 0),
            "low": words_format.number(low, lang, 0),
            "high": words_format.number(high, lang, 0),
            "importance": words_format.number(figure["importance"], lang, 1),
            "present": words_format.number(figure["present"], lang, 1),
            "top": words_format.number(figure["scale_high"], lang),
        }
        return (
            _(
                "need %(need)s of 100 (%(low)s to %(high)s): importance %(importance)s of %(top)s, "
                "today %(present)s"
            )
            % parts
        )
    return elsewhere_words(figure, lang)


def elsewhere_words(figure: dict[str, Any], lang: str) -> str:
    """As the makers of a survey made elsewhere gave it: without an interval."""
    if "importance" in figure and "present" in figure:
        return _("importance %(importance)s of %(top)s, today %(present)s (made elsewhere)") % {
            "importance": words_format.number(figure["importance"], lang, 1),
            "present": words_format.number(figure["present"], lang, 1),
            "top": words_format.number(figure.get("scale_high") or 0, lang),
        }
    if "share" in figure:
        share = words_format.percent(figure["share"] / 100, lang)
        return _("%(share)s (made elsewhere)") % {"share": share}
    return words_format.number(figure["value"], lang, 1)
