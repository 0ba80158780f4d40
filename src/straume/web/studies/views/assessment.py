"""The page of an assessment, the tables behind its figures, the A3, and two periods side by side."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.places import thread
from straume.web.places.models import Promise
from straume.web.reports.a3 import VerdictLine, a3_pdf
from straume.web.studies import (
    analysis,
    assessment_page,
    comparison,
    figures,
    periods,
    permissions,
    table_files,
)
from straume.web.studies.actions.runs import standing_judgements, standing_verdicts
from straume.web.studies.models import AssessmentRun, Study, Verdict
from straume.web.studies.views.reader import language
from straume.web.studies.waiting_figures import waiting_tables
from straume.web.studies.waiting_page import why_it_waits

LANGUAGES = [("lv", "latviešu"), ("lt", "lietuvių"), ("en", "English")]
FILE_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest assessment of a study, or how to begin; for outsiders what is published."""
    today = timezone.localdate()
    shown = permissions.find_study(request.user, pk, today)
    inside = permissions.sees_inside(request.user, shown, today)
    publication = None if inside else shown.standing_publication()
    newest = shown.standing_run() if inside else (publication.run if publication else None)
    if newest is None:
        state = permissions.visible_studies(request.user, today).with_state().get(pk=pk).state_label
        context = {"nav": "studies", "study": shown, "inside": inside, "state": state}
        return render(request, "studies/study.html", context | around(request, shown, inside))
    return assessment(request, shown, newest, inside)


@login_required
def run(request: HttpRequest, pk: int, run_pk: int) -> HttpResponse:
    """One assessment, also an earlier one."""
    today = timezone.localdate()
    shown = permissions.find_run(request.user, pk, run_pk, today)
    return assessment(request, shown.study, shown, permissions.sees_inside(request.user, shown.study, today))


def assessment(request: HttpRequest, study: Study, run: AssessmentRun, inside: bool) -> HttpResponse:
    page = page_for(run, inside)
    newest = study.standing_run() if inside else run
    if newest is not None and newest.pk != run.pk:
        page = assessment_page.as_old(page)
    context = {
        "nav": "studies",
        "study": study,
        "run": run,
        "page": page,
        "waiting": why_it_waits(page.assessment, language()) if page.assessment else None,
        "inside": inside,
        "languages": LANGUAGES,
        "choices": Verdict.Choice.choices,
    }
    return render(request, "studies/assessment.html", context | around(request, study, inside))


def page_for(run: AssessmentRun, inside: bool) -> assessment_page.Page:
    """Outsiders read the figures; what people decided and how they judged stays inside."""
    judgements = standing_judgements(run.study) if inside else {}
    verdicts = standing_verdicts(run.study) if inside else {}
    held = [term.election_on for term in run.study.institution.terms.all() if term.election_on]
    return assessment_page.page_of(
        run, judgements=judgements, verdicts=verdicts, elections=held, lang=language()
    )


def around(request: HttpRequest, study: Study, inside: bool) -> dict[str, Any]:
    """What a member may do next, and what else there is in the study."""
    today = timezone.localdate()
    tied = {"thread": thread.section("study", study.pk, person=request.user, today=today)}
    if not inside:
        return tied
    may_give = permissions.may_give_verdicts(request.user, study, today)
    return tied | {
        "may_work": permissions.may_work_on(request.user, study, today),
        "may_give": may_give,
        "may_judge": may_give,
        "may_publish": permissions.may_publish(request.user, study, today),
        "may_delete": permissions.may_delete(request.user, study, today),
        "logs": study.logs.all(),
        "runs": study.runs.filter(status=AssessmentRun.Status.DONE).select_related("log", "step_table"),
    }


@login_required
def table(request: HttpRequest, pk: int, run_pk: int, name: str) -> HttpResponse:
    """The table behind a figure."""
    shown, found = find_table(request, pk, run_pk, name)
    made = analysis.stored(shown, {})
    rows = [list(zip(found.columns, texts, strict=True)) for texts in found.texts(language())]
    context = {
        "nav": "studies",
        "study": shown.study,
        "run": shown,
        "table": found,
        "rows": rows,
        "period": assessment_page.period(made, language()),
        "cases": assessment_page.cases(made, language()),
    }
    return render(request, "studies/table.html", context)


@login_required
def table_file(request: HttpRequest, pk: int, run_pk: int, name: str, kind: str) -> HttpResponse:
    """The same table as a file."""
    shown, found = find_table(request, pk, run_pk, name)
    if kind not in FILE_KINDS:
        raise permissions.not_here()
    if kind == "csv":
        content = table_files.as_csv(found, lang=language())
    else:
        content = table_files.as_xlsx(found, about=table_files.about(shown, language()))
    answer = HttpResponse(content, content_type=FILE_KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="straume-{shown.pk}-{found.key}.{kind}"'
    return answer


def find_table(request: HttpRequest, pk: int, run_pk: int, name: str) -> tuple[AssessmentRun, figures.Table]:
    today = timezone.localdate()
    shown = permissions.find_run(request.user, pk, run_pk, today)
    inside = permissions.sees_inside(request.user, shown.study, today)
    made = analysis.stored(shown, standing_judgements(shown.study) if inside else {})
    if name == "variants" and shown.log is not None and shown.log.folder:
        return shown, figures.ways_table(analysis.ways(shown.log))
    if name == "findings":
        return shown, assessment_page.findings_table(figures.protected(made), language())
    if name == "steps":
        return shown, figures.steps_table(made, language())
    if name == "weeks" and made.entrance == "log":
        return shown, periods.periods_table(made, language())
    make = {"time": figures.time_table}
    if made.entrance == "log":
        make |= {"edges": figures.edges_table}
    make |= waiting_tables(made)
    if name not in make:
        raise permissions.not_here()
    return shown, make[name](made)


@login_required
def a3(request: HttpRequest, pk: int, run_pk: int, lang: str) -> HttpResponse:
    """The A3 sheet in the language asked for, whatever the reader's own is."""
    today = timezone.localdate()
    shown = permissions.find_run(request.user, pk, run_pk, today)
    if lang not in dict(LANGUAGES):
        raise permissions.not_here()
    inside = permissions.sees_inside(request.user, shown.study, today)
    made = analysis.stored(shown, standing_judgements(shown.study) if inside else {})
    service, institution = shown.study.offer.service, shown.study.institution
    pledge = Promise.standing_for(institution)
    sheet = a3_pdf(
        figures.protected(made),
        title=getattr(service, f"name_{lang}") or str(service),
        institution=getattr(institution, f"name_{lang}") or str(institution),
        unit=str(shown.study.unit or ""),
        lang=lang,
        verdicts=verdict_lines(shown, made) if inside else (),
        simulated=shown.is_simulated,
        made_on=shown.made_at.date() if shown.made_at else today,
        promise=getattr(pledge, f"text_{lang}") if pledge else None,
    )
    answer = HttpResponse(sheet, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="straume-a3-{shown.pk}-{lang}.pdf"'
    return answer


def verdict_lines(run: AssessmentRun, made: Any) -> list[VerdictLine]:
    """Verdicts that stand, under the rank that their question has on the sheet."""
    standing = standing_verdicts(run.study)
    ranked = enumerate(figures.protected(made).findings, 1)
    found = [(rank, standing.get(analysis.key_of(finding))) for rank, finding in ranked]
    return [
        VerdictLine(
            rank=rank,
            choice=verdict.choice,
            reason=verdict.reason,
            law=verdict.law,
            legal_basis=verdict.legal_basis,
            document=verdict.document,
            decided_by=verdict.decided_by_post,
            due_on=verdict.due_on,
        )
        for rank, verdict in found
        if verdict is not None
    ]


@login_required
def compare(request: HttpRequest, pk: int, run_pk: int, other_pk: int) -> HttpResponse:
    """Two assessments of one study beside each other, with differences and how sure they are."""
    today = timezone.localdate()
    permissions.find_inside(request.user, pk, today)
    one = permissions.find_run(request.user, pk, run_pk, today)
    other = permissions.find_run(request.user, pk, other_pk, today)
    before, after = comparison.in_order(one, other)
    judgements = standing_judgements(one.study)
    found = comparison.compare(before, after, judgements=judgements, lang=language())
    context = {"nav": "studies", "study": one.study, "before": before, "after": after}
    return render(request, "studies/compare.html", context | found)
