"""The whole thread through one thing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from straume.web.places import thread
from straume.web.places.permissions import not_here


@login_required
def walk(request: HttpRequest, strand: str, pk: int) -> HttpResponse:
    """Back to what it came of, onward to what came of it; everything is looked up as far as one may see."""
    walked = thread.walk(strand, pk, person=request.user, today=timezone.localdate())
    if walked is None:
        raise not_here()
    context = {"walk": walked, "here": walked.here, "label": thread.strand_of(strand).label}
    return render(request, "places/thread.html", context)
