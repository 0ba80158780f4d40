"""Needs: the list, the page of one, writing them, their status, two that are the same."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.needs import evidence_words, family, permissions
from straume.web.needs.actions import records
from straume.web.needs.forms.records import MergeForm, NeedForm, StatusForm
from straume.web.needs.models import Need, NeedMerge
from straume.web.needs.needs_list import COLUMNS, need_rows, need_table
from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.once import once
from straume.words.catalog import known

FRAME = {"nav": "activities", "subnav": "needs"}


@login_required
def needs(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = asked_of(request, COLUMNS, "kind", "status")
    rows = need_rows(asked)
    if asked.form in FORMS:
        return as_file(need_table(rows), asked.form, name="needs", title=_("Needs"), today=today)
    context = {
        **FRAME,
        **asked.context(COLUMNS),
        "rows": rows,
        "any": Need.objects.exists(),
        "kinds": Need.Kind.choices,
        "statuses": Need.Status.choices,
        "may_name": permissions.may_name_needs(request.user, today),
        "runs": permissions.runs_surveys(request.user, today),
    }
    return render(request, "needs/records/needs.html", context)


@login_required
def need(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_need(request.user, pk, today)
    kept = family.kept_of(shown)
    if kept != shown:
        return redirect(kept)
    members = family.family(shown)
    lang = known(get_language() or "")
    context = {
        **FRAME,
        "need": shown,
        "merged": members[1:],
        "evidence": evidence_words.told(members, lang),
        "texts": evidence_words.texts_count(members, lang),
        "changes": shown.changes.select_related("made_by"),
        "sections": family.sections(shown, request.user, today),
        "may_change": permissions.may_change_need(request.user, shown, today),
        "runs": permissions.runs_surveys(request.user, today),
    }
    return render(request, "needs/records/need.html", context)


@login_required
def add_need(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.require_naming(request.user, today)
    form = NeedForm(request.POST or None, initial={"idempotency_key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        made = once(lambda: written(form, request, today), lambda: same(form))
        messages.success(request, _("The need is written down."))
        return redirect(made)
    return form_page(request, form, _("Write down a need"), None)


def written(form: NeedForm, request: HttpRequest, today: Any) -> Need:
    made: Need = form.save(commit=False)
    made.named_on, made.named_by = today, request.user  # type: ignore[assignment]
    made.idempotency_key = form.cleaned_data["idempotency_key"]
    made.save()
    form.save_m2m()
    records.note(need=made, status=made.status, reason="", by=made.named_by, today=today)
    return made


def same(form: NeedForm) -> Need | None:
    key = form.cleaned_data["idempotency_key"]
    return Need.objects.filter(idempotency_key=key).first() if key else None


@login_required
def change_need(request: HttpRequest, pk: int) -> HttpResponse:
    changed = permissions.find_need_to_change(request.user, pk, timezone.localdate())
    form = NeedForm(request.POST or None, instance=changed)
    form.fields.pop("idempotency_key")
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(changed)
    return form_page(request, form, _("Change the need"), changed)


@login_required
def need_status(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    changed = permissions.find_need_to_run(request.user, pk, today)
    first = {"status": changed.status, "reason": changed.status_reason}
    form = StatusForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        records.set_status(
            need=changed,
            status=said["status"],
            reason=said["reason"],
            by=request.user,  # type: ignore[arg-type]
            today=today,
        )
        messages.success(request, _("Saved."))
        return redirect(changed)
    return form_page(request, form, _("Where the need stands"), changed)


@login_required
def merge_need(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    gone = permissions.find_need_to_run(request.user, pk, today)
    others = Need.objects.filter(merge=None, kind=gone.kind).exclude(
        pk__in=[one.pk for one in family.family(gone)]
    )
    form = MergeForm(request.POST or None, needs=others)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["kept"]
        records.merge(gone=gone, kept=kept, by=request.user, today=today)  # type: ignore[arg-type]
        messages.success(request, _("The two are one need now. It can be undone on its page."))
        return redirect(kept)
    return form_page(request, form, _("This need is the same as another"), gone)


@login_required
@require_POST
def unmerge_need(request: HttpRequest, pk: int) -> HttpResponse:
    gone = permissions.find_need_to_run(request.user, pk, timezone.localdate())
    if not NeedMerge.objects.filter(gone=gone).exists():
        raise permissions.not_here()
    records.unmerge(gone=gone)
    messages.success(request, _("The need stands by itself again."))
    return redirect(gone)


@login_required
def delete_need(request: HttpRequest, pk: int) -> HttpResponse:
    deleted = permissions.find_need_to_run(request.user, pk, timezone.localdate())
    pointing = records.pointed_at_by(deleted)
    if request.method == "POST" and not pointing:
        deleted.delete()
        messages.success(request, _("The need is deleted."))
        return redirect("needs:needs")
    context = {**FRAME, "need": deleted, "pointing": pointing}
    return render(request, "needs/records/delete.html", context)


def form_page(request: HttpRequest, form: Any, title: str, about: Need | None) -> HttpResponse:
    context = {**FRAME, "form": form, "title": title, "need": about}
    return render(request, "needs/records/form.html", context)
