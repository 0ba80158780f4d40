"""Results of a survey made elsewhere: the template, and taking them in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.web.needs import permissions
from straume.web.needs.actions.imports import take_in
from straume.web.needs.forms.imported import ImportForm
from straume.web.needs.imported_file import template
from straume.web.places.lists import XLSX
from straume.web.places.models import Institution
from straume.web.places.permissions import institutions_where
from straume.words.catalog import known


@login_required
def import_results(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.require_running(request.user, today)
    owners = institutions_where(request.user, permissions.RUNS, today).filter(tier=Institution.Tier.PARTNER)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        owners=owners,
        initial={"idempotency_key": uuid.uuid4(), "owner": owners.first()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wave = take_in(
            rows=form.reading.rows,
            name=said["name"],
            source=said["source"],
            file_name=said["file"].name,
            owner=said["owner"],
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
            key=said["idempotency_key"],
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
        messages.success(request, _("The results are taken in and marked as made elsewhere."))
        return redirect(reverse("needs:results", args=[wave.pk]))
    context = {"form": form, "nav": "activities", "subnav": "needs"}
    return render(request, "needs/results/import.html", context)


@login_required
def import_template(request: HttpRequest, lang: str) -> HttpResponse:
    permissions.require_running(request.user, timezone.localdate())
    response = HttpResponse(template(known(lang or get_language() or "")), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="straume-survey-results-{known(lang)}.xlsx"'
    return response
