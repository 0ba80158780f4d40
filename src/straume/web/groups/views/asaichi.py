"""Asaichi boards: to look at, for the wall, to fill, back in time; what was carried on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.accounts.models import User
from straume.web.groups import idea_permissions as permissions
from straume.web.groups.actions import asaichi as actions
from straume.web.groups.board_page import board_of, history_of, history_table
from straume.web.groups.forms.asaichi import BoardActionForm, BoardForm, OutcomeForm
from straume.web.groups.models import BoardAction, BoardDay
from straume.web.places.lists import FORMS, as_file
from straume.web.places.permissions import memberships_of, not_here

AROUND = {"nav": "groups", "subnav": "boards"}


@login_required
def boards(request: HttpRequest) -> HttpResponse:
    """Boards of one's own institutions."""
    today = timezone.localdate()
    if not memberships_of(request.user, today).exists():
        raise not_here()
    units = permissions.member_units(request.user, today)
    kept = units.filter(board_days__isnull=False).distinct().order_by("institution", "name")
    latest = [(unit, BoardDay.objects.filter(unit=unit).order_by("-on").first()) for unit in kept]
    own = [held.unit for held in memberships_of(request.user, today).filter(unit__isnull=False)]
    context = {
        "latest": latest,
        "begin": [unit for unit in own if unit not in {one for one, _day in latest}],
        "raised": permissions.raised_to(request.user, today).filter(answered_at__isnull=True),
        **AROUND,
    }
    return render(request, "groups/board/boards.html", context)


@login_required
def board(request: HttpRequest, unit_pk: int) -> HttpResponse:
    return shown(request, unit_pk, "groups/board/board.html")


@login_required
def wall(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Big type and no frame, for a screen on the wall and for a sheet of A3."""
    return shown(request, unit_pk, "groups/board/wall.html")


def shown(request: HttpRequest, unit_pk: int, template: str) -> HttpResponse:
    today = timezone.localdate()
    unit = permissions.find_unit_inside(request.user, unit_pk, today)
    day = parse_day(request.GET.get("day", ""), today)
    context = {
        "unit": unit,
        "board": board_of(unit, day),
        "today": today,
        "is_past": day != today,
        "may_fill": permissions.fills_board(request.user, unit, today),
        **AROUND,
    }
    return render(request, template, context)


def parse_day(asked: str, today: date) -> date:
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    return min(day, today) if day else today


@login_required
def fill(request: HttpRequest, unit_pk: int) -> HttpResponse:
    today = timezone.localdate()
    unit = permissions.find_board_to_fill(request.user, unit_pk, today)
    day = BoardDay.objects.filter(unit=unit, on=today).first()
    before = day or BoardDay.objects.filter(unit=unit).order_by("-on").first()
    form = BoardForm(request.POST or None, unit=unit, day=before)
    if request.method == "POST" and form.is_valid():
        actions.fill(unit=unit, today=today, said=form.cleaned_data)
        messages.success(request, _("The board is up to date."))
        return redirect("groups:board", unit.pk)
    context = {"form": form, "unit": unit, "before": None if day else before, **AROUND}
    return render(request, "groups/board/fill.html", context)


@login_required
def history(request: HttpRequest, unit_pk: int) -> HttpResponse:
    today = timezone.localdate()
    unit = permissions.find_unit_inside(request.user, unit_pk, today)
    rows = history_of(unit)
    if (form := request.GET.get("format")) in FORMS:
        return as_file(history_table(rows), form, name="board", title=_("Board"), today=today)
    return render(request, "groups/board/history.html", {"unit": unit, "rows": rows, **AROUND})


@login_required
def add_action(request: HttpRequest, unit_pk: int) -> HttpResponse:
    today = timezone.localdate()
    unit = permissions.find_board_to_fill(request.user, unit_pk, today)
    form = BoardActionForm(request.POST or None, initial={"due_on": today + timedelta(days=7)})
    if request.method == "POST" and form.is_valid():
        actions.add_action(unit=unit, today=today, **form.cleaned_data)
        messages.success(request, _("The action stands on the board."))
        return redirect("groups:board", unit.pk)
    context: dict[str, Any] = {"form": form, "unit": unit, "title": _("Add an action"), **AROUND}
    return render(request, "groups/board/form.html", context)


@login_required
@require_POST
def end_action(request: HttpRequest, board_action_pk: int) -> HttpResponse:
    today = timezone.localdate()
    action = BoardAction.objects.select_related("unit__institution").filter(pk=board_action_pk).first()
    if action is None:
        raise not_here()
    unit = permissions.find_board_to_fill(request.user, action.unit_id, today)
    actions.end_action(action, today)
    return redirect("groups:board", unit.pk)


@login_required
@require_POST
def carry_on(request: HttpRequest, problem_pk: int) -> HttpResponse:
    problem = permissions.find_problem(request.user, problem_pk, timezone.localdate())
    assert isinstance(request.user, User)
    raised = actions.carry_on(problem=problem, by=request.user, now=timezone.now())
    if raised is not None:
        messages.success(request, _("Carried to: %(level)s.") % {"level": raised.get_level_display()})
    return redirect("groups:board", problem.unit_id)


@login_required
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the head of the institution, or the cooperation, says to a problem."""
    raised = permissions.find_escalation_to_answer(request.user, pk, timezone.localdate())
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        answered = actions.answer(
            escalation=raised, outcome=form.cleaned_data["outcome"], by=request.user, now=timezone.now()
        )
        if answered:
            messages.success(request, _("It stands on the board of the unit."))
        return redirect("groups:boards")
    return render(request, "groups/board/escalation.html", {"raised": raised, "form": form, **AROUND})
