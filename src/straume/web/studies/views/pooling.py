"""What if a unit of ours and the same one of another municipality worked as one: tried, and kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.lean.errors import Problem, StraumeError
from straume.web.studies import permissions, pool_analysis, pool_page, scenario_page
from straume.web.studies.actions import scenarios as actions
from straume.web.studies.forms.scenarios import PoolForm
from straume.web.studies.models import Publication, Scenario
from straume.web.studies.scenario_analysis import Ground, units_of
from straume.web.studies.scenario_place import Place, find_place
from straume.web.studies.views.reader import language
from straume.web.studies.views.scenarios import around


@login_required
def pool(request: HttpRequest, pk: int, map_pk: int | None = None) -> HttpResponse:
    """Both municipalities before and after; what the other published is all that is used of it."""
    today = timezone.localdate()
    saves = request.method == "POST" and "save" in request.POST
    place = find_place(request.user, pk, map_pk, today, to_work=saves)
    ground, partners = place.ground(), partners_of(request, place, today)
    if ground is None:
        return redirect(place.url)
    kept = kept_of(place, request.GET.get("scenario", ""))
    chosen = chosen_partner(partners, request, kept)
    context = around(place) | {"partner": chosen, "scenario": kept}
    if chosen is None:
        return render(request, "studies/scenarios/pool.html", context)
    form = PoolForm(
        request.POST if request.method == "POST" else None,
        partners=[(str(one.pk), str(one.study.institution)) for one in partners],
        units=units_of(ground.stream),
        their_units=units_of(pool_analysis.published_stream(chosen)),
        initial=first_guess(ground, chosen, kept) | {"partner": chosen.pk, "key": uuid.uuid4()},
    )
    context["form"] = form
    said: Mapping[str, Any] | None = kept.pooling if kept and request.method != "POST" else None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if saves:
            made = saved(place, chosen, said)
            messages.success(request, _("The scenario is saved."))
            return redirect(f"{place.url}pool/?scenario={made.pk}")
    if said:
        context |= answered(ground, chosen, said, place)
    return render(request, "studies/scenarios/pool.html", context)


def partners_of(request: HttpRequest, place: Place, today: date) -> list[Publication]:
    """Standing publications of the same service elsewhere, of studies that the reader may know of."""
    seen = permissions.visible_studies(request.user, today)
    found = Publication.objects.filter(
        withdrawn_at=None, study__in=seen, study__offer__service=place.study.offer.service
    ).exclude(study__offer__institution=place.study.institution)
    return list(found.select_related("run", "study__offer__institution").order_by("-published_at"))


def kept_of(place: Place, pk: str) -> Scenario | None:
    if not (pk.isdigit() and len(pk) < 10):
        return None
    found = place.scenario(int(pk))
    return found if found.pooling and found.deleted_at is None else None


def chosen_partner(
    partners: list[Publication], request: HttpRequest, kept: Scenario | None
) -> Publication | None:
    wanted = request.POST.get("partner") or request.GET.get("partner") or (kept.partner_id if kept else None)
    return next((one for one in partners if str(one.pk) == str(wanted)), partners[0] if partners else None)


def first_guess(ground: Ground, theirs: Publication, kept: Scenario | None) -> dict[str, Any]:
    """The first unit that both have under one name, with the posts that are known."""
    if kept is not None:
        return dict(kept.pooling)
    other = pool_analysis.published_stream(theirs)
    pairs = [(unit, pool_analysis.same_unit(other, unit)) for unit in units_of(ground.stream)]
    ours, same = next((pair for pair in pairs if pair[1]), pairs[0] if pairs else ("", ""))
    posts = {unit.name: unit.staff for unit in ground.stream.units}
    their_posts = {unit.name: unit.staff for unit in other.units}
    return {
        "our_unit": ours,
        "our_posts": posts.get(ours),
        "their_unit": same,
        "their_posts": their_posts.get(same),
    }


def saved(place: Place, theirs: Publication, said: Mapping[str, Any]) -> Scenario:
    pooling = {name: said[name] for name in ("our_unit", "our_posts", "their_unit", "their_posts")}
    name = _("%(unit)s together with %(place)s") % {
        "unit": said["our_unit"],
        "place": theirs.study.institution,
    }
    return actions.save_scenario(
        study=place.study,
        mapped=place.map,
        log=place.log,
        name=name[:120],
        changes=[],
        key=said.get("key") or uuid.uuid4(),
        now=timezone.now(),
        partner=theirs,
        pooling=pooling,
    )


def answered(ground: Ground, theirs: Publication, said: Mapping[str, Any], place: Place) -> dict[str, Any]:
    asked = pool_analysis.Asked(
        said["our_unit"], float(said["our_posts"]), said["their_unit"], float(said["their_posts"])
    )
    us, them = str(place.study.institution), str(theirs.study.institution)
    try:
        found = pool_analysis.pooled(ground, theirs, asked, us=us, them=them)
    except StraumeError as refusal:
        return {
            "refusal": scenario_page.problem_told(Problem(refusal.code, refusal.params), language()),
        }
    return {"found": pool_page.shown(found, language())}
