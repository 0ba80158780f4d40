"""Who came: check-in, list, signature sheets, indicators, tickets."""

from __future__ import annotations

from django.urls import URLPattern, path

from straume.web.programme.views import attendance, check_in, indicators, sheets

urlpatterns: list[URLPattern] = [
    path("check-in/worker.js", check_in.worker, name="check_in_worker"),
    path("check-in/<int:pk>/", check_in.page, name="check_in"),
    path("check-in/<int:pk>/sent/", check_in.sent, name="check_in_sent"),
    path("activities/<int:pk>/attendance/", attendance.index, name="attendance"),
    path("activities/<int:pk>/attendance/correct/", attendance.correct, name="attendance_correct"),
    path("activities/<int:pk>/attendance/helpers/", attendance.helpers, name="attendance_helpers"),
    path("activities/<int:pk>/attendance/walk-ins/<int:walk_in_pk>/", attendance.walk_in, name="walk_in"),
    path("activities/<int:pk>/sessions/<int:session_pk>/sheets/", sheets.session_sheets, name="sheets"),
    path("activities/<int:pk>/sheets/<int:sheet_pk>/<slug:lang>.pdf", sheets.sheet, name="sheet"),
    path("activities/<int:pk>/scans/<int:scan_pk>/", sheets.scan, name="scan"),
    path("projects/<int:pk>/logos/", sheets.logos, name="logos"),
    path("projects/<int:pk>/logos/<int:logo_pk>/", sheets.logo, name="logo"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/change/", indicators.change, name="change_indicator"),
    path("projects/<int:pk>/indicators/add/", indicators.add, name="add_indicator"),
    path("projects/<int:pk>/retention/", indicators.retention, name="retention"),
]
