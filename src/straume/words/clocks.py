"""On which clock a figure stands, where working time and calendar time meet on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from straume.lean.assess.records import Assessment
from straume.lean.stream.records import Step
from straume.words import format as fmt
from straume.words.catalog import catalog

WORK_KINDS = ("value", "necessary", "waste", "not_judged")
HOURS_OF_A_WEEK = 168
SEEN_MINUTES = 0.5  # two figures that differ by less are shown alike


@dataclass(frozen=True)
class WorkingWeek:
    """What a working day and week are where the service is given."""

    minutes_per_day: float
    days_per_week: float

    @property
    def hours(self) -> float:
        return self.minutes_per_day * self.days_per_week / 60


def working_week(assessment: Assessment) -> WorkingWeek:
    known: Mapping[str, Any] = assessment.parameters.get("working_time") or assessment.stream.calendar
    day, days = known.get("minutes_per_day", 480.0), known.get("days_per_week", 5.0)
    return WorkingWeek(float(day), float(days))


def ratio_note(assessment: Assessment, lang: str) -> str:
    """What the activity ratio is a share of; "" where everything was told on one clock."""
    if assessment.measures.clock != "working":
        return ""
    return catalog("clocks", lang).gettext("of the working time, without nights and weekends")


def bar_note(assessment: Assessment, lang: str) -> str:
    """On which clock the bar stands, where the ratio stands on the other one."""
    if not two_clocks(assessment, lang):
        return ""
    text = catalog("clocks", lang).gettext(
        "By the calendar, with nights and weekends. Of the working time alone {ratio} is work."
    )
    return text.format(ratio=fmt.percent(assessment.measures.activity_ratio or 0.0, lang))


def two_clocks(assessment: Assessment, lang: str) -> str:
    """Why the activity ratio is not the share of work on the bar; "" where they are the same."""
    measures = assessment.measures
    whole, work, ratio = measures.lead_time_minutes, measures.path_process_minutes, measures.activity_ratio
    share = sum(part.share for part in assessment.time_parts if part.kind in WORK_KINDS)
    if not whole or work is None or ratio is None or measures.clock != "working" or not share:
        return ""
    text = catalog("clocks", lang).gettext(
        "From request to answer {whole} of working time pass, and {work} of it is work: {ratio} (activity "
        "ratio). The bar runs by the calendar, nights and weekends included: there work is {share}."
    )
    return text.format(
        whole=fmt.minutes(whole, lang),
        work=fmt.minutes(work, lang),
        ratio=fmt.percent(ratio, lang),
        share=fmt.percent(share, lang),
    )


def path_minutes(assessment: Assessment) -> float | None:
    """Work on the longest way [working min]; None where it is all the work that there is."""
    all_work = assessment.measures.process_minutes
    if assessment.entrance == "log" or all_work is None:
        return None
    path = set(assessment.measures.critical_path)
    found = sum(
        step.touch.expected_minutes * step.visits
        for step in assessment.stream.steps
        if step.key in path and step.touch is not None
    )
    return found if abs(found - all_work) >= SEEN_MINUTES else None


def path_note(assessment: Assessment, lang: str) -> str:
    """ "of it 95 min on the longest way", where steps run at the same time."""
    minutes = path_minutes(assessment)
    if minutes is None:
        return ""
    text = catalog("clocks", lang).gettext("of it {minutes} on the longest way")
    return text.format(minutes=fmt.minutes(minutes, lang))


def longest_way(assessment: Assessment, lang: str) -> str:
    """Why the ratio and the bar hold less work than there is."""
    minutes = path_minutes(assessment)
    if minutes is None or assessment.measures.process_minutes is None:
        return ""
    text = catalog("clocks", lang).gettext(
        "All steps together take {all} of work. The activity ratio and the bar hold only the longest way "
        "({path}): work that is done at the same time does not make a case longer."
    )
    return text.format(
        all=fmt.minutes(assessment.measures.process_minutes, lang), path=fmt.minutes(minutes, lang)
    )


def around_work(assessment: Assessment, lang: str) -> str:
    """What the nights and weekends on the bar are, and how what was told became calendar time."""
    words = catalog("clocks", lang)
    if not any(part.kind == "closed" for part in assessment.time_parts):
        return ""
    if assessment.entrance == "log":
        return words.gettext(
            "Working time between start and end is work; the nights and weekends in between are a part of "
            "their own. What lies before the start is waiting."
        )
    week = working_week(assessment)
    text = words.gettext(
        "A working week has {hours} of the 168 hours of the calendar, so an hour of work lies open for "
        "{stretch} on average; the nights and weekends in it are a part of their own. Waiting told in days "
        "or weeks stays as it was told; told in working days it is counted in calendar days, {days} to a "
        "week."
    )
    return text.format(
        hours=fmt.number(week.hours, lang),
        stretch=fmt.minutes(60 * HOURS_OF_A_WEEK / week.hours, lang),
        days=fmt.working_days(week.days_per_week, lang),
    )


def wait_told(step: Step, assessment: Assessment, lang: str) -> str:
    """The waiting before a step in the unit of those who told it: "3 working days", "7 days"."""
    span = step.wait
    if span is None:
        return ""
    minutes = span.expected_minutes
    if span.clock == "calendar":
        return (
            fmt.days(minutes / 1440, lang) if minutes >= 1440 or not minutes else fmt.minutes(minutes, lang)
        )
    day = working_week(assessment).minutes_per_day
    return fmt.working_days(minutes / day, lang) if minutes >= day else fmt.minutes(minutes, lang)
