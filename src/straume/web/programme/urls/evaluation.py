"""Evaluation: the ladder, the reaction on the day, tests, cards and the use after months."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import evaluation, quizzes, reactions, trials

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
    path("activities/<int:pk>/test/", quizzes.quiz, name="quiz"),
    path("activities/<int:pk>/test/questions/new/", quizzes.question, name="new_question"),
    path("activities/<int:pk>/test/questions/<int:question_pk>/", quizzes.question, name="change_question"),
    path("activities/<int:pk>/test/<str:moment>/open/", quizzes.ask, name="ask_quiz"),
    path("activities/<int:pk>/test/<str:moment>/close/", quizzes.close, name="close_quiz"),
    path("t/<str:token>/", quizzes.answer, name="quiz_answer"),
    path("try-cards/", trials.cards, name="try_cards"),
    path("try-cards/<int:pk>/", trials.card, name="try_card"),
    path("try-cards/<int:pk>/became/", trials.became, name="try_card_became"),
    path("activities/<int:pk>/try-cards/new/", trials.new_card, name="new_try_card"),
    path("use/<int:round_pk>/<str:link>/", trials.use_answer, name="use_answer"),
    path("use/<int:round_pk>/", trials.use_thanks, name="use_thanks"),
]
