"""Addresses of the working groups, their meetings, decisions and actions."""

from django.urls import path

from straume.web.groups.views import decisions, groups, meetings, members, minutes, minutes_files

urlpatterns = [
    path("", groups.groups, name="groups"),
    path("new/", groups.add_group, name="add_group"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/charter/", groups.change_group, name="change_group"),
    path("<int:pk>/state/", groups.move_group, name="move_group"),
    path("<int:pk>/members/new/", groups.add_member, name="add_member"),
    path("<int:pk>/members/suggest/", members.suggest_members, name="suggest_members"),
    path("<int:pk>/members/<int:member_pk>/", groups.change_member, name="change_member"),
    path("<int:pk>/meetings/new/", meetings.add_meeting, name="add_meeting"),
    path("<int:pk>/meetings/series/", meetings.add_series, name="add_series"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.change_meeting, name="change_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:pk>/invite/", meetings.invite, name="invite"),
    path("meetings/<int:pk>/meeting.ics", meetings.meeting_ics, name="meeting_ics"),
    path("meetings/<int:pk>/turn/", meetings.swap_turn, name="swap_turn"),
    path("meetings/<int:pk>/agenda/new/", meetings.add_point, name="add_point"),
    path("meetings/<int:pk>/agenda/<int:point_pk>/", meetings.change_point, name="change_point"),
    path("meetings/<int:pk>/minutes/", minutes.write, name="minutes"),
    path("meetings/<int:pk>/minutes/save/", minutes.save, name="save_minutes"),
    path("meetings/<int:pk>/minutes/state/", minutes.state, name="minutes_state"),
    path("meetings/<int:pk>/minutes/clashes/<int:clash_pk>/", minutes.settle, name="settle"),
    path("meetings/<int:pk>/minutes/languages/", minutes.languages, name="minutes_languages"),
    path("meetings/<int:pk>/minutes/publish/", minutes.publish, name="publish_minutes"),
    path("meetings/<int:pk>/minutes/take-back/", minutes.take_back, name="take_back_minutes"),
    path("meetings/<int:pk>/minutes-<str:lang>.pdf", minutes_files.minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:pk>/decisions/new/", decisions.add_decision, name="add_decision"),
    path("meetings/<int:pk>/decisions/<int:decision_pk>/", decisions.change_decision, name="change_decision"),
    path("meetings/<int:pk>/actions/new/", decisions.add_action, name="add_action"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("actions/", decisions.all_actions, name="actions"),
    path("actions/mine/", decisions.my_actions, name="my_actions"),
    path("actions/<int:pk>/", decisions.action, name="action"),
    path("actions/<int:pk>/change/", decisions.change_action, name="change_action"),
    path("actions/<int:pk>/end/", decisions.end_action, name="end_action"),
]
