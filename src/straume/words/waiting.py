"""Why work waits, for people: sentences that an assessment's page, sheet and terminal share."""

from __future__ import annotations

from collections.abc import Sequence

from straume.lean.assess.records import Assessment, CauseFigures, WaitingCauses
from straume.words import causes as cause_words
from straume.words import format as fmt
from straume.words.catalog import catalog

LEAST_SHARE = 0.005  # what is told of a sheet with room for one line
ON_THE_SHEET = 3


def heading(lang: str) -> str:
    return catalog("waiting", lang).gettext("Why it waits")


def name(cause: str, lang: str) -> str:
    """The name of a cause."""
    return cause_words.cause(cause, lang)


def label(key: str, lang: str) -> str:
    """Names of columns and of the tables behind them."""
    _ = catalog("waiting", lang).gettext
    return {
        "cause": _("Cause of waiting"),
        "share": _("Share of waiting"),
        "days_per_case": _("Per case, mean"),
        "hours_per_year": _("Hours a year"),
        "hours": _("Hours in this period"),
        "efficiency_without": _("Share of work without this cause"),
        "step": _("Step"),
        "source": _("From step"),
        "target": _("To step"),
        "unit": _("Unit"),
        "week": _("Week"),
        "cases": _("Cases"),
        "mostly": _("Mostly"),
        "estimated": _("Rests on estimated starts"),
        "by_step": _("Where it waits: before which step"),
        "by_edge": _("Where it waits: from step to step"),
        "by_unit": _("Which unit's work waits"),
        "by_week": _("Why it waits, week by week"),
        "hours_a_week": _("Hours of waiting"),
    }[key]


def no_unit(lang: str) -> str:
    return catalog("waiting", lang).gettext("unit not named")


def few(lang: str) -> str:
    """Said where a group is hidden."""
    return catalog("waiting", lang).gettext("Groups of fewer than five cases or people are not shown.")


def lead(waiting: WaitingCauses, lang: str) -> str:
    """How long a case waits, and mostly why."""
    _ = catalog("waiting", lang).gettext
    if not waiting.waiting_hours:
        return _("Nothing waits in these data: each piece of work begins when the one before it ends.")
    days = sum(one.days_per_case for one in waiting.causes)
    whole = _("The pieces of work on a case wait {days} in all, nights and days off included.")
    said = [whole.format(days=_days(days, lang)), mostly(largest(waiting), lang)]
    if waiting.efficiency is not None:
        share = fmt.percent(waiting.efficiency, lang)
        said.append(_("Of the time from one step to the next {share} is work.").format(share=share))
    return " ".join(said)


def largest(waiting: WaitingCauses) -> CauseFigures:
    return max(waiting.causes, key=lambda one: one.hours)


def mostly(cause: CauseFigures, lang: str) -> str:
    """The cause that takes most, in a sentence."""
    _ = catalog("waiting", lang).gettext
    text = {
        "batching": _("Most of it, {share}, is work that is gathered before it is done together."),
        "prioritisation": _("Most of it, {share}, is because work that was ready later is taken first."),
        "contention": _("Most of it, {share}, is standing in line behind earlier work."),
        "unavailability": _("Most of it, {share}, lies outside working hours: nights, weekends, holidays."),
        "extraneous": _(
            "Most of it, {share}, is waiting for others or has another reason: a client, another "
            "institution, a signature."
        ),
    }[cause.cause]
    return text.format(share=fmt.percent(cause.share, lang))


def ask(cause: str, lang: str) -> str:
    """What a team may ask itself about a cause."""
    _ = catalog("waiting", lang).gettext
    return {
        "batching": _("Could it be gathered for a shorter time?"),
        "prioritisation": _("Could what came first be done first?"),
        "contention": _("Could others help when much comes at once?"),
        "unavailability": _("Could it be handed on earlier in the day or in the week?"),
        "extraneous": _("Who is waited for: a client, another institution, a signature?"),
    }[cause]


def estimated(share: float, lang: str) -> str:
    """Which share of the waiting rests on estimates; "" where none does."""
    if not share:
        return ""
    text = catalog("waiting", lang).gettext(
        "{share} of the waiting rests on estimated start times; how it divides into causes is rough there."
    )
    return text.format(share=fmt.percent(share, lang))


def estimated_short(share: float, lang: str) -> str:
    """The same beside a figure; "" where nothing is estimated."""
    if not share:
        return ""
    text = catalog("waiting", lang).gettext("{share} of it estimated")
    return text.format(share=fmt.percent(share, lang))


def left_out(waiting: WaitingCauses, lang: str) -> str:
    return cause_words.unknown_starts(waiting.unknown_items, lang)


def no_year(waiting: WaitingCauses, lang: str) -> str:
    if waiting.years is not None:
        return ""
    return catalog("waiting", lang).gettext("The period is too short to speak of hours a year.")


def missing(assessment: Assessment, lang: str) -> str:
    """Why the causes of waiting are not told, in a sentence."""
    _ = catalog("waiting", lang).gettext
    return {
        "no_start": _("The table says when work ended, not when it began: why it waits cannot be told."),
        "few_starts": _(
            "For more than half of the work the table does not say when it began: why it waits cannot be "
            "told."
        ),
        "date_only": _(
            "Most entries carry a date without a time; how such a day was spent nobody knows, so why work "
            "waits cannot be told."
        ),
        "": _("This assessment was made before causes of waiting were told. Make it again to see them."),
    }[assessment.waiting_reason]


def what_to_do(assessment: Assessment, lang: str) -> str:
    """What helps where the causes are not told; "" where nothing does but making it again."""
    _ = catalog("waiting", lang).gettext
    return {
        "no_start": _(
            "Say how long the work itself takes at each step: then its start is estimated. Or upload a "
            "table with start times."
        ),
        "few_starts": _(
            "Say how long the work itself takes at each step: then its start is estimated. Or upload a "
            "table with start times."
        ),
        "date_only": _("Ask those who keep your records system for a table with the time of day."),
        "": "",
    }[assessment.waiting_reason]


def touch(key: str, lang: str) -> str:
    """The page on which people say how long the work of each step takes, and the way to it."""
    _ = catalog("waiting", lang).gettext
    return {
        "title": _("How long does the work take?"),
        "text": _(
            "Say for each step how long the work itself takes each time, without waiting. From it, from the "
            "previous completion of whoever did it and from working hours the start is estimated; every "
            "figure that rests on it says so. What nobody knows stays empty."
        ),
        "examples": _("For example: 15–40 min, 1.5 h, 2 working days."),
        "unreadable": _("This is not a time that can be read. Write for example 15–40 min, 1.5 h."),
        "saved": _("The working times are written down."),
        "say": _("Say how long the work takes at each step"),
        "change": _("Change how long the work takes"),
    }[key]


def how_computed(waiting: WaitingCauses, lang: str) -> list[str]:
    _ = catalog("waiting", lang).gettext
    told = [
        _(
            "Waiting is the time from when the work before was finished until the work begins. Each second "
            "of it counts once, for the first of these causes that holds."
        ),
        _(
            "Work that waits side by side in one case counts each for itself, so that a case can wait "
            "longer in all than it takes."
        ),
        _(
            "Gathered: it waited until its batch was complete. In line: whoever did it was doing earlier "
            "work. Put aside: they were doing work that was ready later. Outside working hours: their "
            "calendar was closed. Others: all the rest."
        ),
        _(
            "Share of work: time of work ÷ (time of work + waiting), nights and days off included. Without "
            "a cause: the same with that waiting left out; in truth taking one cause away can lengthen "
            "another, which a simulation shows."
        ),
        _(
            "Days per case count all cases. Hours a year are elapsed hours of all cases together, not "
            "working hours of anybody."
        ),
    ]
    if waiting.estimated_share:
        told.append(
            _(
                "Where the start is not recorded it is estimated from the time that the work takes, the "
                "previous completion of whoever did it, and the calendar."
            )
        )
    return told


def sheet_line(assessment: Assessment, lang: str) -> str:
    """One line for the A3: the largest causes with their shares; "" where none is told."""
    waiting = assessment.waiting
    if waiting is None or not waiting.waiting_hours:
        return ""
    told = _largest_first(waiting.causes)[:ON_THE_SHEET]
    parts = [f"{name(one.cause, lang)} {fmt.percent(one.share, lang)}" for one in told]
    text = catalog("waiting", lang).gettext("Why it waits: {causes}.")
    said = text.format(causes="; ".join(parts))
    return " ".join(part for part in (said, estimated(waiting.estimated_share, lang)) if part)


def weeks_title(lang: str) -> str:
    return catalog("waiting", lang).gettext("Hours of waiting by cause, week by week")


def weeks_told(first: str, last: str, most: str, lang: str) -> str:
    """The chart of weeks for those who do not see it."""
    text = catalog("waiting", lang).gettext(
        "One column for each week from {first} to {last}, by the week in which the work began; "
        "most in {most}."
    )
    return text.format(first=first, last=last, most=most)


def _largest_first(causes: Sequence[CauseFigures]) -> list[CauseFigures]:
    return sorted((one for one in causes if one.share >= LEAST_SHARE), key=lambda one: -one.share)


def _days(value: float, lang: str) -> str:
    return fmt.minutes(value * 24 * 60, lang) if 0 < value < 1 else fmt.days(value, lang)
