"""Words of pictures and documents: titles, legends, descriptions for those who do not see them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

from straume.words.assessment import duration, part
from straume.words.catalog import catalog
from straume.words.format import date, minutes, number, percent

if TYPE_CHECKING:
    from straume.lean.assess.records import Assessment
    from straume.lean.stream.records import Clock, Step


def N_(text: str) -> str:  # noqa: N802
    """Marks a message that is looked up later."""
    return text


WAITING = N_("Waiting")
WORK = N_("Work")
BETWEEN = N_("Between steps")
HALF_WITHIN = N_("Half of them took at most {days} days.")
KEPT_DEADLINE = N_("{share} of them kept the deadline of {days} days.")


def said(text: str, lang: str, **values: object) -> str:
    """The message in the language, its placeholders filled."""
    return catalog("reports", lang).gettext(text).format(**values)


def listed(parts: Sequence[str], lang: str) -> str:
    """Parts of a description, one after the other."""
    return "; ".join(parts) + "." if parts else ""


def time_kind(kind: str, lang: str) -> str:
    """What a kind of time is called, to stand at the beginning of a line."""
    text = part(kind, lang)  # type: ignore[arg-type]
    return text[:1].upper() + text[1:]


def time_part(name: str, days_of_part: float, share: float, lang: str, *, hours: bool = True) -> str:
    return f"{name}: {duration(days_of_part, lang, hours=hours)}, {percent(share, lang)}"


def other_steps(lang: str) -> str:
    return said(N_("All other steps together"), lang)


def time_bar_title(whole_days: float, lang: str, *, hours: bool = True) -> str:
    return (
        catalog("reports", lang)
        .gettext("Where the time goes: {days} to scale")
        .format(days=duration(whole_days, lang, hours=hours))
    )


def map_title(steps: int, lanes: int, lang: str) -> str:
    words = catalog("reports", lang)
    steps_said = words.ngettext("{n} step", "{n} steps", steps).format(n=steps)
    if lanes < 2:
        return words.gettext("The way of the work: {steps}").format(steps=steps_said)
    lanes_said = words.ngettext("{n} unit or function", "{n} units or functions", lanes).format(n=lanes)
    return words.gettext("The way of the work: {steps}, {lanes}").format(steps=steps_said, lanes=lanes_said)


def step_told(step: Step, touch_minutes: float | None, lang: str, *, waiting: str = "") -> str:
    """One step in words: what, who, how long, how judged, what law; `waiting`: what lies before it."""
    parts = [step.name]
    if step.lane or step.unit:
        parts.append(step.lane or step.unit)
    if touch_minutes is not None:
        parts.append(said(N_("work {minutes}"), lang, minutes=minutes(touch_minutes, lang)))
    if step.share < 0.995:
        parts.append(said(N_("{share} of cases"), lang, share=percent(step.share, lang)))
    if waiting:
        parts.append(waiting)
    parts.append(part(step.value_class, lang) if step.value_class else said(N_("not yet judged"), lang))
    if step.legal_basis:
        parts.append(said(N_("law: {law}"), lang, law=step.legal_basis.text))
    return ", ".join(parts) + "."


def waiting_told(value: float | None, clock: Clock, lang: str, *, day_minutes: float, between: bool) -> str:
    """ "waits 3 d before it"; where no start is known the time since the step before."""
    time = short_wait(value, clock, lang, day_minutes=day_minutes)
    if not time:
        return ""
    return said(
        N_("{time} since the step before") if between else N_("before it waits {time}"), lang, time=time
    )


def short_minutes(value: float, lang: str) -> str:
    """Minutes of work where there is little room: "35 min", "2 h 24 min", "48 h"."""
    return minutes(value, lang)


def short_wait(value: float | None, clock: Clock, lang: str, *, day_minutes: float) -> str:
    """Waiting where there is little room: "3 d" calendar days, "3 wd" working days, below a day "5 h"."""
    if value is None or value < 0.5:
        return ""
    day = 1440.0 if clock == "calendar" else day_minutes
    if value < day * 0.95:
        return (
            minutes(value, lang)
            if value < 120
            else said(N_("{hours} h"), lang, hours=number(value / 60, lang))
        )
    if clock == "calendar":
        return said(N_("{days} d"), lang, days=number(value / day, lang))
    return said(N_("{days} wd"), lang, days=number(value / day, lang))


def election(day: dt.date, lang: str) -> str:
    """The name of an election day on a line of time."""
    return said(N_("Election, {day}"), lang, day=date(day, lang))


def series(lang: str) -> dict[str, str]:
    return {
        "arrived": said(N_("arrived"), lang),
        "ended": said(N_("ended"), lang),
        "in_progress": said(N_("in progress"), lang),
        "cases": said(N_("cases"), lang),
        "days": said(N_("calendar days from request to answer"), lang),
        "deadline": said(N_("deadline"), lang),
        "half": said(N_("half of the cases"), lang),
        "ninety": said(N_("9 of 10"), lang),
    }


def lead_times_title(cases: int, lang: str) -> str:
    words = catalog("reports", lang)
    return words.ngettext(
        "From request to answer: how long {n} case took",
        "From request to answer: how long {n} cases took",
        cases,
    ).format(n=number(cases, lang, 0))


def made_with(assessment: Assessment, made_on: str, lang: str) -> str:
    """How the document came about: version, method, day."""
    entrance = (
        said(N_("Measured in a table of cases."), lang)
        if assessment.entrance == "log"
        else said(N_("Told by the people who do the work."), lang)
    )
    made = said(
        N_("Straume {version}, {date}. Methods: docs/methods."),
        lang,
        version=assessment.library_version,
        date=date(made_on, lang),
    )
    return f"{entrance} {made}"


def told(svg: str) -> str:
    """Name and description that a picture carries, as one text for a document's alternative text."""
    found = re.findall(r"<(?:title|desc) id=[^>]*>(.*?)</(?:title|desc)>", svg, flags=re.DOTALL)
    return unescape(" ".join(found))
