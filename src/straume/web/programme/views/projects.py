"""Projects, their work packages and cycles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.programme import permissions, said
from straume.web.programme.activity_list import row_of
from straume.web.programme.models import BudgetLine, Project
from straume.web.programme.registry import cycle_sections
from straume.web.programme.views.form import PAGE


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    rows = [{"project": one, "days": said.project_days(one)} for one in Project.objects.all()]
    return render(
        request,
        "programme/projects.html",
        {"rows": rows, "runs": permissions.runs_programme(request.user, today), **PAGE},
    )


@login_required
def project(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_project(request.user, pk, today)
    sees_money = permissions.sees_money(request.user, today)
    packages = shown.work_packages.annotate(held=Count("activities", distinct=True)).prefetch_related(
        "cycles"
    )
    context = {
        "project": shown,
        "days": said.project_days(shown),
        "partners": shown.partners.select_related("institution"),
        "stated_total": said.euros(shown.stated_total_eur),
        "stated_eu": said.euros(shown.stated_eu_eur),
        "budget": budget_of(shown) if sees_money else None,
        "packages": packages,
        "runs": permissions.runs_programme(request.user, today),
        **PAGE,
    }
    return render(request, "programme/project.html", context)


def budget_of(shown: Project) -> dict[str, Any]:
    """The lines as they are counted with, and their sums to the cent."""
    lines = BudgetLine.objects.filter(partner__project=shown).select_related("partner__institution")
    return {
        "lines": [
            {"line": line, "amount": said.euros(line.amount_eur), "eu": said.euros(line.eu_amount_eur)}
            for line in lines
        ],
        "total": said.euros(shown.budget_eur()),
        "eu": said.euros(shown.budget_eu_eur()),
        "agrees": shown.budget_eur() == shown.stated_total_eur,
    }


@login_required
def work_package(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_work_package(request.user, pk, today)
    activities = shown.activities.select_related("host", "cycle")
    context = {
        "package": shown,
        "project": shown.project,
        "cycles": shown.cycles.all(),
        "rows": [row_of(one) for one in activities],
        "runs": permissions.runs_programme(request.user, today),
        **PAGE,
    }
    return render(request, "programme/work_package.html", context)


@login_required
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_cycle(request.user, pk, today)
    context = {
        "cycle": shown,
        "project": shown.work_package.project,
        "rows": [row_of(one) for one in shown.activities.select_related("host")],
        "sections": [made for make in cycle_sections if (made := make(shown, request.user, today))],
        "runs": permissions.runs_programme(request.user, today),
        **PAGE,
    }
    return render(request, "programme/cycle.html", context)
