"""What the section "Why it waits" of an assessment's page says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from straume.lean.assess.records import Assessment, CauseFigures, WaitingCauses, WaitingOf
from straume.web.reports import pictures
from straume.web.reports.pictures import waiting as drawing
from straume.web.studies.waiting_figures import hours_a_year, note_of, shown_groups
from straume.words import format as words_format
from straume.words import waiting as words

ROWS = 8
NEEDS_TOUCH = ("no_start", "few_starts")  # reasons for which touch times help
INK = pictures.page("waiting")


@dataclass(frozen=True)
class Stretch:
    """A part of a bar, in per cent of its width."""

    fill: str
    at: str
    width: str


@dataclass(frozen=True)
class CauseRow:
    """One cause with its bar and its figures as people read them."""

    name: str
    ask: str
    fill: str
    bar: Stretch
    share: str
    days: str
    hours: str
    efficiency: str


@dataclass(frozen=True)
class GroupRow:
    """One step or unit: its bar to the scale of the longest, hours a year, the largest cause."""

    name: str
    bar: tuple[Stretch, ...]
    hours: str
    mostly: str
    estimated: str


@dataclass(frozen=True)
class Groups:
    """Steps or units with their bars, and where the whole table is."""

    table: str
    title: str
    first: str
    rows: list[GroupRow]
    note: str  # that small groups are not shown


@dataclass(frozen=True)
class WhyItWaits:
    """Everything that the section prints; where no cause is told, what is missing and what helps."""

    title: str
    labels: dict[str, str]
    missing: str = ""
    advice: str = ""
    lead: str = ""
    note: str = ""
    estimated: str = ""
    patterns: SafeString | str = ""
    causes: tuple[CauseRow, ...] = ()
    groups: tuple[Groups, ...] = ()
    weeks: SafeString | str = ""
    tables: tuple[tuple[str, str], ...] = ()
    how: tuple[str, ...] = ()
    say_touch: str = ""  # the link to saying how long the work takes; "": every start is recorded


def why_it_waits(assessment: Assessment, lang: str) -> WhyItWaits | None:
    """The section; None where steps were told, as no log says there why they wait."""
    if assessment.entrance != "log":
        return None
    waiting, title = assessment.waiting, words.heading(lang)
    if waiting is None:
        said, advice = words.missing(assessment, lang), words.what_to_do(assessment, lang)
        asks = words.touch("say", lang) if assessment.waiting_reason in NEEDS_TOUCH else ""
        return WhyItWaits(title, {}, missing=said, advice=advice, say_touch=asks)
    keys = ("cause", "share", "days_per_case", "hours_per_year", "efficiency_without", "mostly")
    return WhyItWaits(
        title,
        {key: words.label(key, lang) for key in keys},
        lead=words.lead(waiting, lang),
        note=note_of(waiting, lang),
        estimated=words.estimated_short(waiting.estimated_share, lang),
        patterns=_drawn(drawing.cause_patterns(INK)),
        causes=tuple(_cause(one, waiting, lang) for one in _largest_first(waiting)),
        groups=tuple(_groups(waiting, lang)) if waiting.waiting_hours else (),
        weeks=_weeks(waiting, lang),
        tables=_tables(waiting, lang),
        how=tuple(words.how_computed(waiting, lang)),
        say_touch=words.touch("change", lang) if waiting.estimated_share or waiting.unknown_items else "",
    )


def _largest_first(waiting: WaitingCauses) -> list[CauseFigures]:
    return sorted(waiting.causes, key=lambda one: -one.hours) if waiting.waiting_hours else []


def _cause(one: CauseFigures, waiting: WaitingCauses, lang: str) -> CauseRow:
    longest = words.largest(waiting).share or 1.0
    year, efficiency = one.hours_per_year, one.efficiency_without
    return CauseRow(
        name=words.name(one.cause, lang),
        ask=words.ask(one.cause, lang) if one.share >= words.LEAST_SHARE else "",
        fill=drawing.cause_fill(one.cause, INK),
        bar=_stretch(one.cause, 0.0, one.share / longest),
        share=words_format.percent(one.share, lang),
        days=words_format.days(one.days_per_case, lang),
        hours="–" if year is None else words_format.number(year, lang),
        efficiency="–" if efficiency is None else words_format.percent(efficiency, lang),
    )


def _groups(waiting: WaitingCauses, lang: str) -> list[Groups]:
    def step(one: WaitingOf) -> str:
        return one.step or ""

    def unit(one: WaitingOf) -> str:
        return one.unit or words.no_unit(lang)

    found = [("steps", "by_step", "step", waiting.steps, step)]
    if len(waiting.units) > 1:
        found.append(("units", "by_unit", "unit", waiting.units, unit))
    return [
        Groups(
            f"waiting-{table}",
            words.label(title, lang),
            words.label(first, lang),
            _rows(groups, name, waiting, lang),
            words.few(lang) if None in shown_groups(groups) else "",
        )
        for table, title, first, groups, name in found
    ]


def _rows(
    groups: Sequence[WaitingOf], name: Callable[[WaitingOf], str], waiting: WaitingCauses, lang: str
) -> list[GroupRow]:
    least = words.LEAST_SHARE * waiting.waiting_hours
    shown = [one for one in shown_groups(groups) if one is not None and one.waiting_hours > least][:ROWS]
    longest = shown[0].waiting_hours if shown else 1.0
    return [_row(one, name(one), longest, waiting, lang) for one in shown]


def _row(one: WaitingOf, name: str, longest: float, waiting: WaitingCauses, lang: str) -> GroupRow:
    bar, at = [], 0.0
    for cause in waiting.causes:
        width = one.hours[cause.cause] / longest
        if width > 0:
            bar.append(_stretch(cause.cause, at, width))
        at += width
    year = hours_a_year(one, waiting)
    most = max(one.hours, key=one.hours.__getitem__)
    share = words_format.percent(one.hours[most] / one.waiting_hours, lang)
    return GroupRow(
        name=name,
        bar=tuple(bar),
        hours="–" if year is None else words_format.number(year, lang),
        mostly=f"{words.name(most, lang)}, {share}",
        estimated=words.estimated_short(one.estimated_share, lang),
    )


def _stretch(cause: str, at: float, width: float) -> Stretch:
    return Stretch(drawing.cause_fill(cause, INK), f"{at * 100:.2f}%", f"{width * 100:.2f}%")


def _weeks(waiting: WaitingCauses, lang: str) -> SafeString:
    shown = shown_groups(waiting.weeks)
    weeks = [
        drawing.WeekOfWaiting(of.week or "", one.hours if one is not None else None)
        for of, one in zip(waiting.weeks, shown, strict=True)
    ]
    return _drawn(drawing.weeks_of_waiting(weeks, lang=lang, ink=pictures.page("waiting-weeks")))


def _tables(waiting: WaitingCauses, lang: str) -> tuple[tuple[str, str], ...]:
    named = [("waiting", "cause"), ("waiting-steps", "by_step"), ("waiting-edges", "by_edge")]
    named += [("waiting-units", "by_unit")] if len(waiting.units) > 1 else []
    named += [("waiting-weeks", "by_week")]
    return tuple((key, words.label(title, lang)) for key, title in named)


def _drawn(svg: str) -> SafeString:
    """Our own pictures; every word in them is escaped where they are drawn (reports/pictures/ink.py)."""
    return mark_safe(svg)  # noqa: S308
