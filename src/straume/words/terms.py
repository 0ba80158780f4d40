"""The words of value streams: measures, columns, kinds of value, verdicts, media, clocks, units of time.

Terms follow words.md and the domain's glossary (GLOSSARY.md).
"""

from __future__ import annotations

from straume.words.catalog import catalog, known

COLUMNS = (
    "number",
    "step",
    "lane",
    "unit",
    "touch",
    "wait",
    "complete_accurate",
    "share",
    "occurrences",
    "value_class",
    "is_check",
    "legal_basis",
    "legal_from",
    "legal_until",
    "goes_to",
    "medium",
    "system",
    "staff",
    "rate",
    "batch_size",
    "batch_days",
    "notes",
)


def column(role: str, lang: str) -> str:
    """Heading of a column of the step table."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "number": _("No."),
        "step": _("What is done?"),
        "lane": _("Who does it?"),
        "unit": _("Unit"),
        "touch": _("How long is the work?"),
        "touch_low": _("Work at least"),
        "touch_mode": _("Work usually"),
        "touch_high": _("Work at most"),
        "wait": _("How long is the wait?"),
        "complete_accurate": _("% complete and accurate"),
        "share": _("Share of cases, %"),
        "occurrences": _("Times per case"),
        "value_class": _("Value class"),
        "is_check": _("Is it a check?"),
        "legal_basis": _("Which law asks for it?"),
        "legal_from": _("In force from"),
        "legal_until": _("In force until"),
        "goes_to": _("Goes to"),
        "medium": _("How it is handed on"),
        "system": _("IT system"),
        "staff": _("Number of staff"),
        "rate": _("Rate, EUR/h"),
        "batch_size": _("Batch size"),
        "batch_days": _("Batch every, days"),
        "notes": _("Notes"),
    }[role]


def measure(name: str, lang: str) -> str:
    """Name of a measure of the value stream (a field of StreamMeasures)."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "lead_time_days": _("Lead time"),
        "lead_time_minutes": _("Lead time"),
        "process_minutes": _("Touch time"),
        "path_process_minutes": _("Touch time on the critical path"),
        "value_minutes": _("Value-adding time"),
        "activity_ratio": _("Activity ratio"),
        "process_cycle_efficiency": _("Process cycle efficiency"),
        "rolled_yield": _("Rolled first-pass yield"),
        "takt_minutes": _("Takt time"),
        "required_hours_per_year": _("Required hours a year"),
        "required_fte": _("Required full-time equivalents"),
        "direct_cost_eur_per_case": _("Direct labour cost per case"),
        "work_in_progress": _("Work in progress"),
        "capacity_by_unit": _("Capacity"),
        "capacity_by_step": _("Capacity of the step"),
        "utilisation_by_unit": _("Utilisation"),
        "steps": _("Steps"),
        "handoffs": _("Hand-offs"),
        "handoffs_per_case": _("Hand-offs per case"),
        "loops": _("Rework loops"),
        "critical_path": _("Critical path"),
    }[name]


def why_missing(code: str, lang: str) -> str:
    """Why a measure is not given: the codes of StreamMeasures.missing."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "touch_unknown": _("Nobody has said how long the work takes."),
        "waiting_unknown": _("Nobody has said how long cases wait."),
        "not_judged": _("People have not yet judged every step."),
        "quality_unknown": _("Nobody has said which share can be used without correcting."),
        "demand_unknown": _("The number of cases a year is not known."),
        "rate_unknown": _("A cost rate is missing for at least one step."),
        "calendar_unknown": _("It is not known how long a working day is."),
        "lead_time_unknown": _("The lead time is not known."),
        "lead_time_nought": _("The lead time is zero."),
    }[code]


def value_class(code: str | None, lang: str, *, agreed: bool = True) -> str:
    """Kind of value of a step; before people agreed, waste is a question, and None is not yet judged."""
    _ = catalog("terms", known(lang)).gettext
    if code is None:
        return _("Not yet judged")
    if code == "waste" and not agreed:
        return _("Is this needed?")
    return {"value": _("Value"), "necessary": _("Necessary"), "waste": _("Waste")}[code]


def verdict(code: str, lang: str) -> str:
    """What people decided about a step."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "eliminate": _("Eliminate"),
        "combine": _("Combine"),
        "rearrange": _("Rearrange"),
        "simplify": _("Simplify"),
        "automate": _("Automate"),
        "keep": _("Keep"),
    }[code]


def cause(code: str, lang: str) -> str:
    """Why work waited."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "batching": _("Batching"),
        "prioritisation": _("Prioritisation"),
        "contention": _("Contention"),
        "unavailability": _("Unavailability"),
        "extraneous": _("Extraneous"),
    }[code]


def medium(code: str, lang: str) -> str:
    """How a case is handed on."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "paper": _("paper"),
        "email": _("e-mail"),
        "system": _("system"),
        "phone": _("phone"),
        "person": _("in person"),
    }[code]


def clock(code: str, lang: str) -> str:
    """On which clock a duration was measured."""
    _ = catalog("terms", known(lang)).gettext
    return {"working": _("working time"), "calendar": _("calendar time")}[code]


def time_unit(code: str, lang: str) -> str:
    """Name of a unit of time, as in a list to choose from."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "minute": _("minutes"),
        "hour": _("hours"),
        "working_day": _("working days"),
        "day": _("days"),
        "week": _("weeks"),
        "month": _("months"),
        "year": _("years"),
    }[code]


def service_line(fact: str, lang: str) -> str:
    """Line of the sheet about the service in the template."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "name": _("Service"),
        "demand": _("Cases per year"),
        "minutes_per_day": _("Working minutes per day"),
        "days_per_week": _("Working days per week"),
    }[fact]


def unit_column(role: str, lang: str) -> str:
    """Heading of the sheet about units in the template."""
    _ = catalog("terms", known(lang)).gettext
    return {"unit": _("Unit"), "staff": _("Full-time equivalents"), "rate": _("Rate, EUR/h")}[role]


def sheet(code: str, lang: str) -> str:
    """Name of a sheet of the template."""
    _ = catalog("terms", known(lang)).gettext
    return {
        "steps": _("Steps"),
        "service": _("The service"),
        "units": _("Units"),
        "example": _("Example"),
    }[code]


def yes_no(yes: bool, lang: str) -> str:
    _ = catalog("terms", known(lang)).gettext
    return _("yes") if yes else _("no")
