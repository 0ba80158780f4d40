"""How the places of an activity are given: the rule and the quotas, set by those who run the programme."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.programme import nomination, permissions
from straume.web.programme.actions import quotas as actions
from straume.web.programme.forms.place_rule import PlaceRuleForm, QuotaForm
from straume.web.programme.models import PlaceRule
from straume.web.programme.views.registrations import PAGE, rule_context, settled


@login_required
def place_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule stands before anybody applies; afterwards its order is not changed any more."""
    now, today = timezone.now(), timezone.localdate()
    activity = permissions.find_activity_to_run(request.user, pk, today)
    rule = nomination.rule_of(activity) or PlaceRule(activity=activity, seed=secrets.randbelow(9000) + 1000)
    form = PlaceRuleForm(request.POST if request.method == "POST" else None, instance=rule, activity=activity)
    fixed = activity.registrations.exists()
    if fixed:
        for name in ("way", "first_by", "then_by", "seed"):
            form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        if actions.set_rule(rule=form.save(commit=False), places=form.cleaned_data["places"], now=now):
            messages.success(request, _("Saved. The rule stands on the page of the activity."))
            return redirect(activity)
        form.add_error("places", _("More places were taken in the meantime. Look at the list."))
    context = {"activity": activity, "form": form, "title": _("How places are given"), "fixed": fixed, **PAGE}
    return render(request, "programme/nomination_form.html", context)


@login_required
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    activity = settled(permissions.find_activity_to_run(request.user, pk, today), now)
    form = QuotaForm(request.POST if "end" not in request.POST and request.POST else None, activity=activity)
    if request.method == "POST" and "end" in request.POST:
        quota = activity.quotas.filter(pk=request.POST["end"], released_at=None).first()
        if quota is None:
            raise permissions.not_here()
        actions.end_quota(quota=quota, now=now)
        messages.success(request, _("What the quota held is free for all now."))
        return redirect("programme:quotas", activity.pk)
    if request.method == "POST" and form.is_valid():
        if actions.add_quota(quota=form.quota()):
            messages.success(request, _("Saved."))
            return redirect("programme:quotas", activity.pk)
        form.add_error("places", _("So many places are not free any more."))
    context = {
        "activity": activity,
        "quotas": activity.quotas.select_related("institution"),
        "ending": activity.quotas.filter(pk=number(request.GET.get("end", "")), released_at=None).first(),
        "free": activity.places - activity.taken - activity.held,
        "form": form,
        **rule_context(activity),
        **PAGE,
    }
    return render(request, "programme/quotas.html", context)


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
