"""Coaching: hours, times, bookings, agreements, sentences."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import coaching, coaching_agreements

urlpatterns: list[URLPattern | URLResolver] = [
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/log/", coaching.log, name="coaching_log"),
    path("coaching/times/open/", coaching.open_slot, name="open_coaching_slot"),
    path("coaching/times/<int:slot_pk>/withdraw/", coaching.withdraw_slot, name="withdraw_coaching_slot"),
    path(
        "coaching/times/<int:slot_pk>/individual/",
        coaching.book,
        {"form": "individual"},
        name="book_coaching",
    ),
    path("coaching/times/<int:slot_pk>/group/", coaching.book, {"form": "group"}, name="book_coaching_group"),
    path("coaching/sessions/<int:pk>/", coaching.session, name="coaching_session"),
    path("coaching/sessions/<int:pk>/topic/", coaching.topic, name="coaching_topic"),
    path("coaching/sessions/<int:pk>/move/", coaching.move, name="move_coaching"),
    path("coaching/sessions/<int:pk>/cancel/", coaching.cancel, name="cancel_coaching"),
    path("coaching/sessions/<int:pk>/place/", coaching.place, name="coaching_place"),
    path("coaching/sessions/<int:pk>/calendar.ics", coaching.ics, name="coaching_ics"),
    path("coaching/agreements/new/", coaching_agreements.new_agreement, name="new_coaching_agreement"),
    path("coaching/agreements/<int:pk>/", coaching_agreements.agreement, name="coaching_agreement"),
    path(
        "coaching/agreements/<int:pk>/end/", coaching_agreements.end_agreement, name="end_coaching_agreement"
    ),
    path("coaching/sentences/new/", coaching_agreements.share_sentence, name="share_sentence"),
    path("coaching/sentences/<int:pk>/take-back/", coaching_agreements.take_back, name="take_back_sentence"),
]
