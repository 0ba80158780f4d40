"""What the command line says beside the assessment itself: the input, its working time, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from straume.lean.errors import StraumeError
from straume.words import format as fmt
from straume.words import model_problems, problems
from straume.words.catalog import catalog

if TYPE_CHECKING:  # a refusal is said before the tables of the library are loaded
    from straume.lean.events.log import Facts


def fact_rows(facts: Facts, lang: str) -> list[tuple[str, str]]:
    """The facts of a log in (label, value); a worker is only ever counted."""
    _ = catalog("cli", lang).gettext
    counts: dict[str, int] = {
        _("Cases"): facts.cases,
        _("Open cases"): facts.open_cases,
        _("Entries in the source"): facts.raw_events,
        _("Pieces of work"): facts.work_items,
        _("Steps"): facts.activities,
        _("Units"): facts.units,
        _("Different people"): facts.workers,
        _("Start recorded"): facts.start_recorded,
        _("Start paired from start and complete entries"): facts.start_paired,
        _("Start estimated"): facts.start_estimated,
        _("Start unknown"): facts.start_unknown,
        _("Entries with a date without a time"): facts.date_only,
        _("Entries at the same time as the one before"): facts.ties,
    }
    rows = [(_("Format"), facts.source_format), (_("Time zone"), facts.timezone)]
    return rows + [(name, fmt.number(count, lang, 0)) for name, count in counts.items()]


def column_rows(
    columns: Mapping[str, Any], reasons: Mapping[str, str], lang: str
) -> list[tuple[str, str, str]]:
    """Which column was taken for what role, and why; no reason where it was said and not guessed."""
    rows = []
    for role, value in columns.items():
        if role != "day_first":
            why = reasons.get("step" if role == "steps" else role)
            rows.append(
                (problems.role(role, lang), _column(value), problems.reason(why, lang) if why else "")
            )
    return rows


def _column(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def heading(key: str, lang: str) -> str:
    _ = catalog("cli", lang).gettext
    return {
        "facts": _("What the log holds"),
        "columns": _("Which column is what"),
        "notices": _("Worth knowing"),
        "problems": _("The log cannot be used yet"),
        "problems_of_changes": model_problems.heading(lang),
        "problems_of_steps": _("The list of steps cannot be used yet"),
        "problems_of_stream": _("The value stream cannot be used yet"),
    }[key]


def source_line(facts: Facts, period: str, lang: str) -> str:
    """ "2 October 2010 – 23 January 2012 · 1,434 cases · 27 steps · 10 units" """
    words = catalog("cli", lang)
    parts = [
        period,
        words.ngettext("{n} case", "{n} cases", facts.cases).format(n=fmt.number(facts.cases, lang, 0)),
        words.ngettext("{n} step", "{n} steps", facts.activities).format(
            n=fmt.number(facts.activities, lang, 0)
        ),
    ]
    if facts.units:
        units = words.ngettext("{n} unit", "{n} units", facts.units)
        parts.append(units.format(n=fmt.number(facts.units, lang, 0)))
    return " · ".join(part for part in parts if part)


def working_time(*, source: str, timezone: str, country: str | None, lang: str) -> str:
    """Which working time the figures rest on. `source`: default, country or file."""
    _ = catalog("cli", lang).gettext
    if source == "file":
        text = _("Working time: as in the calendar file; time zone {timezone}.")
    elif country == "LV":
        text = _("Working time: Monday to Friday 8–17, Latvian public holidays; time zone {timezone}.")
    elif country == "LT":
        text = _("Working time: Monday to Friday 8–17, Lithuanian public holidays; time zone {timezone}.")
    else:
        text = _(
            "Working time: Monday to Friday 8–17; time zone {timezone}, "
            "whose public holidays are not known here."
        )
    return text.format(timezone=timezone)


def written(path: str, lang: str) -> str:
    return catalog("cli", lang).gettext("Written: {path}").format(path=path)


def more(count: int, lang: str) -> str:
    words = catalog("cli", lang)
    text = words.ngettext("… and {n} more in the JSON", "… and {n} more in the JSON", count)
    return text.format(n=fmt.number(count, lang, 0))


def on_lines(lines: str, count: int, lang: str) -> str:
    """Where in a file something stands: "line 12", "lines 12, 40"."""
    return catalog("cli", lang).ngettext("line {lines}", "lines {lines}", count).format(lines=lines)


def sampled(share: float, lang: str) -> str:
    """Which figures of a very large log are of a part of its cases."""
    return (
        catalog("cli", lang)
        .gettext(
            "The map, the parts of the time and the questions rest on {share} of the cases, chosen evenly; "
            "every other figure on all of them."
        )
        .format(share=fmt.percent(share, lang))
    )


def no_promise_of_steps(lang: str) -> str:
    """What becomes of a deadline that is given with a list of steps."""
    return catalog("cli", lang).gettext(
        "A list of steps cannot show in how many cases a deadline is kept; a case log can."
    )


def no_findings(lang: str) -> str:
    return catalog("cli", lang).gettext("Nothing stands out that would be worth a question.")


def wrong_use(code: str, params: Mapping[str, Any], lang: str) -> str:
    """One line for a wrong call."""
    _ = catalog("cli", lang).gettext
    text = {
        "no_option": _("There is no option {option}. “straume {command} --help” shows them all."),
        "option_needs_value": _("The option {option} needs a value."),
        "no_command": _("There is no command “{command}”. “straume --help” shows them all."),
        "no_file_given": _("Which file? Example: straume {command} cases.csv"),
        "is_folder": _("“{file}” is a folder, not a file."),
        "too_many": _("Too many arguments: one file at a time."),
        "not_one_of": _("{option} takes one of: {allowed}."),
        "no_number": _("{option} takes a whole number."),
        "no_deadline": _("“{value}” is no deadline. Write it like “30 days” or “20 working days”."),
        "unknown_step": _("The input has no step “{step}”. Steps are written exactly as in the input."),
        "unknown_outcome": _("The log has no outcome “{outcome}”. Outcomes are written as in the log."),
        "not_of_steps": _("{option} is said of a case log; this is a list of steps."),
        "not_of_a_stream": _("{option} is said of a case log; this is a value stream."),
        "not_of_bpmn": _("{option} is said of a BPMN file; this is none."),
        "nothing_to_draw": _("Say what to write: --bpmn FILE, --svg FILE or --pdf FILE."),
        "file_named_twice": _("“{file}” is named twice in this call; give the result a name of its own."),
        "cannot_write": _("“{file}” cannot be written."),
        "no_web": _("This needs the web part of Straume, which is not installed: {why}."),
        "other": _("That cannot be done: {why}."),
    }[code]
    return text.format(**params)


def refusal(error: StraumeError, lang: str) -> str:
    """The line for what the library refused as a wrong call."""
    if problems.knows(error.code):
        advice = problems.advice(error, lang)
        return " ".join(part for part in (problems.sentence(error, lang), advice) if part)
    try:
        return wrong_use(error.code, error.params, lang)
    except KeyError:
        said = ", ".join([error.code, *(f"{key} {value}" for key, value in error.params.items())])
        return wrong_use("other", {"why": said}, lang)
