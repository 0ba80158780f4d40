"""Statements that stand for themselves: accessibility, and what is kept of whoever reads."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from straume.web.public.models import Publicity
from straume.web.public.open_pages import published_projects

REVIEWED_ON = date(2026, 11, 23)  # change it when the statement is looked over again


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """After the model of Commission Implementing Decision (EU) 2018/1523."""
    asked = Publicity.objects.filter(project__in=published_projects())
    return render(request, "public/accessibility.html", {"asked": asked, "reviewed_on": REVIEWED_ON})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")
