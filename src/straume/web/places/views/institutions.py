"""An institution: what it is, its land, its terms, its units; and which came out of which."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.web.places import permissions
from straume.web.places.analysis import rules_of
from straume.web.places.forms.calendar import WEEKDAYS
from straume.web.places.institution_list import COLUMNS, institution_rows, institution_table
from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.models import Area, Institution, Lineage, TerritorialUnit, Unit
from straume.web.places.models.institutions import Country
from straume.web.places.pictures import draw_lineage
from straume.web.places.registry import institution_sections
from straume.words.catalog import known
from straume.words.format import number as number_said
from straume.words.format import weekdays

Branch = tuple[Unit, list["Branch"]]


@login_required
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions that one may see."""
    today = timezone.localdate()
    shown = permissions.visible_institutions(request.user, today).exclude(tier=Institution.Tier.NONE)
    asked = asked_of(request, COLUMNS, "country")
    rows = institution_rows(shown, asked)
    if asked.form in FORMS:
        table = institution_table(rows)
        return as_file(table, asked.form, name="institutions", title=_("Institutions"), today=today)
    context = {"rows": rows, "countries": Country.choices, "nav": "units", **asked.context(COLUMNS)}
    return render(request, "places/institutions.html", context)


@login_required
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_institution(request.user, slug, today)
    last_day = min(shown.until_on or today, today)
    areas = Area.objects.on(last_day).filter(institution=shown).select_related("territory")
    roles = permissions.roles_in(request.user, shown, today)
    inhabitants = shown.inhabitants(year=last_day.year)
    lang = known(get_language() or "")
    context = {
        "institution": shown,
        "inhabitants": inhabitants,
        "inhabitants_said": number_said(inhabitants.number, lang, 0) if inhabitants else "",
        "parishes": [a.territory for a in areas if a.territory.kind != TerritorialUnit.Kind.MUNICIPALITY],
        "terms": shown.terms.all(),
        "came_from": shown.came_from.select_related("from_institution"),
        "went_into": shown.went_into.select_related("to_institution"),
        "hours": hours_in_words(shown, lang),
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


def hours_in_words(institution: Institution, lang: str) -> list[tuple[str, str]]:
    """Weekdays with the same hours stand together: [("Monday – Friday", "08:00–17:00")]."""
    weekly = rules_of(institution)["weekly"]
    days = [
        (number, ", ".join(f"{a}–{b}" for a, b in weekly.get(code, [])))
        for number, (code, _label) in enumerate(WEEKDAYS)
    ]
    together = [(hours, [day for day, _hours in same]) for hours, same in groupby(days, key=lambda d: d[1])]
    return [(weekdays(same[0], same[-1], lang), hours) for hours, same in together if hours]


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
