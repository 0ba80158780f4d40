"""The working groups: all of them, one of them, its charter, members and life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.groups import card_permissions, permissions
from straume.web.groups.action_list import every_word
from straume.web.groups.actions import groups as actions
from straume.web.groups.forms.groups import GroupForm, MemberForm, SeatForm, StateForm
from straume.web.groups.models import Meeting, Theme, WorkingGroup
from straume.web.groups.rotation import turns_of
from straume.web.groups.views.reader import NAV, language, signed_in
from straume.web.places.once import once
from straume.web.places.wording import holds

MEETINGS_SHOWN = 12


@login_required
def groups(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "theme", "state")}
    every = WorkingGroup.objects.annotate(
        open_actions=Count("actions", filter=Q(actions__end__isnull=True), distinct=True)
    )
    rows = [row(group, today) for group in every if fits(group, asked)]
    context = {
        "rows": rows,
        "any": every.exists(),
        **asked,
        "themes": Theme.choices,
        "states": WorkingGroup.State.choices,
        "filtered": any(asked.values()),
        "mine": set(permissions.groups_of(request.user, today).values_list("pk", flat=True)),
        "may_add": permissions.runs_groups(request.user, today),
        "nav": NAV,
        "subnav": "groups",
    }
    return render(request, "groups/groups.html", context)


def fits(group: WorkingGroup, asked: dict[str, str]) -> bool:
    said = f"{every_word(group, 'name')} {every_word(group, 'purpose')}"
    return (
        holds(said, asked["q"])
        and asked["theme"] in ("", group.theme)
        and asked["state"] in ("", group.state)
    )


def row(group: WorkingGroup, today: Any) -> dict[str, Any]:
    """What the list says of a group: who sits there by country, when it meets next, what is open."""
    seats = group.members_on(today)
    upcoming = group.meetings.filter(status=Meeting.Status.PLANNED, ends_at__gte=timezone.now())
    return {
        "group": group,
        "lv": seats.filter(institution__country="lv").count(),
        "lt": seats.filter(institution__country="lt").count(),
        "next": upcoming.order_by("starts_at").first(),
        "open": group.open_actions,  # type: ignore[attr-defined]
    }


@login_required
def group(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_group(request.user, pk, today)
    now = timezone.now()
    turns = turns_of(shown)
    meetings = shown.meetings.select_related("host")
    coming = meetings.filter(ends_at__gte=now).order_by("starts_at")
    past = meetings.filter(ends_at__lt=now).order_by("-starts_at")
    decisions = permissions.visible_decisions(request.user, today).filter(group=shown)
    open_actions: Any = permissions.visible_actions(request.user, today).filter(group=shown, end__isnull=True)
    context = {
        "group": shown,
        "members": shown.members_on(today).order_by("institution__country", "institution__name", "pk"),
        "sees_names": permissions.sees_names(request.user, shown, today),
        "coming": [{"meeting": one, "turn": turns.get(one.pk)} for one in coming[:MEETINGS_SHOWN]],
        "past": [{"meeting": one, "published": one.standing_minutes()} for one in past[:MEETINGS_SHOWN]],
        "decisions": decisions.order_by("-number")[:8],
        "actions": open_actions,
        "changes": shown.state_changes.order_by("-made_at"),
        "cards": card_permissions.published_cards(request.user, today).filter(group=shown),
        "may_run": permissions.may_run(request.user, shown, today),
        "is_in": permissions.is_in(request.user, shown, today),
        "can_go_on": bool(WorkingGroup.WAYS_ON[shown.state]),
        "today": today,
        "nav": NAV,
        "subnav": "groups",
    }
    return render(request, "groups/group.html", context)


@login_required
def add_group(request: HttpRequest) -> HttpResponse:
    permissions.require_running(request.user, timezone.localdate())
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, key = form.save(commit=False), form.cleaned_data["key"]
        made.idempotency_key, made.made_by, made.made_at = key, signed_in(request), timezone.now()
        kept = once(lambda: saved(made), lambda: WorkingGroup.objects.filter(idempotency_key=key).first())
        messages.success(request, _("The group is set up. Now take its members in."))
        return redirect(kept)
    return form_page(request, form, _("Set up a working group"))


def saved(made: WorkingGroup) -> WorkingGroup:
    made.save()
    return made


@login_required
def change_group(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_group_to_run(request.user, pk, timezone.localdate())
    form = GroupForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    return form_page(request, form, _("Change the charter"), shown)


@login_required
def move_group(request: HttpRequest, pk: int) -> HttpResponse:
    """The group goes on to another state of its life, with the reason."""
    shown = permissions.find_group_to_run(request.user, pk, timezone.localdate())
    form = StateForm(request.POST or None, group=shown, language=language())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moved = actions.move_on(
            group=shown,
            after=said["after"],
            reason=said["reason"],
            by=signed_in(request),
            now=timezone.now(),
            legacy=form.legacy_said(),
        )
        if moved:
            messages.success(request, _("The state is changed and written down."))
        else:
            messages.error(request, _("Somebody else changed the state meanwhile. Look at it first."))
        return redirect(shown)
    return form_page(request, form, _("Change the state of the group"), shown)


@login_required
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_group_to_run(request.user, pk, today)
    form = MemberForm(request.POST or None, group=shown, today=today)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data["held"]
        actions.take_in(
            group=shown,
            person=held.person,
            institution=held.institution,
            post=form.cleaned_data["post"],
            takes_turns=form.cleaned_data["takes_turns"],
            today=today,
            by=signed_in(request),
        )
        messages.success(request, _("%(name)s sits in the group now.") % {"name": held.person.name})
        return redirect(shown)
    return form_page(request, form, _("Take a member in"), shown)


@login_required
def change_member(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    shown = permissions.find_group_to_run(request.user, pk, timezone.localdate())
    seat = shown.members.select_related("person").filter(pk=member_pk).first()
    if seat is None:
        raise permissions.not_here()
    form = SeatForm(request.POST or None, instance=seat)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    title = _("Seat of %(name)s") % {"name": seat.person.name}
    return form_page(request, form, title, shown)


def form_page(
    request: HttpRequest, form: Any, title: str, shown: WorkingGroup | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "group": shown, "nav": NAV, "subnav": "groups", **more}
    return render(request, "groups/form.html", context)
