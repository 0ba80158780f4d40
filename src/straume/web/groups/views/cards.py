"""Practice cards: the list, one card, writing, publishing; its sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.groups import card_permissions as permissions
from straume.web.groups.actions import cards as actions
from straume.web.groups.card_list import CHOICES, COLUMNS, card_rows, card_table
from straume.web.groups.card_page import PAPERS, card_pdf, texts_of
from straume.web.groups.forms.cards import CardForm
from straume.web.groups.forms.meetings import ReasonForm
from straume.web.groups.models import PracticeCard, Theme
from straume.web.groups.models.texts import LANGUAGES
from straume.web.groups.registry import card_actions, card_sections
from straume.web.groups.views.reader import NAV, language, signed_in
from straume.web.needs.models import Need
from straume.web.places.lean_tools import LeanTool
from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.models.institutions import Country
from straume.web.programme.models import Activity


@login_required
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_of(request, COLUMNS, *CHOICES)
    seen = permissions.visible_cards(request.user, today)
    rows = card_rows(seen, asked)
    if asked.form in FORMS:
        table = card_table(rows)
        return as_file(table, asked.form, name="practice-cards", title=_("Practice cards"), today=today)
    context = {
        "rows": rows,
        "any": seen.exists(),
        **asked.context(COLUMNS),
        "themes": Theme.choices,
        "tools": LeanTool.choices,
        "countries": Country.choices,
        "needs": Need.objects.filter(practice_cards__isnull=False).distinct(),
        "may_write": permissions.writes_in(request.user, today).exists(),
        "nav": NAV,
        "subnav": "cards",
    }
    return render(request, "groups/cards.html", context)


@login_required
@require_GET
def card(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card(request.user, pk, today)
    side_by_side = "side_by_side" in request.GET
    context = {
        "card": shown,
        "texts": texts_of(shown, LANGUAGES if side_by_side else [language()]),
        "side_by_side": side_by_side,
        "published": shown.standing_publication(),
        "publications": shown.publications.exclude(withdrawn_at=None),
        "sections": [made for make in card_sections if (made := make(shown, request.user, today))],
        "more_actions": [one for make in card_actions for one in make(shown, request.user, today)],
        "adoptions": shown.adoptions.select_related("institution", "unit").prefetch_related("variants"),
        "may_write": permissions.may_write(request.user, shown, today),
        "may_adopt": permissions.writes_in(request.user, today).exists(),
        "papers": PAPERS,
        "languages": LANGUAGES,
        "nav": NAV,
        "subnav": "cards",
    }
    return render(request, "groups/card.html", context)


@login_required
def add_card(request: HttpRequest) -> HttpResponse:
    """A new card; a visit sends its number along, so that the card says where it was seen."""
    places = permissions.require_writing(request.user, timezone.localdate())
    initial: dict[str, Any] = {"written_in": language()}
    asked = request.GET.get("activity", "")
    if asked.isdigit():
        initial["activity"] = Activity.objects.filter(pk=asked).first()
    return written(request, PracticeCard(), places, _("Write a practice card"), initial=initial)


def written(
    request: HttpRequest, new: PracticeCard, places: Any, title: str, *, initial: dict[str, Any]
) -> HttpResponse:
    form = CardForm(request.POST or None, instance=new, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        by, key = signed_in(request), form.cleaned_data["key"]
        made = actions.write(form.save(commit=False), key=key, by=by, now=timezone.now())
        made.needs.set(form.cleaned_data["needs"])
        messages.success(request, _("The card is kept as a draft. Publish it when it is ready."))
        return redirect(made)
    return form_page(request, form, title)


@login_required
def change_card(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card_to_write(request.user, pk, today)
    places = permissions.writes_in(request.user, today)
    form = CardForm(request.POST or None, instance=shown, places=places)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    return form_page(request, form, _("Change the card"), shown)


@login_required
def publish_card(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_card_to_write(request.user, pk, timezone.localdate())
    if request.method == "POST":
        actions.publish(shown, by=signed_in(request), now=timezone.now())
        messages.success(request, _("The card is published: the whole cooperation reads it."))
        return redirect(shown)
    context = {"card": shown, "texts": texts_of(shown, LANGUAGES), "nav": NAV, "subnav": "cards"}
    return render(request, "groups/card_publish.html", context)


@login_required
def take_back_card(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_card_to_write(request.user, pk, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.take_back(shown, reason=reason, by=signed_in(request), now=timezone.now())
        messages.success(request, _("The card is a draft again."))
        return redirect(shown)
    return form_page(request, form, _("Take the card back"), shown)


@login_required
@require_GET
def card_sheet(request: HttpRequest, pk: int, paper: str, lang: str) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card(request.user, pk, today)
    if paper not in PAPERS or lang not in LANGUAGES:
        raise permissions.not_here()
    content = card_pdf(shown, language=lang, paper=paper, today=today)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="straume-card-{shown.pk}-{paper}-{lang}.pdf"'
    return response


def form_page(
    request: HttpRequest, form: Any, title: str, shown: PracticeCard | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "card": shown, "nav": NAV, "subnav": "cards", **more}
    return render(request, "groups/card_form.html", context)
