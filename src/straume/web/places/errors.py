"""Pages for what went wrong; each says what to do next."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """No database and no session here: they may be what is broken."""
    return render(request, "errors/500.html", status=500)
