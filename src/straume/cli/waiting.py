"""The part of `straume assess` that says why work waits."""

from __future__ import annotations

from straume.cli import paper
from straume.lean.assess.records import Assessment, CauseFigures, WaitingCauses, WaitingOf
from straume.words import causes as cause_words
from straume.words import format as fmt
from straume.words import waiting as words

STEPS_SHOWN = 6


def say_waiting(found: Assessment, lang: str) -> None:
    """Causes with their figures and the steps before which most is waited, or why neither is told."""
    if found.entrance != "log":
        return
    paper.heading(words.heading(lang))
    if found.waiting is None:
        paper.paragraph(f"{words.missing(found, lang)} {words.what_to_do(found, lang)}".strip(), indent=2)
        return
    waiting = found.waiting
    for sentence in (
        words.lead(waiting, lang),
        words.estimated(waiting.estimated_share, lang),
        words.left_out(waiting, lang),
        words.no_year(waiting, lang),
    ):
        paper.paragraph(sentence, indent=2)
    if waiting.waiting_hours:
        columns = ("", *(cause_words.heading(key, lang) for key in ("share", "a_case", "a_year", "without")))
        paper.rows([columns, *(_cause(one, lang) for one in waiting.causes)], right=(1, 2, 3, 4))
        paper.heading(words.label("by_step", lang))
        waited = [one for one in waiting.steps if one.waiting_hours][:STEPS_SHOWN]
        paper.rows([_step(one, waiting, lang) for one in waited], right=(0,))


def _cause(one: CauseFigures, lang: str) -> tuple[str, ...]:
    return (
        words.name(one.cause, lang),
        fmt.percent(one.share, lang),
        fmt.number(one.days_per_case, lang, 1),
        "–" if one.hours_per_year is None else fmt.number(one.hours_per_year, lang),
        "–" if one.efficiency_without is None else fmt.percent(one.efficiency_without, lang),
    )


def _step(one: WaitingOf, waiting: WaitingCauses, lang: str) -> tuple[str, str, str]:
    most = max(one.hours, key=one.hours.__getitem__)
    share = fmt.percent(one.waiting_hours / waiting.waiting_hours, lang)
    return (
        share,
        one.step or "",
        f"{words.name(most, lang)}, {fmt.percent(one.hours[most] / one.waiting_hours, lang)}",
    )
