"""Candidates: the list, one of them, writing them down, reading them from a file."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.models import Institution
from straume.web.places.once import once
from straume.web.programme import candidate_table as table
from straume.web.programme import choosing_permissions as permissions
from straume.web.programme import said
from straume.web.programme.forms.candidates import CandidateForm
from straume.web.programme.models import Activity, Candidate
from straume.web.programme.permissions import require_running, runs_programme, sees_money
from straume.words.format import period

AROUND = {"nav": "activities", "subnav": "choosing"}
MOST_PROBLEMS = 20
LARGEST = 2_000_000  # bytes


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with candidates"),
        help_text=gettext_lazy(
            "XLSX or CSV with the headings of the export. Nothing is written unless all rows are right."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    read: table.Read

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST:
            raise forms.ValidationError(_("The file is too large. Candidates fit into 2 MB."))
        self.read = table.read_file(uploaded.name, uploaded.read())
        if self.read.problems:
            raise forms.ValidationError(self.read.problems[:MOST_PROBLEMS])
        return uploaded


@login_required
def candidates(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    require_running(request.user, today)
    asked = asked_of(request, table.COLUMNS, "kind")
    rows = table.found(asked)
    if asked.form in FORMS:
        return as_file(table.file_of(rows), asked.form, name="candidates", title=_("Candidates"), today=today)
    shown = [
        {
            "candidate": one,
            "days": period(one.earliest_on, one.latest_on, said.lang()),
            "needs": len(one.need_links.all()),
            "cost": said.euros(one.cost_eur),
        }
        for one in rows
    ]
    context = {"rows": shown, "kinds": Activity.Kind.choices, **asked.context(table.COLUMNS), **AROUND}
    return render(request, "programme/choosing/candidates.html", context)


@login_required
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_candidate(request.user, pk, today)
    context = {
        "candidate": shown,
        "days": period(shown.earliest_on, shown.latest_on, said.lang()),
        "languages": said.languages(shown.languages),
        "cost": said.euros(shown.cost_eur) if sees_money(request.user, today) else "",
        "links": shown.need_links.select_related("need"),
        "may_change": runs_programme(request.user, today) and not shown.is_decided,
        "decided": shown.decision_items.select_related("decision__choice", "activity"),
        **AROUND,
    }
    return render(request, "programme/choosing/candidate.html", context)


@login_required
def add_candidate(request: HttpRequest) -> HttpResponse:
    require_running(request.user, timezone.localdate())
    return candidate_form(request, Candidate(), _("Add a candidate"))


@login_required
def change_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_candidate_to_change(request.user, pk, timezone.localdate())
    return candidate_form(request, shown, _("Change the candidate"))


def candidate_form(request: HttpRequest, shown: Candidate, title: str) -> HttpResponse:

    places = Institution.objects.filter(tier=Institution.Tier.INVOLVED).order_by("country", "slug")
    form = CandidateForm(
        request.POST or None, instance=shown, municipalities=places, initial={"key": uuid.uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        if shown.pk:
            saved = form.save()
        else:
            key = form.instance.idempotency_key = form.cleaned_data["key"]
            saved = once(form.save, lambda: Candidate.objects.filter(idempotency_key=key).first())
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {"form": form, "title": title, "candidate": shown, **AROUND}
    return render(request, "programme/choosing/form.html", context)


@login_required
def delete_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_candidate_to_change(request.user, pk, timezone.localdate())
    if request.method == "POST":
        shown.delete()
        messages.success(request, _("The candidate is deleted."))
        return redirect("programme:candidates")
    return render(request, "programme/choosing/delete_candidate.html", {"candidate": shown, **AROUND})


@login_required
def import_candidates(request: HttpRequest) -> HttpResponse:
    require_running(request.user, timezone.localdate())
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        number = table.keep(form.read.rows)
        messages.success(request, _("Candidates taken over: %(number)s.") % {"number": number})
        return redirect("programme:candidates")
    return render(request, "programme/choosing/import.html", {"form": form, **AROUND})
