"""A map on paper (A3, A1, A0; PDF and SVG) and as BPMN, in and out."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.web.reports.map_sheet import Burst, SheetHead, map_sheet_pdf, map_sheet_svg
from straume.web.studies import map_analysis, permissions, sentences
from straume.web.studies.actions import maps as actions
from straume.web.studies.map_state import MapState
from straume.web.studies.models import KaizenAction, StreamMap
from straume.web.studies.views.assessment import LANGUAGES
from straume.web.studies.views.reader import language, person, submitted_key
from straume.words import bpmn as bpmn_words

SIZES = ("a3", "a1", "a0")
KINDS = {"pdf": "application/pdf", "svg": "image/svg+xml"}
LARGEST_BYTES = 10_000_000


@login_required
@require_GET
def files(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """What can be printed and taken along."""
    today = timezone.localdate()
    shown = permissions.find_map(request.user, pk, map_pk, today)
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "may_work": permissions.may_work_on(request.user, shown.study, today),
        "sizes": SIZES,
        "languages": LANGUAGES,
        "empty": not actions.state_of(shown).steps,
    }
    return render(request, "studies/studio/files.html", context)


@login_required
@require_GET
def sheet(request: HttpRequest, pk: int, map_pk: int, size: str, lang: str, filetype: str) -> HttpResponse:
    """The map on one sheet, in the language asked for."""
    today = timezone.localdate()
    shown = permissions.find_map(request.user, pk, map_pk, today)
    if size not in SIZES or lang not in dict(LANGUAGES) or filetype not in KINDS:
        raise permissions.not_here()
    state = actions.state_of(shown)
    read = map_analysis.read_state(shown.study, state)
    if read.assessment is None:
        raise permissions.not_here()
    ideas = bursts_of(shown, state, read)
    head = head_of(shown, today, lang)
    content: str | bytes
    if filetype == "pdf":
        content = map_sheet_pdf(read.assessment, head=head, lang=lang, size=size, bursts=ideas)  # type: ignore[arg-type]
    else:
        content = map_sheet_svg(read.assessment, head=head, lang=lang, size=size, bursts=ideas)  # type: ignore[arg-type]
    return download(content, KINDS[filetype], f"straume-map-{shown.pk}-{size}-{lang}.{filetype}")


def head_of(shown: StreamMap, today: date, lang: str) -> SheetHead:
    service, institution = shown.study.offer.service, shown.study.institution
    return SheetHead(
        title=f"{getattr(service, f'name_{lang}') or service} – {shown.name}",
        made_on=today,
        institution=getattr(institution, f"name_{lang}") or str(institution),
        unit=str(shown.study.unit or ""),
        state=shown.stage(),
        version=f"{shown.last_number}",
        simulated=shown.is_simulated,
    )


def bursts_of(shown: StreamMap, state: MapState, read: map_analysis.MapRead) -> list[Burst]:
    """The ideas on the map, with post and day where they are actions."""
    assert read.assessment is not None
    ids = [str(step.id) for step in state.steps]
    keys = {ids[at]: step.key for at, step in zip(read.step_rows, read.assessment.stream.steps, strict=True)}
    agreed: dict[object, KaizenAction] = {one.burst: one for one in shown.actions.select_related("done")}
    ideas = []
    for burst in state.bursts():
        action = agreed.get(burst.id)
        if burst.values.get("text"):
            ideas.append(
                Burst(
                    text=burst.values["text"],
                    step=keys.get(burst.values["burst_of"], ""),
                    owner=action.owner_post if action else "",
                    due_on=action.due_on if action else None,
                    is_done=bool(action and hasattr(action, "done")),
                )
            )
    return ideas


@login_required
@require_GET
def bpmn(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """The map as BPMN 2.0."""
    shown = permissions.find_map(request.user, pk, map_pk, timezone.localdate())
    content = map_analysis.bpmn_of(shown, actions.state_of(shown))
    if content is None:
        raise permissions.not_here()
    return download(content, "application/xml", f"straume-map-{shown.pk}.bpmn")


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_POST
def take_bpmn(request: HttpRequest, pk: int) -> HttpResponse:
    """A new map from a BPMN file; what it cannot take is said, element by element."""
    study = permissions.find_to_work_on(request.user, pk, timezone.localdate())
    file = request.FILES.get("file")
    context: dict[str, object] = {"nav": "studies", "study": study}
    if file is None or (file.size or 0) > LARGEST_BYTES:
        context["sentence"] = _("Choose a BPMN file of at most 10 MB.")
        return render(request, "studies/studio/bpmn.html", context)
    read = map_analysis.read_bpmn_map(study, file.read(), lang=language())
    if read.problems:
        context["problems"] = [sentences.problem(one, language()) for one in read.problems]
        return render(request, "studies/studio/bpmn.html", context)
    made = actions.begin_map(
        study=study,
        name=(file.name or "BPMN").rsplit(".", 1)[0][:120],
        key=submitted_key(request),
        by=person(request),
        now=timezone.now(),
        rows=read.rows,
        demand=read.demand,
    )
    if not (read.notices or read.simplified or read.differs):
        return redirect(made)
    told = bpmn_words.told_together(read.notices, language())
    context |= {"map": made, "told": told, "simplified": read.simplified, "differs": read.differs}
    return render(request, "studies/studio/bpmn.html", context)
