"""Search over everything that one may see; each app answers for its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.places.registry import Hit, searches

AT_MOST = 20  # per kind
SHORTEST = 2


@login_required
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    today = timezone.localdate()
    hits: list[Hit] = []
    if len(words) >= SHORTEST:
        for find in searches:
            hits += list(find(words, request.user, today, AT_MOST))
    context = {"q": words, "hits": hits, "asked": len(words) >= SHORTEST, "shortest": SHORTEST}
    return render(request, "places/search.html", context)
