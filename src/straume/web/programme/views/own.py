"""One's own tickets and certificates."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from straume.web.places.permissions import not_here
from straume.web.programme import badges, certificate_pdf, tickets
from straume.web.programme.attendance_permissions import runs
from straume.web.programme.models import Activity, Certificate, Registration
from straume.web.programme.reader import person

NAV = {"nav": "activities"}


@login_required
@require_GET
def my_tickets(request: HttpRequest) -> HttpResponse:
    """A code for each activity in which one has a place and which is not over."""
    today = timezone.localdate()
    found = Registration.objects.filter(
        person=person(request), status=Registration.Status.CONFIRMED, activity__until_on__gte=today
    ).exclude(activity__status=Activity.Status.CANCELLED)
    shown = [
        {
            "registration": one,
            "picture": mark_safe(tickets.qr_svg(tickets.ticket_text(one))),  # noqa: S308 (drawn by us)
            "code": tickets.spoken(tickets.short_code(one)),
        }
        for one in found.select_related("activity").order_by("activity__from_on")
    ]
    return render(request, "programme/certificates/my_tickets.html", NAV | {"tickets": shown})


@login_required
@require_GET
def my_certificates(request: HttpRequest) -> HttpResponse:
    found = Certificate.objects.filter(person=person(request)).select_related("revocation", "rule")
    return render(request, "programme/certificates/my_certificates.html", NAV | {"certificates": found})


@login_required
@require_GET
def certificate(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """PDF, badge as a picture (svg) or as signed text (jwt): for the person and who runs the programme."""
    found = Certificate.objects.filter(number=number).first()
    mine = found is not None and found.person_id == person(request).pk
    if found is None or not found.name or not (mine or runs(request.user, timezone.localdate())):
        raise not_here()
    base_url = request.build_absolute_uri("/")
    made: bytes | str
    if form == "pdf":
        made, kind = certificate_pdf.certificate_pdf(found, base_url=base_url), "application/pdf"
    elif form == "svg":
        made, kind = badges.picture(found, base_url), "image/svg+xml"
    elif form == "jwt":
        made, kind = badges.signed(found, base_url), "application/vc+jwt"
    else:
        raise not_here()
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="straume-{found.number}.{form}"'
    return answer
