"""The map beside the log of the same service; people join what has other names."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from straume.web.studies import analysis, assessment_page, map_analysis, map_log, permissions
from straume.web.studies.actions import maps as actions
from straume.web.studies.figures import protected
from straume.web.studies.models import AssessmentRun, LogName, StreamMap
from straume.web.studies.views.reader import language, person
from straume.web.studies.views.studio import standing_log_run


@login_required
def beside_log(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """GET: both side by side. POST: which step of the log each step of the map is."""
    today = timezone.localdate()
    if request.method == "POST":
        shown = permissions.find_map_to_work_on(request.user, pk, map_pk, today)
        join(request, shown)
        return redirect("studies:map_log", pk, map_pk)
    shown = permissions.find_map(request.user, pk, map_pk, today)
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "may_work": permissions.may_work_on(request.user, shown.study, today),
    }
    run = standing_log_run(shown.study)
    if run is not None:
        context |= both(shown, run)
    return render(request, "studies/studio/log.html", context)


def both(shown: StreamMap, run: AssessmentRun) -> dict[str, object]:
    log = protected(analysis.stored(run, {}))
    state = actions.state_of(shown)
    names = dict(shown.log_names.order_by("pk").values_list("element", "activity"))
    rows = map_log.steps_beside(map_analysis.read_state(shown.study, state), state, log, names, language())
    return {
        "run": run,
        "rows": rows,
        "period": assessment_page.period(log, language()),
        "cases": assessment_page.cases(log, language()),
        "activities": [one.step for one in log.steps],
        "only_in_log": map_log.only_in_log(rows, log),
        "any_between": any(row.is_between for row in rows if row.activity),
    }


def join(request: HttpRequest, shown: StreamMap) -> None:
    """Write down the joins that differ from what stands."""
    run = standing_log_run(shown.study)
    if run is None:
        return
    log = analysis.stored(run, {})
    known = {one.step for one in log.steps}
    state = actions.state_of(shown)
    names = dict(shown.log_names.order_by("pk").values_list("element", "activity"))
    standing = map_log.joins(state, {one.step: one for one in log.steps}, names)
    fresh = [
        LogName(map=shown, element=step.id, activity=said, said_by=person(request), said_at=timezone.now())
        for step in state.steps
        if (said := chosen(request, step.id)) is not None
        and (said == "" or said in known)
        and said != standing[step.id]
    ]
    LogName.objects.bulk_create(fresh)


def chosen(request: HttpRequest, step: uuid.UUID) -> str | None:
    return request.POST.get(f"step-{step}")
