"""Places: delegating, applying, lists, quotas, one's own activities and calendar."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import my_activities, participants, place_rules, registrations

urlpatterns: list[URLPattern | URLResolver] = [
    path("activities/<int:pk>/delegate/", registrations.delegate, name="delegate"),
    path("activities/<int:pk>/apply/", registrations.apply, name="apply"),
    path("activities/<int:pk>/participants/", participants.participants, name="participants"),
    path("activities/<int:pk>/catering/", participants.catering, name="catering"),
    path("activities/<int:pk>/groups/", participants.groups, name="groups"),
    path("activities/<int:pk>/places/", place_rules.place_rule, name="place_rule"),
    path("activities/<int:pk>/quotas/", place_rules.quotas, name="quotas"),
    path("registrations/<int:pk>/", registrations.registration, name="registration"),
    path("registrations/<int:pk>/cancel/", registrations.cancel, name="cancel_registration"),
    path("registrations/<int:pk>/replace/", registrations.replace, name="replace"),
    path("registrations/<int:pk>/answer/", registrations.answer, name="answer_offer"),
    path("mine/", my_activities.my_activities, name="my_activities"),
    path("mine/calendar/", my_activities.calendar_address, name="calendar_address"),
    path("offers/<str:token>/", my_activities.offer, name="offer"),
    path("calendar/<str:token>.ics", my_activities.feed, name="calendar_feed"),
]
