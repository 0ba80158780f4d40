"""The page of a map: opening it, taking its edits, telling what others did, measuring while people type."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.web.studies import analysis, map_analysis, map_page, map_words, permissions
from straume.web.studies.actions import maps as actions
from straume.web.studies.figures import protected
from straume.web.studies.forms import maps as forms
from straume.web.studies.map_state import MapState, Rows, rows_of, rows_of_state
from straume.web.studies.models import AssessmentRun, StreamMap, Study
from straume.web.studies.views.reader import language, person, submitted_key

SCRIPTS = (  # in the order in which they build on each other
    "store",
    "places",
    "references",
    "undo",
    "steps",
    "grid",
    "bursts",
    "conflicts",
    "measure",
    "sync",
    "offline",
)
WORKER = Path(__file__).resolve().parents[1] / "static" / "studies" / "studio-worker.js"


@login_required
def maps(request: HttpRequest, pk: int) -> HttpResponse:
    """The maps of a study; who works on it begins one, empty or from the steps written down before."""
    today = timezone.localdate()
    if request.method == "POST":
        study = permissions.find_to_work_on(request.user, pk, today)
        return redirect(begun(request, study))
    study = permissions.find_inside(request.user, pk, today)
    context = {
        "nav": "studies",
        "study": study,
        "maps": study.maps.all(),
        "table": study.step_tables.first(),
        "log_run": standing_log_run(study),
        "may_work": permissions.may_work_on(request.user, study, today),
        "key": uuid.uuid4(),
        "bpmn_key": uuid.uuid4(),
    }
    return render(request, "studies/studio/maps.html", context)


def begun(request: HttpRequest, study: Study) -> StreamMap:
    rows, demand = rows_to_begin_with(study, request.POST.get("from", ""))
    name = request.POST.get("name", "").strip()[:120] or _("The way of work as it is")
    return actions.begin_map(
        study=study,
        name=name,
        key=submitted_key(request),
        by=person(request),
        now=timezone.now(),
        rows=rows,
        demand=demand,
    )


def rows_to_begin_with(study: Study, wish: str) -> tuple[Sequence[Mapping[str, str]], int | None]:
    """The rows of the newest table of steps, or what the newest log shows; otherwise none."""
    table, run = study.step_tables.first(), standing_log_run(study)
    if wish == "steps" and table is not None:
        return table.rows, table.demand_per_year
    if wish == "log" and run is not None:
        return map_analysis.rows_of_log(study, protected(analysis.stored(run, {})), language()), None
    return (), None


def standing_log_run(study: Study) -> AssessmentRun | None:
    """The newest assessment of a case log of this study."""
    return AssessmentRun.standing().filter(study=study, log__isnull=False).first()


@login_required
@require_GET
def studio(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """The map: fields for those who work on the study, to look on for the other members."""
    today = timezone.localdate()
    shown = permissions.find_map(request.user, pk, map_pk, today)
    may_work = permissions.may_work_on(request.user, shown.study, today)
    state = actions.state_of(shown)
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "may_work": may_work,
        "may_edit": may_work and not shown.is_locked,
        "key": uuid.uuid4(),
        "words": map_words.words(),
        "columns": map_words.columns(),
        "state": changes(shown, 0),
        "scripts": [f"studies/studio-{name}.js" for name in SCRIPTS],
        "drawn": drawn_of_state(shown.study, state),
    }
    return render(request, "studies/studio/studio.html", context)


@login_required
def edits(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """GET: what happened after an edit. POST: edits of one tab; the answer is the same."""
    today = timezone.localdate()
    if request.method != "POST":
        shown = permissions.find_map(request.user, pk, map_pk, today)
        return JsonResponse(changes(shown, int_of(request.GET.get("after"))))
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, today)
    try:
        sent = forms.sent_edits(request.body)
    except forms.NotUnderstood:
        return JsonResponse({"error": "not_understood"}, status=400)
    try:
        actions.take_edits(edited=shown, client=sent.client, sent=sent.edits, now=timezone.now())
    except actions.Locked:
        return JsonResponse({"error": "locked"}, status=409)
    return JsonResponse(changes(shown, sent.after))


def changes(shown: StreamMap, after: int) -> dict[str, Any]:
    """What stands on the elements that were touched after an edit, and every conflict that is open."""
    state = actions.state_of(shown)
    touched = shown.edits.filter(number__gt=after) if after < shown.last_number else shown.edits.none()
    elements = set(touched.values_list("element", flat=True)) | {one.element for one in state.conflicts}
    return {
        "number": shown.last_number,
        "locked": shown.is_locked,
        "stage": shown.stage_label(),
        "elements": {str(one): state.values.get(one, {}) for one in elements},
        "conflicts": [
            {
                "element": str(one.element),
                "field": one.field,
                "stands": one.stands,
                "others": one.others,
                "changed": one.changed,
            }
            for one in state.conflicts
        ],
    }


@login_required
@require_POST
def measured(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """Figures and pictures of the rows as they stand in one browser; nothing is kept."""
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    try:
        sent = forms.sent_rows(request.body)
    except forms.NotUnderstood:
        return JsonResponse({"error": "not_understood"}, status=400)
    rows = rows_of(sent.steps, rate=sent.whole["rate"])
    drawn = drawn_of(shown.study, rows, sent.whole["demand"])
    return JsonResponse({"cells": drawn.cells, "html": as_html(request, drawn)})


@login_required
@require_GET
def drawn(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """The drawn part for whoever looks on; nothing of it where nothing has changed."""
    shown = permissions.find_map(request.user, pk, map_pk, timezone.localdate())
    return JsonResponse(looked_on(request, shown))


def looked_on(request: HttpRequest, shown: StreamMap) -> dict[str, Any]:
    if request.GET.get("after") == str(shown.last_number):
        return {"number": shown.last_number}
    found = drawn_of_state(shown.study, actions.state_of(shown))
    return {"number": shown.last_number, "stage": shown.stage_label(), "html": as_html(request, found)}


@login_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address above the maps: it may answer only for what lies below it."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def as_html(request: HttpRequest, drawn: map_page.Drawn) -> str:
    return render_to_string("studies/studio/drawn.html", {"drawn": drawn}, request)


def drawn_of_state(study: Study, state: MapState) -> map_page.Drawn:
    return drawn_of(study, rows_of_state(state), state.of_map("demand"))


def drawn_of(study: Study, rows: Rows, demand: str) -> map_page.Drawn:
    read = map_analysis.read_map(study, rows, demand=forms.demand_of(demand))
    return map_page.drawn(read, rows, language())


def int_of(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
