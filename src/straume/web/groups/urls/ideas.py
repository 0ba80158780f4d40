"""Ideas and asaichi boards."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.groups.views import asaichi, ideas

urlpatterns: list[URLPattern | URLResolver] = [
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/add/", ideas.add_idea, name="add_idea"),
    path("ideas/new/<str:token>/", ideas.open_idea, name="open_idea"),
    path("ideas/follow/<str:token>/", ideas.follow_idea, name="follow_idea"),
    path("ideas/<int:pk>/", ideas.idea, name="idea"),
    path("ideas/<int:pk>/about/", ideas.tie_idea, name="tie_idea"),
    path("ideas/box/<int:unit_pk>/", ideas.idea_box, name="idea_box"),
    path("ideas/box/<int:unit_pk>/open/", ideas.open_box, name="open_box"),
    path("boards/", asaichi.boards, name="boards"),
    path("boards/<int:unit_pk>/", asaichi.board, name="board"),
    path("boards/<int:unit_pk>/wall/", asaichi.wall, name="wall"),
    path("boards/<int:unit_pk>/fill/", asaichi.fill, name="fill_board"),
    path("boards/<int:unit_pk>/history/", asaichi.history, name="board_history"),
    path("boards/<int:unit_pk>/actions/add/", asaichi.add_action, name="add_board_action"),
    path("boards/actions/<int:board_action_pk>/end/", asaichi.end_action, name="end_board_action"),
    path("boards/problems/<int:problem_pk>/carry-on/", asaichi.carry_on, name="carry_on"),
    path("boards/raised/<int:pk>/", asaichi.escalation, name="escalation"),
]
