"""The results of a wave as the page shows them: sentences, tables, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.lean.protect import SMALLEST_GROUP
from straume.web.needs.analysis import (
    ChoiceFigure,
    QuestionFigure,
    Read,
)
from straume.web.reports import pictures
from straume.web.reports.pictures.ink import Ink
from straume.web.reports.pictures.scenario_bars import Bar
from straume.web.reports.pictures.survey_bars import survey_bars
from straume.words import format as words_format

FEWEST = SMALLEST_GROUP


@dataclass(frozen=True)
class Line:
    """One row of a table of figures, in words."""

    label: str
    value: str  # "" where it is hidden
    interval: str
    n: int
    key: str = ""  # of its question, where it has a page


@dataclass(frozen=True)
class Shown:
    """A question (or the rows of a matrix) with its picture and its table."""

    code: str
    key: str  # of the question's own page; "" for a matrix, whose rows have their own
    title: str
    unit: str
    n: str
    lines: tuple[Line, ...]
    picture: SafeString
    note: str = ""
    few: bool = False


def drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - drawn by us, every word in it escaped


def about(data: Read, lang: str) -> list[str]:
    """How many answered, of whom, and how the figures are weighted."""
    weighting = data.weighting
    said = [_answers(data.n, lang)]
    if data.invited:
        rate = words_format.percent(sum(data.turnout.values()) / data.invited, lang)
        said.append(
            _("Of %(invited)s invited %(rate)s answered.")
            % {"invited": words_format.number(data.invited, lang, 0), "rate": rate}
        )
    if weighting.is_weighted:
        people = words_format.number(weighting.people, lang, 0)
        said.append(
            _("Weighted to the staff of each municipality: the figures speak for %(people)s people.")
            % {"people": people}
        )
    elif weighting.without_people:
        names = ", ".join(data.place_name(place) for place in weighting.without_people)
        said.append(_("Not weighted: the number of staff is missing for %(places)s.") % {"places": names})
    else:
        said.append(_("Not weighted: no staff numbers are written down for this wave."))
    if weighting.without_answers:
        names = ", ".join(data.place_name(place) for place in weighting.without_answers)
        said.append(
            _("Nobody answered in: %(places)s. The figures do not speak for them.") % {"places": names}
        )
    return said


def how_weighted(data: Read, lang: str) -> list[str]:
    """What stands behind the weights, for those who ask."""
    from straume.web.needs.analysis.figures import weight_effect

    weighting, said = data.weighting, []
    for stratum in weighting.collapsed:
        names = ", ".join(data.place_name(place) for place in stratum.places)
        said.append(_("Too few answers each, so weighted together: %(places)s.") % {"places": names})
    if weighting.without_place >= 5:
        number = words_format.number(weighting.without_place, lang, 0)
        said.append(
            _(
                "%(number)s answers do not say their municipality; they stand for a part of each in "
                "their country."
            )
            % {"number": number}
        )
    if weighting.too_few_people:
        names = ", ".join(data.place_name(place) for place in weighting.too_few_people)
        said.append(
            _("More answers than staff were counted in: %(places)s. Check the staff numbers.")
            % {"places": names}
        )
    if weighting.is_weighted:
        effect = words_format.number(weight_effect(data), lang, 2)
        said.append(_("Design effect of the weights (Kish): %(effect)s.") % {"effect": effect})
    said += [
        _(
            "Intervals are those of 95 %, for shares Wilson’s, with finite population and weights taken "
            "into account."
        ),
        _("A group of fewer than five is not shown, nor what would give it away by subtraction."),
    ]
    return said


def _answers(n: int, lang: str) -> str:
    return ngettext("%(n)s sheet of answers.", "%(n)s sheets of answers.", n) % {
        "n": words_format.number(n, lang, 0)
    }


def questions_shown(found: Sequence[QuestionFigure], lang: str, ink: Any = pictures.page) -> list[Shown]:
    """Each question; the rows of a matrix together."""
    shown: list[Shown] = []
    at = 0
    while at < len(found):
        first = found[at]
        name = first.question.item.name
        rows = [one for one in found[at:] if one.question.item.name == name]
        pen = ink(f"q{len(shown)}")
        shown.append(_matrix(rows, lang, pen) if first.question.row else _single(first, lang, pen))
        at += len(rows)
    return shown


def _single(one: QuestionFigure, lang: str, ink: Ink) -> Shown:
    question, title = one.question, one.question.label
    if one.few:
        return Shown(question.key, question.key, title, "", few(), (), drawn(""), few=True)
    n = words_format.sample(one.n, lang)
    if question.item.type == "rank":
        lines, bars = _places(one, lang)
        scale = (1.0, float(len(question.cells)))
        unit, dots = _("Mean place, 1 is the first"), True
    elif question.item.type == "number" and one.mean:
        lines = [Line(_("Mean"), number(one.mean.value, lang), words_format.interval(one.mean, lang), one.n)]
        return Shown(question.key, question.key, title, _("Mean"), n, tuple(lines), drawn(""))
    else:
        lines, bars = _shares(one.choices, lang)
        scale, unit, dots = (0.0, 1.0), _("Weighted share of answers"), False
    svg = survey_bars(bars, name=_svg_name(question.key), title=title, ink=ink, scale=scale, dots=dots)
    return Shown(question.key, question.key, title, unit, n, tuple(lines), drawn(svg), note=_note(one, lang))


def _matrix(rows: Sequence[QuestionFigure], lang: str, ink: Ink) -> Shown:
    item, scale = rows[0].question.item, rows[0].question.ends
    lines, bars = [], []
    for one in rows:
        label = one.question.label
        if one.few or one.mean is None:
            lines.append(Line(label, "", "", one.n, one.question.key))
            continue
        value, interval = number(one.mean.value, lang), words_format.interval(one.mean, lang)
        lines.append(Line(label, value, interval, one.n, one.question.key))
        told = f"{label}: {value} ({interval})."
        bars.append(Bar(label, one.mean.value, one.mean.low, one.mean.high, value, told))
    unit = _("Mean on the scale from %(low)s to %(high)s") % scale_words(scale, lang)
    svg = survey_bars(bars, name=_svg_name(item.name), title=item.said(), ink=ink, scale=scale, dots=True)
    none = all(one.few for one in rows)
    n = few() if none else _sample([one.n for one in rows if not one.few], lang)
    return Shown(item.name, "", item.said(), unit, n, tuple(lines), drawn(svg), few=none)


def _sample(numbers: Sequence[int], lang: str) -> str:
    """The rows of a matrix are answered by more and by fewer: from … to."""
    least, most = (words_format.number(end, lang, 0) for end in (min(numbers), max(numbers)))
    return words_format.sample(max(numbers), lang) if least == most else f"n = {least}–{most}"


def _shares(choices: Sequence[ChoiceFigure], lang: str) -> tuple[list[Line], list[Bar]]:
    lines, bars = [], []
    for choice in choices:
        if choice.share is None:
            lines.append(Line(choice.label, "", "", 0))
            continue
        value = words_format.percent(choice.share.value, lang)
        interval = words_format.interval(choice.share, lang, as_percent=True)
        lines.append(Line(choice.label, value, interval, choice.share.n))
        told = f"{choice.label}: {value} ({interval})."
        bars.append(Bar(choice.label, choice.share.value, choice.share.low, choice.share.high, value, told))
    return lines, bars


def _places(one: QuestionFigure, lang: str) -> tuple[list[Line], list[Bar]]:
    lines, bars = [], []
    for choice in one.choices:
        mean = choice.mean_place
        if mean is None:
            lines.append(Line(choice.label, "", "", 0))
            continue
        value, interval = number(mean.value, lang), words_format.interval(mean, lang)
        lines.append(Line(choice.label, value, interval, mean.n))
        bars.append(
            Bar(
                choice.label, mean.value, mean.low, mean.high, value, f"{choice.label}: {value} ({interval})."
            )
        )
    return lines, bars


def _note(one: QuestionFigure, lang: str) -> str:
    said = []
    if one.mean is not None:
        said.append(
            _("Mean %(mean)s (%(interval)s) on the scale from %(low)s to %(high)s.")
            % {
                "mean": number(one.mean.value, lang),
                "interval": words_format.interval(one.mean, lang),
                **scale_words(one.question.ends, lang),
            }
        )
    if one.cannot_say:
        said.append(_("%(n)s could not say.") % {"n": words_format.number(one.cannot_say, lang, 0)})
    return " ".join(said)


def scale_words(scale: tuple[float, float], lang: str) -> dict[str, str]:
    return {"low": words_format.number(scale[0], lang), "high": words_format.number(scale[1], lang)}


def number(value: float, lang: str) -> str:
    return words_format.number(value, lang, 1)


def _svg_name(key: str) -> str:
    return "survey-" + "".join(letter if letter.isalnum() else "-" for letter in key.lower())


def few() -> str:
    return _("fewer than five")


def few_or_hidden() -> str:
    """For a cell that is hidden itself, or lest another be had by subtraction."""
    return _("not shown (fewer than five, or it would tell)")
