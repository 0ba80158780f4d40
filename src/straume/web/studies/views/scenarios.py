"""What if: trying changes on a map or on what a log shows, keeping them, choosing one as the future state."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.lean.errors import Problem, StraumeError
from straume.web.studies import map_analysis, permissions, scenario_page, table_files
from straume.web.studies import scenario_analysis as analysis
from straume.web.studies.actions import scenarios as actions
from straume.web.studies.actions.map_stages import OutOfOrder
from straume.web.studies.actions.maps import state_of
from straume.web.studies.forms.scenarios import StaffForm
from straume.web.studies.models import ModelTrial, Scenario
from straume.web.studies.scenario_controls import (
    Wanted,
    changes_of,
    controls,
    wanted_of_changes,
    wanted_of_form,
)
from straume.web.studies.scenario_future import edits_of
from straume.web.studies.scenario_place import Place, find_place, found_again, plan_of
from straume.web.studies.views.reader import language, person, submitted_key
from straume.words import changes as change_words

MOST_BESIDE = 4


@login_required
def scenarios(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """The controls with their answer, and what was kept; a submit without scripts answers with the page."""
    place = find_place(request.user, pk, map_pk, timezone.localdate())
    ground = ground_now(place, request)
    wanted = wanted_of_form(request.POST, ground) if ground and request.method == "POST" else Wanted()
    if request.method == "POST" and "save" in request.POST:
        place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
        kept = saved(request, place, ground, wanted)
        if kept is not None:
            return redirect(kept)
    return page(request, place, ground, wanted)


@login_required
def scenario(request: HttpRequest, pk: int, scenario_pk: int, map_pk: int | None = None) -> HttpResponse:
    """One that was kept: tried further, changed, renamed."""
    today = timezone.localdate()
    place = find_place(request.user, pk, map_pk, today)
    shown = standing(place, scenario_pk)
    if shown.pooling:
        return redirect(f"{place.url}pool/?scenario={shown.pk}")
    ground = ground_now(place, request)
    if ground is None:
        return redirect(place.url)
    wanted = wanted_of_changes(shown.changes, ground)
    if request.method == "POST":
        others = wanted.others
        wanted = wanted_of_form(request.POST, ground)
        wanted.others = others
        if "save" in request.POST or "new" in request.POST:
            place = find_place(request.user, pk, map_pk, today, to_work=True)
            kept = saved(request, place, ground, wanted, None if "new" in request.POST else shown)
            if kept is not None:
                return redirect(kept)
    return page(request, place, ground, wanted, shown)


def standing(place: Place, pk: int) -> Scenario:
    found = place.scenario(pk)
    if found.deleted_at is not None:
        raise permissions.not_here()
    return found


def ground_now(place: Place, request: HttpRequest) -> analysis.Ground | None:
    """The map as it stood when the page was made, so that its switches mean the steps that they show."""
    at = request.POST.get("at", "")
    number = int(at) if place.map and at.isdigit() and len(at) < 10 else None
    if number is not None and place.map and number > place.map.last_number:
        number = None
    return place.ground(number)


def saved(
    request: HttpRequest,
    place: Place,
    ground: analysis.Ground | None,
    wanted: Wanted,
    before: Scenario | None = None,
) -> Scenario | None:
    """Keep what is on the controls; without any change there is nothing to keep, and that is said."""
    changes = changes_of(wanted, ground) if ground else []
    if not changes or ground is None:
        messages.error(request, _("Nothing is changed yet. Move a slider or a switch first."))
        return None
    name = request.POST.get("name", "").strip()[:120] or named(ground, changes)
    if before is not None:
        actions.change_scenario(scenario=before, name=name, changes=changes)
        messages.success(request, _("Saved."))
        return before
    kept = actions.save_scenario(
        study=place.study,
        mapped=place.map,
        log=place.log,
        name=name,
        changes=changes,
        key=submitted_key(request),
        now=timezone.now(),
    )
    messages.success(request, _("The scenario is saved."))
    return kept


def named(ground: analysis.Ground, changes: Sequence[Any]) -> str:
    """A scenario without a name is called after what it does."""
    told = analysis.carried_out(ground, analysis.Plan("", changes)).told
    sentences = [change_words.sentence(one, language()).rstrip(".") for one in told]
    text = "; ".join(sentences) or _("Scenario")
    return text if len(text) <= 120 else f"{text[:119]}…"


def page(
    request: HttpRequest,
    place: Place,
    ground: analysis.Ground | None,
    wanted: Wanted,
    shown: Scenario | None = None,
) -> HttpResponse:
    context: dict[str, Any] = around(place) | {"scenario": shown, "key": uuid.uuid4()}
    context["deleted"] = deleted(request, place)
    if ground is None:
        trial = place.trial()
        context["trial_failed"] = trial is not None and trial.status == ModelTrial.Status.FAILED
        context["trial_busy"] = trial is not None and trial.is_busy
        return render(request, "studies/scenarios/page.html", context)
    context["at"] = request.POST.get("at") or (place.map.last_number if place.map else "")
    context["controls"] = controls(ground, wanted, language())
    context |= answered(ground, wanted, shown)
    context["verdict"] = scenario_page.verdict(verdict_of(place, ground), language())
    if place.map is not None:
        said = actions.standing_staff(place.map)
        context["staff_form"] = StaffForm(units=analysis.units_of(ground.stream), said=said)
        context["staff_said"] = bool(said and said.staff)
    return render(request, "studies/scenarios/page.html", context)


def around(place: Place) -> dict[str, Any]:
    return {
        "nav": "studies",
        "study": place.study,
        "map": place.map,
        "log": place.log,
        "base": place.url,
        "may_work": place.may_work,
        "scenarios": place.scenarios(),
    }


def deleted(request: HttpRequest, place: Place) -> Scenario | None:
    """What was deleted a moment ago and may be brought back."""
    pk = request.GET.get("deleted", "")
    if not (pk.isdigit() and len(pk) < 10):
        return None
    return place.study.scenarios.filter(map=place.map, log=place.log, pk=pk, deleted_at__isnull=False).first()


def verdict_of(place: Place, ground: analysis.Ground) -> analysis.Reproduction | None:
    try:
        return found_again(place, ground)
    except StraumeError:
        return None


def answered(ground: analysis.Ground, wanted: Wanted, shown: Scenario | None = None) -> dict[str, Any]:
    """The answer to what is on the controls, or why there is none."""
    changes = changes_of(wanted, ground)
    name = shown.name if shown else ""
    plans = [analysis.Plan(name, changes)] if changes else []
    try:
        return {"shown": scenario_page.shown(analysis.answer(ground, plans), [""] * len(plans), language())}
    except StraumeError as refusal:
        told = scenario_page.problem_told(Problem(refusal.code, refusal.params), language())
        return {"shown": None, "refusal": told}


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """What the controls come to, for the part of the page that changes; nothing is kept."""
    place = find_place(request.user, pk, map_pk, timezone.localdate())
    ground = ground_now(place, request)
    if ground is None:
        raise permissions.not_here()
    context = around(place) | answered(ground, wanted_of_form(request.POST, ground))
    return render(request, "studies/scenarios/answer.html", context)


@login_required
@require_GET
def beside(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """Several kept scenarios beside each other, as a page or as a file."""
    place = find_place(request.user, pk, map_pk, timezone.localdate())
    ground = place.ground()
    asked = {int(one) for one in request.GET.getlist("s") if one.isdigit() and len(one) < 10}
    chosen = [one for one in place.scenarios() if one.pk in asked and not one.pooling][:MOST_BESIDE]
    if ground is None or not chosen:
        messages.error(request, _("Choose at least one scenario to put beside how it is now."))
        return redirect(place.url)
    names = [one.name for one in chosen]
    context = around(place) | {"chosen": chosen, "most": MOST_BESIDE}
    try:
        found = analysis.answer(ground, [plan_of(one) for one in chosen])
    except StraumeError as refusal:
        told = scenario_page.problem_told(Problem(refusal.code, refusal.params), language())
        return render(request, "studies/scenarios/beside.html", context | {"refusal": told})
    if request.GET.get("format") == "csv":
        return csv_of(found, names)
    context |= {"shown": scenario_page.shown(found, names, language())}
    context["verdict"] = scenario_page.verdict(verdict_of(place, ground), language())
    return render(request, "studies/scenarios/beside.html", context)


@login_required
@require_POST
def as_csv(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """What is on the controls, as a file."""
    place = find_place(request.user, pk, map_pk, timezone.localdate())
    ground = ground_now(place, request)
    if ground is None:
        raise permissions.not_here()
    changes = changes_of(wanted_of_form(request.POST, ground), ground)
    plans = [analysis.Plan("", changes)] if changes else []
    try:
        return csv_of(analysis.answer(ground, plans), [""] * len(plans))
    except StraumeError as refusal:
        messages.error(request, scenario_page.problem_told(Problem(refusal.code, refusal.params), language()))
        return redirect(place.url)


def csv_of(found: analysis.Answer, names: Sequence[str]) -> HttpResponse:
    table = scenario_page.as_table(found, names, language())
    file = HttpResponse(table_files.as_csv(table, lang=language()), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="straume-scenarios.csv"'
    return file


@login_required
@require_POST
def delete(request: HttpRequest, pk: int, scenario_pk: int, map_pk: int | None = None) -> HttpResponse:
    """Away, until somebody wants it back."""
    place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
    shown = place.scenario(scenario_pk)
    actions.delete_scenario(scenario=shown, now=timezone.now())
    return redirect(f"{place.url}?deleted={shown.pk}")


@login_required
@require_POST
def restore(request: HttpRequest, pk: int, scenario_pk: int, map_pk: int | None = None) -> HttpResponse:
    place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
    shown = place.scenario(scenario_pk)
    actions.restore_scenario(scenario=shown)
    messages.success(request, _("The scenario is back."))
    return redirect(shown)


@login_required
def staff(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """How many posts there are for this service; what units share among services only people know."""
    place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
    ground = place.ground()
    if place.map is None or ground is None:
        return redirect(place.url)
    said = actions.standing_staff(place.map)
    form = StaffForm(request.POST or None, units=analysis.units_of(ground.stream), said=said)
    if request.method == "POST" and form.is_valid():
        actions.say_staff(
            mapped=place.map,
            staff=form.staff(),
            queue_only=form.cleaned_data["queue_only"],
            now=timezone.now(),
        )
        return redirect(place.url)
    return render(request, "studies/scenarios/staff.html", around(place) | {"form": form})


@login_required
@require_POST
def choose(request: HttpRequest, pk: int, scenario_pk: int, map_pk: int) -> HttpResponse:
    """The scenario becomes the future state: a future map with its changes, and what is to be done."""
    place = find_place(request.user, pk, map_pk, timezone.localdate(), to_work=True)
    shown, ground = standing(place, scenario_pk), place.ground()
    if place.map is None or ground is None:
        return redirect(place.url)
    state = state_of(place.map)
    changed = analysis.carried_out(ground, plan_of(shown))
    edits = edits_of(
        state=state,
        read=map_analysis.read_state(place.study, state),
        before=ground.stream,
        changed=changed,
        lang=language(),
    )
    try:
        future = actions.choose_as_future(
            scenario=shown, origin=place.map, edits=edits.said, by=person(request), now=timezone.now()
        )
    except OutOfOrder as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("This is the future state now. Its changes stand on the map as ideas, too."))
    if edits.look_again:
        text = _(
            "A list of steps cannot say in full how work goes on after: %(steps)s. Look at it on the map."
        )
        messages.warning(request, text % {"steps": ", ".join(edits.look_again)})
    return redirect(future)
