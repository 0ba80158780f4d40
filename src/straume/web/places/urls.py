from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.places import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("units/", views.coverage, name="coverage"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("institutions/<slug:slug>/", views.institution, name="institution"),
    path("me/", views.my_data, name="my_data"),
]
