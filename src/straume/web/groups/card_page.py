"""A practice card as page and sheet see it: its texts by language, its figures with n and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.groups.models import Adoption, PracticeCard, TextLanguage
from straume.web.groups.models.texts import LANGUAGES
from straume.web.places.registry import foot
from straume.web.reports import render
from straume.words.format import number

PAPERS = ("a5", "a4")
PARTS = ("problem", "done", "works_when", "requires")


@dataclass(frozen=True)
class Said:
    """A text in a language; where it is missing there, in the language in which it was written."""

    text: str
    language: str
    is_missing: bool

    @property
    def language_name(self) -> str:
        return str(TextLanguage(self.language).label)


@dataclass(frozen=True)
class Part:
    code: str
    title: str
    said: Sequence[Said]


def texts_of(card: PracticeCard, languages: Sequence[str]) -> list[Part]:
    """Problem, what was done, when it works, what it needs: one language with a stand-in, or side by side."""
    return [
        Part(
            name,
            str(getattr(card._meta.get_field(name), "verbose_name", "")).capitalize(),
            [said(card, name, lang, stand_in=len(languages) == 1) for lang in languages],
        )
        for name in PARTS
    ]


def said(card: PracticeCard, name: str, language: str, *, stand_in: bool) -> Said:
    text = getattr(card, f"{name}_{language}") or ""
    if text or not stand_in:
        return Said(text, language, is_missing=not text)
    for other in (card.written_in, *LANGUAGES):
        if text := getattr(card, f"{name}_{other}") or "":
            return Said(text, other, is_missing=True)
    return Said("", language, is_missing=True)


def figures_said(told: PracticeCard | Adoption, language: str) -> str:
    """Before and after as people told them, with n and where from; "" where nothing was told."""
    if told.before is None or told.after is None:
        return ""
    return _("%(measure)s: before %(before)s (n = %(before_n)s), after %(after)s (n = %(after_n)s)") % {
        "measure": told.measure,
        "before": number(float(told.before), language),
        "before_n": number(told.before_n or 0, language, 0),
        "after": number(float(told.after), language),
        "after_n": number(told.after_n or 0, language, 0),
    }


def card_pdf(card: PracticeCard, *, language: str, paper: str, today: date) -> bytes:
    with override(language):
        return render.pdf("practice_card", values(card, language, paper, today), made_on=today.isoformat())


def values(card: PracticeCard, language: str, paper: str, today: date) -> dict[str, Any]:
    return {
        "lang": language,
        "paper": paper,
        "title": card.title,
        "kind": _("Practice card"),
        "simulated": _("Simulated, not real data") if card.is_simulated else "",
        "where": ", ".join(
            part for part in (card.unit.name if card.unit else "", card.institution.name) if part
        ),
        "facts": " · ".join([str(card.get_theme_display()), str(card.get_tool_display())]),
        "parts": [
            {"title": part.title, "text": part.said[0].text, "lang": part.said[0].language}
            for part in texts_of(card, [language])
            if part.said[0].text
        ],
        "figures_title": _("Before and after, as told"),
        "figures": figures_said(card, language),
        "source": _("Source: %(source)s") % {"source": card.source} if card.source else "",
        "contact_title": _("Contact"),
        "contact": " · ".join(part for part in (card.contact_post, card.contact_email) if part),
        "co_financing": [f"{line.text} {line.url}".strip() for lines in foot for line in lines()],
        "made": _("Made on %(day)s with Straume") % {"day": date_format(today, "DATE_FORMAT")},
    }
