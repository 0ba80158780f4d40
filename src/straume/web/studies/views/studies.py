"""The list, a new study, its team, publishing and deleting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.studies import permissions
from straume.web.studies.actions import studies as actions
from straume.web.studies.forms.study import NewStudyForm, TeamForm
from straume.web.studies.models import AssessmentRun, Study
from straume.web.studies.views.reader import person

SORTS = {
    "newest": ("-created_at", "-pk"),
    "service": ("offer__service__name", "offer__institution__name", "-pk"),
    "place": ("offer__institution__name", "offer__service__name", "-pk"),
    "assessed": ("-assessed_at", "-pk"),
}
PER_PAGE = 50


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All studies that the person may know of."""
    today = timezone.localdate()
    studies = permissions.visible_studies(request.user, today).with_state()
    chosen = {name: request.GET.get(name, "") for name in ("q", "state", "entrance", "sort")}
    page = Paginator(filtered(studies, chosen), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "studies/index.html",
        {
            "nav": "studies",
            "page": page,
            "chosen": chosen,
            "states": Study.State.choices,
            "entrances": Study.Entrance.choices,
            "may_begin": permissions.makes_studies_in(request.user, today).exists(),
            "any_at_all": bool(page.paginator.count) or studies.exists(),
        },
    )


def filtered(studies: Any, chosen: dict[str, str]) -> QuerySet[Study]:
    """What was asked for, in the order that was asked for; an unknown wish is no wish."""
    for word in chosen["q"].split():
        studies = studies.filter(
            Q(offer__service__name__icontains=word)
            | Q(offer__institution__name__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(scope__icontains=word)
        )
    if chosen["state"] in Study.State.values:
        studies = studies.filter(state=chosen["state"])
    if chosen["entrance"] in Study.Entrance.values:
        studies = studies.filter(entrance=chosen["entrance"])
    return studies.order_by(*SORTS.get(chosen["sort"], SORTS["newest"]))


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a study."""
    institutions = permissions.makes_studies_in(request.user, timezone.localdate())
    permissions.require_a_place_to_begin(institutions)
    initial = {"offer": request.GET.get("offer")}
    form = NewStudyForm(request.POST or None, institutions=institutions, initial=initial)
    if request.method == "POST" and form.is_valid():
        study = actions.begin_study(
            offer=form.cleaned_data["offer"],
            owner=person(request),
            scope=form.cleaned_data["scope"],
            entrance=form.cleaned_data["entrance"],
            team=[],
            key=form.cleaned_data["key"],
            now=timezone.now(),
        )
        next_page = "studies:steps" if study.entrance == Study.Entrance.STEPS else "studies:upload"
        return redirect(next_page, study.pk)
    return render(request, "studies/new.html", {"nav": "studies", "form": form})


@login_required
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Who works on the study."""
    today = timezone.localdate()
    study = permissions.find_to_work_on(request.user, pk, today)
    form = TeamForm(request.POST or None, study=study, today=today)
    if request.method == "POST" and form.is_valid():
        study.team.set(form.cleaned_data["team"])
        messages.success(request, _("The team is saved."))
        return redirect(study)
    return render(request, "studies/team.html", {"nav": "studies", "study": study, "form": form})


@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest figures to the other municipalities, or take them back."""
    today = timezone.localdate()
    study = permissions.find_inside(request.user, pk, today)
    permissions.require(permissions.may_publish(request.user, study, today))
    run = study.standing_run()
    standing = study.standing_publication()
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            actions.withdraw(study=study, now=timezone.now())
            messages.success(request, _("The other municipalities no longer see these figures."))
        elif run is not None:
            actions.publish(study=study, run=run, by=person(request), now=timezone.now())
            messages.success(request, _("The other municipalities now see these figures."))
        return redirect(study)
    context = {"nav": "studies", "study": study, "run": run, "standing": standing}
    return render(request, "studies/publish.html", context)


@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove the study with its files."""
    today = timezone.localdate()
    study = permissions.find_inside(request.user, pk, today)
    permissions.require(permissions.may_delete(request.user, study, today))
    if request.method == "POST":
        actions.delete_study(study=study)
        messages.success(request, _("The assessment and its files are deleted."))
        return redirect("studies:index")
    counts = {
        "logs": study.logs.count(),
        "runs": study.runs.filter(status=AssessmentRun.Status.DONE).count(),
        "verdicts": study.verdicts.count(),
    }
    return render(request, "studies/delete.html", {"nav": "studies", "study": study, "counts": counts})
