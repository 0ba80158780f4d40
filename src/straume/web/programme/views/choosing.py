"""Choices: begin one, set its limits and weights, compute it, lock candidates, record what is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.lean.errors import InputProblems
from straume.web.accounts.models import User
from straume.web.places.lists import FORMS, as_file
from straume.web.places.permissions import not_here
from straume.web.programme import choosing_page as page
from straume.web.programme import choosing_permissions as permissions
from straume.web.programme import choosing_words as words
from straume.web.programme.actions import choosing as actions
from straume.web.programme.analysis import choosing as analysis
from straume.web.programme.forms.choosing import LimitsForm, NewChoiceForm, RecordForm, WeightForm
from straume.web.programme.models import Choice, ChoiceLock
from straume.web.programme.permissions import require_running, runs_programme, sees_money

AROUND = {"nav": "activities", "subnav": "choosing"}


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.choices_of(request.user, today)
    context = {"choices": shown, "runs": runs_programme(request.user, today), **AROUND}
    return render(request, "programme/choosing/choices.html", context)


@login_required
def add_choice(request: HttpRequest) -> HttpResponse:
    require_running(request.user, timezone.localdate())
    form = NewChoiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        made = actions.begin_choice(
            choice=form.save(commit=False),
            key=form.cleaned_data["key"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect(made)
    context = {"form": form, "title": _("Begin a choice"), **AROUND}
    return render(request, "programme/choosing/form.html", context)


@login_required
def choice(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_choice(request.user, pk, today)
    money = sees_money(request.user, today)
    names = words.names_of(shown)
    rows = page.rows_of(shown, names, sees_money=money)
    if (form := request.GET.get("format")) in FORMS:
        return as_file(
            page.table_of(rows, sees_money=money), form, name="choice", title=_("Choice"), today=today
        )
    decision = getattr(shown, "decision", None)
    context = {
        "choice": shown,
        "decision": decision,
        "runs": runs_programme(request.user, today) and decision is None,
        "sees_money": money,
        "rows": rows,
        "locked": any(row.lock for row in rows),
        **(answer_context(shown, names, money, decision) if shown.result else {}),
        **(decision_context(decision, names, money) if decision else {}),
        **AROUND,
    }
    return render(request, "programme/choosing/choice.html", context)


def answer_context(shown: Choice, names: words.Names, money: bool, decision: Any) -> dict[str, Any]:
    result = shown.result or {}
    prices, free = page.prices_of(shown, names, sees_money=money)
    return {
        "result": result,
        "is_current": decision is not None or page.is_current(shown),
        "share": words.share(result["value"], result["best_thinkable"]),
        "cost": words.euros(result["cost_cents"]) if money else "",
        "sure": words.sure(result),
        "conflict": [words.limit(one, names, sees_money=money) for one in result["conflict"]],
        "second": page.second_of(shown, names, sees_money=money),
        "prices": prices,
        "free": free,
        "cover": page.cover_of(shown, names),
        "municipalities": names.municipalities.values(),
    }


def decision_context(decision: Any, names: words.Names, money: bool) -> dict[str, Any]:
    items = list(decision.items.select_related("candidate", "activity"))
    return {
        "held": [item for item in items if item.is_held],
        "added": [item for item in items if item.is_held and not item.was_best],
        "dropped": [item for item in items if not item.is_held and item.was_best],
        "held_share": words.share(decision.value, decision.best_thinkable),
        "best_share": words.share(decision.best_value, decision.best_thinkable),
        "broken": [words.limit(one, names, sees_money=money) for one in decision.broken],
    }


@login_required
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    form = LimitsForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Compute the choice again to see what changes."))
        return redirect(shown)
    context = {"form": form, "title": _("Limits"), "choice": shown, **AROUND}
    return render(request, "programme/choosing/form.html", context)


@login_required
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_choice(request.user, pk, timezone.localdate())
    context = {
        "choice": shown,
        "weights": shown.weights.select_related("need").prefetch_related("need__evidence"),
        "runs": runs_programme(request.user, timezone.localdate()) and not shown.is_recorded,
        **AROUND,
    }
    return render(request, "programme/choosing/weights.html", context)


@login_required
def change_weight(request: HttpRequest, pk: int, need_pk: int) -> HttpResponse:
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    weight = shown.weights.select_related("need").filter(need_id=need_pk).first()
    if weight is None:
        raise not_here()
    form = WeightForm(request.POST or None, instance=weight)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Compute the choice again to see what changes."))
        return redirect("programme:choice_weights", shown.pk)
    title = _("Weight of “%(need)s”") % {"need": weight.need}
    context = {"form": form, "title": title, "choice": shown, **AROUND}
    return render(request, "programme/choosing/form.html", context)


@login_required
@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    computed(request, shown)
    return redirect(shown)


def computed(request: HttpRequest, shown: Choice) -> None:
    try:
        actions.solve(shown, now=timezone.now())
    except InputProblems:
        messages.error(
            request,
            _("A candidate cannot be understood: its days do not fit its length. Change it and try again."),
        )


@login_required
@require_POST
def lock(request: HttpRequest, pk: int, candidate_pk: int) -> HttpResponse:
    """Lock a candidate in or out, or take its lock away; what is computed then follows at once."""
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    candidate = analysis.candidates_of(shown).filter(pk=candidate_pk).first()
    if candidate is None:
        raise not_here()
    kind = request.POST.get("kind", "")
    if kind in ChoiceLock.Kind.values:
        ChoiceLock.objects.update_or_create(choice=shown, candidate=candidate, defaults={"kind": kind})
    else:
        shown.locks.filter(candidate=candidate).delete()
    if shown.result:
        computed(request, shown)
    return redirect(shown)


@login_required
def record(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    if not shown.result or not page.is_current(shown) or shown.result["status"] not in ("proven", "bounded"):
        messages.error(request, _("Compute the choice first: what is recorded is its answer."))
        return redirect(shown)
    best = frozenset(int(one["code"]) for one in shown.result["chosen"])
    form = RecordForm(request.POST or None, candidates=list(analysis.candidates_of(shown)), best=best)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        told = {name: form.cleaned_data[name] for name in ("held", "reason", "by_hand_reason", "key")}
        actions.record(choice=shown, **told, by=request.user, now=timezone.now())
        messages.success(request, _("The choice is recorded, and its activities are planned."))
        return redirect(shown)
    context = {"form": form, "title": _("Record the choice"), "choice": shown, **AROUND}
    return render(request, "programme/choosing/record.html", context)


@login_required
def delete_choice(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_choice_to_change(request.user, pk, timezone.localdate())
    if request.method == "POST":
        shown.delete()
        messages.success(request, _("The choice is deleted."))
        return redirect("programme:choices")
    return render(request, "programme/choosing/delete_choice.html", {"choice": shown, **AROUND})
