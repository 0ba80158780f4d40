"""Working hours of an institution, and its political terms."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places import actions, permissions
from straume.web.places.forms.calendar import CalendarForm, TermForm
from straume.web.places.models import Calendar, Institution, PoliticalTerm


@login_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    institution = runs(request, slug)
    form = CalendarForm(request.POST or None, institution=institution)
    if request.method == "POST" and form.is_valid():
        Calendar.objects.update_or_create(
            institution=institution, defaults={"rules": form.cleaned_data["rules"]}
        )
        messages.success(request, _("Saved. Assessments made from now on count in these hours."))
        return redirect(institution)
    context = {"form": form, "title": _("Working hours"), "institution": institution}
    return render(request, "places/unit_form.html", context)


@login_required
def add_term(request: HttpRequest, slug: str) -> HttpResponse:
    institution = runs(request, slug)
    kind = PoliticalTerm.Kind.MAYOR if institution.country == "lt" else PoliticalTerm.Kind.COUNCIL
    term = PoliticalTerm(institution=institution, kind=kind)
    form = TermForm(request.POST or None, instance=term)
    if request.method == "POST" and form.is_valid():
        actions.begin_term(form.save(commit=False))
        messages.success(request, _("The new term is written down; the one before ends the day before it."))
        return redirect(institution)
    context = {"form": form, "title": _("An election or a new coalition"), "institution": institution}
    return render(request, "places/unit_form.html", context)


def runs(request: HttpRequest, slug: str) -> Institution:
    today = timezone.localdate()
    institution = permissions.find_institution(request.user, slug, today)
    return permissions.may_run_units(request.user, institution, today)
