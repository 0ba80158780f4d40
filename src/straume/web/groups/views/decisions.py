"""Decisions and actions: written down at a meeting, listed over all groups, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.groups import permissions
from straume.web.groups.action_list import (
    ACTION_COLUMNS,
    DECISION_COLUMNS,
    action_rows,
    action_table,
    decision_rows,
    decision_table,
    open_actions_of,
)
from straume.web.groups.actions import decisions as actions
from straume.web.groups.forms.decisions import ActionForm, DecisionForm, EndForm
from straume.web.groups.models import Decision, GroupAction, Meeting, WorkingGroup
from straume.web.groups.views.groups import form_page
from straume.web.groups.views.reader import NAV, language, signed_in
from straume.web.places.lists import FORMS, as_file, asked_of


@login_required
def decisions(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_of(request, DECISION_COLUMNS, "group")
    rows = decision_rows(permissions.visible_decisions(request.user, today), asked)
    if asked.form in FORMS:
        table = decision_table(rows)
        return as_file(table, asked.form, name="decisions", title=_("Decisions"), today=today)
    context = {
        "rows": rows,
        **asked.context(DECISION_COLUMNS),
        "groups": WorkingGroup.objects.all(),
        "nav": NAV,
        "subnav": "decisions",
    }
    return render(request, "groups/decisions.html", context)


@login_required
def all_actions(request: HttpRequest) -> HttpResponse:
    """Actions of all groups whose minutes are open to the reader; those not ended unless asked otherwise."""
    today = timezone.localdate()
    asked = asked_of(request, ACTION_COLUMNS, "group", "state")
    rows = action_rows(permissions.visible_actions(request.user, today), asked, today)
    if asked.form in FORMS:
        table = action_table(rows, today)
        return as_file(table, asked.form, name="group-actions", title=_("Actions"), today=today)
    context = {
        "rows": rows,
        **asked.context(ACTION_COLUMNS),
        "groups": WorkingGroup.objects.all(),
        "today": today,
        "nav": NAV,
        "subnav": "actions",
    }
    return render(request, "groups/actions.html", context)


@login_required
def my_actions(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    person = signed_in(request)
    ended = GroupAction.objects.filter(owner__person=person, end__isnull=False).select_related("group", "end")
    context = {
        "rows": open_actions_of(person),
        "ended": ended.order_by("-end__on")[:20],
        "today": today,
        "nav": NAV,
        "subnav": "my_actions",
    }
    return render(request, "groups/my_actions.html", context)


@login_required
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action; who writes in the group ends it here."""
    today = timezone.localdate()
    shown = permissions.find_action(request.user, pk, today)
    is_in = permissions.is_in(request.user, shown.group, today)
    context = {
        "action": shown,
        "group": shown.group,
        "end": getattr(shown, "end", None),
        "chases": shown.chases.all() if is_in else [],
        "is_in": is_in,
        "sees_names": permissions.sees_names(request.user, shown.group, today),
        "today": today,
        "nav": NAV,
        "subnav": "actions",
    }
    return render(request, "groups/action.html", context)


@login_required
def end_action(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_action_to_write(request.user, pk, today)
    form = EndForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        actions.finish(action=shown, by=signed_in(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect(shown)
    return form_page(request, form, _("End the action"), shown.group, action=shown)


@login_required
def change_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Words, owner and day; with a new day the letters begin anew."""
    today = timezone.localdate()
    shown = permissions.find_action_to_write(request.user, pk, today)
    form = ActionForm(request.POST or None, instance=shown, **choices(shown.group))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    return form_page(request, form, _("Change the action"), shown.group, action=shown)


def choices(group: WorkingGroup) -> dict[str, Any]:
    return {
        "members": group.members_on(timezone.localdate()),
        "decisions": Decision.objects.filter(group=group).order_by("-number"),
    }


@login_required
def add_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision down; from the page of minutes with the words in one language."""
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    day = timezone.localdate(shown.starts_at)
    new = Decision(group=shown.group, meeting=shown, decided_on=day)
    form = DecisionForm(said(request, "text"), instance=new, meeting=shown)
    if request.method == "POST" and form.is_valid():
        made = actions.decide(form.save(commit=False), key=form.cleaned_data["key"], by=signed_in(request))
        words = {"number": made.number}
        messages.success(request, _("Decision No. %(number)s is written down.") % words)
        return back(request, shown, made.point_id)
    return form_page(request, form, _("Write a decision down"), shown.group, meeting=shown)


@login_required
def change_decision(request: HttpRequest, pk: int, decision_pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    decision = shown.decisions.filter(pk=decision_pk).first()
    if decision is None:
        raise permissions.not_here()
    form = DecisionForm(request.POST or None, instance=decision, meeting=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    title = _("Decision No. %(number)s") % {"number": decision.number}
    return form_page(request, form, title, shown.group, meeting=shown)


@login_required
def add_action(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    new = GroupAction(group=shown.group, meeting=shown)
    form = ActionForm(said(request, "what"), instance=new, **choices(shown.group))
    if request.method == "POST" and form.is_valid():
        actions.agree(
            form.save(commit=False),
            key=form.cleaned_data["key"],
            by=signed_in(request),
            now=timezone.now(),
        )
        messages.success(request, _("The action is written down; its owner is reminded."))
        return back(request, shown, None)
    return form_page(request, form, _("Write an action down"), shown.group, meeting=shown)


def said(request: HttpRequest, name: str) -> Any:
    """What was sent; the short form of the page of minutes has one text, in the language of the page."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if name in data:
        data[f"{name}_{language()}"] = request.POST[name]
    return data


def back(request: HttpRequest, meeting: Meeting, point: int | None) -> HttpResponse:
    if "from_minutes" not in request.POST:
        return redirect(meeting)
    anchor = f"#point-{request.POST.get('point') or point or ''}"
    return redirect(reverse("groups:minutes", args=[meeting.pk]) + anchor)
