"""Baseline and follow-up beside each other, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from straume.web.needs.analysis import Changed, Read, changes, need_changes
from straume.words import format as words_format


@dataclass(frozen=True)
class ChangeLine:
    label: str
    above: str  # the words over a matrix
    choice: str
    before: str
    before_support: str
    after: str
    after_support: str
    difference: str
    between: str
    sure: str


def changes_shown(was: Read, now: Read, lang: str) -> dict[str, Any]:
    needs = need_changes(was, now)
    return {
        "needs": [
            {"code": kind, "title": title, "lines": [_change_line(one, lang, 0) for one in needs[kind]]}
            for kind, title in (("problem", _("Problem areas")), ("training", _("Training needs")))
            if needs[kind]
        ],
        "answers": [_change_line(one, lang, 1) for one in changes(was, now)],
    }


def _change_line(one: Changed, lang: str, decimals: int) -> ChangeLine:
    def said(value: float) -> str:
        return (
            words_format.percent(value, lang) if one.is_share else words_format.number(value, lang, decimals)
        )

    def signed(value: float) -> str:
        words = words_format.number(abs(value) * 100, lang, 0) if one.is_share else said(abs(value))
        is_nought = not any(letter in words for letter in "123456789")
        sign = "" if is_nought else ("+" if value > 0 else words_format.MINUS)
        return _("%(points)s pp") % {"points": sign + words} if one.is_share else sign + words

    def support(figure: Any) -> str:
        ends = {"low": said(figure.low), "high": said(figure.high)}
        return f"{_('%(low)s to %(high)s') % ends}; {words_format.sample(figure.n, lang)}"

    found = one.difference
    between = ""
    if found.low is not None and found.high is not None:
        between = _("%(low)s to %(high)s") % {"low": signed(found.low), "high": signed(found.high)}
    clearly = _("clearly more") if found.value > 0 else _("clearly less")
    return ChangeLine(
        label=one.label,
        above=one.question.above,
        choice=one.choice,
        before=said(one.before.value),
        before_support=support(one.before),
        after=said(one.after.value),
        after_support=support(one.after),
        difference=signed(found.value),
        between=between,
        sure=clearly if found.is_clear else _("may be chance"),
    )
