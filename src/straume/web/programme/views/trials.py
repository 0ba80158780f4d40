"""“Try it” cards of one's institutions, and the question after months behind a link."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from straume.web.places.lists import FORMS, Cell, Column, as_file, asked_of
from straume.web.places.models import Unit
from straume.web.places.registry import simulated_badge
from straume.web.programme import evaluation_permissions as permissions
from straume.web.programme.actions import try_cards, uses
from straume.web.programme.forms.trials import BecameForm, TryCardForm, UseForm
from straume.web.programme.models import TryCard, TryOutcome, UseRound
from straume.web.programme.permissions import find_activity, may_read
from straume.web.programme.registry import try_card_links
from straume.web.programme.views.evaluation import PAGE

CARDS = {"nav": "activities", "subnav": "try_cards"}
COLUMNS = [
    Column("by_on", gettext_lazy("By when")),
    Column("what", gettext_lazy("What")),
    Column("unit", gettext_lazy("Unit")),
    Column("tool", gettext_lazy("Lean tool")),
    Column("state", gettext_lazy("What became of it")),
]
ORDER = {"by_on": "by_on", "what": "what", "unit": "unit__name", "tool": "tool", "state": "newest"}


@login_required
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """All cards of one's institutions; as a page or as a file."""
    today = timezone.localdate()
    may_read(request.user, today)
    asked = asked_of(request, COLUMNS, "state")
    found = filtered(
        with_state(permissions.visible_cards(request.user, today)), asked.q, asked.choices["state"]
    )
    found = found.order_by(
        ("-" if asked.sort.startswith("-") else "") + ORDER[asked.sort.removeprefix("-")], "pk"
    )
    if asked.form in FORMS:
        title = _("“Try it” cards")
        return as_file(table_of(found), asked.form, name="try-cards", title=title, today=today)
    context = (
        CARDS | asked.context(COLUMNS) | {"cards": found, "states": TryOutcome.Became.choices, "today": today}
    )
    return render(request, "programme/evaluation/cards.html", context)


def with_state(cards: QuerySet[TryCard]) -> Any:
    newest = TryOutcome.objects.filter(card=OuterRef("pk")).order_by("-said_on", "-pk").values("became")[:1]
    return cards.annotate(newest=Subquery(newest))


def filtered(cards: Any, q: str, state: str) -> Any:
    for word in q.split():
        cards = cards.filter(Q(what__icontains=word) | Q(unit__name__icontains=word))
    if state == "open":
        return cards.filter(newest=None)
    return cards.filter(newest=state) if state in TryOutcome.Became.values else cards


def state_said(newest: str | None) -> str:
    return str(TryOutcome.Became(newest).label) if newest else _("not told yet")


def table_of(cards: Any) -> list[list[Cell]]:
    head: list[Cell] = [*(str(column.label) for column in COLUMNS), _("Simulated")]
    return [head] + [
        [
            card.by_on,
            card.what,
            card.unit.name,
            card.get_tool_display(),
            state_said(card.newest),
            simulated_badge(card.is_simulated),
        ]
        for card in cards
    ]


@login_required
def new_card(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    activity = find_activity(request.user, pk, today)
    units = units_of(request, today)
    form = TryCardForm(request.POST or None, activity=activity, units=units)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        card = try_cards.write_card(
            activity=activity,
            unit=said["unit"],
            what=said["what"],
            tool=said["tool"],
            by_on=said["by_on"],
            need=said["need"],
            key=said["key"],
            today=today,
        )
        messages.success(request, _("The card hangs. Tell what became of it when the day has come."))
        return redirect(card)
    context = PAGE | {
        "activity": activity,
        "form": form,
        "title": _("Write a “try it” card"),
        "submit": _("Hang up the card"),
        "lead": _(
            "It belongs to the unit; people of your institution see it, others only how many there are."
        ),
    }
    return render(request, "programme/evaluation/form.html", context)


def units_of(request: HttpRequest, today: date) -> QuerySet[Unit]:
    institutions = permissions.writes_cards_in(request.user, today)
    return Unit.objects.filter(institution__in=institutions).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today)
    )


@login_required
@require_GET
def card(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card(request.user, pk, today)
    context = CARDS | {
        "card": shown,
        "outcomes": shown.outcomes.order_by("-said_on", "-pk"),
        "may_change": permissions.writes_cards_in(request.user, today)
        .filter(pk=shown.institution_id)
        .exists(),
        "links": [link for links in try_card_links for link in links(shown, request.user, today)],
    }
    return render(request, "programme/evaluation/card.html", context)


@login_required
def became(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card_to_change(request.user, pk, today)
    form = BecameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try_cards.tell(card=shown, today=today, **form.cleaned_data)
        messages.success(request, _("Thank you; it stands on the card."))
        return redirect(shown)
    context = CARDS | {
        "activity": shown.activity,
        "form": form,
        "title": _("What became of it?"),
        "lead": shown.what,
        "submit": _("Save"),
    }
    return render(request, "programme/evaluation/form.html", context)


def use_answer(request: HttpRequest, round_pk: int, link: str) -> HttpResponse:
    """Behind the link of a letter: without signing in, without a name."""
    opened = UseRound.objects.select_related("activity").filter(pk=round_pk).first()
    if opened is None:
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    if opened.closed_at:
        return render(request, "programme/evaluation/closed.html", {"activity": opened.activity})
    if not uses.is_a_letter_of(opened, link):
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    form = UseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answers = {"use": said["use"], "hindered": said["hindered"]}
        uses.take_answer(round_pk=round_pk, link=link, answers=answers, words=said["words"].strip())
        return redirect("programme:use_thanks", round_pk)
    return render(request, "programme/evaluation/use.html", {"activity": opened.activity, "form": form})


@require_GET
def use_thanks(request: HttpRequest, round_pk: int) -> HttpResponse:
    opened = UseRound.objects.select_related("activity").filter(pk=round_pk).first()
    if opened is None:
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    return render(request, "programme/evaluation/use_thanks.html", {"activity": opened.activity})
