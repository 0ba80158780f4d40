"""One sentence for a scenario, whether its model holds, and what searches found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from straume.words import format as fmt
from straume.words.catalog import catalog, known
from straume.words.scenarios import Interval

HOURS_BELOW_DAYS = 0.5  # shorter differences are told in hours


class Coded(Protocol):
    """A change as the library tells it."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


def sentence(told: Sequence[Coded], name: str, median_days: Interval, lang: str) -> str:
    """What the changes make of the usual case, with the 95 % interval.

    Without “Paraksta” the usual case takes 6 days less (5 to 7).
    """
    lang = known(lang)
    return _outcome(_with_what(told, name, lang), median_days, lang)


def as_one_unit(median_days: Interval, lang: str) -> str:
    """What a shared unit makes of the usual case of one place."""
    lang = known(lang)
    return _outcome(catalog("what_if", lang).gettext("With one unit for both"), median_days, lang)


def _outcome(what: str, median_days: Interval, lang: str) -> str:
    words = catalog("what_if", lang)
    by_chance = median_days.low <= 0 <= median_days.high
    if by_chance and max(abs(median_days.low), abs(median_days.high)) < 0.005:
        return words.gettext("{what} the usual case takes as long as now.").format(what=what)
    small = abs(median_days.mean) < HOURS_BELOW_DAYS
    scale = 24.0 if small else 1.0
    if by_chance:
        text = (
            words.gettext(
                "{what} the usual case takes as long as now, as far as can be told ({low} to {high} hours)."
            )
            if small
            else words.gettext(
                "{what} the usual case takes as long as now, as far as can be told ({low} to {high} days)."
            )
        )
        low, high = median_days.low * scale, median_days.high * scale
        return text.format(what=what, low=_signed(low, lang), high=_signed(high, lang))
    low, high = sorted((abs(median_days.low) * scale, abs(median_days.high) * scale))
    text = (
        words.gettext("{what} the usual case takes {less} ({low} to {high}).")
        if median_days.mean < 0
        else words.gettext("{what} the usual case takes {more} ({low} to {high}).")
    )
    how_much = _how_much(abs(median_days.mean) * scale, median_days.mean < 0, small, lang)
    fine = fmt.number(low, lang) == fmt.number(high, lang)  # an interval is told, however narrow
    ends = {
        "low": fmt.number(low, lang, 2 if fine else None),
        "high": fmt.number(high, lang, 2 if fine else None),
    }
    return text.format(what=what, less=how_much, more=how_much, **ends)


def _with_what(told: Sequence[Coded], name: str, lang: str) -> str:
    """Without these steps; or with what is planned, by its name."""
    words = catalog("what_if", lang)
    taken = [one.params["step"] for one in told if one.code == "take_out"]
    if taken and len(taken) == len(told):
        quoted = [words.gettext("“{name}”").format(name=step) for step in taken]
        if len(quoted) == 1:
            return words.gettext("Without {step}").format(step=quoted[0])
        return words.gettext("Without {steps} and {last}").format(
            steps=", ".join(quoted[:-1]), last=quoted[-1]
        )
    if name:
        return words.gettext("With “{name}”").format(name=name)
    return words.ngettext("With this change", "With these changes", len(told))


def _how_much(value: float, is_less: bool, hours: bool, lang: str) -> str:
    """ "6 days less" in the case that the sentence asks for."""
    words = catalog("what_if", lang)
    shown = round(value) if value >= 9.95 else round(value, 1)
    key, whole = (is_less, hours), int(shown)
    if shown == whole:
        pattern = {
            (True, False): words.ngettext("{n} day less", "{n} days less", whole),
            (False, False): words.ngettext("{n} day more", "{n} days more", whole),
            (True, True): words.ngettext("{n} hour less", "{n} hours less", whole),
            (False, True): words.ngettext("{n} hour more", "{n} hours more", whole),
        }[key]
    else:
        pattern = {
            (True, False): words.pgettext("fraction", "{n} days less"),
            (False, False): words.pgettext("fraction", "{n} days more"),
            (True, True): words.pgettext("fraction", "{n} hours less"),
            (False, True): words.pgettext("fraction", "{n} hours more"),
        }[key]
    return pattern.format(n=fmt.number(value, lang))


def _signed(value: float, lang: str) -> str:
    return fmt.number(value if abs(value) >= 0.05 else 0.0, lang)


def verdict(kind: str, within: float, lang: str) -> str:
    """Whether figures of the model may carry a decision."""
    _ = catalog("what_if", known(lang)).gettext
    text = {
        "fit": _("The model reproduces your last year to within {within}."),
        "not_fit": _("Not fit for decisions: the model misses your last year by {within}."),
        "few_cases": _("The log has too few cases to tell whether the model holds."),
    }[kind]
    return text.format(within=_off(within, lang))


def not_checked(lang: str) -> str:
    return catalog("what_if", known(lang)).gettext(
        "Only people have told of this work: nothing could be checked against a log. Take the differences as "
        "a direction, not as a promise."
    )


def tested(
    median: tuple[float, float], p90: tuple[float, float], bounds: tuple[float, float], runs: int, lang: str
) -> str:
    """How the verdict was reached: seen and simulated days of both figures, and the bounds."""
    _ = catalog("what_if", known(lang)).gettext
    text = _(
        "Tested on the log: half of the cases {median_seen} as seen, {median_made} as simulated (bound "
        "{median}), 9 of 10 {p90_seen} and {p90_made} (bound {p90}), over {runs} runs. The "
        "bounds were fixed before."
    )
    return text.format(
        median_seen=fmt.within_days(median[0], lang),
        median_made=fmt.within_days(median[1], lang),
        median=fmt.percent(bounds[0], lang),
        p90_seen=fmt.within_days(p90[0], lang),
        p90_made=fmt.within_days(p90[1], lang),
        p90=fmt.percent(bounds[1], lang),
        runs=fmt.number(runs, lang, 0),
    )


def _off(share: float, lang: str) -> str:
    return fmt.percent(share, lang) if share < 10 else ">" + fmt.percent(10, lang)


def staff_search(days: float, clock: str, proven: bool, lang: str) -> str:
    """What the search for the smallest staff asked, and how sure the answer is."""
    _ = catalog("what_if", known(lang)).gettext
    limit = fmt.days(days, lang) if clock == "calendar" else fmt.working_days(days, lang)
    if proven:
        return _(
            "Asked: 9 of 10 cases answered within {limit}. No staff with fewer posts in all does it."
        ).format(limit=limit)
    return _("Asked: 9 of 10 cases answered within {limit}. The search was cut short; fewer may do.").format(
        limit=limit
    )


def front(best: int, tried: int, lang: str) -> str:
    words = catalog("what_if", known(lang))
    text = words.ngettext(
        "Of {tried} ways to work {best} is beaten by no other: none takes fewer hours and answers sooner.",
        "Of {tried} ways to work {best} are beaten by no other: none takes fewer hours and answers sooner.",
        best,
    )
    return text.format(tried=fmt.number(tried, lang, 0), best=fmt.number(best, lang, 0))


def picture(figure: str, lang: str) -> str:
    """The name of the picture of one figure."""
    text = catalog("what_if", known(lang)).gettext("{figure}: now and with the changes, 95 % intervals")
    return text.format(figure=figure)


def bar(label: str, value: str, low: str, high: str, lang: str) -> str:
    """One bar in words."""
    text = catalog("what_if", known(lang)).gettext("{label}: {value} ({low} to {high}).")
    return text.format(label=label, value=value, low=low, high=high)


def mark(share: float, lang: str) -> str:
    """What the lines in the picture of utilisation mean."""
    _ = catalog("what_if", known(lang)).gettext
    return {0.85: _("from 85 % on waiting grows steeply"), 0.95: _("from 95 % on without end")}[share]


def label(key: str, lang: str) -> str:
    _ = catalog("what_if", known(lang)).gettext
    return {
        "now": _("Now"),
        "after": _("With the changes"),
        "median": _("Half of the cases within, days"),
        "p90": _("9 of 10 within, days"),
        "within": _("Within the deadline"),
        "hours": _("Hours of work a year"),
        "in_progress": _("Cases open at a time"),
        "load": _("How busy: {unit}"),
        "hours_of_people": _("Open hours of people a year"),
    }[key]
