"""A suggestion of members that balances countries and municipalities; people decide."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from straume.web.groups import permissions
from straume.web.groups.actions import groups as actions
from straume.web.groups.analysis import suggest
from straume.web.groups.views.reader import NAV, signed_in

USUAL, MOST = 4, 20  # seats


@login_required
def suggest_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who could sit there and why; what is ticked is taken in."""
    today = timezone.localdate()
    shown = permissions.find_group_to_run(request.user, pk, today)
    asked = request.POST.get("number") or request.GET.get("number") or ""
    number = min(MOST, max(1, int(asked))) if asked.isdigit() else USUAL
    found = suggest(shown, number=number, today=today)
    if request.method == "POST":
        ticked = [one for one in found if str(one.held.pk) in request.POST.getlist("held")]
        with transaction.atomic():
            for one in ticked:
                actions.take_in(
                    group=shown,
                    person=one.held.person,
                    institution=one.held.institution,
                    post="",
                    today=today,
                    by=signed_in(request),
                    why=one.why,
                )
        said = ngettext("%(number)s member is taken in.", "%(number)s members are taken in.", len(ticked))
        messages.success(request, said % {"number": len(ticked)})
        return redirect(shown)
    context = {"group": shown, "found": found, "number": number, "nav": NAV, "subnav": "groups"}
    return render(request, "groups/suggest.html", context)
