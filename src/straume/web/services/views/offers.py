"""An offer: who gives the service where, by when, under which local acts, how often."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.services import permissions
from straume.web.services.catalogue import deadline_said, shown_count
from straume.web.services.forms.offer import DemandForm, NewOfferForm, OfferForm
from straume.web.services.forms.service import LawForm
from straume.web.services.models import LegalResource, Offer, YearlyDemand
from straume.web.services.registry import offer_sections

NAV = "services"


@login_required
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_offer(request.user, pk, today)
    deadline = shown.deadline()
    country = shown.institution.country
    context = {
        "offer": shown,
        "deadline": deadline_said(deadline) if deadline else "",
        "deadline_source": deadline.source if deadline else "",
        "laws": shown.service.legal_resources.filter(offer=None, country__in=["", country]),
        "local_acts": shown.local_acts.all(),
        "demand": [{"row": row, "cases": shown_count(row.cases)} for row in shown.demand.order_by("-year")],
        "sections": [made for make in offer_sections if (made := make(shown, request.user, today))],
        "may_edit": permissions.may_edit_offer(request.user, shown, today),
        "today": today,
        "nav": NAV,
    }
    return render(request, "services/offer.html", context)


@login_required
def add_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """First the institution, then what the offer is like there."""
    today = timezone.localdate()
    service = permissions.find_service(request.user, pk, today)
    places = permissions.places_to_offer_in(request.user, today).exclude(offers__service=service)
    if not places.exists():
        raise permissions.not_here()
    form = NewOfferForm(request.POST or None, institutions=places)
    if request.method == "POST" and form.is_valid():
        added, _is_new = Offer.objects.get_or_create(
            service=service, institution=form.cleaned_data["institution"]
        )
        messages.success(request, _("The service is offered here. Now say who does the work."))
        return redirect("services:change_offer", added.pk)
    context = {"form": form, "title": _("Offer this service"), "service": service, "nav": NAV}
    return render(request, "services/form.html", context)


@login_required
def change_offer(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_offer_to_edit(request.user, pk, timezone.localdate())
    form = OfferForm(request.POST or None, instance=shown)
    return saved_or_shown(request, form, shown, _("Change the offer"))


@login_required
def delete_offer(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_offer_to_edit(request.user, pk, timezone.localdate())
    in_use = False
    if request.method == "POST":
        service = shown.service
        try:
            shown.delete()
        except ProtectedError:
            in_use = True
        else:
            messages.success(request, _("The service is no longer offered here."))
            return redirect(service)
    return render(request, "services/delete_offer.html", {"offer": shown, "in_use": in_use, "nav": NAV})


@login_required
def add_demand(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_offer_to_edit(request.user, pk, today)
    form = DemandForm(request.POST or None, instance=YearlyDemand(offer=shown), today=today)
    return saved_or_shown(request, form, shown, _("Add a year"))


@login_required
def change_demand(request: HttpRequest, pk: int, demand_pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_offer_to_edit(request.user, pk, today)
    row = shown.demand.filter(pk=demand_pk).first()
    if row is None:
        raise permissions.not_here()
    if removed(request, row):
        return redirect(shown)
    form = DemandForm(request.POST or None, instance=row, today=today)
    return saved_or_shown(request, form, shown, _("Change the year"), removable=True)


@login_required
def add_local_act(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_offer_to_edit(request.user, pk, timezone.localdate())
    act = LegalResource(service=shown.service, offer=shown, country=shown.institution.country)
    return saved_or_shown(request, local_form(request, act), shown, _("Add a local act"))


@login_required
def change_local_act(request: HttpRequest, pk: int, act_pk: int) -> HttpResponse:
    shown = permissions.find_offer_to_edit(request.user, pk, timezone.localdate())
    act = shown.local_acts.filter(pk=act_pk).first()
    if act is None:
        raise permissions.not_here()
    if removed(request, act):
        return redirect(shown)
    return saved_or_shown(request, local_form(request, act), shown, _("Change the local act"), removable=True)


def local_form(request: HttpRequest, act: LegalResource) -> LawForm:
    """A local act stands in the country of its institution; nobody is asked for it."""
    form = LawForm(request.POST or None, instance=act)
    del form.fields["country"]
    return form


def removed(request: HttpRequest, row: Any) -> bool:
    if request.method != "POST" or "remove" not in request.POST:
        return False
    row.delete()
    messages.success(request, _("Removed."))
    return True


def saved_or_shown(
    request: HttpRequest, form: Any, shown: Offer, title: str, *, removable: bool = False
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    context = {"form": form, "title": title, "offer": shown, "removable": removable, "nav": NAV}
    return render(request, "services/form.html", context)
