"""Two municipalities before and after a unit is shared: a sentence for each, bars, a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from straume.web.reports.pictures.ink import page as page_ink
from straume.web.reports.pictures.scenario_bars import Bar, Mark, scenario_bars
from straume.web.studies.pool_analysis import Beside, Pooled
from straume.web.studies.scenario_page import MARKS, difference, interval
from straume.words import format as words_format
from straume.words import what_if as words

SHOWN = {"median": words_format.number, "p90": words_format.number, "within": words_format.percent}


@dataclass(frozen=True)
class PlaceShown:
    name: str
    sentence: str
    pictures: tuple[SafeString, ...]
    rows: tuple[tuple[str, str, str, str], ...]  # figure, apart, together, difference


@dataclass(frozen=True)
class Shown:
    places: tuple[PlaceShown, ...]
    loads: SafeString


def shown(found: Pooled, lang: str) -> Shown:
    places = []
    for number, (name, figures) in enumerate(found.places.items()):
        told = [one for one in figures if one.figure in SHOWN]
        median = next(one for one in told if one.figure == "median")
        places.append(
            PlaceShown(
                name,
                words.as_one_unit(median.difference, lang),
                tuple(_picture(one, number, lang) for one in told),
                tuple(_row(one, lang) for one in told),
            )
        )
    return Shown(tuple(places), _loads(found, lang))


def _row(one: Beside, lang: str) -> tuple[str, str, str, str]:
    write = SHOWN[one.figure]
    return (
        words.label(one.figure, lang),
        interval(one.apart, write, lang),
        interval(one.together, write, lang),
        difference(one.difference, one.figure, lang),
    )


def _picture(one: Beside, number: int, lang: str) -> SafeString:
    """Every word in it is escaped where it is drawn."""
    write, bars = SHOWN[one.figure], []
    for label, found in ((_("Each alone"), one.apart), (_("As one unit"), one.together)):
        value, low, high = (write(end, lang) for end in (found.mean, found.low, found.high))
        told = words.bar(label, value, low, high, lang)
        bars.append(Bar(label, found.mean, found.low, found.high, value, told))
    heading, name = words.label(one.figure, lang), f"pool-{number}-{one.figure}"
    svg = scenario_bars(
        bars, name=name, heading=heading, title=words.picture(heading, lang), ink=page_ink(name)
    )
    return mark_safe(svg)  # noqa: S308


def _loads(found: Pooled, lang: str) -> SafeString:
    bars = []
    for unit, one in (*found.apart.items(), *found.together.items()):
        text = words_format.percent(one.utilisation, lang)
        bars.append(Bar(unit, one.utilisation, one.utilisation, one.utilisation, text, f"{unit}: {text}."))
    svg = scenario_bars(
        bars,
        name="pool-load",
        heading=_("How busy the units are"),
        title=_("How busy the units are"),
        ink=page_ink("pool-load"),
        marks=[Mark(at, words.mark(at, lang)) for at in MARKS],
        top=1.0,
    )
    return mark_safe(svg)  # noqa: S308
