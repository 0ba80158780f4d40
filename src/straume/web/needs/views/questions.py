"""One question of a questionnaire: added, changed, moved, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.needs import items, permissions
from straume.web.needs.actions import questionnaires as actions
from straume.web.needs.forms.questions import LineFormSet, QuestionForm, lines_of, written_lines
from straume.web.needs.models import Questionnaire, QuestionnaireVersion

NAV = {"nav": "activities", "subnav": "surveys"}


@login_required
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The type stands in the address; choices may be those of an earlier question."""
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    kind = request.GET.get("type", "")
    if kind not in items.TYPES:
        return redirect("needs:questionnaire", shown.pk)
    known = items.read(items=actions.newest(shown).items)
    like = next((one for one in known if one.name == request.GET.get("like")), None)
    return _edited(request, shown, kind=kind, item=None, known=known, like=like)


@login_required
def change_question(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    known = items.read(items=actions.newest(shown).items)
    item = next((one for one in known if one.name == name), None)
    if item is None:
        raise permissions.not_here()
    return _edited(request, shown, kind=item.type, item=item, known=known, like=None)


@login_required
@require_POST
def move_question(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    version = _version_with(shown, name)
    by = -1 if request.POST.get("to") == "up" else 1
    _write(request, shown, actions.moved(version.items, name, by))
    return redirect(f"{reverse('needs:questionnaire', args=[shown.pk])}#item-{name}")


@login_required
def remove_question(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    shown = permissions.find_questionnaire_to_run(request.user, pk, timezone.localdate())
    version = _version_with(shown, name)
    if request.method == "POST":
        left = [one for one in version.items if one["name"] != name]
        if _write(request, shown, left):
            messages.success(request, _("The question is taken out."))
        return redirect("needs:questionnaire", shown.pk)
    item = next(one for one in items.read(items=version.items) if one.name == name)
    return render(request, "needs/questionnaires/remove.html", {"questionnaire": shown, "item": item, **NAV})


def _edited(
    request: HttpRequest,
    shown: Questionnaire,
    *,
    kind: str,
    item: items.Item | None,
    known: tuple[items.Item, ...],
    like: items.Item | None,
) -> HttpResponse:
    before = known[: known.index(item)] if item else known
    others = [one for one in known if one is not item]
    data = request.POST or None
    form = QuestionForm(data, kind=kind, before=before, others=others, initial=_initial(item))
    source = item or like
    tables = _tables(data, kind, source)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and all([form.is_valid(), *(table.is_valid() for table in tables.values())]):
        written = form.written()
        for key, table in tables.items():
            written[key] = written_lines(table, with_values=key == "choices")
        try:
            _put(shown, written, item)
        except items.ItemsError as trouble:
            problems = trouble.problems
        else:
            messages.success(request, _("The question is kept."))
            return redirect(f"{reverse('needs:questionnaire', args=[shown.pk])}#item-{written['name']}")
    context = {
        "questionnaire": shown,
        "form": form,
        "tables": tables,
        "problems": problems,
        "kind": kind,
        "kind_said": items.TYPES[kind],
        "item": item,
        "like": [one for one in others if one.choices] if "choices" in tables and item is None else [],
        "has_values": kind in ("scale", "matrix"),
        **NAV,
    }
    return render(request, "needs/questionnaires/question.html", context)


def _initial(item: items.Item | None) -> dict[str, Any]:
    if item is None:
        return {}
    words = {f"label_{lang}": text for lang, text in item.label.items()}
    words |= {f"hint_{lang}": text for lang, text in item.hint.items()}
    kept = (
        "name",
        "required",
        "relevant",
        "long",
        "starts_page",
        "stratum",
        "measures",
        "topic",
        "need_kind",
    )
    return words | {key: getattr(item, key) for key in kept}


def _tables(data: Any, kind: str, source: items.Item | None) -> dict[str, Any]:
    tables = {}
    if kind == "matrix":
        rows = lines_of(source.rows) if source else []
        tables["rows"] = LineFormSet(data, prefix="rows", initial=rows)
    if kind in items.WITH_CHOICES:
        choices = lines_of(source.choices) if source else []
        tables["choices"] = LineFormSet(data, prefix="choices", initial=choices)
    return tables


def _put(shown: Questionnaire, written: dict[str, Any], item: items.Item | None) -> None:
    """The item in its old place, or a new one at the end."""
    found = list(actions.newest(shown).items)
    if item is None:
        found.append(written)
    else:
        found[actions.index_of(found, item.name)] = written
    actions.write_items(questionnaire=shown, written=found, now=timezone.now())


def _write(request: HttpRequest, shown: Questionnaire, written: list[Any]) -> bool:
    try:
        actions.write_items(questionnaire=shown, written=written, now=timezone.now())
    except items.ItemsError as trouble:
        for sentence in trouble.problems:
            messages.error(request, sentence)
        return False
    return True


def _version_with(shown: Questionnaire, name: str) -> QuestionnaireVersion:
    version = actions.newest(shown)
    if not any(one["name"] == name for one in version.items):
        raise permissions.not_here()
    return version
