"""Figures of a card or an adoption in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from straume.web.groups.analysis import why_said as words_of
from straume.web.groups.card_page import figures_said
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.groups.views.reader import language

register = template.Library()


@register.simple_tag
def figures_of(told: PracticeCard | Adoption) -> str:
    return figures_said(told, language())


@register.simple_tag
def why_said(codes: Sequence[str]) -> str:
    return words_of(codes)
