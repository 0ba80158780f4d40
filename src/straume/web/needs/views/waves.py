"""Waves: the list, the page of one with its turnout, and what its coordinator does with it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any, cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext
from django.views.decorators.http import require_POST

from straume.web.accounts.models import User
from straume.web.needs import permissions
from straume.web.needs.actions import closing, letters, waves
from straume.web.needs.forms.waves import ReasonForm, ReopenForm, WaveForm
from straume.web.needs.models import QuestionnaireVersion, Wave
from straume.web.needs.turnout import turnout_of
from straume.web.needs.versions import titles_of
from straume.web.places.lists import Asked, Column, as_file, asked_of
from straume.web.places.wording import folded, holds

NAV = {"nav": "activities", "subnav": "surveys"}


@login_required
def wave_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = asked_of(request, _columns(), "state")
    if "sort" not in request.GET:
        asked = replace(asked, sort="-opens")
    rows = _rows(asked, today)
    if asked.form in ("csv", "xlsx"):
        head: list[Any] = [str(column.label) for column in _columns()]
        table = [head, *([row["cells"][column.code] for column in _columns()] for row in rows)]
        return as_file(table, asked.form, name="surveys", title=_("Surveys"), today=today)
    context = {
        "rows": rows,
        "any": Wave.objects.exists(),
        "states": STATES(),
        "may_run": permissions.runs_surveys(request.user, today),
        **asked.context(_columns()),
        **NAV,
    }
    return render(request, "needs/waves/list.html", context)


@login_required
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_wave(request.user, pk, today)
    may_run = permissions.runs_surveys(request.user, today)
    context = {
        "wave": shown,
        "state": state_of(shown, today),
        "turnout": turnout_of(shown),
        "staff": shown.staff.select_related("institution"),
        "may_run": may_run,
        "link": _link(request, shown),
        "is_open": shown.is_open(today),
        "simulated_and_over": shown.is_simulated and shown.settled_on is not None,
        "changes": shown.changes.all(),
        "letters": _letters(shown, today) if may_run else None,
        "may_delete": may_run and not waves.was_answered(shown),
        "today": today,
        **NAV,
    }
    return render(request, "needs/waves/wave.html", context)


@login_required
def turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks for itself again while the wave is open."""
    today = timezone.localdate()
    shown = permissions.find_wave(request.user, pk, today)
    context = {"wave": shown, "turnout": turnout_of(shown), "is_open": shown.is_open(today)}
    return render(request, "needs/waves/turnout.html", context)


@login_required
def add_wave(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    today = timezone.localdate()
    kept = permissions.find_questionnaire_to_run(request.user, pk, today)
    version = kept.versions.filter(pk=version_pk).first()
    if version is None:
        raise permissions.not_here()
    if not version.items:
        messages.error(request, _("First write the questions."))
        return redirect("needs:questionnaire", kept.pk)
    new = Wave(version=version, **titles_of(kept, "name"))
    form = WaveForm(request.POST or None, instance=new, version=version, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        made = _made(form, version)
        messages.success(request, _("The wave stands. Next: how many people work where, and whom to ask."))
        return redirect(made)
    context = {"form": form, "title": _("New wave"), "version": version, **NAV}
    return render(request, "needs/waves/form.html", context)


@login_required
def change_wave(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    if shown.settled_on is not None:
        messages.error(request, _("The wave is closed. Open it again to change it."))
        return redirect(shown)
    start = {"key": uuid.uuid4(), "has_link": bool(shown.link_code)}
    form = WaveForm(request.POST or None, instance=shown, version=shown.version, initial=start)
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.link_code = (saved.link_code or waves.new_link()) if form.cleaned_data["has_link"] else ""
        saved.save()
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {"form": form, "title": _("Change the wave"), "wave": shown, **NAV}
    return render(request, "needs/waves/form.html", context)


@login_required
def delete_wave(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    refused = False
    if request.method == "POST":
        if waves.delete_wave(shown):
            messages.success(request, _("The wave is deleted."))
            return redirect("needs:waves")
        refused = True
    return render(request, "needs/waves/delete.html", {"wave": shown, "refused": refused, **NAV})


@login_required
def close_wave(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_wave_to_run(request.user, pk, today)
    if shown.settled_on is not None or shown.source != Wave.Source.ASKED_HERE:
        raise permissions.not_here()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], cast(User, request.user)
        closing.close_early(wave=shown, reason=reason, by=by, now=timezone.now(), today=today)
        messages.success(request, _("The wave is closed, and its answers can be read."))
        return redirect(shown)
    context = {"form": form, "wave": shown, "kind": "close", "title": _("Close the wave now"), **NAV}
    return render(request, "needs/waves/reason.html", context)


@login_required
def reopen_wave(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_wave_to_run(request.user, pk, today)
    if shown.settled_on is None or shown.source != Wave.Source.ASKED_HERE or shown.is_simulated:
        raise permissions.not_here()
    form = ReopenForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by = cast(User, request.user)
        closing.reopen(wave=shown, until=said["until"], reason=said["reason"], by=by, now=timezone.now())
        messages.success(request, _("The wave is open again."))
        return redirect(shown)
    context = {"form": form, "wave": shown, "kind": "reopen", "title": _("Open the wave again"), **NAV}
    return render(request, "needs/waves/reason.html", context)


@login_required
@require_POST
def send_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the letters out, or remind those who have not answered; a first lot goes at once."""
    today = timezone.localdate()
    shown = permissions.find_wave_to_run(request.user, pk, today)
    if not shown.is_open(today) and today >= shown.opens_on:
        messages.error(request, _("The wave is closed, so no letter goes out."))
        return redirect(shown)
    if request.POST.get("what") == "remind":
        chosen = letters.reminded_now(shown, today)
    else:
        shown.site = shown.site or request.build_absolute_uri("/")
        shown.letters_from_on = shown.letters_from_on or max(today, shown.opens_on)
        shown.save(update_fields=["site", "letters_from_on"])
        chosen = letters.due(shown, today) if shown.is_open(today) else shown.invitations.none()
    number = letters.send_letters(chosen[: letters.AT_ONCE], today=today)
    said = ngettext("%(number)s letter went out.", "%(number)s letters went out.", number)
    if shown.opens_on > today:
        said = _("The letters go out on the first day.")
    messages.success(request, said % {"number": number})
    return redirect(shown)


@login_required
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet for a wall: the question in three languages, the QR code, the address."""
    shown = permissions.find_wave(request.user, pk, timezone.localdate())
    if not shown.link_code:
        raise permissions.not_here()
    texts = []
    for lang in ("lv", "lt", "en"):
        with override(lang):
            texts.append({"lang": lang, "name": shown.name, "closes_on": shown.closes_on})
    link = _link(request, shown)
    context = {"wave": shown, "texts": texts, "link": link, "picture": qr(link), **NAV}
    return render(request, "needs/waves/poster.html", context)


def qr(address: str) -> SafeString:
    made = segno.make(address, error="m").svg_inline(
        scale=6, border=2, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(made)  # noqa: S308 – drawn by segno from our own address


def state_of(wave: Wave, today: date) -> str:
    if wave.source == Wave.Source.IMPORTED:
        return "imported"
    if wave.is_open(today):
        return "open"
    return "planned" if wave.settled_on is None and today < wave.opens_on else "closed"


def STATES() -> dict[str, str]:  # noqa: N802 – words of the day's language
    return {
        "planned": _("not open yet"),
        "open": pgettext("wave", "open"),
        "closed": pgettext("wave", "closed"),
        "imported": _("made elsewhere"),
    }


def _columns() -> tuple[Column, ...]:
    return (
        Column("opens", _("First day")),
        Column("closes", _("Last day")),
        Column("name", _("Survey")),
        Column("kind", _("Kind")),
        Column("state", _("State")),
    )


def _rows(asked: Asked, today: date) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for one in Wave.objects.select_related("version__questionnaire"):
        state = state_of(one, today)
        cells: dict[str, Any] = {
            "opens": one.opens_on,
            "closes": one.closes_on,
            "name": one.name,
            "kind": str(one.get_kind_display()),
            "state": STATES()[state],
        }
        wanted = asked.choices.get("state", "")
        if (not wanted or wanted == state) and holds(one.name, asked.q):
            rows.append({"wave": one, "state": STATES()[state], "cells": cells})
    code = asked.sort.removeprefix("-")
    rows.sort(key=lambda row: folded(str(row["cells"][code])), reverse=asked.sort.startswith("-"))
    return rows


def _link(request: HttpRequest, wave: Wave) -> str:
    if not wave.link_code:
        return ""
    return request.build_absolute_uri(reverse("needs:open_link", args=[wave.link_code]))


def _letters(wave: Wave, today: date) -> dict[str, Any]:
    """What the coordinator sees of the letters: how many, never who answered."""
    return {
        "invited": wave.invitations.count(),
        "waiting": wave.invitations.filter(letters=0, stopped="").count(),
        "stopped": wave.invitations.exclude(stopped="").count(),
        "to_remind": letters.reminded_now(wave, today).count() if wave.is_open(today) else 0,
    }


def _made(form: WaveForm, version: QuestionnaireVersion) -> Wave:
    said = dict(form.cleaned_data)
    key, has_link = said.pop("key"), said.pop("has_link")
    return waves.make_wave(version=version, fields=said, has_link=has_link, key=key, now=timezone.now())
