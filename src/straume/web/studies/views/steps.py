"""Entering the steps of a service: rows as people say them, or the same in a spreadsheet."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.lean.errors import Problem
from straume.web.studies import analysis, permissions, sentences
from straume.web.studies.actions import runs as actions
from straume.web.studies.forms import steps as forms
from straume.web.studies.forms.sheet import SheetForm
from straume.web.studies.models import AssessmentRun, Study
from straume.web.studies.views.assessment import LANGUAGES
from straume.web.studies.views.reader import language, person, submitted_key
from straume.words.template import step_table_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of steps; saving it keeps a new version and assesses it."""
    study = permissions.find_to_work_on(request.user, pk, timezone.localdate())
    table = study.step_tables.first()
    if request.method != "POST":
        rows = table.rows if table else []
        demand = table.demand_per_year if table else study.offer.demand_per_year()
        return page(request, study, rows, str(demand or ""))
    rows, wish = forms.typed_rows(request.POST), request.POST.get("do", "save")
    demand_text = request.POST.get("demand", "").strip()
    if wish != "save":
        return page(request, study, forms.changed(rows, wish), demand_text)
    demand, demand_error = read_demand(demand_text)
    found = analysis.problems_of_steps(study, rows, demand)
    if found or demand_error:
        return page(request, study, rows, demand_text, found=found, demand_error=demand_error)
    run = actions.save_steps(
        study=study,
        rows=forms.filled(rows),
        demand_per_year=demand,
        key=submitted_key(request),
        by=person(request),
        now=timezone.now(),
        is_simulated=study.is_simulated,
    )
    if run.status != AssessmentRun.Status.DONE:
        messages.error(
            request, sentences.refusal(run.refusal or {"code": "assessment_broke_off"}, language())
        )
        return redirect("studies:steps", pk)
    return redirect(run)


def page(
    request: HttpRequest,
    study: Study,
    rows: list[dict[str, str]],
    demand: str,
    *,
    found: tuple[Problem, ...] = (),
    demand_error: str = "",
    sheet: SheetForm | None = None,
) -> HttpResponse:
    shown = forms.form_rows(rows)
    links, loose = forms.with_problems(shown, found, sentence)
    if demand_error:
        links.append(("demand", demand_error))
    context: dict[str, Any] = {
        "nav": "studies",
        "study": study,
        "table": bool(rows),
        "rows": shown,
        "empty_row": forms.empty_row(),
        "links": links,
        "loose": loose,
        "demand": demand,
        "demand_error": demand_error,
        "upload_form": sheet or SheetForm(),
        "languages": LANGUAGES,
        "key": uuid.uuid4(),
    }
    return render(request, "studies/steps.html", context)


def sentence(problem: Problem) -> str:
    told = sentences.problem(problem, language())
    return f"{told.sentence} {told.advice}".strip()


def read_demand(text: str) -> tuple[int | None, str]:
    """Cases a year; nothing is "not known"."""
    if not text:
        return None, ""
    plain = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if plain.isdigit() and 0 < int(plain) <= 10_000_000:
        return int(plain), ""
    return None, _("Write the number of cases a year as a whole number, for example 340.")


@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows of a filled-in template, shown in the form; nothing is kept before they are saved there.

    What was read stands under this address, so whoever comes back to it – after changing the language, or by
    the address bar – is led to the table of steps.
    """
    study = permissions.find_to_work_on(request.user, pk, timezone.localdate())
    if request.method != "POST":
        return redirect("studies:steps", pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, study, [], "", sheet=form)
    read = analysis.rows_of_sheet(form.cleaned_data["sheet"])
    if not read.rows:
        return page(request, study, [], "", found=read.problems, sheet=form)
    found = read.problems or analysis.problems_of_steps(study, read.rows, read.demand)
    return page(request, study, read.rows, str(read.demand or ""), found=found)


@login_required
def template(request: HttpRequest, pk: int, lang: str) -> HttpResponse:
    """The empty spreadsheet in one of the three languages."""
    permissions.find_to_work_on(request.user, pk, timezone.localdate())
    if lang not in dict(LANGUAGES):
        raise permissions.not_here()
    answer = HttpResponse(step_table_template(lang), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="straume-{lang}.xlsx"'
    return answer
