"""An institution: what it is, its land, its terms, its units; and which came out of which."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.places import permissions
from straume.web.places.models import Area, Institution, Lineage, TerritorialUnit, Unit
from straume.web.places.pictures import draw_lineage
from straume.web.places.registry import institution_sections

Branch = tuple[Unit, list["Branch"]]


@login_required
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions that one may see, by country."""
    today = timezone.localdate()
    shown = permissions.visible_institutions(request.user, today).exclude(tier=Institution.Tier.NONE)
    return render(
        request, "places/institutions.html", {"institutions": shown, "today": today, "nav": "units"}
    )


@login_required
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_institution(request.user, slug, today)
    last_day = min(shown.until_on or today, today)
    areas = Area.objects.on(last_day).filter(institution=shown).select_related("territory")
    roles = permissions.roles_in(request.user, shown, today)
    context = {
        "institution": shown,
        "inhabitants": shown.inhabitants(year=last_day.year),
        "parishes": [a.territory for a in areas if a.territory.kind != TerritorialUnit.Kind.MUNICIPALITY],
        "terms": shown.terms.all(),
        "came_from": shown.came_from.select_related("from_institution"),
        "went_into": shown.went_into.select_related("to_institution"),
        "tree": unit_tree(shown),
        "sections": [made for make in institution_sections if (made := make(shown, request.user, today))],
        "runs_units": bool(roles & permissions.RUNS_UNITS),
        "runs_memberships": bool(roles & permissions.RUNS_MEMBERSHIPS),
        "nav": "units",
    }
    return render(request, "places/institution.html", context)


def unit_tree(institution: Institution) -> list[Branch]:
    """Units under their parents, each level by name: [(unit, [(part, []), …]), …]."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.filter(institution=institution).order_by("name"):
        below.setdefault(unit.parent_id, []).append(unit)

    def branch(parent: int | None) -> list[Branch]:
        return [(unit, branch(unit.pk)) for unit in below.get(parent, [])]

    return branch(None)


@login_required
def lineage(request: HttpRequest) -> HttpResponse:
    """Merges, splits and renames: public law, so everybody who is signed in may read it."""
    links = list(
        Lineage.objects.select_related("from_institution", "to_institution").prefetch_related("territories")
    )
    return render(
        request,
        "places/lineage.html",
        {"links": links, "picture": draw_lineage(links), "nav": "units"},
    )
