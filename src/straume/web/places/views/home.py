"""The first screen, and the page about oneself."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Promise
from straume.web.places.permissions import memberships_of
from straume.web.places.registry import home_sections, kept_about


def home(request: HttpRequest) -> HttpResponse:
    """Signed out: what Straume is, the way in, the promise. Signed in: one's own, and the promise."""
    today = timezone.localdate()
    context: dict[str, Any] = {"promises": promises_by_text()}
    if not request.user.is_authenticated:
        return render(request, "places/welcome.html", context)
    context |= {
        "memberships": memberships_of(request.user, today).select_related("institution", "unit"),
        "sections": [made for make in home_sections if (made := make(request.user, today))],
        "nav": "home",
    }
    return render(request, "places/home.html", context)


def promises_by_text() -> list[tuple[str, list[Promise]]]:
    """The newest promise of each project partner; those who gave the same words stand under one quotation."""
    newest: dict[int, Promise] = {}
    given = Promise.objects.filter(institution__tier=Institution.Tier.PARTNER).select_related("institution")
    for promise in given.order_by("given_on"):
        newest[promise.institution_id] = promise
    ordered = sorted(newest.values(), key=lambda promise: promise.text)
    return [(text, list(same)) for text, same in groupby(ordered, key=lambda promise: promise.text)]


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept about me: everything that any app keeps with my name on it."""
    today = timezone.localdate()
    person = cast(User, request.user)
    sections = [made for make in kept_about if (made := make(person, today))]
    return render(request, "places/my_data.html", {"person": person, "sections": sections})
