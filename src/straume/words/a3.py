"""Words of the A3 sheet: headings, figures and the sentences of the current condition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from straume.words import format as fmt
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


def condition(assessment: Assessment, lang: str) -> str:
    """How long it takes, in plain words."""
    _ = _words(lang)
    lead = assessment.lead_time
    if lead is None:
        return told_condition(assessment, lang)
    if lead.median_days is None:
        return _("Fewer than half of the cases have ended, so there is no usual time yet.")
    half = fmt.within_days(lead.median_days.value, lang)
    if lead.p90_days is None:
        return _("From request to answer: half of the cases {half}.").format(half=half)
    ninety = fmt.within_days(lead.p90_days.value, lang)
    return _("From request to answer: half of the cases {half}, 9 of 10 {ninety}.").format(
        half=half, ninety=ninety
    )


def told_condition(assessment: Assessment, lang: str) -> str:
    _ = _words(lang)
    measures = assessment.measures
    if measures.lead_time_days is None:
        return ""
    whole = fmt.days(measures.lead_time_days, lang)
    if measures.process_minutes is None:
        return _("From request to answer it usually takes {days}.").format(days=whole)
    return _("From request to answer it usually takes {days}; the work in it takes {work}.").format(
        days=whole, work=fmt.minutes(measures.process_minutes, lang)
    )


def figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    """Four figures with interval and n; what is not known is said to be so."""
    return (
        _log_figures(assessment, lang)
        if assessment.lead_time is not None
        else _told_figures(assessment, lang)
    )


def _log_figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    _ = _words(lang)
    lead, promise = assessment.lead_time, assessment.promise
    assert lead is not None
    work = assessment.work_minutes_per_case
    estimated = (
        _("{share} of it estimated").format(share=fmt.percent(assessment.work_estimated_share, lang))
        if work is not None and assessment.work_estimated_share > 0.005
        else ""
    )
    last = (
        _figure(_("Within the deadline"), promise.on_time_citizen, lang, percent=True)
        if promise is not None
        else _figure(_("Right the first time"), assessment.first_time_right, lang, percent=True)
    )
    return [
        _figure(_("Half of the cases within"), lead.median_days, lang),
        _figure(_("Nine of ten within"), lead.p90_days, lang),
        last,
        _shown(
            _("Work on a case"),
            fmt.minutes(work.value, lang) if work is not None else _("not known"),
            estimated
            or (fmt.sample(work.n, lang) if work is not None else _("the table has no start times")),
        ),
    ]


def _told_figures(assessment: Assessment, lang: str) -> list[dict[str, str]]:
    _ = _words(lang)
    m = assessment.measures
    told = _("as told")
    unknown = _("not known")
    return [
        _shown(
            _("From request to answer"),
            fmt.days(m.lead_time_days, lang) if m.lead_time_days is not None else unknown,
            told,
        ),
        _shown(
            _("Work on a case"),
            fmt.minutes(m.process_minutes, lang) if m.process_minutes is not None else unknown,
            told,
        ),
        _shown(
            _("Of the time is work"),
            fmt.percent(m.activity_ratio, lang) if m.activity_ratio is not None else unknown,
            told,
        ),
        _shown(_("Steps, hand-offs"), f"{m.steps}, {m.handoffs}", told),
    ]


def _figure(label: str, estimate: Estimate | None, lang: str, *, percent: bool = False) -> dict[str, str]:
    _ = _words(lang)
    if estimate is None:
        return _shown(label, _("not known"), "")
    value = fmt.percent(estimate.value, lang) if percent else fmt.days(estimate.value, lang)
    interval = fmt.interval(estimate, lang, as_percent=percent)
    return _shown(label, value, " · ".join(part for part in (interval, fmt.sample(estimate.n, lang)) if part))


def _shown(label: str, value: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "note": note}


def map_key(lang: str) -> str:
    """What the signs on the map mean."""
    _ = _words(lang)
    return _(
        "On the map: § – a law asks for it; % – of cases; C&A – complete and accurate without correction; "
        "dark arrow – to another unit; dashed – back to earlier work."
    )


def disclaimer(lang: str) -> str:
    _ = _words(lang)
    return _(
        "We evaluate the way of work, not people. Figures say how the work went, not what anybody did. "
        "Legal bases are to be checked by a lawyer."
    )


def _words(lang: str) -> Callable[[str], str]:
    return catalog("a3", lang).gettext
