from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.places.views import calendars, home, institutions, memberships, search, thread, units

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("me/", home.my_data, name="my_data"),
    path("search/", search.search, name="search"),
    path("thread/<str:strand>/<int:pk>/", thread.walk, name="thread"),
    path("units/", units.coverage, name="coverage"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/change/", units.change_unit, name="change_unit"),
    path("units/<int:pk>/posts/add/", units.add_post, name="add_post"),
    path("posts/<int:pk>/", units.change_post, name="change_post"),
    path("lineage/", institutions.lineage, name="lineage"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<slug:slug>/", institutions.institution, name="institution"),
    path("institutions/<slug:slug>/hours/", calendars.calendar, name="calendar"),
    path("institutions/<slug:slug>/terms/add/", calendars.add_term, name="add_term"),
    path("institutions/<slug:slug>/units/add/", units.add_unit, name="add_unit"),
    path("institutions/<slug:slug>/people/", memberships.people, name="people"),
    path("institutions/<slug:slug>/people/add/", memberships.add, name="add_person"),
    path("people/<int:pk>/end/", memberships.end, name="end_membership"),
    path("people/<int:pk>/hand-over/", memberships.hand_over, name="hand_over"),
]
