"""Evaluation: the ladder, the reaction on the day, tests, cards and the use after months."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import evaluation, reactions

urlpatterns: list[URLPattern | URLResolver] = [
    path("evaluation/", evaluation.evaluation, name="evaluation"),
    path("activities/<int:pk>/evaluation/", evaluation.activity_evaluation, name="activity_evaluation"),
    path("cycles/<int:pk>/evaluation/", evaluation.cycle_evaluation, name="cycle_evaluation"),
    path("activities/<int:pk>/reaction/", reactions.room, name="reaction_room"),
    path("activities/<int:pk>/reaction/open/", reactions.open_reaction, name="open_reaction"),
    path("activities/<int:pk>/reaction/count/", reactions.count, name="reaction_count"),
    path("activities/<int:pk>/reaction/slips/", reactions.slips, name="reaction_slips"),
    path("activities/<int:pk>/reaction/close/", reactions.close_reaction, name="close_reaction"),
    path("r/<str:token>/", reactions.answer, name="reaction"),
    path("r/<str:token>/thanks/", reactions.thanks, name="reaction_thanks"),
]
