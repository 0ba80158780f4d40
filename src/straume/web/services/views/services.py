"""The list of services, the page of one, and writing its description."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.lists import FORMS, as_file
from straume.web.places.models.institutions import Country
from straume.web.services import permissions
from straume.web.services.catalogue import (
    SORTS,
    deadline_said,
    duration_said,
    found,
    rows_of,
    shown_count,
    table_of,
)
from straume.web.services.forms import service as service_forms
from straume.web.services.models import Offer, PublicService
from straume.web.services.registry import service_sections
from straume.web.services.vocabulary import Theme

NAV = "services"
# word in the address → form, heading when added, heading when changed
PARTS: dict[str, tuple[Any, Any, Any]] = {
    "laws": (service_forms.LawForm, gettext_lazy("Add an act"), gettext_lazy("Change the act")),
    "deadlines": (
        service_forms.CountryDeadlineForm,
        gettext_lazy("Add the deadline of a country"),
        gettext_lazy("Change the deadline"),
    ),
    "channels": (
        service_forms.ChannelForm,
        gettext_lazy("Add a channel"),
        gettext_lazy("Change the channel"),
    ),
    "costs": (service_forms.CostForm, gettext_lazy("Add a cost"), gettext_lazy("Change the cost")),
    "inputs": (service_forms.EvidenceForm, gettext_lazy("Add an input"), gettext_lazy("Change the input")),
    "outputs": (service_forms.OutputForm, gettext_lazy("Add a result"), gettext_lazy("Change the result")),
}


@login_required
def services(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "theme", "country", "sort")}
    every = rows_of(seen=permissions.demand_seen_in(request.user, today))
    rows = found(every, **{**asked, "sort": asked["sort"] or "name"})
    if (form := request.GET.get("format")) in FORMS:
        return as_file(table_of(rows), form, name="services", title=_("Services"), today=today)
    sort = asked["sort"] or "name"
    context = {
        "rows": rows,
        "any": bool(every),
        **asked,
        "sort": sort.removeprefix("-"),
        "descending": sort.startswith("-"),
        "columns": SORTS.items(),
        "themes": Theme.choices,
        "countries": Country.choices,
        "filtered": bool(asked["q"] or asked["theme"] or asked["country"]),
        "query": "&".join(f"{key}={value}" for key, value in asked.items() if value),
        "may_add": permissions.may_add_service(request.user, today),
        "nav": NAV,
    }
    return render(request, "services/services.html", context)


@login_required
def service(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_service(request.user, pk, today)
    context = {
        "service": shown,
        "deadlines": deadlines_of(shown),
        "usual_time": duration_said(shown.processing_time),
        "offers": offer_rows(request, shown, today),
        "laws": shown.legal_resources.filter(offer=None),
        "sections": [made for make in service_sections if (made := make(shown, request.user, today))],
        "may_edit": permissions.may_edit_service(request.user, shown, today),
        "places_left": permissions.places_to_offer_in(request.user, today)
        .exclude(offers__service=shown)
        .exists(),
        "today": today,
        "nav": NAV,
    }
    return render(request, "services/service.html", context)


def deadlines_of(shown: PublicService) -> list[dict[str, Any]]:
    """The deadline of each country, and the service's own where a country has none."""
    rows = [
        {"where": row.get_country_display(), "said": deadline_said(d), "note": row.note, "pk": row.pk}
        for row in shown.country_deadlines.all()
        if (d := shown.deadline(row.country))
    ]
    own = shown.deadline()
    if own:
        rows.append(
            {"where": _("elsewhere") if rows else _("everywhere"), "said": deadline_said(own), "note": ""}
        )
    return rows


def offer_rows(request: HttpRequest, shown: PublicService, today: date) -> list[dict[str, Any]]:
    """Places by their names; demand and the way to the offer only where the reader may see it."""
    seen = permissions.demand_seen_in(request.user, today)
    offers = Offer.objects.filter(service=shown).select_related("institution", "unit", "service")
    rows = []
    for offer in offers.order_by("institution__country", "institution__name"):
        latest = offer.demand.order_by("-year").first() if offer.institution_id in seen else None
        deadline = offer.deadline()
        rows.append(
            {
                "offer": offer,
                "is_open": offer.institution_id in seen,
                "demand": shown_count(latest.cases) if latest else "",
                "latest": latest,
                "deadline": deadline_said(deadline) if deadline else "",
                "is_own_deadline": bool(deadline and deadline.source == "offer"),
            }
        )
    return rows


@login_required
def add_service(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.require_adding(request.user, today)
    return service_page(request, PublicService(), _("Add a service"))


@login_required
def change_service(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_service_to_edit(request.user, pk, timezone.localdate())
    return service_page(request, shown, _("Change the description"))


def service_page(request: HttpRequest, shown: PublicService, title: str) -> HttpResponse:
    form = service_forms.ServiceForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render(request, "services/form.html", {"form": form, "title": title, "service": shown, "nav": NAV})


@login_required
def delete_service(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_service_to_edit(request.user, pk, timezone.localdate())
    is_offered = shown.offers.exists()
    if request.method == "POST" and not is_offered:
        shown.delete()
        messages.success(request, _("The service is no longer in the catalogue."))
        return redirect("services:services")
    context = {"service": shown, "is_offered": is_offered, "nav": NAV}
    return render(request, "services/delete_service.html", context)


@login_required
def add_part(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown = permissions.find_service_to_edit(request.user, pk, timezone.localdate())
    form_class, heading, _changed = PARTS[kind]
    return part_page(request, form_class, form_class.Meta.model(service=shown), heading)


@login_required
def change_part(request: HttpRequest, pk: int, kind: str, part_pk: int) -> HttpResponse:
    shown = permissions.find_service_to_edit(request.user, pk, timezone.localdate())
    form_class, _added, heading = PARTS[kind]
    parts = form_class.Meta.model.objects.filter(service=shown, pk=part_pk)
    if kind == "laws":
        parts = parts.filter(offer=None)
    part = parts.first()
    if part is None:
        raise permissions.not_here()
    return part_page(request, form_class, part, heading)


def part_page(request: HttpRequest, form_class: Any, part: Any, title: str) -> HttpResponse:
    shown = part.service
    if request.method == "POST" and "remove" in request.POST and part.pk:
        part.delete()
        messages.success(request, _("Removed."))
        return redirect(shown)
    form = form_class(request.POST or None, instance=part)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    context = {"form": form, "title": title, "service": shown, "removable": bool(part.pk), "nav": NAV}
    return render(request, "services/form.html", context)
