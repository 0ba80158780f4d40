"""Why work waits, as pages and files may show it: small groups pass `lean.protect` here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language

from straume.lean.assess.records import Assessment, CauseFigures, WaitingCauses, WaitingOf
from straume.lean.protect import SMALLEST_GROUP, is_small, shown_parts
from straume.web.studies.figures import FEW, Column, Table
from straume.words import waiting as words

Named = Callable[[WaitingOf], tuple[Any, ...]]


def waiting_tables(assessment: Assessment) -> dict[str, Callable[[Assessment], Table]]:
    """The tables behind "Why it waits", by the name in their address; none where no cause is told."""
    if assessment.waiting is None:
        return {}
    return {
        "waiting": causes_table,
        "waiting-steps": steps_table,
        "waiting-edges": edges_table,
        "waiting-units": units_table,
        "waiting-weeks": weeks_table,
    }


def causes_table(assessment: Assessment) -> Table:
    waiting, lang = _told(assessment)
    columns = (
        Column("cause", words.label("cause", lang), "text"),
        Column("share", words.label("share", lang), "share"),
        Column("days_per_case", words.label("days_per_case", lang), "days"),
        Column("hours", words.label("hours", lang), "number"),
        Column("hours_per_year", words.label("hours_per_year", lang), "number"),
        Column("efficiency_without", words.label("efficiency_without", lang), "share"),
        Column("estimated", words.label("estimated", lang), "share"),
    )
    rows = tuple(_cause_row(one, waiting, lang) for one in waiting.causes)
    return Table("waiting", words.heading(lang), columns, rows, note_of(waiting, lang))


def _cause_row(one: CauseFigures, waiting: WaitingCauses, lang: str) -> tuple[Any, ...]:
    figures = (one.share, one.days_per_case, one.hours, one.hours_per_year, one.efficiency_without)
    return (words.name(one.cause, lang), *figures, waiting.estimated_share)


def note_of(waiting: WaitingCauses, lang: str) -> str:
    """On what the figures rest."""
    said = (
        words.estimated(waiting.estimated_share, lang),
        words.left_out(waiting, lang),
        words.no_year(waiting, lang),
    )
    return " ".join(sentence for sentence in said if sentence)


def steps_table(assessment: Assessment) -> Table:
    waiting, lang = _told(assessment)
    named = (Column("step", words.label("step", lang), "text"),)
    return _groups_table("waiting-steps", "by_step", named, waiting.steps, lambda one: (one.step,), waiting)


def edges_table(assessment: Assessment) -> Table:
    """Hand-ons sum to the step that they come to, so each step's are parts of one whole."""
    waiting, lang = _told(assessment)
    named = tuple(Column(key, words.label(key, lang), "text") for key in ("source", "target"))
    into: dict[str, list[WaitingOf]] = {}
    for edge in waiting.edges:
        into.setdefault(edge.step or "", []).append(edge)
    shown = {id(one) for edges in into.values() for one in shown_groups(edges) if one is not None}
    seen = [one if id(one) in shown else None for one in waiting.edges]
    return _groups_table(
        "waiting-edges", "by_edge", named, waiting.edges, lambda one: (one.source, one.step), waiting, seen
    )


def units_table(assessment: Assessment) -> Table:
    waiting, lang = _told(assessment)
    named = (Column("unit", words.label("unit", lang), "text"),)
    return _groups_table(
        "waiting-units",
        "by_unit",
        named,
        waiting.units,
        lambda one: (one.unit or words.no_unit(lang),),
        waiting,
    )


def weeks_table(assessment: Assessment) -> Table:
    waiting, lang = _told(assessment)
    named = (Column("week", words.label("week", lang), "text"),)
    return _groups_table("waiting-weeks", "by_week", named, waiting.weeks, lambda one: (one.week,), waiting)


def shown_groups(groups: Sequence[WaitingOf]) -> list[WaitingOf | None]:
    """Each group, or None where it may not be shown.

    Groups sum to figures that are shown, so a lone hidden one could be had by subtraction: others are
    hidden with it. Of a unit the people count as well as the cases.
    """
    counts = [
        min(one.cases, SMALLEST_GROUP - 1) if one.workers and is_small(one.workers) else one.cases
        for one in groups
    ]
    seen = shown_parts(counts)
    return [one if count is not None else None for one, count in zip(groups, seen, strict=True)]


def _groups_table(
    key: str,
    title: str,
    named: tuple[Column, ...],
    groups: Sequence[WaitingOf],
    name: Named,
    waiting: WaitingCauses,
    shown: Sequence[WaitingOf | None] | None = None,
) -> Table:
    lang = language()
    shown = shown_groups(groups) if shown is None else shown
    columns = (
        *named,
        Column("cases", words.label("cases", lang), "count"),
        Column("hours", words.label("hours", lang), "number"),
        Column("hours_per_year", words.label("hours_per_year", lang), "number"),
        *(Column(one.cause, words.name(one.cause, lang), "number") for one in waiting.causes),
        Column("estimated", words.label("estimated", lang), "share"),
    )
    figures = len(columns) - len(named)
    rows = tuple(
        (*name(of), *([FEW] * figures)) if one is None else (*name(one), *_figures(one, waiting))
        for of, one in zip(groups, shown, strict=True)
    )
    note = " ".join(
        part for part in (note_of(waiting, lang), words.few(lang) if None in shown else "") if part
    )
    return Table(key, words.label(title, lang), columns, rows, note)


def _figures(one: WaitingOf, waiting: WaitingCauses) -> tuple[Any, ...]:
    hours = (one.hours[cause.cause] for cause in waiting.causes)
    return (one.cases, one.waiting_hours, hours_a_year(one, waiting), *hours, one.estimated_share)


def hours_a_year(one: WaitingOf, waiting: WaitingCauses) -> float | None:
    return one.waiting_hours / waiting.years if waiting.years else None


def _told(assessment: Assessment) -> tuple[WaitingCauses, str]:
    assert assessment.waiting is not None
    return assessment.waiting, language()


def language() -> str:
    return (get_language() or "en")[:2]
