"""Searches over scenarios: asking, looking how far they are, stopping, what they found."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.studies import analysis, search_page, table_files
from straume.web.studies.actions import searches as actions
from straume.web.studies.forms.scenarios import SearchForm
from straume.web.studies.models import ScenarioSearch
from straume.web.studies.scenario_place import Place, find_place
from straume.web.studies.views.reader import language
from straume.web.studies.views.scenarios import around


@login_required
def searches(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """What was searched before, and a new search."""
    today = timezone.localdate()
    place = find_place(request.user, pk, map_pk, today, to_work=request.method == "POST")
    choices = [(str(one.pk), one.name) for one in place.scenarios() if not one.pooling]
    law = analysis.deadline_of(place.study)
    first = {"key": uuid.uuid4(), "kind": "staff"}
    first |= {"days": law.days, "clock": law.clock} if law else {}
    form = SearchForm(request.POST or None, scenarios=choices, initial=first)
    if request.method == "POST" and form.is_valid():
        return redirect(asked(place, form))
    found = place.study.searches.filter(map=place.map, log=place.log)[:20]
    return render(request, "studies/scenarios/searches.html", around(place) | {"form": form, "found": found})


def asked(place: Place, form: SearchForm) -> ScenarioSearch:
    said = form.cleaned_data
    parameters: dict[str, Any] = {}
    if said["kind"] == ScenarioSearch.Kind.STAFF:
        parameters = {"days": said["days"], "clock": said["clock"] or "calendar"}
        if said["scenario"]:
            chosen = place.scenario(int(said["scenario"]))
            parameters |= {"name": chosen.name, "changes": chosen.changes}
    else:
        parameters["plans"] = [
            {"name": one.name, "changes": one.changes} for one in place.scenarios() if not one.pooling
        ]
    return actions.ask_search(
        study=place.study,
        mapped=place.map,
        log=place.log,
        kind=said["kind"],
        parameters=parameters,
        key=said["key"],
        now=timezone.now(),
    )


@login_required
def search(request: HttpRequest, pk: int, search_pk: int, map_pk: int | None = None) -> HttpResponse:
    """How far it is, or what it found; htmx asks for the changing part alone."""
    place = find_place(request.user, pk, map_pk, timezone.localdate())
    shown = place.search(search_pk)
    context = around(place) | {"search": shown, "found": search_page.shown(shown, language())}
    if request.GET.get("format") == "csv" and shown.result:
        file = HttpResponse(
            table_files.as_csv(search_page.as_table(shown, language()), lang=language()),
            content_type="text/csv; charset=utf-8",
        )
        file["Content-Disposition"] = 'attachment; filename="straume-search.csv"'
        return file
    if request.headers.get("HX-Request"):
        return render(request, "studies/scenarios/search_state.html", context)
    return render(request, "studies/scenarios/search.html", context)


@login_required
@require_POST
def stop(request: HttpRequest, pk: int, search_pk: int, map_pk: int | None = None) -> HttpResponse:
    place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
    shown = place.search(search_pk)
    if actions.stop_search(search=shown):
        messages.success(request, _("Stopped."))
    return redirect(shown)
