"""Results as files: CSV, XLSX, and a PDF that everybody can read; as rounded as the page says them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from straume.web.needs import analysis, results_needs, results_page
from straume.web.needs.analysis import AskedFigure, Breakdown, QuestionFigure, Read
from straume.web.needs.models import Need
from straume.web.places.lists import Cell, as_file
from straume.web.reports import pictures, render
from straume.words import format as words_format
from straume.words import reports as report_words

FILES = ("csv", "xlsx", "pdf")
Table = list[list[Cell]]
Number = Callable[[float, int], Cell]


def result_file(
    data: Read, *, form: str, lang: str, today: date, split: Breakdown | None = None
) -> HttpResponse:
    name = f"survey-{data.wave.pk}"
    if form == "pdf":
        response = HttpResponse(pdf(data, lang=lang, today=today), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="straume-{name}-{today.isoformat()}.pdf"'
        return response
    if split:
        table = split_table(data, split, form=form, lang=lang)
    else:
        table = whole_table(data, form=form, lang=lang)
    return as_file(table, form, name=name, title=_("Results"), today=today)


def whole_table(data: Read, *, form: str, lang: str) -> Table:
    """One row per figure: question, answer, figure, value, ends of its interval, n; then its origin."""
    number = _as_numbers if form == "xlsx" else partial(_as_words, lang)
    rows: Table = [[_("Question"), *_headings()]]
    for kind, found in analysis.ranked(data).items():
        for one in found:
            figure = _("Need, points of 100 (%(kind)s)") % {"kind": Need.Kind(kind).label}
            ends = [number(value, 0) for value in (one.need, one.low, one.high)]
            rows.append([one.label, "", figure, *ends, one.n])
            rows.append([one.label, "", _("Importance"), number(one.importance, 1), "", "", one.n])
            rows.append([one.label, "", _("How it is today"), number(one.present, 1), "", "", one.n])
            place = _("Place among its kind (95 %)")
            rows.append([one.label, "", place, "", one.rank_low, one.rank_high, one.n])
    for question in analysis.figures(data):
        rows += _question_rows(question, number)
    return [*rows, *about_rows(data, lang, len(rows[0]))]


def _question_rows(one: QuestionFigure, number: Number) -> Table:
    asked = " ".join(part for part in (one.question.above, one.question.label) if part)
    if one.few:
        return [[asked, "", "", results_page.few(), "", "", ""]]
    rows: Table = []
    if one.mean is not None:
        rows.append([asked, "", _("Mean"), *_ends(one.mean, number, 1, 1)])
    if not any(choice.share or choice.mean_place for choice in one.choices) and one.mean is not None:
        return rows
    place = one.question.item.type == "rank"
    for choice in one.choices:
        figure = choice.mean_place if place else choice.share
        name = _("Mean place, 1 is the first") if place else _("Weighted share of answers, %")
        if figure is None:
            rows.append([asked, choice.label, name, results_page.few_or_hidden(), "", "", ""])
        else:
            rows.append([asked, choice.label, name, *_ends(figure, number, 1 if place else 100, 1)])
    return rows


def _ends(figure: AskedFigure, number: Number, times: float, decimals: int) -> list[Cell]:
    ends = [number(value * times, decimals) for value in (figure.value, figure.low, figure.high)]
    return [*ends, figure.n]


def split_table(data: Read, split: Breakdown, *, form: str, lang: str) -> Table:
    """One row per group and choice."""
    number = _as_numbers if form == "xlsx" else partial(_as_words, lang)
    rows: Table = [[_("Group"), *_headings()]]
    hidden = results_page.few_or_hidden()
    is_place = split.question.item.type == "rank"
    figure = _("Mean place, 1 is the first") if is_place else _("Weighted share of answers, %")
    times = 1 if is_place else 100
    for row in split.rows:
        if row.n is None:
            rows.append([row.group.label, "", "", hidden, "", "", ""])
        elif row.n and split.columns:
            for label, share in zip(split.columns, row.shares, strict=True):
                cells = _ends(share, number, times, 1) if share else [hidden, "", "", row.n]
                rows.append([row.group.label, label, figure, *cells])
        elif row.n and row.mean:
            rows.append([row.group.label, "", _("Mean"), *_ends(row.mean, number, 1, 1)])
    rows.append([_("Question"), split.question.label, "", "", "", "", ""])
    return [*rows, *about_rows(data, lang, len(rows[0]))]


def _headings() -> list[Cell]:
    return [
        _("Answer"),
        _("Figure"),
        pgettext("of a figure", "Value"),
        _("From (95 %)"),
        _("To (95 %)"),
        _("Answers (n)"),
    ]


def _as_numbers(value: float, decimals: int) -> Cell:
    return round(value, decimals)


def _as_words(lang: str, value: float, decimals: int) -> Cell:
    """With the decimal comma of the language."""
    return words_format.number(value, lang, decimals)


def about_rows(data: Read, lang: str, width: int) -> Table:
    said = [
        str(data.wave),
        words_format.period(data.wave.opens_on, data.wave.closes_on, lang),
        *results_page.about(data, lang),
        *results_page.how_weighted(data, lang),
    ]
    if data.wave.is_simulated:
        said.insert(0, _("Simulated, not real data"))
    blank: list[Cell] = [""] * (width - 1)
    return [["", *blank], *([line, *blank] for line in said)]


def pdf(data: Read, *, lang: str, today: date) -> bytes:
    """The results on A4, PDF/UA-1: needs first, then each question with its picture and its table."""
    drawn: dict[str, str] = {}
    needs = []
    for kind, found in analysis.ranked(data).items():
        if found:
            name = f"needs-{kind}"
            drawn[name] = str(results_needs.need_picture(found, kind, lang, pictures.paper(name)))
            needs.append(_need_part(kind, found, name, drawn[name], lang))
    questions = []
    paper_questions = results_page.questions_shown(analysis.figures(data), lang, pictures.paper)
    for at, shown in enumerate(paper_questions):
        if shown.picture:
            drawn[f"q{at}"] = str(shown.picture)
        questions.append(_question_part(shown, f"q{at}" if shown.picture else "", lang))
    values = {
        "lang": lang,
        "title": str(data.wave),
        "kind": _("Results of a survey"),
        "period": words_format.period(data.wave.opens_on, data.wave.closes_on, lang),
        "simulated": _("Simulated, not real data") if data.wave.is_simulated else "",
        "about": results_page.about(data, lang),
        "how_title": _("How is this computed?"),
        "how": results_page.how_weighted(data, lang),
        "needs": needs,
        "questions": questions,
        "made": _("Made with Straume on %(day)s.") % {"day": words_format.date(today, lang)},
    }
    return render.pdf("survey", values, pictures=drawn, made_on=today.isoformat())


def _need_part(kind: str, found: Any, name: str, svg: str, lang: str) -> dict[str, Any]:
    lines = results_needs.need_lines(found, lang)
    return {
        "title": results_needs.title_of(kind),
        "picture": name,
        "alt": report_words.told(svg),
        "columns": results_needs.columns(found, lang),
        "rows": [
            [
                line.one.label,
                line.importance,
                line.present,
                line.need,
                line.interval,
                line.place,
                words_format.number(line.one.n, lang, 0),
            ]
            for line in lines
        ],
    }


def _question_part(shown: results_page.Shown, picture: str, lang: str) -> dict[str, Any]:
    return {
        "title": shown.title,
        "unit": " · ".join(part for part in (shown.unit, shown.n) if part),
        "note": shown.note,
        "picture": picture,
        "alt": report_words.told(str(shown.picture)) if picture else "",
        "columns": [_("Answer"), pgettext("of a figure", "Value"), _("Interval of 95 %")],
        "rows": [
            [line.label, line.value or results_page.few_or_hidden(), line.interval] for line in shown.lines
        ],
    }
