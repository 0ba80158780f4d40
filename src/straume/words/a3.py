"""Words of the A3 sheet: headings, figures and the sentences of the current condition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from straume.words import clocks
from straume.words import format as fmt
from straume.words.assessment import duration, interval_note, knows_hours, label
from straume.words.assessment_figures import days_note, right_note
from straume.words.catalog import catalog

if TYPE_CHECKING:
    from straume.lean.assess.records import Assessment, Estimate


def headings(lang: str) -> dict[str, str]:
    _ = _words(lang)
    return {
        "kind": _("A3 report"),
        "background": _("Background"),
        "current": _("Current condition"),
        "where": _("Where the time goes"),
        "way": _("The way of the work"),
        "questions": _("Questions for the team"),
        "goal": _("Goal"),
        "countermeasures": _("What we change"),
        "follow_up": _("Follow-up"),
        "simulated": _("simulated, not real data"),
        "all_simulated": _("All figures are simulated, not real data."),
        "question": _("Question"),
        "decision": _("Decision"),
        "what": _("What"),
        "document": _("Which document changes"),
        "decides": _("Who decides"),
        "by_when": _("By when"),
        "measure": _("Figure"),
        "now": _("Now"),
        "target": _("Goal by"),
        "checked_on": _("Checked on"),
        "seen": _("What we saw"),
        "next": _("What we do next"),
        "after": _("After"),
    }


def verdict_choice(code: str, lang: str) -> str:
    _ = _words(lang)
    return {
        "eliminate": _("Eliminate"),
        "combine": _("Combine"),
        "rearrange": _("Rearrange"),
        "simplify": _("Simplify"),
        "automate": _("Automate"),
        "keep": _("Keep"),
    }[code]


def law_said(code: str, legal_basis: str, lang: str) -> str:
    """What people said of the law behind a step; "" where they said nothing of it."""
    _ = _words(lang)
    if code == "asks":
        return (
            _("A law asks for it: {law}").format(law=legal_basis) if legal_basis else _("A law asks for it")
        )
    return {
        "silent": _("No law asks for it"),
        "unknown": _("Whether a law asks for it is not yet known"),
    }.get(code, "")


def no_questions(lang: str) -> str:
    _ = _words(lang)
    return _("Nothing stood out. That does not say that all is well: look at the map together.")


def after_months(months: int, lang: str) -> str:
    return catalog("a3", lang).ngettext("{n} month", "{n} months", months).format(n=months)


def origin(assessment: Assessment, lang: str) -> str:
    """One sentence on what the sheet rests on: how many cases of which days, or what people told."""
    _ = _words(lang)
    if assessment.entrance == "steps":
        return _("The steps and their times were told by the people who do the work.")
    if assessment.lead_time is None or not assessment.first_on or not assessment.last_on:
        return ""
    cases = assessment.lead_time.cases
    text = catalog("a3", lang).ngettext("{cases} case, {period}.", "{cases} cases, {period}.", cases)
    return text.format(
        cases=fmt.number(cases, lang, 0), period=fmt.period(assessment.first_on, assessment.last_on, lang)
    )


def legal_promise(assessment: Assessment, lang: str) -> str:
    """By when the law asks for the answer."""
    _ = _words(lang)
    if assessment.promise is None:
        return ""
    days = assessment.promise.deadline_days
    said = fmt.days(days, lang) if assessment.promise.clock == "calendar" else fmt.working_days(days, lang)
    return _("Legal deadline: {days}.").format(days=said)


def figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    """Four figures with interval and n; what is not known is said to be so."""
    told = assessment.entrance == "steps"
    return _told_figures(assessment, lang) if told else _log_figures(assessment, lang)


def _log_figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    _ = _words(lang)
    lead, promise, work = assessment.lead_time, assessment.promise, assessment.work_minutes_per_case
    hours = knows_hours(assessment)
    promised = _share(label("on_time", lang), promise.on_time_citizen if promise else None, lang)
    if work is None:
        worked = _shown(label("work", lang), _("not known"), _("the table has no start times"))
    elif assessment.work_estimated_share > 0.005:
        estimated = _("{share} of it estimated")
        note = estimated.format(share=fmt.percent(assessment.work_estimated_share, lang))
        worked = _shown(label("work", lang), fmt.minutes(work.value, lang), note)
    else:
        worked = _shown(label("work", lang), fmt.minutes(work.value, lang), fmt.sample(work.n, lang))
    return [
        _days(label("median", lang), lead.median_days if lead else None, lang, hours),
        _days(label("p90", lang), lead.p90_days if lead else None, lang, hours),
        promised if promise is not None else _right(assessment, lang),
        worked,
    ]


def _told_figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    _ = _words(lang)
    m, told, unknown = assessment.measures, _("as told"), _("not known")
    days = assessment.lead_time.mean_days if assessment.lead_time else m.lead_time_days
    longest, clock = clocks.path_note(assessment, lang), clocks.ratio_note(assessment, lang)
    return [
        _shown(_("From request to answer"), fmt.days(days, lang) if days is not None else unknown, told),
        _shown(
            label("work", lang),
            fmt.minutes(m.process_minutes, lang) if m.process_minutes is not None else unknown,
            longest or told,
        ),
        _shown(
            label("activity_ratio", lang),
            fmt.percent(m.activity_ratio, lang) if m.activity_ratio is not None else unknown,
            clock if clock and m.activity_ratio is not None else told,
        ),
        _shown(label("steps", lang), fmt.number(m.steps, lang, 0), _handoffs(m.handoffs, lang)),
    ]


def _handoffs(count: int, lang: str) -> str:
    _ = _words(lang)
    text = _("as told; hand-offs: {n}")
    return text.format(n=fmt.number(count, lang, 0))


def _days(name: str, estimate: Estimate | None, lang: str, hours: bool) -> dict[str, str]:
    _ = _words(lang)
    if estimate is None:
        return _shown(name, _("not known"), "")
    return _shown(name, duration(estimate.value, lang, hours=hours), days_note(estimate, lang, hours))


def _share(name: str, estimate: Estimate | None, lang: str) -> dict[str, str]:
    _ = _words(lang)
    if estimate is None:
        return _shown(name, _("not known"), "")
    return _shown(name, fmt.percent(estimate.value, lang), interval_note(estimate, lang, as_percent=True))


def _right(assessment: Assessment, lang: str) -> dict[str, str]:
    right, name = assessment.first_time_right, label("first_time_right", lang)
    if right is None:
        return _share(name, None, lang)
    return _shown(name, fmt.percent(right.value, lang), right_note(assessment, right, lang))


def _shown(label: str, value: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "note": note}


def map_key(limits: str, lang: str) -> str:
    """What the signs on the map mean, and what it does not show."""
    _ = _words(lang)
    key = _(
        "On the map: § – a law asks for it; % – of cases; C&A – complete and accurate without correction; "
        "dark arrow – to another unit; dashed – back to earlier work."
    )
    return f"{key} {limits}".strip()


def disclaimer(lang: str) -> str:
    _ = _words(lang)
    return _(
        "We evaluate the way of work, not people. Figures say how the work went, not what anybody did. "
        "Legal bases are to be checked by a lawyer."
    )


def _words(lang: str) -> Callable[[str], str]:
    return catalog("a3", lang).gettext
