"""Addresses of the app; each subject keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from straume.web.needs.urls import answering, needs, results, surveys

app_name = "needs"
urlpatterns: list[URLPattern | URLResolver] = [
    *answering.urlpatterns,
    *needs.urlpatterns,
    *results.urlpatterns,
    *surveys.urlpatterns,
]
