"""Numbers, shares, durations and dates as people read them in lv, lt and en; the language is a parameter."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from straume.words.catalog import LOCALES, catalog

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


class Interval(Protocol):
    """A figure with its interval and n, as `straume.lean.assess.records.Estimate` is one."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def n(self) -> int: ...


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """1234.5 → "1 234,5" (lv, lt), "1,234.5" (en). Without `decimals`: none from 10 up, below at most one."""
    places = decimals if decimals is not None else (0 if abs(value) >= 9.95 else 1)
    rounded = _half_up(value, places)
    exactly = "0" * places if decimals is not None else "#" * places
    pattern = "#,##0" + (f".{exactly}" if places else "")
    text: str = format_decimal(rounded, format=pattern, locale=LOCALES[lang])
    return text.replace("-", MINUS)


def percent(share: float, lang: str, decimals: int | None = None) -> str:
    """A share as percent: 0.38 → "38 %". One decimal under 10 % and over 99 %, so that 99.7 is not 100.

    What is more than nothing and less than a tenth of a percent is "<0.1 %", never "0 %".
    """
    value = share * 100
    if decimals is None and 0 < value < 0.05:
        return f"<{percent(0.001, lang)}"
    if decimals is None and 99.95 <= value < 100:
        return f">{percent(0.999, lang)}"
    near_edge = abs(value) < 9.95 or 99 < value < 100
    text = (
        number(value, lang, decimals)
        if decimals is not None
        else _trimmed(value, lang, 1 if near_edge else 0)
    )
    return f"{text}%" if lang == "en" else f"{text}{NBSP}%"


def days(value: float, lang: str) -> str:
    """Calendar days: "41 diena", "24 dienas", "3,5 dienas"; under a tenth of a day says so."""
    if 0 < value < 0.05:
        return catalog("format", lang).gettext("less than 0.1 days")
    return _counted(value, lang, "{n} day", "{n} days")


def working_days(value: float, lang: str) -> str:
    """Working days: "20 darba dienas", "20 darbo dienų", "2.5 working days"."""
    return _counted(value, lang, "{n} working day", "{n} working days")


def within_days(value: float, lang: str) -> str:
    """How long something took, to stand in a sentence: "41 dienā", "per 34 dienas", "in 41 days"."""
    return _counted(value, lang, "in {n} day", "in {n} days")


def minutes(value: float, lang: str) -> str:
    """Minutes of work: 144 → "2 h 24 min", 24 → "24 min", from 100 hours on whole hours."""
    words = catalog("format", lang)
    if 0 < value < 0.5:
        return words.gettext("less than a minute")
    if abs(value) >= 6_000:
        return words.gettext("{hours} h").format(hours=number(value / 60, lang, 0))
    whole = int(round(abs(value), 6) + 0.5)  # half up, as everywhere; days turned into minutes are not exact
    sign = MINUS if value < 0 and whole else ""
    hours_part, minutes_part = divmod(whole, 60)
    if not hours_part:
        text = words.gettext("{minutes} min").format(minutes=minutes_part)
    elif not minutes_part:
        text = words.gettext("{hours} h").format(hours=hours_part)
    else:
        text = words.gettext("{hours} h {minutes} min").format(hours=hours_part, minutes=minutes_part)
    return sign + text.replace(" ", NBSP)


def hours(value: float, lang: str) -> str:
    """Hours in words: "137 stundas", "137 valandos", "137 hours"."""
    return _counted(value, lang, "{n} hour", "{n} hours")


def hours_per_year(value: float, lang: str) -> str:
    """Working hours a year: "137 stundas gadā", "137 valandos per metus", "137 hours a year"."""
    return _counted(value, lang, "{n} hour a year", "{n} hours a year")


def date(day: str | dt.date, lang: str) -> str:
    """A day: "2018. gada 1. janvāris", "2018 m. sausio 1 d.", "1 January 2018"."""
    text: str = format_date(_day(day), format="long", locale=LOCALES[lang])
    return text


# one pattern for what ends the first day, one for the second: in one month, in one year, over years
PERIODS = {
    "en": (("d", "d MMMM y"), ("d MMMM", "d MMMM y")),
    "lv": (("y. 'gada' d.", "d. MMMM"), ("y. 'gada' d. MMMM", "d. MMMM")),
    "lt": (("y 'm'. MMMM d", "d 'd'."), ("y 'm'. MMMM d 'd'.", "MMMM d 'd'.")),
}


def period(first: str | dt.date, last: str | dt.date, lang: str) -> str:
    """From one day to another, both within; the year and the month that they share are said once."""
    start, end = _day(first), _day(last)
    if start == end:
        return date(start, lang)
    if start.year != end.year:
        return f"{date(start, lang)} – {date(end, lang)}"
    in_one_month = start.month == end.month
    left, right = PERIODS[lang][0 if in_one_month else 1]
    dash = "–" if in_one_month else " – "
    locale = LOCALES[lang]
    return f"{format_date(start, left, locale=locale)}{dash}{format_date(end, right, locale=locale)}"


def weekdays(first: int, last: int, lang: str) -> str:
    """From one weekday to another, 0 is Monday: "Monday – Friday", "Pirmdiena – piektdiena"; alone: "Sunday".

    It begins a line: in lv and lt a weekday is written small but for its first letter there.
    """
    names = get_day_names("wide", context="format", locale=LOCALES[lang])
    said = names[first] if first == last else f"{names[first]} – {names[last]}"
    return said[:1].upper() + said[1:]


def interval(estimate: Interval, lang: str, *, as_percent: bool = False) -> str:
    """The 95 % interval: "39–44", "33–43 %"; "at least 39" where it has no upper end; "" if unknown."""
    if estimate.low is None:
        return ""
    shown = [
        None if end is None else _trimmed_end(end, estimate, as_percent, lang)
        for end in (estimate.low, estimate.high)
    ]
    if shown[1] is None:
        text = catalog("format", lang).gettext("at least {low}").format(low=shown[0])
    else:
        text = f"{shown[0]}–{shown[1]}"
    return text + (("" if lang == "en" else NBSP) + "%" if as_percent else "")


def sample(n: int, lang: str) -> str:
    """How many a figure rests on: "n = 1 434"."""
    return f"n{NBSP}={NBSP}{number(n, lang, 0)}"


def _half_up(value: float, places: int) -> float:
    """Rounded as a spreadsheet does: 72.5 → 73, also where 0.575 × 100 is 57.499999999999993."""
    near = Decimal(repr(round(float(value), 9)))  # a NumPy float spells its type
    return float(near.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)) + 0.0  # + 0.0: no −0


def _sensible(value: float) -> float:
    return _half_up(value, 0 if abs(value) >= 9.95 else 1)


def _trimmed(value: float, lang: str, places: int) -> str:
    pattern = "#,##0" + ("." + "#" * places if places else "")
    text: str = format_decimal(_half_up(value, places), format=pattern, locale=LOCALES[lang])
    return text.replace("-", MINUS)


def _trimmed_end(end: float, estimate: Interval, as_percent: bool, lang: str) -> str:
    scale = 100 if as_percent else 1
    fine = abs(estimate.value * scale) < 9.95 or (as_percent and estimate.value * scale > 99)
    return _trimmed(end * scale, lang, 1 if fine else 0)


def _counted(value: float, lang: str, one: str, many: str) -> str:
    """A number with its word; what is not whole has a form of its own (2,5 dienos), context "fraction"."""
    words, sensible = catalog("format", lang), _sensible(value)
    if sensible == int(sensible):
        pattern = words.ngettext(one, many, abs(int(sensible)))
    else:
        pattern = words.pgettext("fraction", many)
    return pattern.format(n=number(value, lang))


def _day(day: str | dt.date) -> dt.date:
    return day if isinstance(day, dt.date) else dt.date.fromisoformat(day[:10])
