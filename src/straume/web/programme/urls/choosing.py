"""Candidates and choices."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import candidates, choosing

urlpatterns: list[URLPattern | URLResolver] = [
    path("choosing/", choosing.choices, name="choices"),
    path("choosing/add/", choosing.add_choice, name="add_choice"),
    path("choosing/<int:pk>/", choosing.choice, name="choice"),
    path("choosing/<int:pk>/limits/", choosing.limits, name="choice_limits"),
    path("choosing/<int:pk>/weights/", choosing.weights, name="choice_weights"),
    path("choosing/<int:pk>/weights/<int:need_pk>/", choosing.change_weight, name="choice_weight"),
    path("choosing/<int:pk>/compute/", choosing.solve, name="choice_solve"),
    path("choosing/<int:pk>/lock/<int:candidate_pk>/", choosing.lock, name="choice_lock"),
    path("choosing/<int:pk>/record/", choosing.record, name="choice_record"),
    path("choosing/<int:pk>/delete/", choosing.delete_choice, name="delete_choice"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/add/", candidates.add_candidate, name="add_candidate"),
    path("candidates/import/", candidates.import_candidates, name="import_candidates"),
    path("candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("candidates/<int:pk>/change/", candidates.change_candidate, name="change_candidate"),
    path("candidates/<int:pk>/delete/", candidates.delete_candidate, name="delete_candidate"),
]
