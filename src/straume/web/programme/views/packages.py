"""Projects, partners, budget lines, work packages and cycles, as those who run the programme write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.programme import permissions
from straume.web.programme.actions import parts
from straume.web.programme.forms.packages import (
    BudgetLineForm,
    CycleForm,
    PartnerForm,
    ProjectForm,
    WorkPackageForm,
)
from straume.web.programme.models import BudgetLine, Cycle, Partner, Project, WorkPackage
from straume.web.programme.views.form import form_page
from straume.web.programme.views.parts import part_of


def project_to_run(request: HttpRequest, pk: int) -> Project:
    today = timezone.localdate()
    found = permissions.find_project(request.user, pk, today)
    permissions.require_running(request.user, today)
    return found


def at(project: Project) -> str:
    return reverse("programme:project", args=[project.pk])


@login_required
def add_project(request: HttpRequest) -> HttpResponse:
    today: date = timezone.localdate()
    permissions.require_running(request.user, today)
    form = ProjectForm(request.POST or None)

    def save() -> str:
        return at(form.save())

    return form_page(request, form, title=_("New project"), back=reverse("programme:projects"), save=save)


@login_required
def change_project(request: HttpRequest, pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    form = ProjectForm(request.POST or None, instance=shown)
    return form_page(
        request, form, title=_("Change the project"), back=at(shown), save=lambda: parts.save(form=form)
    )


@login_required
def add_partner(request: HttpRequest, pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    form = PartnerForm(request.POST or None, instance=Partner(project=shown))
    return row_page(request, form, _("Add a partner"), at(shown))


@login_required
def change_partner(request: HttpRequest, pk: int, partner_pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    partner = part_of(shown.partners, partner_pk)
    form = PartnerForm(request.POST or None, instance=partner)
    has_lines = partner.budget_lines.exists()
    return row_page(request, form, _("Change the partner"), at(shown), stays=has_lines)


@login_required
def add_budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    form = BudgetLineForm(request.POST or None, instance=BudgetLine(), project=shown)
    return row_page(request, form, _("Add a budget line"), at(shown))


@login_required
def change_budget_line(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    line = part_of(BudgetLine.objects.filter(partner__project=shown), line_pk)
    form = BudgetLineForm(request.POST or None, instance=line, project=shown)
    return row_page(request, form, _("Change the budget line"), at(shown))


@login_required
def add_work_package(request: HttpRequest, pk: int) -> HttpResponse:
    shown = project_to_run(request, pk)
    form = WorkPackageForm(request.POST or None, instance=WorkPackage(project=shown))
    return row_page(request, form, _("Add a work package"), at(shown))


@login_required
def change_work_package(request: HttpRequest, pk: int) -> HttpResponse:
    """One that holds activities or cycles stays."""
    today = timezone.localdate()
    shown = permissions.find_work_package(request.user, pk, today)
    permissions.require_running(request.user, today)
    form = WorkPackageForm(request.POST or None, instance=shown)
    in_use = shown.activities.exists() or shown.cycles.exists()
    return row_page(request, form, _("Change the work package"), at(shown.project), stays=in_use)


@login_required
def add_cycle(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    package = permissions.find_work_package(request.user, pk, today)
    permissions.require_running(request.user, today)
    form = CycleForm(request.POST or None, instance=Cycle(work_package=package))
    return row_page(request, form, _("Add a cycle"), reverse("programme:work_package", args=[package.pk]))


@login_required
def change_cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """One that has modules, or certificates, stays."""
    today = timezone.localdate()
    shown = permissions.find_cycle(request.user, pk, today)
    permissions.require_running(request.user, today)
    form = CycleForm(request.POST or None, instance=shown)
    back = reverse("programme:work_package", args=[shown.work_package_id])
    return row_page(request, form, _("Change the cycle"), back, stays=shown.activities.exists())


def row_page(request: HttpRequest, form: Any, title: str, back: str, *, stays: bool = False) -> HttpResponse:
    row = form.instance

    def remove() -> bool:
        return not stays and parts.remove(part=row)

    def save() -> None:
        parts.save(form=form)

    return form_page(request, form, title=title, back=back, save=save, remove=remove if row.pk else None)
