"""What everybody may read of a project: programme, calendar, activities, results. No sign-in, no cookie."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from straume.web.programme import said
from straume.web.programme.models import Activity, Project, Registration
from straume.web.programme.nomination import why_closed
from straume.web.public.events import as_data_block, calendar_of, schema_of
from straume.web.public.open_pages import around, find_activity, find_project, published_projects
from straume.web.public.publicity import public_activities
from straume.web.public.results import holds_simulated, results_of

CALENDAR = "text/calendar; charset=utf-8"


@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    return render(request, "public/projects.html", {"projects": published_projects()})


@require_GET
def project(request: HttpRequest, code: str) -> HttpResponse:
    """What the project is for, who carries it, what comes next, what has come of it."""
    shown = find_project(code)
    today = timezone.localdate()
    activities = public_activities(shown)
    context = around(shown) | {
        "partners": shown.partners.select_related("institution").order_by("part", "institution__name"),
        "packages": shown.work_packages.all(),
        "coming": with_days([one for one in activities if is_coming(one, today)][:5]),
        "told": results_of(shown, today=today),
        "is_simulated": holds_simulated(shown),
        "today": today,
    }
    return render(request, "public/project.html", context)


@require_GET
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """All public activities, the coming ones first, for people and for machines."""
    shown = find_project(code)
    today = timezone.localdate()
    activities = public_activities(shown)
    events = [
        schema_of(one, url=address(request, shown, one), organizer=lead_name(shown)) for one in activities
    ]
    context = around(shown) | {
        "coming": with_days([one for one in activities if is_coming(one, today)]),
        "past": with_days([one for one in reversed(activities) if not is_coming(one, today)]),
        "events": as_data_block(events),
    }
    return render(request, "public/calendar.html", context)


@require_GET
def calendar_file(request: HttpRequest, code: str) -> HttpResponse:
    shown = find_project(code)
    return as_calendar(request, shown, public_activities(shown), f"straume-{shown.code.lower()}.ics")


@require_GET
def activity(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    shown = find_project(code)
    one = find_activity(shown, pk)
    event = schema_of(one, url=address(request, shown, one), organizer=lead_name(shown))
    context = around(shown) | {
        "activity": one,
        "sessions": one.sessions.all(),
        "speakers": [speaker for speaker in one.speakers.all() if speaker.may_be_named],
        "needs": one.needs.all(),
        "takes_sign_ups": not why_closed(one, Registration.Way.PUBLIC, timezone.now()),
        "left": max(0, one.places - one.taken),
        "events": as_data_block([event]),
        "days": said.days(one),
    }
    return render(request, "public/activity.html", context)


@require_GET
def activity_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    shown = find_project(code)
    return as_calendar(request, shown, [find_activity(shown, pk)], f"straume-{pk}.ics")


@require_GET
def results(request: HttpRequest, code: str) -> HttpResponse:
    """What came of it, in plain words, with how each figure was counted and on which day."""
    shown = find_project(code)
    today = timezone.localdate()
    context: dict[str, Any] = around(shown) | {
        "told": results_of(shown, today=today),
        "stories": shown.stories.filter(told_on__lte=today),
        "today": today,
        "is_simulated": holds_simulated(shown),
    }
    return render(request, "public/results.html", context)


def with_days(activities: list[Activity]) -> list[tuple[Activity, str]]:
    """Each with its days in words, the year and month that they share said once."""
    return [(one, said.days(one)) for one in activities]


def is_coming(activity: Activity, today: date) -> bool:
    return activity.until_on >= today


def lead_name(project: Project) -> str:
    lead = project.partners.filter(part="lead").select_related("institution").first()
    return lead.institution.name if lead else project.name


def address(request: HttpRequest, project: Project, activity: Activity) -> str:
    path = reverse("public:activity", args=[project.code.lower(), activity.pk])
    return request.build_absolute_uri(path)


def as_calendar(
    request: HttpRequest, project: Project, activities: list[Activity], name: str
) -> HttpResponse:
    content = calendar_of(
        activities,
        name=f"{project.code} {project.name}",
        host=request.get_host().split(":")[0],
        urls={one.pk: address(request, project, one) for one in activities},
        now=timezone.now(),
    )
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
