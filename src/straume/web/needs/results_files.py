"""Results as files: CSV, XLSX, and a PDF that everybody can read; as rounded as the page says them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from straume.web.needs import analysis, results_needs, results_page
from straume.web.needs.analysis import Breakdown, Read
from straume.web.needs.models import Need
from straume.web.places.lists import Cell, as_file
from straume.web.reports import pictures, render
from straume.words import format as words_format
from straume.words import reports as report_words

FILES = ("csv", "xlsx", "pdf")


def result_file(
    data: Read, *, form: str, lang: str, today: date, split: Breakdown | None = None
) -> HttpResponse:
    name = f"survey-{data.wave.pk}"
    if form == "pdf":
        response = HttpResponse(pdf(data, lang=lang, today=today), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="straume-{name}-{today.isoformat()}.pdf"'
        return response
    table = split_table(data, split, lang) if split else whole_table(data, lang)
    return as_file(table, form, name=name, title=_("Results"), today=today)


def whole_table(data: Read, lang: str) -> list[list[Cell]]:
    """One row per figure: question, choice or topic, figure, value, interval, n; then where it comes from."""
    rows: list[list[Cell]] = [
        [_("Question"), _("Answer"), _("Figure"), _("Value"), _("Interval of 95 %"), _("Answers (n)")]
    ]
    for kind, found in analysis.ranked(data).items():
        for line in results_needs.need_lines(found, lang):
            figure = _("Need, points of 100 (%(kind)s)") % {"kind": Need.Kind(kind).label}
            rows.append([line.one.label, "", figure, line.need, line.interval, line.one.n])
            rows.append([line.one.label, "", _("Importance"), line.importance, "", line.one.n])
            rows.append([line.one.label, "", _("How it is today"), line.present, "", line.one.n])
            rows.append([line.one.label, "", _("Place among its kind"), line.place, "", line.one.n])
    for shown in results_page.questions_shown(analysis.figures(data), lang):
        if shown.few:
            rows.append([shown.title, "", "", results_page.few(), "", ""])
        for one in shown.lines:
            value, n = (one.value, one.n) if one.value else (results_page.few_or_hidden(), "")
            rows.append([shown.title, one.label, shown.unit, value, one.interval, n])
    return [*rows, *about_rows(data, lang, len(rows[0]))]


def split_table(data: Read, split: Breakdown, lang: str) -> list[list[Cell]]:
    """One row per group and choice."""
    rows: list[list[Cell]] = [[_("Group"), _("Answers (n)"), _("Answer"), _("Value"), _("Interval of 95 %")]]
    for row in split.rows:
        if row.nobody:
            continue
        if row.n is None:
            rows.append([row.group.label, results_page.few_or_hidden(), "", "", ""])
            continue
        figures: list[tuple[str, Any]] = (
            list(zip(split.columns, row.shares, strict=True)) if split.columns else [(_("Mean"), row.mean)]
        )
        for label, figure in figures:
            percent = bool(split.columns)
            value = results_page.few_or_hidden()
            if figure is not None:
                said = words_format.percent if percent else results_page.number
                value = said(figure.value, lang)
            interval = words_format.interval(figure, lang, as_percent=percent) if figure else ""
            rows.append([row.group.label, row.n, label, value, interval])
    rows.append([_("Question"), "", split.question.label, "", ""])
    return [*rows, *about_rows(data, lang, 5)]


def about_rows(data: Read, lang: str, width: int) -> list[list[Cell]]:
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
        "columns": results_needs.columns(),
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
        "columns": [_("Answer"), _("Value"), _("Interval of 95 %")],
        "rows": [
            [line.label, line.value or results_page.few_or_hidden(), line.interval] for line in shown.lines
        ],
    }
