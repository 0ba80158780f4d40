"""The way of a case log: upload, columns, check, facts or problems, confirm; cancel, replace, delete."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.studies import permissions, sentences
from straume.web.studies.actions import logs as actions
from straume.web.studies.forms.log import ColumnsForm, UploadForm
from straume.web.studies.models import AssessmentRun, CaseLog
from straume.web.studies.views.reader import language, person, submitted_key

Status = CaseLog.Status
MOST_COLUMNS_SHOWN = 60
MOST_PROBLEMS_SHOWN = 5


@login_required
def upload(request: HttpRequest, pk: int, replaces: int | None = None) -> HttpResponse:
    """Drop a file; what is in it is looked at straight away."""
    today = timezone.localdate()
    study = permissions.find_to_work_on(request.user, pk, today)
    old = permissions.find_log(request.user, pk, replaces, today) if replaces else None
    initial = {"label": old.label} if old else {}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        what = actions.Upload(said["file"], said["label"], said["keeps_original"], said["key"])
        log = actions.store_log(
            study=study, upload=what, by=person(request), now=timezone.now(), replaces=old
        )
        actions.look_into(log=log)
        return redirect("studies:log", pk, log.pk)
    context = {"nav": "studies", "study": study, "form": form, "old": old}
    return render(request, "studies/upload.html", context)


@login_required
def columns(request: HttpRequest, pk: int, log_pk: int) -> HttpResponse:
    """Columns as guessed, with reasons and ten rows; every one can be set."""
    log = permissions.find_log(request.user, pk, log_pk, timezone.localdate())
    if log.status not in (Status.GUESSED, Status.PROBLEMS) or not log.guess:
        return redirect("studies:log", pk, log.pk)
    form = ColumnsForm(request.POST or None, log=log)
    if request.method == "POST" and form.is_valid():
        zone = form.cleaned_data["timezone"]
        actions.confirm_columns(log=log, mapping=form.mapping(), timezone=zone, now=timezone.now())
        return redirect("studies:log", pk, log.pk)
    context = {
        "nav": "studies",
        "study": log.study,
        "log": log,
        "form": form,
        "reasons": sentences.guess_reasons(log.guess, language()),
        "preview": log.guess.get("preview", []),
        "preview_columns": log.guess["columns"][:MOST_COLUMNS_SHOWN],
        "problems": sentences.problems(log.problems[:MOST_PROBLEMS_SHOWN], language()),
    }
    return render(request, "studies/columns.html", context)


@login_required
def log(request: HttpRequest, pk: int, log_pk: int) -> HttpResponse:
    """Being checked, problems, or facts to confirm; htmx asks for the changing part alone."""
    shown = permissions.find_log(request.user, pk, log_pk, timezone.localdate())
    if shown.status == Status.GUESSED:
        return go_to(request, reverse("studies:columns", args=[pk, shown.pk]))
    run = shown.runs.order_by("-pk").first()
    if run is not None and run.status == AssessmentRun.Status.DONE and "again" not in request.GET:
        return go_to(request, run.get_absolute_url())
    context = {
        "nav": "studies",
        "study": shown.study,
        "log": shown,
        "run": run,
        "key": uuid.uuid4(),
        "problems": sentences.problems(shown.problems, language()),
        "facts": sentences.facts(shown.facts, language()),
        "notices": sentences.problems(shown.facts.get("notices", []), language()),
        "refusal": sentences.refusal(run.refusal, language()) if run and run.refusal else "",
        "is_busy": shown.is_busy or (run is not None and run.status == AssessmentRun.Status.QUEUED),
    }
    if request.headers.get("HX-Request"):
        return render(request, "studies/parts/log_state.html", context)
    return render(request, "studies/log.html", context)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int, log_pk: int) -> HttpResponse:
    log = permissions.find_log(request.user, pk, log_pk, timezone.localdate())
    if actions.cancel_log(log=log):
        messages.success(request, _("Cancelled. The file is removed."))
    return redirect("studies:log", pk, log.pk)


@login_required
@require_POST
def assess(request: HttpRequest, pk: int, log_pk: int) -> HttpResponse:
    """The facts are right: assess; also asked for again after a newer version."""
    log = permissions.find_log(request.user, pk, log_pk, timezone.localdate())
    if log.status == Status.CHECKED:
        actions.confirm_facts(log=log, key=submitted_key(request), by=person(request), now=timezone.now())
    return redirect("studies:log", pk, log.pk)


@login_required
def delete(request: HttpRequest, pk: int, log_pk: int) -> HttpResponse:
    """Ask, then remove the log, its files and what was computed from it."""
    log = permissions.find_log_to_delete(request.user, pk, log_pk, timezone.localdate())
    if request.method == "POST":
        actions.delete_log(log=log)
        messages.success(request, _("The table of cases and its files are deleted."))
        return redirect(log.study)
    return render(request, "studies/delete_log.html", {"nav": "studies", "study": log.study, "log": log})


@login_required
def original(request: HttpRequest, pk: int, log_pk: int) -> FileResponse:
    """The original, where its owner keeps it, to people who work on the study."""
    log = permissions.find_log(request.user, pk, log_pk, timezone.localdate())
    if not log.file or not log.keeps_original:
        raise permissions.not_here()
    return FileResponse(log.file.open("rb"), as_attachment=True, filename=log.original_name)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """On to the next page, also where only a part of this one was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
