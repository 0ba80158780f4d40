"""What is open to everybody, and the pages of those who decide what is."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.public.views import logos, open, publishing, statements

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("emblem.svg", logos.emblem, name="emblem"),
    path("open/", open.projects, name="projects"),
    path("open/<slug:code>/", open.project, name="project"),
    path("open/<slug:code>/calendar/", open.calendar, name="calendar"),
    path("open/<slug:code>/calendar.ics", open.calendar_file, name="calendar_file"),
    path("open/<slug:code>/activities/<int:pk>/", open.activity, name="activity"),
    path("open/<slug:code>/activities/<int:pk>.ics", open.activity_file, name="activity_file"),
    path("open/<slug:code>/results/", open.results, name="results"),
    path("open/<slug:code>/logos/<int:logo_pk>/", logos.logo, name="logo"),
    path("publish/", publishing.choose, name="publishing"),
    path("publish/<int:project_pk>/", publishing.publicity, name="publicity"),
    path("publish/<int:project_pk>/change/", publishing.change_publicity, name="change_publicity"),
    path("publish/<int:project_pk>/stories/add/", publishing.add_story, name="add_story"),
    path("publish/<int:project_pk>/stories/<int:story_pk>/", publishing.change_story, name="change_story"),
]
