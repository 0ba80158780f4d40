"""Simulated scenarios in words: figures of each, and what a change saves, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from straume.words import format as fmt
from straume.words.catalog import catalog, known


class Interval(Protocol):
    """A mean with its 95 % interval, as `straume.lean.simulate.results.Estimate` is one."""

    @property
    def mean(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class Load(Protocol):
    @property
    def utilisation(self) -> float: ...
    @property
    def mark(self) -> str: ...


def heading(key: str, lang: str) -> str:
    _ = catalog("scenarios", known(lang)).gettext
    return {
        "base": _("As it is now"),
        "changes": _("What changes"),
        "median": _("Half of the cases within, days"),
        "p90": _("9 of 10 within, days"),
        "mean": _("Lead time in the mean, days"),
        "within": _("Within the deadline"),
        "hours": _("Hours of work a year"),
        "in_progress": _("Cases open at a time"),
        "answered": _("Cases answered"),
        "units": _("How busy the units are"),
        "difference": _("Difference, 95 % interval"),
        "places": _("By place"),
        "simulated": _("Simulated, not real data"),
    }[key]


def scenario(number: int, name: str, lang: str) -> str:
    """Heading of a scenario."""
    if name:
        return catalog("scenarios", lang).gettext("Scenario {n}: {name}").format(n=number, name=name)
    return catalog("scenarios", lang).gettext("Scenario {n}").format(n=number)


def lead(median_days: float, p90_days: float, lang: str) -> str:
    """How long it takes."""
    text = catalog("scenarios", lang).gettext(
        "From request to answer: half of the cases {half}, 9 of 10 {nine}."
    )
    return text.format(half=fmt.within_days(median_days, lang), nine=fmt.within_days(p90_days, lang))


def saved(difference: Interval, was_days: float, lang: str) -> str:
    """What a scenario makes of the mean lead time, with its interval."""
    _ = catalog("scenarios", lang).gettext
    if difference.low <= 0 <= difference.high:
        text = _(
            "From request to answer no difference can be told from chance (95 % interval of the difference: "
            "{low} to {high} days)."
        )
        return text.format(low=_signed(difference.low, lang), high=_signed(difference.high, lang))
    share = fmt.percent(abs(difference.mean) / was_days, lang) if was_days > 0 else "–"
    low, high = sorted((abs(difference.low), abs(difference.high)))
    if difference.mean < 0:
        text = _(
            "A case takes {days} less in the mean, {share} of the time until now (95 % interval: {low} to "
            "{high} days less)."
        )
    else:
        text = _(
            "A case takes {days} more in the mean, {share} of the time until now (95 % interval: {low} to "
            "{high} days more)."
        )
    days = fmt.days(abs(difference.mean), lang)
    return text.format(days=days, share=share, low=fmt.number(low, lang), high=fmt.number(high, lang))


def within_deadline(share: Interval, was: Interval | None, lang: str) -> str:
    _ = catalog("scenarios", lang).gettext
    now = fmt.percent(share.mean, lang)
    if was is None:
        return _("Within the deadline: {now} of the cases.").format(now=now)
    text = _("Within the deadline: {now} of the cases instead of {was}.")
    return text.format(now=now, was=fmt.percent(was.mean, lang))


def hours(difference: Interval, lang: str) -> str:
    """Working hours a year that a scenario takes more or less; "" where chance alone shows."""
    _ = catalog("scenarios", lang).gettext
    if difference.low <= 0 <= difference.high:
        return ""
    low, high = sorted((abs(difference.low), abs(difference.high)))
    text = (
        _("Work: {hours} less (95 % interval: {low} to {high}).")
        if difference.mean < 0
        else _("Work: {hours} more (95 % interval: {low} to {high}).")
    )
    return text.format(
        hours=fmt.hours_per_year(abs(difference.mean), lang),
        low=fmt.number(low, lang),
        high=fmt.number(high, lang),
    )


def load(unit: str, found: Load, lang: str) -> str:
    """How busy a unit is, and what that means for waiting."""
    _ = catalog("scenarios", lang).gettext
    text = {
        "": _("“{unit}” is busy {share} of its time."),
        "busy": _("“{unit}” is busy {share} of its time: from 85 % on waiting grows steeply."),
        "overloaded": _("“{unit}” is busy {share} of its time: from 95 % on waiting grows without end."),
    }[found.mark]
    return text.format(unit=unit, share=fmt.percent(found.utilisation, lang))


def replications(done: int, needed: int, wanted_days: float, lang: str) -> str:
    """How many runs were made, and whether they were enough."""
    words = catalog("scenarios", lang)
    made = words.ngettext("{n} simulated year.", "{n} simulated years.", done).format(
        n=fmt.number(done, lang, 0)
    )
    if needed <= done:
        enough = words.gettext("That is enough to know the mean to ± {days}.")
    else:
        enough = words.gettext("To know the mean to ± {days}, {needed} would be needed.")
    return f"{made} " + enough.format(days=_days(wanted_days, lang), needed=fmt.number(needed, lang, 0))


def reproduced(verdict: str, median_off: float, p90_off: float, lang: str) -> str:
    """Whether the fitted model finds the figures of its log again."""
    _ = catalog("scenarios", lang).gettext
    text = {
        "fit": _("The model finds its log again: the median within {median}, 9 of 10 within {p90}."),
        "not_fit": _(
            "Not fit for decisions: the model misses the median of its log by {median}, 9 of 10 by {p90}."
        ),
        "few_cases": _("The log has too few cases to tell whether the model can be trusted."),
    }[verdict]
    return text.format(median=_off(median_off, lang), p90=_off(p90_off, lang))


def period(begin_on: str, until_on: str, warm_up_days: float, lang: str) -> str:
    """Which time was simulated."""
    text = catalog("scenarios", lang).gettext("Simulated: {period}, after {days} that do not count.")
    return text.format(period=fmt.period(begin_on, until_on, lang), days=fmt.days(warm_up_days, lang))


def _off(share: float, lang: str) -> str:
    return fmt.percent(share, lang) if share < 10 else ">" + fmt.percent(10, lang)


def no_people(lang: str) -> str:
    """What a model without people cannot show."""
    return catalog("scenarios", lang).gettext(
        "In this model nobody queues for people, so it cannot show how more requests or other people would "
        "change the waiting."
    )


def without_times(steps: Sequence[str], lang: str) -> str:
    """Which steps have no time of work; none named: no step has one."""
    _ = catalog("scenarios", lang).gettext
    if not steps:
        return _(
            "The file does not say of any step how long the work takes; work is counted as no time, so the "
            "figures are not fit for decisions. Give the steps their times first."
        )
    said = ", ".join(_("“{step}”").format(step=step) for step in steps)
    return _(
        "The file does not say how long the work takes in: {steps}. It is counted as no time there."
    ).format(steps=said)


def staff_found(units: Sequence[tuple[str, float]], lang: str) -> str:
    """The smallest staff with which P90 keeps the deadline."""
    _ = catalog("scenarios", lang).gettext
    said = ", ".join(_("“{unit}” {n}").format(unit=unit, n=fmt.number(n, lang)) for unit, n in units)
    return _("9 of 10 cases keep the deadline with no fewer full-time posts than: {units}.").format(
        units=said
    )


def _days(days: float, lang: str) -> str:
    """Also less than a tenth of a day, which `fmt.days` does not tell apart."""
    return fmt.days(days, lang) if days >= 0.05 else fmt.minutes(days * 1440, lang)


def _signed(days: float, lang: str) -> str:
    return fmt.number(days, lang) if abs(days) >= 0.05 else fmt.number(0, lang)
