"""Hosts and stops of a visit, and the programme of an activity on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places.permissions import not_here
from straume.web.programme import permissions
from straume.web.programme.day_programme import day_programme_pdf
from straume.web.programme.forms.visits import HostForm, StopForm
from straume.web.programme.models import Activity, VisitHost, VisitStop
from straume.web.programme.views.parts import part_of, part_page, to_run
from straume.web.programme.visits import VISITS


def visit_to_run(request: HttpRequest, pk: int) -> Activity:
    shown = to_run(request, pk)
    if shown.kind not in VISITS:
        raise not_here()
    return shown


@login_required
def add_host(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visit_to_run(request, pk)
    form = HostForm(request.POST or None, instance=VisitHost(activity=shown))
    return part_page(request, form, _("Add a host"), shown, "visit")


@login_required
def change_host(request: HttpRequest, pk: int, host_pk: int) -> HttpResponse:
    shown = visit_to_run(request, pk)
    form = HostForm(request.POST or None, instance=part_of(shown.visit_hosts, host_pk))
    return part_page(request, form, _("Change the host"), shown, "visit")


@login_required
def add_stop(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visit_to_run(request, pk)
    form = StopForm(request.POST or None, instance=VisitStop(activity=shown))
    return part_page(request, form, _("Add a stop"), shown, "visit")


@login_required
def change_stop(request: HttpRequest, pk: int, stop_pk: int) -> HttpResponse:
    shown = visit_to_run(request, pk)
    form = StopForm(request.POST or None, instance=part_of(shown.stops, stop_pk))
    return part_page(request, form, _("Change the stop"), shown, "visit")


@login_required
def day_programme(request: HttpRequest, pk: int, lang: str) -> HttpResponse:
    """The programme of its days as PDF/UA, in one of the three languages."""
    today = timezone.localdate()
    shown = permissions.find_activity(request.user, pk, today)
    content = day_programme_pdf(shown, lang=lang, today=today)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="programme-{shown.pk}-{lang}.pdf"'
    return response
