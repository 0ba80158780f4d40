"""Meetings: planned, come again, changed, cancelled; whose turn it is; the invitation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from straume.web.groups import invitations, permissions
from straume.web.groups.actions import meetings as actions
from straume.web.groups.actions.minutes import move_point, next_place
from straume.web.groups.forms.meetings import MeetingForm, PointForm, ReasonForm, SeriesForm, TurnForm
from straume.web.groups.minutes_page import columns_of, points_of
from straume.web.groups.models import AgendaPoint, Meeting
from straume.web.groups.rotation import turns_of
from straume.web.groups.views.groups import form_page
from straume.web.groups.views.reader import NAV, signed_in, site_of
from straume.web.places.once import once


@login_required
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_meeting(request.user, pk, today)
    reads = permissions.reads_minutes(request.user, shown, today)
    points = points_of(shown)
    context = {
        "meeting": shown,
        "group": shown.group,
        "turn": turns_of(shown.group).get(shown.pk),
        "sees_names": permissions.sees_names(request.user, shown.group, today),
        "points": points,
        "columns": columns_of(shown, points) if reads else [],
        "is_written": any(point.has_words for point in points),
        "reads": reads,
        "published": shown.standing_minutes(),
        "decisions": shown.decisions.order_by("number") if reads else [],
        "actions": shown.actions.select_related(
            "owner__person", "owner__institution", "owner_institution", "end"
        )
        if reads
        else [],
        "agenda_minutes": sum(point.point.minutes for point in points),
        "meeting_minutes": int((shown.ends_at - shown.starts_at).total_seconds() // 60),
        "is_in": permissions.is_in(request.user, shown.group, today),
        "may_run": permissions.may_run(request.user, shown.group, today),
        "is_planned": shown.status == Meeting.Status.PLANNED,
        "today": today,
        "nav": NAV,
        "subnav": "groups",
    }
    return render(request, "groups/meeting.html", context)


@login_required
def add_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    group = permissions.find_group_to_run(request.user, pk, timezone.localdate())
    form = MeetingForm(request.POST or None, instance=Meeting(group=group))
    if request.method == "POST" and form.is_valid():
        planned = actions.plan(form.save(commit=False), key=form.cleaned_data["key"], by=signed_in(request))
        messages.success(request, _("The meeting is planned. Now write its agenda."))
        return redirect(planned)
    return form_page(request, form, _("Plan a meeting"), group)


@login_required
def add_series(request: HttpRequest, pk: int) -> HttpResponse:
    group = permissions.find_group_to_run(request.user, pk, timezone.localdate())
    form = SeriesForm(request.POST or None, instance=Meeting(group=group))
    if request.method == "POST" and form.is_valid():
        planned = actions.plan_series(
            form.series(group),
            form.save(commit=False),
            key=form.cleaned_data["key"],
            by=signed_in(request),
        )
        number = planned.meetings.count()
        said = ngettext(
            "%(number)s meeting is planned. Each can be moved or cancelled by itself.",
            "%(number)s meetings are planned. Each can be moved or cancelled by itself.",
            number,
        )
        messages.success(request, said % {"number": number})
        return redirect(group)
    return form_page(request, form, _("Plan meetings that come again"), group)


@login_required
def change_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    form = MeetingForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        told = actions.change(form.save(commit=False), site=site_of(request))
        messages.success(request, _("Saved, and the members are told.") if told else _("Saved."))
        return redirect(shown)
    return form_page(request, form, _("Change the meeting"), shown.group, meeting=shown)


@login_required
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancelled = actions.cancel(shown, reason=form.cleaned_data["reason"], site=site_of(request))
        if cancelled:
            messages.success(request, _("The meeting is cancelled. Who was invited gets a letter."))
        else:
            messages.error(request, _("The meeting is not planned any more, so nothing was cancelled."))
        return redirect(shown)
    return form_page(request, form, _("Cancel the meeting"), shown.group, meeting=shown)


@login_required
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    if shown.status != Meeting.Status.PLANNED:
        messages.error(request, _("Only to a planned meeting can people be invited."))
        return redirect(shown)
    number = actions.invite(shown, site=site_of(request), now=timezone.now())
    said = ngettext(
        "%(number)s invitation is on its way.", "%(number)s invitations are on their way.", number
    )
    messages.success(request, said % {"number": number})
    return redirect(shown)


@login_required
@require_GET
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting(request.user, pk, timezone.localdate())
    response = HttpResponse(
        invitations.calendar(shown, site=site_of(request)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="meeting-{shown.pk}.ics"'
    return response


@login_required
def swap_turn(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    form = TurnForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        Meeting.objects.filter(pk=shown.pk).update(**form.cleaned_data)
        messages.success(request, _("Saved. The turns of later meetings follow from it."))
        return redirect(shown)
    return form_page(request, form, _("Chair and rapporteur"), shown.group, meeting=shown)


@login_required
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    form = PointForm(request.POST or None, instance=AgendaPoint(meeting=shown))
    if request.method == "POST" and form.is_valid():
        made, key = form.save(commit=False), form.cleaned_data["key"]
        made.idempotency_key, made.place = key, next_place(shown)
        once(lambda: kept(made), lambda: AgendaPoint.objects.filter(idempotency_key=key).first())
        messages.success(request, _("The point is on the agenda."))
        return redirect(shown)
    return form_page(request, form, _("Add a point to the agenda"), shown.group, meeting=shown)


def kept(made: Any) -> Any:
    made.save()
    return made


@login_required
def change_point(request: HttpRequest, pk: int, point_pk: int) -> HttpResponse:
    """Change a point, move it, or take it off where nothing is written on it yet."""
    shown = permissions.find_meeting_to_run(request.user, pk, timezone.localdate())
    point = shown.agenda.filter(pk=point_pk).first()
    if point is None:
        raise permissions.not_here()
    if request.method == "POST" and "move" in request.POST:
        move_point(point, up=request.POST["move"] == "up")
        return redirect(shown)
    removable = not point.texts.exclude(text="").exists() and not point.decisions.exists()
    if request.method == "POST" and "remove" in request.POST and removable:
        point.delete()
        messages.success(request, _("Removed."))
        return redirect(shown)
    form = PointForm(request.POST or None, instance=point)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    title = _("Change the point of the agenda")
    return form_page(request, form, title, shown.group, meeting=shown, removable=removable)
