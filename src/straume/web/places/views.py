from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.places import permissions
from straume.web.places.models import Unit
from straume.web.places.registry import home_sections, institution_sections, unit_sections


def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    sections = [made for make in home_sections if (made := make(request.user, today))]
    return render(request, "places/home.html", {"sections": sections})


@login_required
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_institution(request.user, slug, today)
    sections = [made for make in institution_sections if (made := make(shown, request.user, today))]
    return render(request, "places/institution.html", {"institution": shown, "sections": sections})


@login_required
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_unit(request.user, pk, today)
    sections = [made for make in unit_sections if (made := make(shown, request.user, today))]
    return render(request, "places/unit.html", {"unit": shown, "sections": sections, "nav": "units"})


@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    units = Unit.objects.filter(institution__in=permissions.visible_institutions(request.user, today))
    return render(request, "places/coverage.html", {"units": units, "nav": "units"})


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "places/my_data.html", {})
