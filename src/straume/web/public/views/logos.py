"""The EU emblem and the logos of a published project: pictures that anybody may fetch."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from straume.web.places.permissions import not_here
from straume.web.public.open_pages import find_project
from straume.web.reports.pictures.emblem import eu_emblem


@require_GET
def emblem(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(eu_emblem(), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_GET
def logo(request: HttpRequest, code: str, logo_pk: int) -> HttpResponseBase:
    """Only a picture that was checked at upload is given out, and never as anything but that picture."""
    found = find_project(code).logos.filter(pk=logo_pk).first()
    if found is None:
        raise not_here()
    response = FileResponse(found.file.open("rb"), content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
