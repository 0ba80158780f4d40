"""Questionnaires: the list, one with its questions and versions, how it looks to those who answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.needs import items, permissions
from straume.web.needs.actions import questionnaires as actions
from straume.web.needs.answering_state import Filling
from straume.web.needs.forms.questions import NewQuestionnaireForm, QuestionnaireForm
from straume.web.needs.models import Questionnaire, QuestionnaireVersion, Wave
from straume.web.needs.versions import compared, titles_of
from straume.web.places.lists import Column, as_file, asked_of
from straume.web.places.models import Institution
from straume.web.places.permissions import institutions_where
from straume.web.places.wording import folded, holds

NAV = {"nav": "activities", "subnav": "surveys"}


@dataclass(frozen=True)
class QuestionnaireRow:
    questionnaire: Questionnaire
    version: QuestionnaireVersion
    questions: int
    waves: int


@login_required
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.require_running(request.user, today)
    columns = (
        Column("title", _("Questionnaire")),
        Column("version", _("Version"), is_number=True),
        Column("questions", _("Questions"), is_number=True),
        Column("waves", _("Waves"), is_number=True),
    )
    asked = asked_of(request, columns)
    rows = _rows(asked.q)
    keys: dict[str, Any] = {
        "title": lambda row: folded(row.questionnaire.title),
        "version": lambda row: row.version.number,
        "questions": lambda row: row.questions,
        "waves": lambda row: row.waves,
    }
    rows.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    if asked.form in ("csv", "xlsx"):
        head: list[Any] = [str(column.label) for column in columns]
        table = [
            head,
            *([row.questionnaire.title, row.version.number, row.questions, row.waves] for row in rows),
        ]
        return as_file(table, asked.form, name="questionnaires", title=_("Questionnaires"), today=today)
    context = {"rows": rows, "any": Questionnaire.objects.exists(), **asked.context(columns), **NAV}
    return render(request, "needs/questionnaires/list.html", context)


@login_required
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    version = actions.newest(shown)
    context = {
        "questionnaire": shown,
        "version": version,
        "items": items.read(items=version.items),
        "types": items.TYPES,
        "versions": shown.versions.prefetch_related("waves"),
        "may_delete": not shown.versions.filter(waves__isnull=False).exists(),
        **NAV,
    }
    return render(request, "needs/questionnaires/questionnaire.html", context)


@login_required
def add_questionnaire(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.require_running(request.user, today)
    form = NewQuestionnaireForm(
        request.POST or None, owners=owners_of(request), initial={"key": uuid.uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        key, owner = said.pop("key"), said.pop("owner")
        by = cast(User, request.user)
        made = actions.add_questionnaire(
            owner=owner, titles=said, written=[], key=key, by=by, now=timezone.now()
        )
        return redirect("needs:questionnaire", made.pk)
    context = {"form": form, "title": _("New questionnaire"), **NAV}
    return render(request, "needs/questionnaires/form.html", context)


@login_required
def change_questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    form = QuestionnaireForm(request.POST or None, instance=shown, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("needs:questionnaire", shown.pk)
    context = {"form": form, "title": _("Change the title"), "questionnaire": shown, **NAV}
    return render(request, "needs/questionnaires/form.html", context)


@login_required
def delete_questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    refused = False
    if request.method == "POST":
        if actions.delete_questionnaire(shown):
            messages.success(request, _("The questionnaire is deleted."))
            return redirect("needs:questionnaires")
        refused = True
    return render(
        request, "needs/questionnaires/delete.html", {"questionnaire": shown, "refused": refused, **NAV}
    )


@login_required
def preview(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """As somebody who answers sees it, in any of the three languages; nothing is sent."""
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    version = find_version(shown, version_pk)
    today = timezone.localdate()
    unsaved = Wave(version=version, opens_on=today, closes_on=today)
    for lang in items.LANGUAGES:
        setattr(unsaved, f"name_{lang}", getattr(shown, f"title_{lang}"))
    filling = Filling(wave=unsaved, is_preview=True)
    lang = request.GET.get("lang", "")
    if request.method == "POST":
        filling.read(request.POST)
        go = request.POST.get("go", "next")
        lang = request.POST.get("shown_in", "")
        if go.startswith("lang-"):
            lang = go.removeprefix("lang-")
        elif go == "back" or not filling.find_problems(everything=False):
            filling.go(-1 if go == "back" else 1)
    if lang not in items.LANGUAGES:
        lang = request.LANGUAGE_CODE[:2]
    with override(lang):
        context = {**filling.context(), "preview": request.path, "questionnaire": shown, "shown_in": lang}
        return render(request, "needs/answer/page.html", context)


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions beside each other."""
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    versions = list(shown.versions.order_by("number"))
    first = _chosen(versions, request.GET.get("first"), versions[max(len(versions) - 2, 0)])
    second = _chosen(versions, request.GET.get("second"), versions[-1])
    context = {
        "questionnaire": shown,
        "versions": versions,
        "first": first,
        "second": second,
        "changes": compared(items.read(items=first.items), items.read(items=second.items)),
        "is_same": items.ask_the_same(items.read(items=first.items), items.read(items=second.items)),
        **NAV,
    }
    return render(request, "needs/questionnaires/compare.html", context)


def find_version(questionnaire: Questionnaire, version_pk: int) -> QuestionnaireVersion:
    version = questionnaire.versions.filter(pk=version_pk).first()
    if version is None:
        raise permissions.not_here()
    return version


def owners_of(request: HttpRequest) -> Any:
    """The lead bodies in which the person coordinates."""
    found = institutions_where(request.user, permissions.RUNS, timezone.localdate())
    return found.filter(tier=Institution.Tier.PARTNER)


def _rows(words: str) -> list[QuestionnaireRow]:
    found = []
    for one in Questionnaire.objects.prefetch_related("versions"):
        if holds(" ".join(titles_of(one).values()), words):
            version = actions.newest(one)
            waves = Wave.objects.filter(version__questionnaire=one).count()
            questions = sum(item.get("type") != "note" for item in version.items)
            found.append(QuestionnaireRow(one, version, questions, waves))
    return found


def _chosen(
    versions: list[QuestionnaireVersion], number: str | None, otherwise: QuestionnaireVersion
) -> QuestionnaireVersion:
    return next((one for one in versions if str(one.number) == number), otherwise)
