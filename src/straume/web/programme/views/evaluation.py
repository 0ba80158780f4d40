"""The ladder from reaction to results: of one activity, of a cycle, of the whole project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.places.lists import FORMS, as_file
from straume.web.programme import evaluation_permissions, ladder, permissions
from straume.web.programme.evaluation_figures import hindrances_of, tests_of
from straume.web.programme.evaluation_words import use_words_of, words_of
from straume.web.programme.models import Activity, Project, Quiz, ReactionRound
from straume.web.programme.questions import HINDERED
from straume.web.reports.ladder_pdf import ladder_pdf

PAGE = {"nav": "activities", "subnav": "evaluation"}
# of these there is something to evaluate
HELD = (Activity.Status.HELD, Activity.Status.COMPLETE, Activity.Status.REPORTED)


@login_required
@require_GET
def evaluation(request: HttpRequest) -> HttpResponse:
    """Each project as a whole, and its activities one by one."""
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    projects = Project.objects.all()
    chosen = (
        projects.filter(code=request.GET.get("project", "")).first() or projects.order_by("-from_on").first()
    )
    held = held_activities(chosen, today) if chosen else []
    title = _("Evaluation of %(name)s") % {"name": chosen} if chosen else _("Evaluation")
    context = {"project": chosen, "projects": projects, "activities": one_by_one(held, today)}
    return ladder_page(request, held, title, today, context)


@login_required
@require_GET
def activity_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    activity = permissions.find_activity(request.user, pk, today)
    runs = permissions.runs_programme(request.user, today)
    context = {
        "activity": activity,
        "runs": runs,
        "may_write_tests": evaluation_permissions.may_write_tests(request.user, today),
        "may_write_cards": evaluation_permissions.writes_cards_in(request.user, today).exists(),
        "reaction": ReactionRound.objects.filter(activity=activity).first(),
        "quiz": Quiz.objects.filter(activity=activity).first(),
        "scales": ladder.scales_of([activity]),
        "questions": question_rows(activity),
        "words": words_of(activity) if runs else [],
        "uses": use_rows(activity, runs),
    }
    return ladder_page(request, [activity], _("Evaluation"), today, context)


@login_required
@require_GET
def cycle_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    cycle = permissions.find_cycle(request.user, pk, today)
    held = list(cycle.activities.exclude(status=Activity.Status.CANCELLED).filter(from_on__lte=today))
    title = _("Evaluation of the cycle “%(name)s”") % {"name": cycle}
    return ladder_page(request, held, title, today, {"cycle": cycle, "activities": one_by_one(held, today)})


def held_activities(project: Project, today: date) -> list[Activity]:
    activities = Activity.objects.filter(work_package__project=project, from_on__lte=today)
    return list(activities.exclude(status=Activity.Status.CANCELLED).order_by("from_on", "pk"))


def one_by_one(activities: Sequence[Activity], today: date) -> list[dict[str, Any]]:
    """Each activity with its level 1 figure, in the order of their days: never by rank."""
    return [
        {"activity": activity, "rung": ladder.reaction_rung([activity.pk])}
        for activity in activities
        if activity.pk in asked(activities)
    ]


def asked(activities: Sequence[Activity]) -> set[int]:
    rounds = ReactionRound.objects.filter(activity__in=[one.pk for one in activities])
    return set(rounds.values_list("activity", flat=True))


def use_rows(activity: Activity, runs: bool) -> list[dict[str, Any]]:
    """After three and six months: what stood in the way, and to those who run it the own words."""
    rows = []
    for months in ladder.MONTHS:
        named = hindrances_of(activity.pk, months)
        if named:
            rungs = [ladder.share_rung(str(HINDERED[code]), share) for code, share in named]
            words = use_words_of(activity, months) if runs else []
            rows.append({"months": months, "rungs": rungs, "words": words})
    return rows


def question_rows(activity: Activity) -> list[dict[str, Any]]:
    return [
        {
            "label": text,
            "before": ladder.share_rung(text, before),
            "after": ladder.share_rung(text, after),
        }
        for text, before, after in tests_of([activity.pk]).questions
    ]


def ladder_page(
    request: HttpRequest, activities: Sequence[Activity], title: str, today: date, more: dict[str, Any]
) -> HttpResponse:
    """The page, or the same rows as a file."""
    rungs = ladder.ladder_of(activities, today)
    form = request.GET.get("format", "")
    simulated = ladder.is_simulated(activities)
    if form in FORMS:
        return as_file(ladder.table_of(rungs), form, name="evaluation", title=_("Evaluation"), today=today)
    if form == "pdf":
        subject = str(more.get("activity") or more.get("cycle") or more.get("project") or "")
        made = ladder_pdf(
            ladder.table_of(rungs),
            title=title,
            subject=subject,
            simulated=simulated,
            lang=ladder.lang(),
            made_on=today,
        )
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="straume-evaluation-{today.isoformat()}.pdf"'
        return response
    context = PAGE | {"title": title, "rungs": rungs, "simulated": simulated, "today": today} | more
    return render(request, "programme/evaluation/ladder.html", context)
