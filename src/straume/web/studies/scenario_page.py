"""What the page of scenarios shows: sentences, bars before and after, the table beside them, the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from straume.lean.errors import Problem
from straume.web.reports.pictures.ink import page as page_ink
from straume.web.reports.pictures.scenario_bars import Bar, Mark, scenario_bars
from straume.web.studies import sentences
from straume.web.studies.figures import Column, Table
from straume.web.studies.scenario_analysis import Answer, Estimate, Reproduction, UnitLoad
from straume.words import changes as change_words
from straume.words import format as words_format
from straume.words import scenarios as scenario_words
from straume.words import what_if as words

Write = Callable[[float, str], str]
FIGURES: tuple[tuple[str, str, Write], ...] = (
    ("median", "median_days", words_format.number),
    ("p90", "p90_days", words_format.number),
    ("within", "within_deadline", words_format.percent),
    ("hours", "hours_a_year", words_format.number),
    ("in_progress", "work_in_progress", words_format.number),
)
MARKS = (0.85, 0.95)


@dataclass(frozen=True)
class Row:
    """One figure of the table: as it is now, and for each plan the figure with its difference."""

    label: str
    now: str
    plans: tuple[tuple[str, str], ...]  # figure, difference with its interval


@dataclass(frozen=True)
class Told:
    """One plan in words."""

    name: str
    sentence: str
    changes: tuple[str, ...]
    refused: tuple[str, ...]
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The answer to what was asked."""

    plans: tuple[Told, ...]
    pictures: tuple[SafeString, ...]
    rows: tuple[Row, ...]
    names: tuple[str, ...]
    loads: tuple[str, ...]
    runs: str


@dataclass(frozen=True)
class Verdict:
    """Whether the model holds, and how that was found."""

    sentence: str
    tested: str = ""
    is_fit: bool = False


def shown(answer: Answer, names: Sequence[str], lang: str) -> Shown:
    """Everything about one or several plans; `names` – of the plans, "" for one that is being tried."""
    titles = [name or words.label("after", lang) for name in names]
    return Shown(
        plans=tuple(told(answer, at, name, lang) for at, name in enumerate(names)),
        pictures=tuple(pictures(answer, titles, lang)),
        rows=tuple(rows(answer, lang)),
        names=tuple(titles),
        loads=tuple(loads(answer, lang)),
        runs=runs(answer, lang),
    )


def told(answer: Answer, at: int, name: str, lang: str) -> Told:
    changed, difference = answer.changed[at], answer.comparison.differences[at]
    sentence = words.sentence(changed.told, name, difference.median_days, lang) if changed.told else ""
    more = [
        scenario_words.hours(difference.hours_a_year, lang) if difference.hours_a_year else "",
    ]
    return Told(
        name,
        sentence,
        tuple(change_words.sentence(one, lang) for one in changed.told),
        tuple(problem_told(one, lang) for one in changed.refused),
        tuple(text for text in more if text and changed.told),
    )


def problem_told(problem: Problem, lang: str) -> str:
    said = sentences.problem(problem, lang)
    return f"{said.sentence} {said.advice}".strip()


def pictures(answer: Answer, titles: Sequence[str], lang: str) -> list[SafeString]:
    """One for each figure, then one for each unit with people."""
    labels = [words.label("now", lang), *titles]
    made = []
    for key, name, write in FIGURES:
        found = [getattr(scenario, name) for scenario in answer.comparison.scenarios]
        if all(one is not None for one in found):
            bars = [_bar(label, one, write, lang) for label, one in zip(labels, found, strict=True)]
            made.append(_picture(key, words.label(key, lang), bars, lang))
    for number, unit in enumerate(_units(answer)):
        shares = [scenario.units.get(unit) for scenario in answer.comparison.scenarios]
        bars = [_load_bar(label, one, lang) for label, one in zip(labels, shares, strict=True)]
        marks = [Mark(at, words.mark(at, lang)) for at in MARKS]
        title = words.label("load", lang).format(unit=unit)
        made.append(_picture(f"load-{number}", title, bars, lang, marks, top=1.0))
    return made


def _bar(label: str, found: Estimate, write: Write, lang: str) -> Bar:
    value, low, high = (write(end, lang) for end in (found.mean, found.low, found.high))
    return Bar(label, found.mean, found.low, found.high, value, words.bar(label, value, low, high, lang))


def _load_bar(label: str, load: UnitLoad | None, lang: str) -> Bar:
    share = load.utilisation if load else 0.0
    text = words_format.percent(share, lang)
    return Bar(label, share, share, share, text, f"{label}: {text}.")


def _picture(
    key: str,
    title: str,
    bars: Sequence[Bar],
    lang: str,
    marks: Sequence[Mark] = (),
    top: float | None = None,
) -> SafeString:
    """Every word in it is escaped where it is drawn."""
    name = f"scenario-{key}"
    named = words.picture(title, lang)
    svg = scenario_bars(bars, name=name, heading=title, title=named, ink=page_ink(key), marks=marks, top=top)
    return mark_safe(svg)  # noqa: S308


def _units(answer: Answer) -> list[str]:
    return list(dict.fromkeys(unit for scenario in answer.comparison.scenarios for unit in scenario.units))


def rows(answer: Answer, lang: str) -> list[Row]:
    compared = answer.comparison
    made = []
    for key, name, write in FIGURES:
        first = getattr(compared.scenarios[0], name)
        if first is None:
            continue
        plans = tuple(
            (
                interval(getattr(scenario, name), write, lang),
                difference(getattr(less, name), key, lang),
            )
            for scenario, less in zip(compared.scenarios[1:], compared.differences, strict=True)
        )
        made.append(Row(words.label(key, lang), interval(first, write, lang), plans))
    for unit in _units(answer):
        shares = [scenario.units.get(unit) for scenario in compared.scenarios]
        texts = [words_format.percent(one.utilisation, lang) if one else "–" for one in shares]
        label = words.label("load", lang).format(unit=unit)
        made.append(Row(label, texts[0], tuple((text, "") for text in texts[1:])))
    return made


def interval(found: Estimate, write: Write, lang: str) -> str:
    """ "34 (33–35)" """
    value, low, high = (write(end, lang) for end in (found.mean, found.low, found.high))
    return value if low == high == value else f"{value} ({low}–{high})"


def difference(found: Estimate, key: str, lang: str) -> str:
    """ "−4.5 (−4.6 … −4.4)"; of shares in percentage points."""
    scale = 100.0 if key == "within" else 1.0
    value, low, high = (_signed(end * scale, lang) for end in (found.mean, found.low, found.high))
    text = f"{value} ({low} … {high})"
    return _("%(difference)s percentage points") % {"difference": text} if key == "within" else text


def _signed(value: float, lang: str) -> str:
    text = words_format.number(value, lang)
    if text.strip("0,.") in ("", words_format.MINUS):
        return words_format.number(0, lang)
    return f"+{text}" if value > 0 else text


def loads(answer: Answer, lang: str) -> list[str]:
    """Units that are busy or overloaded, in the last plan that was asked for."""
    marked = [(unit, load) for unit, load in answer.comparison.scenarios[-1].units.items() if load.mark]
    return [scenario_words.load(unit, load, lang) for unit, load in marked]


def runs(answer: Answer, lang: str) -> str:
    compared = answer.comparison
    needed = [compared.replications_needed, *(one.replications_needed for one in compared.differences)]
    return scenario_words.replications(compared.replications, max(needed), compared.wanted_days, lang)


def as_table(answer: Answer, names: Sequence[str], lang: str) -> Table:
    """The same as a file: figures as numbers, each with the ends of its interval."""
    titles = [words.label("now", lang), *(name or words.label("after", lang) for name in names)]
    columns = [Column("figure", _("Figure"), "text")]
    for at, title in enumerate(titles):
        columns.append(Column(f"value-{at}", title, "number"))
        columns.append(Column(f"low-{at}", _("%(name)s, from") % {"name": title}, "number"))
        columns.append(Column(f"high-{at}", _("%(name)s, to") % {"name": title}, "number"))
    table_rows = []
    for key, name, _write in FIGURES:
        found = [getattr(scenario, name) for scenario in answer.comparison.scenarios]
        if found[0] is not None:
            cells = [end for one in found for end in (one.mean, one.low, one.high)]
            table_rows.append((words.label(key, lang), *cells))
    for unit in _units(answer):
        shares = [scenario.units.get(unit) for scenario in answer.comparison.scenarios]
        cells = [end for one in shares for end in ((one.utilisation if one else None), None, None)]
        table_rows.append((words.label("load", lang).format(unit=unit), *cells))
    return Table("scenarios", _("What if"), tuple(columns), tuple(table_rows))


def verdict(found: Reproduction | None, lang: str) -> Verdict:
    """In words; None: there is no log that it could be checked against."""
    if found is None:
        return Verdict(words.not_checked(lang))
    tested = words.tested(
        (found.median.seen_days, found.median.simulated_days),
        (found.p90.seen_days, found.p90.simulated_days),
        (found.median_bound, found.p90_bound),
        found.replications,
        lang,
    )
    return Verdict(words.verdict(found.verdict, found.within, lang), tested, found.verdict == "fit")
