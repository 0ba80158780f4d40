"""Addresses of the app; each subject keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from straume.web.programme.urls import (
    attendance,
    certificates,
    choosing,
    coaching,
    evaluation,
    nomination,
    structure,
)

app_name = "programme"
urlpatterns: list[URLPattern | URLResolver] = [
    *choosing.urlpatterns,
    *structure.urlpatterns,
    *nomination.urlpatterns,
    *attendance.urlpatterns,
    *certificates.urlpatterns,
    *evaluation.urlpatterns,
    *coaching.urlpatterns,
]
