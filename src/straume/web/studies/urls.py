from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.studies.views import assessment, follow, logs, steps, studies, studio, verdicts

app_name = "studies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", studies.index, name="index"),
    path("new/", studies.new, name="new"),
    path("<int:pk>/", assessment.study, name="study"),
    path("<int:pk>/team/", studies.team, name="team"),
    path("<int:pk>/publish/", studies.publish, name="publish"),
    path("<int:pk>/delete/", studies.delete, name="delete"),
    path("<int:pk>/logs/new/", logs.upload, name="upload"),
    path("<int:pk>/logs/<int:log_pk>/", logs.log, name="log"),
    path("<int:pk>/logs/<int:log_pk>/columns/", logs.columns, name="columns"),
    path("<int:pk>/logs/<int:log_pk>/cancel/", logs.cancel, name="cancel_log"),
    path("<int:pk>/logs/<int:log_pk>/assess/", logs.assess, name="assess_log"),
    path("<int:pk>/logs/<int:replaces>/replace/", logs.upload, name="replace_log"),
    path("<int:pk>/logs/<int:log_pk>/delete/", logs.delete, name="delete_log"),
    path("<int:pk>/logs/<int:log_pk>/original/", logs.original, name="original"),
    path("<int:pk>/steps/", steps.steps, name="steps"),
    path("<int:pk>/steps/upload/", steps.upload, name="steps_upload"),
    path("<int:pk>/steps/template-<str:lang>.xlsx", steps.template, name="steps_template"),
    path("studio-worker.js", studio.worker, name="studio_worker"),
    path("follow/<str:token>/", follow.follow, name="follow"),
    path("follow/<str:token>/drawn/", follow.followed, name="followed"),
    path("<int:pk>/maps/", studio.maps, name="maps"),
    path("<int:pk>/maps/<int:map_pk>/", studio.studio, name="studio"),
    path("<int:pk>/maps/<int:map_pk>/edits/", studio.edits, name="map_edits"),
    path("<int:pk>/maps/<int:map_pk>/measured/", studio.measured, name="map_measured"),
    path("<int:pk>/maps/<int:map_pk>/drawn/", studio.drawn, name="map_drawn"),
    path("<int:pk>/maps/<int:map_pk>/share/", follow.share, name="map_share"),
    path("<int:pk>/maps/<int:map_pk>/share/<int:share_pk>/revoke/", follow.revoke, name="map_unshare"),
    path("<int:pk>/judge/", verdicts.judge, name="judge"),
    path("<int:pk>/questions/<str:key>/", verdicts.verdict, name="verdict"),
    path("<int:pk>/runs/<int:run_pk>/", assessment.run, name="run"),
    path("<int:pk>/runs/<int:run_pk>/<slug:name>/", assessment.table, name="table"),
    path("<int:pk>/runs/<int:run_pk>/<slug:name>.<str:kind>", assessment.table_file, name="table_file"),
    path("<int:pk>/runs/<int:run_pk>/a3/<str:lang>.pdf", assessment.a3, name="a3"),
    path("<int:pk>/runs/<int:run_pk>/beside/<int:other_pk>/", assessment.compare, name="compare"),
]
