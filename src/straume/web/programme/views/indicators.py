"""Output indicators: what each stands at, with the evidence behind it; until when names are kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.lean.protect import is_small
from straume.web.places.lists import FORMS, as_file
from straume.web.places.models import Institution
from straume.web.programme import attendance_permissions as permissions
from straume.web.programme import counting
from straume.web.programme.forms.indicators import IndicatorForm, RetentionForm
from straume.web.programme.models import OutputIndicator, Project, Retention
from straume.web.programme.permissions import may_read
from straume.web.programme.reader import person

NAV = {"nav": "activities", "subnav": "indicators"}


@login_required
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators of all projects with what each stands at."""
    today = timezone.localdate()
    may_read(request.user, today)
    projects = Project.objects.prefetch_related("output_indicators").select_related("retention")
    told = [
        (project, [(one, counting.count_of(one)) for one in project.output_indicators.all()])
        for project in projects
    ]
    context = NAV | {"told": told, "runs": permissions.runs(request.user, today)}
    return render(request, "programme/attendance/indicators.html", context)


@login_required
@require_GET
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One count: how it is made, its parts, the sessions and signed pages behind it."""
    today = timezone.localdate()
    found = permissions.find_indicator(request.user, pk, today)
    count = counting.count_of(found)
    sees = permissions.runs(request.user, today) or permissions.controls(request.user, today)
    form = request.GET.get("format", "")
    if form in FORMS:
        return as_file(
            as_table(found, count, sees), form, name=f"indicator-{pk}", title=found.code, today=today
        )
    names = {str(one.pk): one.name for one in Institution.objects.all()}
    countries = {"lv": _("Latvia"), "lt": _("Lithuania"), "other": _("no institution")}
    context = NAV | {
        "indicator": found,
        "count": count,
        "by_country": [(countries.get(part.key, part.key), part.count) for part in count.by_country],
        "by_institution": [
            (names.get(part.key, _("no institution")), part.count) for part in count.by_institution
        ],
        "proofs": [(proof, people_said(proof, sees)) for proof in count.proofs],
        "sees": sees,
        "runs": permissions.runs(request.user, today),
    }
    return render(request, "programme/attendance/indicator.html", context)


def people_said(proof: counting.Proof, sees: bool) -> str:
    """Who does not see the names sees no small number of them."""
    return _("fewer than five") if is_small(proof.people) and not sees else str(proof.people)


def as_table(found: OutputIndicator, count: counting.Count, sees: bool) -> list[list[Any]]:
    """The evidence: a row for each session, the count in the last."""
    head = [
        _("Activity"),
        _("Session"),
        _("Day"),
        _("Were there"),
        _("Signed pages"),
        _("Pages of the sheet"),
    ]
    rows: list[list[Any]] = [
        [
            proof.session.activity.title,
            proof.session.title,
            timezone.localdate(proof.session.starts_at),
            people_said(proof, sees),
            proof.pages,
            proof.of_pages,
        ]
        for proof in count.proofs
    ]
    value = count.shown if count.shown is not None else _("fewer than five")
    return [head, *rows, [found.title, found.get_counts_display(), None, value, None, None]]


@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    project = permissions.find_project_to_run(request.user, pk, timezone.localdate())
    return saved(request, OutputIndicator(project=project), _("Add an indicator"))


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    found = permissions.find_indicator(request.user, pk, today)
    permissions.find_project_to_run(request.user, found.project_id, today)
    return saved(request, found, _("Change the indicator"))


def saved(request: HttpRequest, found: OutputIndicator, title: str) -> HttpResponse:
    form = IndicatorForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        messages.success(request, _("Saved."))
        return redirect("programme:indicator", kept.pk)
    context = NAV | {"form": form, "title": title, "project": found.project}
    return render(request, "programme/attendance/indicator_form.html", context)


@login_required
def retention(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the names of a project are kept; once they are erased there is nothing to set."""
    today = timezone.localdate()
    project = permissions.find_project_to_run(request.user, pk, today)
    standing = Retention.objects.filter(project=project).first()
    form = RetentionForm(request.POST or None, instance=standing or Retention(project=project), today=today)
    is_over = standing is not None and standing.erased_at is not None
    if request.method == "POST" and not is_over and form.is_valid():
        kept = form.save(commit=False)
        kept.set_by, kept.set_at = person(request), timezone.now()
        kept.save()
        messages.success(request, _("Saved."))
        return redirect("programme:indicators")
    context = NAV | {"form": form, "project": project, "standing": standing, "is_over": is_over}
    return render(request, "programme/attendance/retention.html", context)
