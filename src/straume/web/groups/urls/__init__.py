"""Addresses of the app; each subject keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from straume.web.groups.urls import cards, groups, ideas

app_name = "groups"
urlpatterns: list[URLPattern | URLResolver] = [
    *groups.urlpatterns,
    *cards.urlpatterns,
    *ideas.urlpatterns,
]
