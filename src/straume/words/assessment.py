"""An assessment in plain words: the sentences it begins with, labels that page, A3 and terminal share."""

from __future__ import annotations

from straume.lean.assess.records import Assessment, Estimate, LeadTime, PartKind, Promise
from straume.words import format as fmt
from straume.words.catalog import catalog


def lead(assessment: Assessment, lang: str) -> str:
    """How long it takes, whether the promise is kept, how much of it is work: two or three sentences."""
    said = [_how_long(assessment, lang), _promise(assessment.promise, lang), _work(assessment, lang)]
    return " ".join(_ended(sentence) for sentence in said if sentence)


def _ended(sentence: str) -> str:
    """With one full stop, also where it ends with an abbreviation ("24 min.")."""
    return sentence.rstrip(".") + "."


def _how_long(assessment: Assessment, lang: str) -> str:
    words = catalog("assessment", lang)
    lead_time = assessment.lead_time
    if assessment.entrance == "steps":
        if lead_time is None or lead_time.mean_days is None:
            return words.gettext(
                "How long a case takes is not known yet: nobody has said how long cases wait."
            )
        text = words.gettext("By the team’s estimate a case takes {days} from request to answer.")
        return text.format(days=fmt.days(lead_time.mean_days, lang))
    if lead_time is None:
        return ""
    median, p90, hours = lead_time.median_days, lead_time.p90_days, knows_hours(assessment)
    if median is None:
        return words.gettext("Fewer than half of the cases have ended, so the usual time is not known yet.")
    if p90 is None:
        text = words.gettext("Half of the cases are done {within_median}.")
        return text.format(within_median=within(median.value, lang, hours=hours))
    text = words.gettext("Half of the cases are done {within_median}, nine of ten {within_p90}.")
    return text.format(
        within_median=within(median.value, lang, hours=hours), within_p90=within(p90.value, lang, hours=hours)
    )


def _promise(promise: Promise | None, lang: str) -> str:
    if promise is None:
        return ""
    text = catalog("assessment", lang).gettext("The deadline of {deadline} is kept for {hundred} of 100.")
    return text.format(deadline=deadline(promise, lang), hundred=_of_hundred(promise.on_time_citizen, lang))


def _of_hundred(share: Estimate, lang: str) -> str:
    hundred = share.value * 100
    return fmt.number(hundred, lang, 1 if 99 <= hundred < 100 or 0 < hundred < 1 else 0)


def _work(assessment: Assessment, lang: str) -> str:
    words = catalog("assessment", lang)
    work = assessment.work_minutes_per_case
    if work is None:
        if assessment.entrance == "log" and assessment.lead_time is not None:
            return words.gettext("How much of it is work, the log cannot say.")
        return (
            words.gettext("How much of it is work is not known yet.")
            if assessment.entrance == "steps"
            else ""
        )
    text = words.gettext("The work itself takes {minutes}.")
    return text.format(minutes=fmt.minutes(work.value, lang))


def knows_hours(assessment: Assessment) -> bool:
    """Whether hours may be said: not where most entries carry a date without a time."""
    facts = assessment.facts
    return facts is None or facts.date_only <= 0.5 * facts.work_items


def within(days: float, lang: str, *, hours: bool = True) -> str:
    """ "41 dienā"; under a day in hours or minutes, where the source knows them."""
    if not hours:
        return fmt.within_days(days, lang)
    words = catalog("assessment", lang)
    minutes = days * 24 * 60
    if minutes < 1:
        return words.gettext("within a minute")
    if minutes < 60:
        return words.gettext("within {duration}").format(duration=fmt.minutes(minutes, lang))
    if days < 1:
        return words.ngettext("within {n} hour", "within {n} hours", round(days * 24)).format(
            n=round(days * 24)
        )
    return fmt.within_days(days, lang)


def duration(days: float, lang: str, *, hours: bool = True) -> str:
    """A calendar duration in the unit that fits: days, under a day hours and minutes (`knows_hours`)."""
    return fmt.minutes(days * 24 * 60, lang) if hours and 0 < days < 1 else fmt.days(days, lang)


def deadline(promise: Promise, lang: str) -> str:
    """ "30 dienas", "20 darba dienas"."""
    say = fmt.days if promise.clock == "calendar" else fmt.working_days
    return say(promise.deadline_days, lang)


def part(kind: PartKind, lang: str) -> str:
    """What a part of the time is called. Nothing is waste before people have said so."""
    _ = catalog("assessment", lang).gettext
    return {
        "value": _("creates value for the client"),
        "necessary": _("necessary"),
        "waste": _("not needed, people agreed"),
        "not_judged": _("work, not yet judged"),
        "closed": _("nights and weekends around work that was begun"),
        "waiting": _("waiting"),
        "between": _("between completions: work and waiting in one"),
    }[kind]


def label(key: str, lang: str) -> str:
    """The name of a figure."""
    _ = catalog("assessment", lang).gettext
    return {
        "median": _("Half of the cases within"),
        "p80": _("Eight of ten within"),
        "p90": _("Nine of ten within"),
        "mean": _("Mean"),
        "mean_closed": _("Mean of the closed cases"),
        "mean_estimate": _("Estimate of the team"),
        "median_working": _("Half of the cases, in working days"),
        "on_time": _("Within the deadline"),
        "on_time_statutory": _("Within the deadline, without the time in which the clock stood"),
        "work": _("Work per case"),
        "cases": _("Cases"),
        "open_cases": _("Open cases"),
        "steps": _("Steps"),
        "handoffs": _("Hand-offs"),
        "handoffs_between_units": _("Hand-offs between units"),
        "ping_pong_cases": _("Cases that go to and fro between units"),
        "loops": _("Loops"),
        "variants": _("Different ways"),
        "first_time_right": _("Right the first time"),
        "cases_with_rework": _("Cases with work done again"),
        "repeated_items": _("Pieces of work done again"),
        "activity_ratio": _("Activity ratio"),
        "process_cycle_efficiency": _("Process cycle efficiency"),
        "rolled_yield": _("Rolled first-pass yield"),
        "takt_minutes": _("Takt time"),
        "required_hours_per_year": _("Working hours a year"),
        "direct_cost_eur_per_case": _("Direct labour cost per case"),
        "work_in_progress": _("Cases in progress"),
        "replay_fitness": _("Fit of the model"),
        "littles_law": _("Little’s law"),
    }[key]


def heading(key: str, lang: str) -> str:
    """Headings of the parts of an assessment."""
    _ = catalog("assessment", lang).gettext
    return {
        "how_long": _("How long does it take?"),
        "time": _("Where does the time go?"),
        "questions": _("Questions for the team"),
        "steps": _("Steps"),
        "withheld": _("What this input cannot show"),
        "method": _("How is this computed?"),
    }[key]


def interval_note(estimate: Estimate, lang: str, *, as_percent: bool = False) -> str:
    """What stands small under a figure: its interval and n; "" for what people told."""
    if estimate.n == 0:
        return ""
    between = fmt.interval(estimate, lang, as_percent=as_percent)
    count = fmt.sample(estimate.n, lang)
    return f"{between}; {count}" if between else count


def open_cases(lead_time: LeadTime, lang: str) -> str:
    """That open cases are counted for as long as they have been open; "" where there is none."""
    if not lead_time.open_cases:
        return ""
    words = catalog("assessment", lang)
    text = words.ngettext(
        "{n} case is still open; it counts for as long as it has been open.",
        "{n} cases are still open; they count for as long as they have been open.",
        lead_time.open_cases,
    )
    return text.format(n=fmt.number(lead_time.open_cases, lang, 0))


def not_judged(assessment: Assessment, lang: str) -> str:
    """Whose task it is to say what is needed; "" once every step is judged."""
    if all(step.value_class is not None for step in assessment.steps):
        return ""
    return catalog("assessment", lang).gettext(
        "Which work creates value, the people who do it say; until then it stands as not yet judged."
    )


def littles_law(assessment: Assessment, lang: str) -> str:
    """Whether counted work in progress agrees with throughput × lead time; "" where it cannot be tried."""
    found = assessment.littles_law
    if found is None:
        return ""
    words = catalog("assessment", lang)
    if found.consistent:
        text = words.gettext("Counted and computed cases in progress agree: {counted} and {computed}.")
    else:
        text = words.gettext(
            "Counted and computed cases in progress differ: {counted} and {computed}. "
            "Cases may be missing, dates wrong, or the backlog grows."
        )
    return text.format(
        counted=fmt.number(found.in_progress_mean, lang),
        computed=fmt.number(found.expected_in_progress, lang),
    )


def how_sure(assessment: Assessment, lang: str) -> str:
    """On what the figures rest: the source, and which share is estimated."""
    words = catalog("assessment", lang)
    if assessment.entrance == "steps":
        return words.gettext("All figures are estimates of the people who told the steps.")
    facts = assessment.facts
    if facts is None:
        return ""
    sentences = []
    if facts.start_unknown == facts.work_items and facts.work_items:
        sentences.append(
            words.gettext("The log knows completions only: work and waiting cannot be told apart in it.")
        )
    elif facts.start_unknown >= 0.0005 * facts.work_items and facts.start_unknown:
        share = fmt.percent(facts.start_unknown / facts.work_items, lang)
        sentences.append(words.gettext("{share} of the start times are unknown.").format(share=share))
    if assessment.work_estimated_share > 0:
        share = fmt.percent(assessment.work_estimated_share, lang)
        sentences.append(words.gettext("{share} of the start times are estimated.").format(share=share))
    if facts.date_only >= 0.0005 * facts.work_items and facts.date_only:
        share = fmt.percent(facts.date_only / facts.work_items, lang)
        sentences.append(
            words.gettext("{share} of the entries carry a date without a time.").format(share=share)
        )
    return " ".join(sentences)
