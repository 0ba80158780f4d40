"""Who takes part, for those who need the names; what the caterer has to know, without names; groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.programme import nomination, permissions
from straume.web.programme.actions import grouping
from straume.web.programme.forms.place_rule import GroupsForm
from straume.web.programme.models import Registration
from straume.web.programme.participant_list import COLUMNS, rows_of, seen_by, table_of
from straume.web.programme.views.registrations import PAGE, quota_said, rule_context, settled


@login_required
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    activity = settled(permissions.find_activity(request.user, pk, today), now)
    runs = permissions.runs_programme(request.user, today)
    institutions = permissions.delegates_from(request.user, today)
    if not runs and not institutions.exists():
        raise PermissionDenied(_("Names are seen by those who run the programme or delegate people."))
    asked = asked_of(request, COLUMNS, "status")
    seen = seen_by(activity, request.user, today)
    rows = rows_of(seen, asked)
    if asked.form in FORMS:
        return as_file(
            table_of(rows),
            asked.form,
            name=f"participants-{activity.pk}",
            title=_("Participants"),
            today=today,
        )
    context = {
        "activity": activity,
        "rows": rows,
        "runs": runs,
        "counts": counts_of(seen.values_list("status", flat=True)),
        "statuses": Registration.Status.choices,
        "quotas": [said for one in institutions if (said := quota_said(activity, one))],
        "closed": nomination.why_closed(activity, Registration.Way.DELEGATED, now),
        "may_delegate": institutions.exists(),
        "any": seen.exists(),
        **rule_context(activity),
        **asked.context(COLUMNS),
        **PAGE,
    }
    return render(request, "programme/participants.html", context)


def counts_of(statuses: Iterable[str]) -> list[tuple[str, int]]:
    """How many are in each state, of those whose names the reader sees anyway."""
    counted = Counter(statuses)
    return [
        (str(Registration.Status(code).label), counted[code])
        for code in Registration.Status.values
        if counted[code]
    ]


@login_required
def catering(request: HttpRequest, pk: int) -> HttpResponse:
    """What has to be cooked and prepared, how often each; exact, without names, for the organisers alone."""
    today = timezone.localdate()
    activity = permissions.find_activity_to_run(request.user, pk, today)
    coming = activity.registrations.filter(status__in=Registration.HOLDS_A_PLACE)
    context = {
        "activity": activity,
        "coming": coming.count(),
        "diets": told(coming.values_list("diet", flat=True)),
        "access": told(coming.values_list("access", flat=True)),
        "rule": nomination.rule_of(activity),
        **PAGE,
    }
    return render(request, "programme/catering.html", context)


def told(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Each text with how many said it; in alphabetical order, so that no order of people shows."""
    counted = Counter(text.strip().lower() for text in texts if text.strip())
    return sorted((text[:1].upper() + text[1:], number) for text, number in counted.items())


@login_required
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups of an activity: made by a number, people moved by hand afterwards."""
    today = timezone.localdate()
    activity = permissions.find_activity_to_run(request.user, pk, today)
    people = activity.registrations.filter(status=Registration.Status.CONFIRMED)
    form = GroupsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "make" in request.POST and form.is_valid():
        grouping.make_groups(activity=activity, number=form.cleaned_data["number"])
        messages.success(request, _("The groups are made. Move people where it is better otherwise."))
        return redirect("programme:groups", activity.pk)
    if request.method == "POST" and "move" in request.POST:
        grouping.move(activity=activity, wanted=request.POST)
        messages.success(request, _("Saved."))
        return redirect("programme:groups", activity.pk)
    context = {
        "activity": activity,
        "form": form,
        "groups": activity.groups.annotate(size=Count("registrations")),
        "people": people.select_related("person", "institution", "group").order_by("person__name"),
        **PAGE,
    }
    return render(request, "programme/groups.html", context)
