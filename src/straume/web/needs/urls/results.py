"""Results of waves."""

from __future__ import annotations

from django.urls import URLPattern, path

from straume.web.needs.views import imports, make_need, results

urlpatterns: list[URLPattern] = [
    path("results/new/", imports.import_results, name="import_results"),
    path("results/template-<str:lang>.xlsx", imports.import_template, name="import_template"),
    path("waves/<int:pk>/results/", results.results, name="results"),
    path("waves/<int:pk>/results/group/", results.group_needs, name="group_needs"),
    path("waves/<int:pk>/results/change/", results.change, name="change"),
    path("waves/<int:pk>/results/texts/", make_need.texts, name="texts"),
    path(
        "waves/<int:pk>/results/texts/<int:batch_pk>/undo/", make_need.take_texts_out, name="take_texts_out"
    ),
    path("waves/<int:pk>/results/question/<str:item>/", results.result, name="result"),
    path("waves/<int:pk>/results/question/<str:item>/need/", make_need.make_need, name="make_need"),
    path("waves/<int:pk>/results/question/<str:item>/evidence/", make_need.add_evidence, name="add_evidence"),
]
