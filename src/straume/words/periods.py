"""Words of arrivals and answers over time: by week, by month, by quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from straume.words.catalog import catalog
from straume.words.format import number

Unit = Literal["week", "month", "quarter"]


class ShownPeriod(Protocol):
    """A period as a picture may show it; None: one to four cases, or as many as would give those away."""

    @property
    def name(self) -> str: ...
    @property
    def arrived(self) -> int | None: ...
    @property
    def ended(self) -> int | None: ...
    @property
    def in_progress(self) -> int | None: ...


def heading(unit: Unit, lang: str) -> str:
    _ = _words(lang)
    return {"week": _("Week by week"), "month": _("Month by month"), "quarter": _("Quarter by quarter")}[unit]


def column_names(unit: Unit, lang: str) -> dict[str, str]:
    _ = _words(lang)
    return {
        "period": {"week": _("Week"), "month": _("Month"), "quarter": _("Quarter")}[unit],
        "arrived": _("Arrived"),
        "ended": _("Answered"),
        "in_progress": _("In progress at its end"),
    }


def axis(unit: Unit, lang: str) -> dict[str, str]:
    """Names of the axes: the period, and cases in it."""
    _ = _words(lang)
    return {
        "week": {"period": _("week"), "cases": _("cases a week")},
        "month": {"period": _("month"), "cases": _("cases a month")},
        "quarter": {"period": _("quarter"), "cases": _("cases a quarter")},
    }[unit]


def title(periods: Sequence[ShownPeriod], unit: Unit, lang: str) -> str:
    _ = _words(lang)
    text = {
        "week": _("Cases each week, {first} to {last}: arrived, ended, in progress"),
        "month": _("Cases each month, {first} to {last}: arrived, ended, in progress"),
        "quarter": _("Cases each quarter, {first} to {last}: arrived, ended, in progress"),
    }[unit]
    return text.format(first=periods[0].name, last=periods[-1].name)


def told(periods: Sequence[ShownPeriod], lang: str) -> str:
    """The chart in words; sums are called sums only where every period is in them."""
    _ = _words(lang)
    arrived, ended = [one.arrived for one in periods], [one.ended for one in periods]
    few_arrived, few_ended = arrived.count(None), ended.count(None)
    if few_arrived or few_ended:
        text = _(
            "Cases that arrived: at least {arrived}; ended: at least {ended}. Periods with fewer than five "
            "cases are not counted in these sums (arrived: {few_arrived}, ended: {few_ended}). "
            "In progress at the end: {now}, at most: {most}."
        )
    else:
        text = _(
            "Cases that arrived: {arrived}; ended: {ended}. In progress at the end: {now}, at most: {most}."
        )
    return text.format(
        arrived=number(sum(count or 0 for count in arrived), lang, 0),
        ended=number(sum(count or 0 for count in ended), lang, 0),
        few_arrived=few_arrived,
        few_ended=few_ended,
        now=_count(periods[-1].in_progress, lang),
        most=_count(_most([one.in_progress for one in periods]), lang),
    )


def explained(unit: Unit, lang: str) -> str:
    """What a period is, and what counts at its end."""
    _ = _words(lang)
    weeks = _("Weeks are ISO weeks, Monday to Sunday.")
    longer = _(
        "Weeks would be too many or too small here, so they are put together: a week belongs to the month or "
        "quarter in which its Thursday lies."
    )
    progress = _("In progress: cases that had begun and not ended at the end of the period.")
    return " ".join([weeks, progress] if unit == "week" else [weeks, longer, progress])


def gaps(lang: str) -> str:
    """Said where numbers of cases are too small to be in the picture."""
    _ = _words(lang)
    return _(
        "Where the line has a gap and a dotted stub stands, there were fewer than five cases, or the "
        "number is not shown because such a small one could be reckoned from it."
    )


def _most(counts: Sequence[int | None]) -> int | None:
    return max((count for count in counts if count), default=None if None in counts else 0)


def _count(count: int | None, lang: str) -> str:
    _ = _words(lang)
    return _("fewer than five") if count is None else number(count, lang, 0)


def _words(lang: str) -> Callable[[str], str]:
    return catalog("periods", lang).gettext
