"""A map as a table and as a text list of its steps, for readers of the screen and for spreadsheets."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from straume.web.studies import map_diff, map_words, permissions, table_files
from straume.web.studies.actions.maps import state_of
from straume.web.studies.figures import Column, Table
from straume.web.studies.map_state import STEP_FIELDS, MapState
from straume.web.studies.models import StreamMap
from straume.web.studies.views.reader import language
from straume.web.studies.views.studio import drawn_of_state


@login_required
@require_GET
def table(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """Every step with every field that is used on the map; `?format=csv` gives the same as a file."""
    shown = permissions.find_map(request.user, pk, map_pk, timezone.localdate())
    state = state_of(shown)
    made = table_of(shown, state)
    if request.GET.get("format") == "csv":
        answer = HttpResponse(
            table_files.as_csv(made, lang=language()), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="straume-map-{shown.pk}.csv"'
        return answer
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "table": made,
        "rows": [list(zip(made.columns, texts, strict=True)) for texts in made.texts(language())],
        "drawn": drawn_of_state(shown.study, state),
    }
    return render(request, "studies/studio/table.html", context)


def table_of(shown: StreamMap, state: MapState) -> Table:
    """As people typed it; a column that no step uses is left out."""
    steps = state.steps
    used = [name for name in STEP_FIELDS if any(step.values.get(name) for step in steps)]
    numbers = {str(step.id): str(at) for at, step in enumerate(steps, 1)}
    columns = (
        Column("number", "#", "text"),
        *(Column(name, map_words.label_of(name), "text") for name in used),
    )
    rows = tuple(
        (numbers[str(step.id)], *(map_diff.told(name, step.values.get(name, ""), numbers) for name in used))
        for step in steps
    )
    return Table("map", shown.name, columns, rows)
