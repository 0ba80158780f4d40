"""Bursts of a map, the actions that come of them, and the list of all actions that one may see."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.places.permissions import Person, institutions_of
from straume.web.studies import permissions, table_files
from straume.web.studies.actions import kaizen as actions
from straume.web.studies.actions.maps import state_of
from straume.web.studies.figures import Column, Table
from straume.web.studies.forms.map_stages import ActionForm, DoneForm
from straume.web.studies.models import KaizenAction
from straume.web.studies.views.reader import language, person
from straume.words import format as words_format

SORTS = {
    "due": ("due_on", "pk"),
    "post": ("owner_post", "due_on", "pk"),
    "newest": ("-agreed_at", "-pk"),
    "service": ("map__study__offer__service__name", "due_on", "pk"),
}
PER_PAGE = 50


@login_required
@require_GET
def bursts(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """The ideas on a map, each with what came of it."""
    today = timezone.localdate()
    shown = permissions.find_map(request.user, pk, map_pk, today)
    state = state_of(shown)
    agreed = {one.burst: one for one in shown.actions.select_related("done")}
    found = [
        (burst, actions.step_of(state, burst), agreed.pop(burst.id, None))
        for burst in state.bursts()
        if burst.values.get("text")
    ]
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "bursts": found,
        "others": list(agreed.values()),  # agreed on, though the burst was taken off the map since
        "may_work": permissions.may_work_on(request.user, shown.study, today),
        "today": today,
    }
    return render(request, "studies/studio/bursts.html", context)


@login_required
def agree(request: HttpRequest, pk: int, map_pk: int, burst: uuid.UUID) -> HttpResponse:
    """A burst becomes an action: which post sees to it, and by when."""
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    state = state_of(shown)
    found = next((one for one in state.bursts() if one.id == burst and one.values.get("text")), None)
    if found is None:
        raise permissions.not_here()
    form = ActionForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.agree(
            mapped=shown,
            state=state,
            burst=found,
            owner_post=said["owner_post"],
            due_on=said["due_on"],
            key=said["key"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("The idea is an action now."))
        return redirect("studies:map_bursts", pk, map_pk)
    context = {"nav": "studies", "study": shown.study, "map": shown, "form": form}
    context |= {"text": found.values["text"], "step": actions.step_of(state, found)}
    return render(request, "studies/studio/agree.html", context)


@login_required
def done(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    """An action is done: since when, and by what one sees it."""
    study = permissions.find_to_work_on(request.user, pk, timezone.localdate())
    action = KaizenAction.objects.filter(map__study=study, pk=action_pk).select_related("map").first()
    if action is None:
        raise permissions.not_here()
    form = DoneForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.finish(
            action=action, on=said["on"], evidence=said["evidence"], by=person(request), now=timezone.now()
        )
        messages.success(request, _("Written down as done."))
        return redirect("studies:map_bursts", pk, action.map_id)
    context = {"nav": "studies", "study": study, "map": action.map, "action": action, "form": form}
    return render(request, "studies/studio/done.html", context)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All actions of one's own institutions; as a page or as a file."""
    today = timezone.localdate()
    chosen = {name: request.GET.get(name, "") for name in ("q", "state", "sort")}
    found = filtered(visible(request.user, today), chosen, today)
    if request.GET.get("format") == "csv":
        answer = HttpResponse(
            table_files.as_csv(as_table(found, today), lang=language()),
            content_type="text/csv; charset=utf-8",
        )
        answer["Content-Disposition"] = 'attachment; filename="straume-kaizen.csv"'
        return answer
    context = {
        "nav": "studies",
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "today": today,
        "any_at_all": visible(request.user, today).exists(),
    }
    return render(request, "studies/studio/actions.html", context)


def visible(reader: Person, today: date) -> QuerySet[KaizenAction]:
    mine = institutions_of(reader, today)
    found = KaizenAction.objects.filter(map__study__offer__institution__in=mine)
    return found.select_related("done", "map__study__offer__service", "map__study__offer__institution")


def filtered(found: QuerySet[KaizenAction], chosen: dict[str, str], today: date) -> QuerySet[KaizenAction]:
    """What was asked for, in the order that was asked for; an unknown wish is no wish."""
    for word in chosen["q"].split():
        found = found.filter(
            Q(what__icontains=word)
            | Q(step__icontains=word)
            | Q(owner_post__icontains=word)
            | Q(map__study__offer__service__name__icontains=word)
        )
    if chosen["state"] == "open":
        found = found.filter(done=None)
    elif chosen["state"] == "late":
        found = found.filter(done=None, due_on__lt=today)
    elif chosen["state"] == "done":
        found = found.exclude(done=None)
    return found.order_by(*SORTS.get(chosen["sort"], SORTS["due"]))


def as_table(found: QuerySet[KaizenAction], today: date) -> Table:
    columns = (
        Column("what", _("What"), "text"),
        Column("service", _("Service"), "text"),
        Column("step", _("Step"), "text"),
        Column("post", _("Owner (post)"), "text"),
        Column("due", _("By when"), "text"),
        Column("state", _("State"), "text"),
        Column("done", _("Done on"), "text"),
        Column("evidence", _("Seen by"), "text"),
    )
    rows = tuple(
        (
            one.what,
            str(one.map.study.offer.service),
            one.step,
            one.owner_post,
            words_format.date(one.due_on, language()),
            state_of_action(one, today),
            words_format.date(one.done.on, language()) if is_done(one) else "",
            one.done.evidence if is_done(one) else "",
        )
        for one in found
    )
    return Table("actions", _("Actions"), columns, rows)


def is_done(one: KaizenAction) -> bool:
    return hasattr(one, "done")


def state_of_action(one: KaizenAction, today: date) -> str:
    if is_done(one):
        return _("done")
    return _("late") if one.due_on < today else _("open")
