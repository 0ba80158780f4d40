"""Stages of a map, a future map from it, any two beside each other, and assessing a map."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.web.studies import map_analysis, map_diff, permissions, sentences
from straume.web.studies.actions import map_stages, runs
from straume.web.studies.actions import maps as actions
from straume.web.studies.forms.map_stages import StageForm
from straume.web.studies.map_state import MapState
from straume.web.studies.models import AssessmentRun, StreamMap, Study
from straume.web.studies.views.reader import language, person, submitted_key


@login_required
def versions(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """What became of a map, and what may come next."""
    today = timezone.localdate()
    shown = permissions.find_map(request.user, pk, map_pk, today)
    may_work = permissions.may_work_on(request.user, shown.study, today)
    form = StageForm(request.POST or None, staged=shown, initial={"on": today, "key": uuid.uuid4()})
    if request.method == "POST":
        shown = permissions.find_map_to_work_on(request.user, pk, map_pk, today)
        if form.is_valid() and recorded(request, shown, form):
            return redirect("studies:map_versions", pk, map_pk)
    stage = shown.stage()
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "form": form if map_stages.NEXT[stage] else None,
        "may_work": may_work,
        "stages": shown.stages.all(),
        "may_begin_a_future": stage in map_stages.MAY_BEGIN_A_FUTURE,
        "versions": version_choices(shown.study),
        "current": f"{shown.pk}-{shown.last_number}",
        "origin": f"{shown.made_from_id}-{shown.made_from.last_number}" if shown.made_from else "",
        "key": uuid.uuid4(),
    }
    return render(request, "studies/studio/versions.html", context)


def recorded(request: HttpRequest, shown: StreamMap, form: StageForm) -> bool:
    said = form.cleaned_data
    try:
        map_stages.record_stage(
            staged=shown,
            stage=said["stage"],
            on=said["on"],
            post=said["post"],
            key=said["key"],
            by=person(request),
            now=timezone.localtime(),
        )
    except map_stages.OutOfOrder as refusal:
        form.add_error("stage", str(refusal))
        return False
    return True


def version_choices(study: Study) -> list[tuple[str, str]]:
    """Every map as it stands, and as it stood at its stages: "map-number" and words."""
    choices = []
    for one in study.maps.all():
        choices.append((f"{one.pk}-{one.last_number}", f"{one.name} – {one.stage_label()}"))
        for stage in one.stages.all():
            if stage.at_number != one.last_number:
                words = _("%(map)s – %(stage)s, as of %(day)s") % {
                    "map": one.name,
                    "stage": stage.get_stage_display(),
                    "day": f"{stage.on:%Y-%m-%d}",
                }
                choices.append((f"{one.pk}-{stage.at_number}", words))
    return choices


@login_required
@require_POST
def future(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """A map of what is to be, which begins as this one is."""
    origin = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    name = request.POST.get("name", "").strip()[:120] or _("The way of work as it is to be")
    try:
        map_stages.require_a_base(origin)
    except map_stages.OutOfOrder as refusal:
        messages.error(request, str(refusal))
        return redirect("studies:map_versions", pk, map_pk)
    made = actions.begin_future(
        origin=origin, name=name, key=submitted_key(request), by=person(request), now=timezone.now()
    )
    return redirect(made)


@login_required
@require_GET
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """Any two maps of a study, or one at two stages."""
    today = timezone.localdate()
    study = permissions.find_inside(request.user, pk, today)
    chosen = [request.GET.get(name, "") for name in ("before", "after")]
    context: dict[str, Any] = {"nav": "studies", "study": study, "versions": version_choices(study)}
    context |= {"before": chosen[0], "after": chosen[1]}
    if all(chosen):
        old, new = (state_chosen(study, one) for one in chosen)
        lang = language()
        reads = [map_analysis.read_state(study, state) for state in (old, new)]
        context |= {
            "changes": map_diff.step_changes(old, new),
            "measures": map_diff.measure_changes(reads[0], reads[1], lang),
        }
    return render(request, "studies/studio/beside.html", context)


def state_chosen(study: Study, text: str) -> MapState:
    """The state that "map-number" names; 404 where there is none."""
    pk, _dash, number = text.partition("-")
    found = study.maps.filter(pk=pk).first() if pk.isdigit() and number.isdigit() else None
    if found is None or int(number) > found.last_number:
        raise permissions.not_here()
    return actions.state_of(found, int(number))


@login_required
@require_POST
def assess(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """Assess the map: a new version of the table of steps and its run, as the form of steps makes them."""
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    state = actions.state_of(shown)
    read = map_analysis.read_state(shown.study, state)
    if read.problems or read.assessment is None:
        messages.error(request, why_not_assessed(read))
        return redirect(shown)
    run = runs.save_steps(
        study=shown.study,
        rows=map_analysis.table_rows(state),
        demand_per_year=map_analysis.demand_of_state(state),
        key=submitted_key(request),
        by=person(request),
        now=timezone.now(),
        is_simulated=shown.is_simulated,
        from_map=shown,
    )
    if run.status != AssessmentRun.Status.DONE:
        kept = run.refusal or {"code": "assessment_broke_off"}
        messages.error(request, sentences.refusal(kept, language()))
        return redirect(shown)
    return redirect(run)


def why_not_assessed(read: map_analysis.MapRead) -> str:
    if not read.problems:
        return _("Write the first step. A rough time is enough.")
    told = sentences.problem(read.problems[0], language())
    row = read.problems[0].place.row
    where = _("Step %(number)s:") % {"number": row} if row else ""
    return f"{where} {told.sentence} {told.advice}".strip()
