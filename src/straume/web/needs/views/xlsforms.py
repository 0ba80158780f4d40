"""XLSForm files: read into a questionnaire after one has seen what is in them, and written."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.needs import items, permissions
from straume.web.needs.actions import questionnaires as actions
from straume.web.needs.forms.xlsform import XlsFormForm
from straume.web.needs.models import Questionnaire
from straume.web.needs.pasted import LARGEST_FILE
from straume.web.needs.views.questionnaires import find_version, owners_of
from straume.web.needs.xlsform.read import FormProblems, read_form
from straume.web.needs.xlsform.write import write_form
from straume.web.places.lists import XLSX

NAV = {"nav": "activities", "subnav": "surveys"}
SALT = "straume.needs.xlsform"
AN_HOUR = 3600


@login_required
def import_new(request: HttpRequest) -> HttpResponse:
    permissions.require_running(request.user, timezone.localdate())
    return _imported(request, None)


@login_required
def import_version(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    return _imported(request, shown)


@login_required
def export(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    version = find_version(shown, version_pk)
    titles = {lang: getattr(shown, f"title_{lang}") or "" for lang in items.LANGUAGES}
    name = f"questionnaire-{shown.pk}-v{version.number}"
    content = write_form(
        items=items.read(items=version.items), titles=titles, form_id=name, version=version.number
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _imported(request: HttpRequest, shown: Questionnaire | None) -> HttpResponse:
    """First what is in the file; once that was seen it is taken over."""
    if request.method == "POST" and "taken" in request.POST:
        return _taken(request, shown)
    form = XlsFormForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "questionnaire": shown, "back": _back(shown), **NAV}
    if request.method == "POST" and form.is_valid():
        try:
            found = read_form(form.cleaned_data["file"].read(LARGEST_FILE + 1))
        except FormProblems as trouble:
            context["problems"] = trouble.problems
        else:
            taken = signing.dumps([found.items, found.titles], salt=SALT, compress=True)
            context |= {"read": found, "taken": taken, "key": uuid.uuid4(), "owners": owners_of(request)}
    return render(request, "needs/questionnaires/import.html", context)


def _taken(request: HttpRequest, shown: Questionnaire | None) -> HttpResponse:
    """What was shown comes back signed: nothing has to be kept in between."""
    try:
        found, titles = signing.loads(request.POST["taken"], salt=SALT, max_age=AN_HOUR)
        key = uuid.UUID(request.POST.get("key", ""))
    except (signing.BadSignature, ValueError):
        messages.error(request, _("The file was read too long ago. Choose it once more."))
        return redirect(request.path)
    now = timezone.now()
    if shown is not None:
        actions.write_items(questionnaire=shown, written=found, now=now)
    else:
        owners = owners_of(request)
        owner = owners.filter(pk=request.POST.get("owner") or 0).first() or owners.first()
        said = {f"title_{lang}": titles.get(lang, "") for lang in items.LANGUAGES}
        if not any(said.values()):
            said["title_en"] = _("Questionnaire from a file")
        by = cast(User, request.user)
        shown = actions.add_questionnaire(owner=owner, titles=said, written=found, key=key, by=by, now=now)
    messages.success(request, _("The questions are taken over."))
    return redirect("needs:questionnaire", shown.pk)


def _back(shown: Questionnaire | None) -> str:
    return reverse("needs:questionnaire", args=[shown.pk]) if shown else reverse("needs:questionnaires")
