"""Numbers and shares as people read them, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from straume.words import format as words_format

register = template.Library()


@register.filter
def figure(number: float) -> str:
    return words_format.number(number, _language(), 0)


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else words_format.percent(share, _language(), 0)


def _language() -> str:
    return (get_language() or "en")[:2]
