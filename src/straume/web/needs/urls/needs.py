"""Needs, one by one and as a list."""

from __future__ import annotations

from django.urls import URLPattern, path

from straume.web.needs.views import needs

urlpatterns: list[URLPattern] = [
    path("", needs.needs, name="needs"),
    path("new/", needs.add_need, name="add_need"),
    path("<int:pk>/", needs.need, name="need"),
    path("<int:pk>/change/", needs.change_need, name="change_need"),
    path("<int:pk>/status/", needs.need_status, name="need_status"),
    path("<int:pk>/same/", needs.merge_need, name="merge_need"),
    path("<int:pk>/same/undo/", needs.unmerge_need, name="unmerge_need"),
    path("<int:pk>/delete/", needs.delete_need, name="delete_need"),
]
