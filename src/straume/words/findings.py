"""Findings in words: a question to the people who do the work, what was seen, and the figures behind it.

`lean.assess` gives codes and counts; every sentence of a finding, on the screen, in the A3 and on the command
line, is made here. The machine asks; it accuses nobody and calls nothing waste.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel.dates import get_day_names

from straume.lean.assess.records import Finding, WithheldFinding
from straume.words import format as fmt
from straume.words.catalog import LOCALES, catalog

CODES = (
    "long_wait",
    "late_start",
    "hand_offs",
    "ping_pong",
    "rework_loop",
    "rework_trigger",
    "check_changes_nothing",
    "repeated_check",
    "batching",
    "bottleneck",
    "low_accuracy",
    "no_legal_basis",
)
REASONS = (
    "no_outcome",
    "no_check_step",
    "no_units",
    "one_unit",
    "no_start",
    "no_received",
    "too_few_cases",
    "date_only",
    "short_period",
    "no_accuracy",
    "no_batch",
    "no_wait",
    "no_capacity",
    "steps_only",
)


def title(code: str, lang: str) -> str:
    """Name of a kind of finding, for a heading or a filter."""
    _ = catalog("findings", lang).gettext
    return {
        "long_wait": _("Long wait"),
        "late_start": _("Late start"),
        "hand_offs": _("Many hand-offs"),
        "ping_pong": _("To and fro between units"),
        "rework_loop": _("Work done again"),
        "rework_trigger": _("What makes work come back"),
        "check_changes_nothing": _("Check that changes nothing"),
        "repeated_check": _("Repeated check"),
        "batching": _("Work kept for certain days"),
        "bottleneck": _("Bottleneck"),
        "low_accuracy": _("Output that has to be corrected"),
        "no_legal_basis": _("Step without a legal basis"),
    }[code]


def certainty(level: str, lang: str) -> str:
    """ "high certainty" and its like."""
    _ = catalog("findings", lang).gettext
    return {
        "low": _("low certainty"),
        "medium": _("medium certainty"),
        "high": _("high certainty"),
    }[level]


def question(finding: Finding, lang: str) -> str:
    """The question that a finding asks."""
    _ = catalog("findings", lang).gettext
    counts = finding.counts
    text = {
        "long_wait": _("What does a case wait for before “{step}”?"),
        "late_start": _("Why does work on a request not begin at once?"),
        "hand_offs": _("Does a case have to pass through so many units?"),
        "ping_pong": _("Why does a case go to and fro between “{unit}” and “{other_unit}”?"),
        "rework_loop": _("Why is “{step}” done again?"),
        "rework_trigger": _trigger_question(str(counts.get("trigger_kind")), _),
        "check_changes_nothing": _("What does “{step}” change?"),
        "repeated_check": _("Why is “{step}” done more than once in a case?"),
        "batching": _("Could “{step}” be done every day?"),
        "bottleneck": _("What makes work pile up at “{unit}”?"),
        "low_accuracy": _("What is missing in what comes out of “{step}”?"),
        "no_legal_basis": _("Is “{step}” needed?"),
    }[finding.code]
    return text.format(**_names(finding))


def _trigger_question(kind: str, _: Callable[[str], str]) -> str:
    return {
        "channel": _("Why does “{step}” come back more often when a request comes by “{trigger}”?"),
        "unit": _("Why does “{step}” come back more often when it was done in “{trigger}”?"),
        "step": _("Why does “{step}” come back more often after “{trigger}”?"),
    }.get(kind, "")


def evidence(finding: Finding, lang: str) -> str:
    """What was seen, in one or two sentences with their figures."""
    return _EVIDENCE[finding.code](finding, lang)


def effect(finding: Finding, lang: str) -> str:
    """What it takes: working hours a year and days per case, as far as they are known; else ""."""
    _ = catalog("findings", lang).gettext
    days = fmt.days(finding.days_per_case.value, lang) if finding.days_per_case is not None else None
    known = finding.hours_per_year is not None and finding.hours_per_year >= 0.5
    hours = fmt.hours_per_year(finding.hours_per_year or 0.0, lang) if known else None
    if days and hours:
        return _("{days} per case; {hours} of work").format(days=days, hours=hours)
    if days:
        return _("{days} per case").format(days=days)
    return _("{hours} of work").format(hours=hours) if hours else ""


def withheld(one: WithheldFinding, lang: str) -> str:
    """That a kind of finding cannot be shown, and why: "Repeated check: no step is marked as a check." """
    return (
        catalog("findings", lang)
        .gettext("{title}: {reason}")
        .format(title=title(one.code, lang), reason=reason(one.reason, lang))
    )


def reason(code: str, lang: str) -> str:
    """Why a kind of finding is withheld, and what would show it."""
    _ = catalog("findings", lang).gettext
    return {
        "no_outcome": _("the input has no column with the outcome of a case."),
        "no_check_step": _("no step is marked as a check."),
        "no_units": _("the input does not say which unit does a step."),
        "one_unit": _("one unit does all the steps."),
        "no_start": _("the input knows no start times, so work and waiting cannot be told apart."),
        "no_received": _("the input does not say when a request was received."),
        "too_few_cases": _("there are fewer than 20 cases."),
        "date_only": _("most entries carry a date without a time."),
        "short_period": _("the period is shorter than eight weeks."),
        "no_accuracy": _("nobody has said yet how much of a step’s output can be used without correction."),
        "no_batch": _("no step is said to wait for a certain day."),
        "no_wait": _("nobody has said yet how long cases wait."),
        "no_capacity": _(
            "nobody has said yet how many people work in a unit and how many cases come a year."
        ),
        "steps_only": _("a list of steps cannot show it; a case log can."),
    }[code]


def _long_wait(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    some = _float(finding, "share") if "share" in finding.counts else 1.0
    if finding.counts.get("estimate") and some < 0.995:
        text = words.gettext(
            "By the team’s estimate {some} of the cases wait {days} here; on the mean case that is {share} "
            "of the time to the answer."
        )
    elif finding.counts.get("estimate"):
        text = words.gettext(
            "By the team’s estimate a case waits {days} here: {share} of the time to the answer."
        )
    elif finding.counts.get("between"):
        text = words.gettext(
            "In {touched} of the cases a working day or more passes between the step before and the end of "
            "this one, in half of these {days} or more: {share} of all the time."
        )
    else:
        text = words.gettext(
            "{touched} of the cases wait a working day or longer here, half of these {days} or more: "
            "{share} of all the time."
        )
    return text.format(
        some=fmt.percent(some, lang),
        touched=fmt.percent(_touched(finding), lang),
        days=_days(finding, lang),
        share=fmt.percent(_float(finding, "share_of_lead"), lang),
    )


def _late_start(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    if finding.counts.get("estimate"):
        text = words.gettext(
            "By the team’s estimate {days} pass from the request to the first piece of work."
        )
    else:
        text = words.gettext(
            "In {touched} of the cases a working day or more passes from the request to the first piece "
            "of work, in half of these {days} or more: {share} of all the time."
        )
    return text.format(
        touched=fmt.percent(_touched(finding), lang),
        days=_days(finding, lang),
        share=fmt.percent(_float(finding, "share_of_lead"), lang),
    )


def _hand_offs(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    if finding.counts.get("estimate"):
        text = words.gettext("A case changes unit {n} times; there it waits {days}: {share} of the time.")
    else:
        text = words.gettext(
            "The usual case changes unit {n} times and then waits {days} in all: {share} of the time."
        )
    return text.format(
        n=fmt.number(_float(finding, "per_case"), lang),
        days=_days(finding, lang),
        share=fmt.percent(_float(finding, "wait_share"), lang),
    )


def _ping_pong(finding: Finding, lang: str) -> str:
    text = catalog("findings", lang).gettext(
        "{share} of the cases come back to a unit that had done its part; meanwhile {days} pass."
    )
    return text.format(share=fmt.percent(_touched(finding), lang), days=_days(finding, lang))


def _rework_loop(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    if finding.counts.get("sent_back_from"):
        text = words.gettext(
            "It is repeated in {share} of the cases, mostly after “{sent_back_from}”; {days} pass."
        )
    else:
        text = words.gettext("It is repeated in {share} of the cases; from first to last time {days} pass.")
    return text.format(
        share=fmt.percent(_touched(finding), lang),
        days=_days(finding, lang),
        sent_back_from=finding.counts.get("sent_back_from"),
    )


def _rework_trigger(finding: Finding, lang: str) -> str:
    text = catalog("findings", lang).gettext(
        "Then it is repeated in {with_it} of the cases, otherwise in {without}: "
        "{lift} times as often ({low}–{high})."
    )
    return text.format(
        with_it=fmt.percent(_float(finding, "share_with"), lang),
        without=fmt.percent(_float(finding, "share_without"), lang),
        lift=fmt.number(_float(finding, "lift"), lang),
        low=fmt.number(_float(finding, "lift_low"), lang),
        high=fmt.number(_float(finding, "lift_high"), lang),
    )


def _check_changes_nothing(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    checks, changed = int(_float(finding, "checks")), int(_float(finding, "changed"))
    text = words.ngettext(
        "After {same} of {checks} check the case goes on as usual.",
        "After {same} of {checks} checks the case goes on as usual.",
        checks,
    ).format(same=fmt.number(checks - changed, lang, 0), checks=fmt.number(checks, lang, 0))
    if "outcome_without" in finding.counts:
        text += " " + words.gettext("Cases without it end no differently.")
    return text


def _repeated_check(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    if finding.counts.get("estimate"):
        return words.gettext("The list of steps has it {n} times.").format(
            n=fmt.number(_float(finding, "repeats"), lang)
        )
    text = words.gettext("In {share} of the cases it is done again although nothing was sent back.")
    return text.format(share=fmt.percent(_touched(finding), lang))


def _batching(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    counts = finding.counts
    if counts.get("estimate"):
        text = words.gettext("It is done every {days}; until then a case waits, on average half as long.")
        return text.format(days=fmt.days(_float(finding, "every_days"), lang))
    if counts.get("weekdays"):
        text = words.gettext(
            "{share} of the cases get it on {weekdays}, though {arrivals} become ready then. "
            "On average a case waits {days}."
        )
        return text.format(
            share=fmt.percent(_float(finding, "on_days_share"), lang),
            weekdays=weekdays(str(counts["weekdays"]), lang),
            arrivals=fmt.percent(_float(finding, "arrivals_share"), lang),
            days=_days(finding, lang),
        )
    text = words.gettext(
        "On {days_done} days {n} cases get it, {per_day} at a time. On average a case waits {days}."
    )
    return text.format(
        days_done=fmt.number(_float(finding, "days"), lang, 0),
        n=fmt.number(_float(finding, "items"), lang, 0),
        per_day=fmt.number(_float(finding, "per_day"), lang),
        days=_days(finding, lang),
    )


def _bottleneck(finding: Finding, lang: str) -> str:
    words = catalog("findings", lang)
    sentences = [
        words.gettext("{share} of all waiting lies before this unit.").format(
            share=fmt.percent(_float(finding, "wait_share"), lang)
        )
    ]
    if "utilisation" in finding.counts:
        sentences.append(
            words.gettext("This service alone takes {load} of its working time.").format(
                load=fmt.percent(_float(finding, "utilisation"), lang)
            )
        )
    if "queue_last" in finding.counts:
        sentences.append(
            words.gettext("At first {first} cases waited, towards the end {last}.").format(
                first=fmt.number(_float(finding, "queue_first"), lang),
                last=fmt.number(_float(finding, "queue_last"), lang),
            )
        )
    return " ".join(sentences)


def _low_accuracy(finding: Finding, lang: str) -> str:
    text = catalog("findings", lang).gettext(
        "By the team’s estimate the next step can use {share} of it without correcting, adding or asking."
    )
    return text.format(share=fmt.percent(_float(finding, "complete_accurate"), lang))


def _no_legal_basis(finding: Finding, lang: str) -> str:
    return catalog("findings", lang).gettext(
        "No legal basis is entered for it, and nobody has said that it creates value for the client."
    )


_EVIDENCE: Mapping[str, Callable[[Finding, str], str]] = {
    "long_wait": _long_wait,
    "late_start": _late_start,
    "hand_offs": _hand_offs,
    "ping_pong": _ping_pong,
    "rework_loop": _rework_loop,
    "rework_trigger": _rework_trigger,
    "check_changes_nothing": _check_changes_nothing,
    "repeated_check": _repeated_check,
    "batching": _batching,
    "bottleneck": _bottleneck,
    "low_accuracy": _low_accuracy,
    "no_legal_basis": _no_legal_basis,
}


def weekdays(codes: str, lang: str) -> str:
    """ "1,3" → "Tuesday and Thursday", "otrdiena un ceturtdiena"; 0 is Monday."""
    names = get_day_names("wide", locale=LOCALES[lang])
    said = [str(names[int(code)]) for code in codes.split(",")]
    if len(said) == 1:
        return said[0]
    return catalog("findings", lang).gettext("{first} and {second}").format(first=said[0], second=said[1])


def _names(finding: Finding) -> dict[str, Any]:
    return {"step": finding.step, "unit": finding.unit} | {
        key: finding.counts.get(key) for key in ("other_unit", "trigger")
    }


def _days(finding: Finding, lang: str) -> str:
    return fmt.days(finding.days_per_case.value, lang) if finding.days_per_case is not None else "–"


def _touched(finding: Finding) -> float:
    """Share of the cases; in a list of steps as people said it."""
    if "share" in finding.counts:
        return _float(finding, "share")
    return finding.cases_touched / finding.cases if finding.cases else 0.0


def _float(finding: Finding, key: str) -> float:
    return float(finding.counts[key])
