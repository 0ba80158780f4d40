"""The figures behind a finding, labelled: the table that stands one click away from its sentence."""

from __future__ import annotations

from collections.abc import Callable

from straume.lean.assess.records import Finding
from straume.words import format as fmt
from straume.words.catalog import catalog
from straume.words.findings import certainty, weekdays


def figures(finding: Finding, lang: str) -> list[tuple[str, str]]:
    """The figures behind a finding as (label, value), for the table one click away."""
    words = catalog("findings", lang)
    _ = words.gettext
    rows = [
        (
            _("Cases touched"),
            _("{touched} of {cases}").format(
                touched=fmt.number(finding.cases_touched, lang, 0), cases=fmt.number(finding.cases, lang, 0)
            ),
        )
    ]
    estimate = finding.days_per_case
    if estimate is not None:
        is_mean = estimate.method == "student"
        name = (
            _("Calendar days per touched case (mean)")
            if is_mean
            else _("Calendar days per touched case (median)")
        )
        rows.append((name, fmt.number(estimate.value, lang)))
        if between := fmt.interval(estimate, lang):
            rows.append((_("95 % interval"), between))
    if finding.hours_per_year is not None:
        rows.append((_("Working hours a year"), fmt.number(finding.hours_per_year, lang)))
    labels = _count_labels(_)
    rows += [
        (labels[key][0], _count(labels[key][1], value, lang))
        for key, value in finding.counts.items()
        if key in labels
    ]
    rows.append((_("Certainty"), certainty(finding.certainty, lang)))
    return rows


def _count_labels(_: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    return {
        "share_of_lead": (_("Share of the time to the answer"), "share"),
        "working_hours": (_("of it working hours (median)"), "number"),
        "after_step": (_("Mostly after"), "text"),
        "handed_on_share": (_("Handed on from another unit"), "share"),
        "per_case": (_("Hand-offs per case (mean)"), "number"),
        "units_per_case": (_("Units per case (mean)"), "number"),
        "wait_share": (_("Share of all waiting"), "share"),
        "other_unit": (_("The other unit"), "text"),
        "repeats": (_("Times done again"), "count"),
        "sent_back_from": (_("Sent back mostly from"), "text"),
        "sent_back_share": (_("Share of the repeats after it"), "share"),
        "trigger": (_("Met with"), "text"),
        "lift": (_("Times as often"), "number"),
        "lift_low": (_("at least (95 %)"), "number"),
        "lift_high": (_("at most (95 %)"), "number"),
        "share_with": (_("Repeated with it"), "share"),
        "share_without": (_("Repeated without it"), "share"),
        "n_with": (_("Cases with it"), "count"),
        "n_without": (_("Cases without it"), "count"),
        "checks": (_("Checks"), "count"),
        "changed": (_("followed by something else"), "count"),
        "changed_high": (_("at most (95 %, share)"), "share"),
        "next_step": (_("Usual next step"), "text"),
        "outcome_with": (_("Unwanted outcome with it"), "share"),
        "outcome_without": (_("Unwanted outcome without it"), "share"),
        "weekdays": (_("Weekdays"), "weekdays"),
        "on_days_share": (_("Done on these days"), "share"),
        "arrivals_share": (_("Became ready on these days"), "share"),
        "items": (_("Times done"), "count"),
        "days": (_("Days on which it was done"), "count"),
        "arrival_days": (_("Days on which work came in"), "count"),
        "per_day": (_("Cases per such day"), "number"),
        "every_days": (_("Done every so many days"), "number"),
        "utilisation": (_("Share of the unit’s working time"), "share"),
        "queue_first": (_("Waiting cases, first quarter of the period"), "number"),
        "queue_last": (_("Waiting cases, last quarter"), "number"),
        "complete_accurate": (_("Usable without correction"), "share"),
    }


def _count(kind: str, value: float | int | str, lang: str) -> str:
    if kind == "text":
        return str(value)
    if kind == "weekdays":
        return weekdays(str(value), lang)
    if kind == "share":
        return fmt.percent(float(value), lang)
    return fmt.number(float(value), lang, 0 if kind == "count" else None)
