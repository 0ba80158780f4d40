"""Addresses of the whole house; each app keeps its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("straume.web.accounts.urls")),
    path("", include("straume.web.places.urls")),
    path("services/", include("straume.web.services.urls")),
    path("assessments/", include("straume.web.studies.urls")),
    path("needs/", include("straume.web.needs.urls")),
    path("programme/", include("straume.web.programme.urls")),
    path("groups/", include("straume.web.groups.urls")),
    path("", include("straume.web.public.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("straume.web.demo.urls")))

handler403 = "straume.web.places.errors.forbidden"
handler404 = "straume.web.places.errors.not_found"
handler500 = "straume.web.places.errors.broken"
