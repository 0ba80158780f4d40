"""Questionnaires and waves."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.needs.views import asked, questionnaires, questions, waves, xlsforms

urlpatterns: list[URLPattern | URLResolver] = [
    path("waves/", waves.wave_list, name="waves"),
    path("waves/<int:pk>/", waves.wave, name="wave"),
    path("waves/<int:pk>/turnout/", waves.turnout, name="turnout"),
    path("waves/<int:pk>/change/", waves.change_wave, name="change_wave"),
    path("waves/<int:pk>/delete/", waves.delete_wave, name="delete_wave"),
    path("waves/<int:pk>/close/", waves.close_wave, name="close_wave"),
    path("waves/<int:pk>/reopen/", waves.reopen_wave, name="reopen_wave"),
    path("waves/<int:pk>/letters/", waves.send_letters, name="send_letters"),
    path("waves/<int:pk>/poster/", waves.poster, name="poster"),
    path("waves/<int:pk>/staff/", asked.staff, name="staff"),
    path("waves/<int:pk>/staff/paste/", asked.paste_staff, name="paste_staff"),
    path("waves/<int:pk>/invitations/", asked.invitations, name="invitations"),
    path("waves/<int:pk>/invitations/add/", asked.invite, name="invite"),
    path(
        "waves/<int:pk>/invitations/<int:invitation_pk>/", asked.change_invitation, name="change_invitation"
    ),
    path("questionnaires/", questionnaires.questionnaire_list, name="questionnaires"),
    path("questionnaires/add/", questionnaires.add_questionnaire, name="add_questionnaire"),
    path("questionnaires/import/", xlsforms.import_new, name="import_questionnaire"),
    path("questionnaires/<int:pk>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/change/", questionnaires.change_questionnaire, name="change_questionnaire"),
    path("questionnaires/<int:pk>/delete/", questionnaires.delete_questionnaire, name="delete_questionnaire"),
    path("questionnaires/<int:pk>/import/", xlsforms.import_version, name="import_version"),
    path("questionnaires/<int:pk>/compare/", questionnaires.compare, name="compare_versions"),
    path("questionnaires/<int:pk>/questions/add/", questions.add_question, name="add_question"),
    path("questionnaires/<int:pk>/questions/<slug:name>/", questions.change_question, name="change_question"),
    path(
        "questionnaires/<int:pk>/questions/<slug:name>/move/", questions.move_question, name="move_question"
    ),
    path(
        "questionnaires/<int:pk>/questions/<slug:name>/remove/",
        questions.remove_question,
        name="remove_question",
    ),
    path("questionnaires/<int:pk>/versions/<int:version_pk>/", questionnaires.preview, name="preview"),
    path(
        "questionnaires/<int:pk>/versions/<int:version_pk>/xlsx/",
        xlsforms.export,
        name="export_questionnaire",
    ),
    path("questionnaires/<int:pk>/versions/<int:version_pk>/wave/", waves.add_wave, name="add_wave"),
]
