"""Checking people in on a phone, with or without a connection."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from straume.web.programme import attendance_list, check_in_words, tickets
from straume.web.programme import attendance_permissions as permissions
from straume.web.programme.actions import attendance as actions
from straume.web.programme.actions.sheets import in_order_of_names
from straume.web.programme.forms import check_in as forms
from straume.web.programme.models import Activity, Registration, Session
from straume.web.programme.reader import language, person
from straume.words import format as words_format

SCRIPTS = ("store", "list", "camera", "sync", "offline")  # in the order in which they build on each other
WORKER = Path(__file__).resolve().parents[1] / "static" / "programme" / "check-in-worker.js"


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser's page at the door; it holds what the phone needs to go on without a connection."""
    today = timezone.localdate()
    activity = permissions.find_to_check_in(request.user, pk, today)
    context = {
        "nav": "activities",
        "activity": activity,
        "is_simulated": attendance_list.is_simulated(activity),
        "words": check_in_words.words(),
        "state": state_of(activity, timezone.now(), today),
        "scripts": [f"programme/check-in-{name}.js" for name in SCRIPTS],
    }
    return render(request, "programme/attendance/check_in.html", context)


@login_required
@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What a phone noted; the answer says what became of each, and how all stands now."""
    today, now = timezone.localdate(), timezone.now()
    activity = permissions.find_to_check_in(request.user, pk, today)
    try:
        message = forms.message(request.body, now=now)
    except forms.NotUnderstood:
        return JsonResponse({"error": "not_understood"}, status=400)
    taken = actions.take(activity=activity, sent=message.entries, by=person(request), now=now)
    results = [{"key": str(one.key), "state": one.state} for one in taken]
    return JsonResponse({"results": results, "state": state_of(activity, now, today)})


@login_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address above the check-ins: it answers only for what lies below it."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def state_of(activity: Activity, now: datetime, today: date) -> dict[str, Any]:
    """Sessions, who has a place, who is here; only names and institutions, nothing else about anybody."""
    sessions = list(activity.sessions.prefetch_related("attendances", "walk_ins"))
    holds = Registration.objects.filter(activity=activity, status__in=Registration.HOLDS_A_PLACE)
    people = in_order_of_names(holds.select_related("person", "institution"))
    return {
        "at": now.isoformat(),
        "over": activity.until_on < today,
        "sessions": [
            {"pk": one.pk, "said": session_said(one), "ends": one.ends_at.isoformat()} for one in sessions
        ],
        "people": [
            {
                "pk": one.pk,
                "name": one.person.name,
                "where": str(one.institution or ""),
                "code": tickets.short_code(one),
            }
            for one in people
        ],
        "here": {
            str(one.pk): {
                str(came.registration_id): came.came_at.isoformat() for came in one.attendances.all()
            }
            for one in sessions
        },
        "walk_ins": {
            str(one.pk): sum(1 for walk_in in one.walk_ins.all() if walk_in.settled_at is None)
            for one in sessions
        },
    }


def session_said(session: Session) -> str:
    starts = timezone.localtime(session.starts_at)
    return f"{words_format.date(starts.date(), language())}, {starts:%H:%M} · {session.title}"
