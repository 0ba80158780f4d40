"""Tie a result of one's own study to an activity of the programme, or untie it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.places.permissions import Person
from straume.web.programme.permissions import find_activity
from straume.web.studies import permissions
from straume.web.studies.actions.evaluation_links import tie
from straume.web.studies.forms.evaluation_link import EvaluationLinkForm
from straume.web.studies.models import AssessmentRun, EvaluationLink, KaizenAction, Study
from straume.web.studies.views.reader import person


@login_required
def tie_result(request: HttpRequest, activity_pk: int) -> HttpResponse:
    today = timezone.localdate()
    activity = find_activity(request.user, activity_pk, today)
    own = own_studies(request.user, today)
    results = results_of(own)
    choices = [(key, label) for key, label, _study, _result in results]
    form = EvaluationLinkForm(request.POST or None, results=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        study, result = next((s, r) for key, _label, s, r in results if key == said["result"])
        tie(
            activity=activity,
            study=study,
            result=result,
            why=said["why"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("The result is tied to the activity."))
        return redirect(activity)
    links = EvaluationLink.objects.filter(activity=activity, study__in=own).select_related("study", "action")
    context = {"nav": "studies", "activity": activity, "form": form, "any": bool(results), "links": links}
    return render(request, "studies/tie_result.html", context)


def own_studies(reader: Person, today: date) -> list[Study]:
    return [
        study
        for study in permissions.visible_studies(reader, today)
        if permissions.may_work_on(reader, study, today)
    ]


def results_of(studies: list[Study]) -> list[tuple[str, str, Study, AssessmentRun | KaizenAction]]:
    """(key, words, study, result): each study's assessment that stands, and the actions agreed in it."""
    found: list[tuple[str, str, Study, AssessmentRun | KaizenAction]] = []
    for study in studies:
        run = study.standing_run()
        if run is not None and run.made_at is not None:
            day = date_format(run.made_at, "SHORT_DATE_FORMAT")
            label = _("%(study)s: assessment of %(day)s") % {"study": study, "day": day}
            found.append((f"run-{run.pk}", label, study, run))
        for action in KaizenAction.objects.filter(map__study=study):
            label = _("%(study)s: action “%(what)s”") % {"study": study, "what": action.what}
            found.append((f"action-{action.pk}", label, study, action))
    return found


@login_required
@require_POST
def untie_result(request: HttpRequest, link_pk: int) -> HttpResponse:
    link = EvaluationLink.objects.select_related("activity").filter(pk=link_pk).first()
    if link is None:
        raise permissions.not_here()
    permissions.find_to_work_on(request.user, link.study_id, timezone.localdate())
    link.delete()
    messages.success(request, _("The result is no longer tied to the activity."))
    return redirect(link.activity)
