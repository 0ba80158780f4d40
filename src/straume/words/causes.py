"""Causes of waiting in words: headings, names of the causes, and what `straume explain` refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from straume.words import format as fmt
from straume.words.catalog import catalog

CODES = frozenset(
    {
        "causes_need_starts",
        "min_batch_too_small",
        "hours_file_unreadable",
        "hours_not_by_name",
        "hours_unreadable",
        "touch_without_step",
        "touch_not_understood",
        "touch_not_working_time",
        "touch_of_unknown_step",
        "touch_negative",
    }
)
PAIRS_SHOWN = 4


def cause(key: str, lang: str) -> str:
    _ = catalog("causes", lang).gettext
    return {
        "batching": _("Batching"),
        "prioritisation": _("Prioritisation"),
        "contention": _("Contention"),
        "unavailability": _("Unavailability"),
        "extraneous": _("Extraneous"),
    }[key]


def heading(key: str, lang: str) -> str:
    _ = catalog("causes", lang).gettext
    return {
        "causes": _("Why work waits"),
        "edges": _("Where it waits: from step to step"),
        "share": _("Share"),
        "waiting": _("Waiting, hours"),
        "a_year": _("Hours a year"),
        "a_case": _("Days a case"),
        "without": _("Cycle efficiency without it"),
    }[key]


def lead(hours: float, items: int, lang: str) -> str:
    """How much waiting there is, over how many pieces of work."""
    words = catalog("causes", lang)
    text = words.ngettext(
        "{n} piece of work waited {hours} hours in all, nights and days off included.",
        "{n} pieces of work waited {hours} hours in all, nights and days off included.",
        items,
    )
    return text.format(n=fmt.number(items, lang, 0), hours=fmt.number(hours, lang))


def efficiency(share: float | None, lang: str) -> str:
    if share is None:
        return ""
    text = catalog("causes", lang).gettext("Cycle efficiency now: {share} of the time is work.")
    return text.format(share=fmt.percent(share, lang))


def unknown_starts(count: int, lang: str) -> str:
    """What is left out because nobody knows when it began."""
    if not count:
        return ""
    text = catalog("causes", lang).ngettext(
        "{n} piece of work is left out: its start is not known.",
        "{n} pieces of work are left out: their start is not known.",
        count,
    )
    return text.format(n=fmt.number(count, lang, 0))


def estimated(share: float, lang: str) -> str:
    if not share:
        return ""
    text = catalog("causes", lang).gettext(
        "The start is estimated in {share} of the work: the waiting in all is near, its causes are rough."
    )
    return text.format(share=fmt.percent(share, lang))


def unmatched(count: int, lang: str) -> str:
    """Calendars that belong to nobody; whose they are is not repeated."""
    if not count:
        return ""
    text = catalog("causes", lang).ngettext(
        "{n} calendar in the file belongs to no worker or unit of the log.",
        "{n} calendars in the file belong to no worker or unit of the log.",
        count,
    )
    return text.format(n=fmt.number(count, lang, 0))


def hours_found(any_found: bool, lang: str) -> str:
    """Where the working hours come from, if nobody gave them."""
    _ = catalog("causes", lang).gettext
    if any_found:
        return _("No working hours were given, so they were looked for in the log.")
    return _("No working hours were given and the log shows too little of them: its calendar stands.")


def own_hours(workers: int, units: int, lang: str) -> str:
    """How many have hours of their own; who they are is not said."""
    if not workers and not units:
        return ""
    text = catalog("causes", lang).gettext(
        "Hours of their own were found – workers: {workers}; units: {units}."
    )
    return text.format(workers=fmt.number(workers, lang, 0), units=fmt.number(units, lang, 0))


def hours_of_unit(workers: int, lang: str) -> str:
    if not workers:
        return ""
    text = catalog("causes", lang).ngettext(
        "{n} worker is seen too little and keeps the hours of their unit.",
        "{n} workers are seen too little and keep the hours of their units.",
        workers,
    )
    return text.format(n=fmt.number(workers, lang, 0))


def hours_of_log(workers: int, lang: str) -> str:
    if not workers:
        return ""
    text = catalog("causes", lang).ngettext(
        "{n} worker keeps the calendar of the log.", "{n} workers keep the calendar of the log.", workers
    )
    return text.format(n=fmt.number(workers, lang, 0))


def parallel(pairs: Sequence[tuple[str, str]], lang: str) -> str:
    """Which steps do not wait for each other."""
    if not pairs:
        return ""
    words = catalog("causes", lang)
    named = "; ".join(f"{one} ∥ {other}" for one, other in pairs[:PAIRS_SHOWN])
    more = len(pairs) - PAIRS_SHOWN
    if more <= 0:
        return words.gettext("Taken as work in parallel: {pairs}.").format(pairs=named)
    text = words.ngettext(
        "Taken as work in parallel: {pairs}; and {n} more pair.",
        "Taken as work in parallel: {pairs}; and {n} more pairs.",
        more,
    )
    return text.format(pairs=named, n=fmt.number(more, lang, 0))


def refusal(code: str, params: Mapping[str, Any], lang: str) -> str:
    _ = catalog("causes", lang).gettext
    text = {
        "causes_need_starts": _(
            "The log does not say when any piece of work began, so its waiting cannot be explained. "
            "Name the column of the start with --start, or say with --touch how long a step takes."
        ),
        "min_batch_too_small": _("A batch has at least two pieces of work; {given} was given."),
        "hours_file_unreadable": _("The calendars file “{file}” cannot be read as JSON."),
        "hours_not_by_name": _(
            "The calendars file “{file}” has to hold a list of weekly hours for each worker or unit."
        ),
        "hours_unreadable": _(
            "These hours cannot be read: {text}. Write them with “from”, “to”, “beginTime”, “endTime”, "
            "for example MONDAY, FRIDAY, 08:00:00, 17:00:00."
        ),
        "touch_without_step": _(
            "“{text}” does not say whose touch time it is. Write the step and the time, for example "
            '--touch "Check=15 min".'
        ),
        "touch_not_understood": _(
            "The time in “{text}” is not understood. Write it with its unit, for example "
            '--touch "Check=15 min" or --touch "Check=1.5 h".'
        ),
        "touch_not_working_time": _(
            "“{text}” is calendar time; touch time is work. Write it in minutes, hours or working days."
        ),
        "touch_of_unknown_step": _(
            "The log has no step “{step}”. Write the step of --touch as it stands in the log."
        ),
        "touch_negative": _("The touch time of “{step}” cannot be below zero."),
    }[code]
    return text.format(**params)
