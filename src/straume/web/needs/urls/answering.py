"""Answering: open to whoever has a letter or the link."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.needs.views import answering

urlpatterns: list[URLPattern | URLResolver] = [
    path("answer/", answering.answer, name="answer"),
    path("answer/fill/", answering.fill, name="fill"),
    path("answer/thanks/", answering.thanks, name="thanks"),
    path("answer/no-letters/", answering.no_letters, name="no_letters"),
    path("open/<slug:code>/", answering.open_link, name="open_link"),
]
