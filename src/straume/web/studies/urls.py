from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.studies.views import (
    assessment,
    card_evidence,
    evaluation_links,
    follow,
    kaizen,
    logs,
    map_files,
    map_log,
    map_table,
    map_versions,
    origin,
    pooling,
    scenarios,
    searches,
    steps,
    studies,
    studio,
    touch,
    verdicts,
)

app_name = "studies"


def what_if(place: str, prefix: str) -> list[URLPattern]:
    """The pages of scenarios of a map, and the same ones of what a log shows."""
    one = f"{prefix}<int:scenario_pk>/"
    return [
        path(prefix, scenarios.scenarios, name=f"{place}_scenarios"),
        path(f"{prefix}answer/", scenarios.answer, name=f"{place}_scenarios_answer"),
        path(f"{prefix}answer/figures.csv", scenarios.as_csv, name=f"{place}_scenarios_csv"),
        path(f"{prefix}beside/", scenarios.beside, name=f"{place}_scenarios_beside"),
        path(f"{prefix}pool/", pooling.pool, name=f"{place}_scenarios_pool"),
        path(one, scenarios.scenario, name=f"{place}_scenario"),
        path(f"{one}delete/", scenarios.delete, name=f"{place}_scenario_delete"),
        path(f"{one}restore/", scenarios.restore, name=f"{place}_scenario_restore"),
        path(f"{prefix}searches/", searches.searches, name=f"{place}_searches"),
        path(f"{prefix}searches/<int:search_pk>/", searches.search, name=f"{place}_search"),
        path(f"{prefix}searches/<int:search_pk>/stop/", searches.stop, name=f"{place}_search_stop"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("results-of/<int:activity_pk>/", evaluation_links.tie_result, name="tie_result"),
    path("results-of/links/<int:link_pk>/untie/", evaluation_links.untie_result, name="untie_result"),
    path("<int:pk>/origin/", origin.origin, name="origin"),
    path("card-evidence/<int:card_pk>/", card_evidence.card_evidence, name="card_evidence"),
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
    path("actions/", kaizen.index, name="actions"),
    path("<int:pk>/actions/<int:action_pk>/", kaizen.done, name="action_done"),
    path("<int:pk>/maps/", studio.maps, name="maps"),
    path("<int:pk>/maps/bpmn/", map_files.take_bpmn, name="maps_bpmn"),
    path("<int:pk>/maps/beside/", map_versions.beside, name="maps_beside"),
    path("<int:pk>/maps/<int:map_pk>/", studio.studio, name="studio"),
    path("<int:pk>/maps/<int:map_pk>/edits/", studio.edits, name="map_edits"),
    path("<int:pk>/maps/<int:map_pk>/measured/", studio.measured, name="map_measured"),
    path("<int:pk>/maps/<int:map_pk>/drawn/", studio.drawn, name="map_drawn"),
    path("<int:pk>/maps/<int:map_pk>/table/", map_table.table, name="map_table"),
    path("<int:pk>/maps/<int:map_pk>/files/", map_files.files, name="map_files"),
    path("<int:pk>/maps/<int:map_pk>/map.bpmn", map_files.bpmn, name="map_bpmn"),
    path(
        "<int:pk>/maps/<int:map_pk>/<slug:size>/<str:lang>.<str:filetype>", map_files.sheet, name="map_sheet"
    ),
    path("<int:pk>/maps/<int:map_pk>/log/", map_log.beside_log, name="map_log"),
    path("<int:pk>/maps/<int:map_pk>/versions/", map_versions.versions, name="map_versions"),
    path("<int:pk>/maps/<int:map_pk>/future/", map_versions.future, name="map_future"),
    path("<int:pk>/maps/<int:map_pk>/assess/", map_versions.assess, name="map_assess"),
    path("<int:pk>/maps/<int:map_pk>/bursts/", kaizen.bursts, name="map_bursts"),
    path("<int:pk>/maps/<int:map_pk>/bursts/<uuid:burst>/", kaizen.agree, name="map_agree"),
    path("<int:pk>/maps/<int:map_pk>/share/", follow.share, name="map_share"),
    path("<int:pk>/maps/<int:map_pk>/share/<int:share_pk>/revoke/", follow.revoke, name="map_unshare"),
    *what_if("map", "<int:pk>/maps/<int:map_pk>/scenarios/"),
    path("<int:pk>/maps/<int:map_pk>/scenarios/staff/", scenarios.staff, name="map_scenarios_staff"),
    path(
        "<int:pk>/maps/<int:map_pk>/scenarios/<int:scenario_pk>/choose/",
        scenarios.choose,
        name="map_scenario_choose",
    ),
    *what_if("log", "<int:pk>/scenarios/"),
    path("<int:pk>/judge/", verdicts.judge, name="judge"),
    path("<int:pk>/touch/", touch.touch, name="touch"),
    path("<int:pk>/questions/<str:key>/", verdicts.verdict, name="verdict"),
    path("<int:pk>/runs/<int:run_pk>/", assessment.run, name="run"),
    path("<int:pk>/runs/<int:run_pk>/<slug:name>/", assessment.table, name="table"),
    path("<int:pk>/runs/<int:run_pk>/<slug:name>.<str:kind>", assessment.table_file, name="table_file"),
    path("<int:pk>/runs/<int:run_pk>/a3/<str:lang>.pdf", assessment.a3, name="a3"),
    path("<int:pk>/runs/<int:run_pk>/beside/<int:other_pk>/", assessment.compare, name="compare"),
]
