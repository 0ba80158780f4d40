"""A need made from a result with one press; texts put into needs by hand."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from straume.web.needs import analysis, imported_page, permissions, texts_page
from straume.web.needs.actions import records
from straume.web.needs.forms.records import EvidenceForm
from straume.web.needs.models import Need, TextBatch, Wave
from straume.web.needs.result_evidence import Found, evidence_of
from straume.web.needs.views.results import frame
from straume.web.places.permissions import not_here


@login_required
@require_POST
def make_need(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """Of a topic with importance and present state, or of one choice of a question."""
    today = timezone.localdate()
    wave = permissions.find_wave_to_run(request.user, pk, today)
    found = found_in(wave, item, request.POST.get("choice", ""))
    if found is None:
        raise not_here()
    made = records.make_from_result(
        wave=wave,
        kind=found.kind,
        label=found.label,
        evidence=found.evidence,
        by=request.user,  # type: ignore[arg-type]
        today=today,
    )
    messages.success(request, _("The need is written down, with the answers that show it."))
    return redirect(made)


@login_required
def add_evidence(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """The answers to a question as further evidence of a need that is written down already."""
    today = timezone.localdate()
    wave = permissions.find_wave_to_run(request.user, pk, today)
    found = found_in(wave, item)
    if found is None:
        raise not_here()
    form = EvidenceForm(request.POST or None, needs=Need.objects.filter(merge=None, kind=found.kind))
    if request.method == "POST" and form.is_valid():
        need = form.cleaned_data["need"]
        records.add_evidence(need=need, wave=wave, evidence=found.evidence, today=today)
        messages.success(request, _("The answers stand with the need."))
        return redirect(need)
    context = {
        "form": form,
        "title": _("Put these answers to a need"),
        "nav": "activities",
        "subnav": "needs",
    }
    return render(request, "needs/records/form.html", context)


def found_in(wave: Wave, item: str, choice: str = "") -> Found | None:
    if wave.source == Wave.Source.IMPORTED:
        return imported_page.evidence_of(wave, item)
    return evidence_of(analysis.read(wave), item, choice)


@login_required
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers in words, without place and role, to be put into needs by hand."""
    today = timezone.localdate()
    wave = permissions.find_wave_to_run(request.user, pk, today)
    data = analysis.read(wave)
    shown = texts_page.texts(data) if data.n >= 5 else []
    problem = ""
    if request.method == "POST":
        problem = put(request, data, shown, today)
        if not problem:
            return redirect(f"{reverse('needs:texts', args=[wave.pk])}#{request.POST.get('item', '')}")
    q, only_new = request.GET.get("q", "").strip(), bool(request.GET.get("new"))
    context = frame(request.user, wave, "texts") | {
        "parts": [texts_page.found(part, q, only_new) for part in shown],
        "q": q,
        "only_new": only_new,
        "needs": Need.objects.filter(merge=None).order_by("kind", "title"),
        "kinds": Need.Kind.choices,
        "key": uuid.uuid4(),
        "problem": problem,
        "batches": TextBatch.objects.filter(wave=wave).select_related("need").order_by("-pk")[:5],
    }
    return render(request, "needs/results/texts.html", context, status=400 if problem else 200)


def put(request: HttpRequest, data: Any, shown: Any, today: Any) -> str:
    """The sentence that says what is missing, or ""."""
    item = request.POST.get("item", "")
    chosen = set(request.POST.getlist("text"))
    marks = [line for part in shown if part.item == item for line in part.lines if line.mark in chosen]
    if not marks:
        return _("Tick at least one text.")
    need = chosen_need(request, data, today)
    if need is None:
        return _("Choose a need, or write the name of a new one.")
    sheets = [sheet for line in marks for sheet in line.sheets]
    batch = records.put_texts(need=need, wave=data.wave, item=item, sheets=sheets, key=key_of(request))
    number = batch.texts.count()
    said = ngettext(
        "%(number)s text was put into “%(need)s”.", "%(number)s texts were put into “%(need)s”.", number
    )
    messages.success(request, said % {"number": number, "need": need})
    return ""


def chosen_need(request: HttpRequest, data: Any, today: Any) -> Need | None:
    name = request.POST.get("new", "").strip()
    if not name:
        pk = request.POST.get("need", "")
        return Need.objects.filter(merge=None, pk=pk).first() if pk.isdigit() else None
    kind = request.POST.get("kind", "")
    return records.named_in_texts(
        wave=data.wave,
        kind=kind if kind in Need.Kind.values else Need.Kind.PROBLEM,
        title=name,
        by=request.user,  # type: ignore[arg-type]
        today=today,
        key=key_of(request),
    )


def key_of(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


@login_required
@require_POST
def take_texts_out(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    batch = TextBatch.objects.filter(wave=wave, pk=batch_pk).first()
    if batch is None:
        raise not_here()
    item = batch.item
    records.take_out(batch=batch)
    messages.success(request, _("Undone. The texts can be put elsewhere."))
    return redirect(f"{reverse('needs:texts', args=[wave.pk])}#{item}")
