"""Taking a card up, telling what came of it, a variant of one's own, and the tree that grows of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.groups import card_permissions as permissions
from straume.web.groups.actions import cards as actions
from straume.web.groups.card_map import map_of
from straume.web.groups.card_tree import tree_of
from straume.web.groups.forms.cards import AdoptForm, ResultForm
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.groups.views.cards import form_page, written
from straume.web.groups.views.reader import NAV, language, signed_in
from straume.web.places.models import Institution


@login_required
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card(request.user, pk, today)
    places = permissions.require_writing(request.user, today)
    if shown.standing_publication() is None:
        messages.error(request, _("Only a published card can be taken up."))
        return redirect(shown)
    form = AdoptForm(request.POST or None, instance=Adoption(card=shown), places=places, today=today)
    if request.method == "POST" and form.is_valid():
        new = form.save(commit=False)
        there = actions.standing(new)
        kept = actions.adopt(new, key=form.cleaned_data["key"], by=signed_in(request), now=timezone.now())
        if there:
            messages.info(request, _("This place has taken the card up already. Here is what it tells."))
        else:
            messages.success(request, _("Written down. Tell here what comes of it."))
        return redirect(kept)
    return form_page(request, form, _("Take the practice up"), shown)


@login_required
@require_GET
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_adoption(request.user, pk, today)
    seen = permissions.visible_cards(request.user, today)
    context = {
        "adoption": shown,
        "card": shown.card,
        "steps": shown.steps.all(),
        "variants": seen.filter(came_from=shown),
        "may_tell": permissions.may_tell(request.user, shown, today),
        "nav": NAV,
        "subnav": "cards",
    }
    return render(request, "groups/adoption.html", context)


@login_required
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_adoption_to_tell(request.user, pk, today)
    before = shown.state
    form = ResultForm(request.POST or None, instance=shown, today=today)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"] or today
        told = form.save(commit=False)
        actions.tell(told, before=before, on=on, by=signed_in(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(shown)
    return form_page(request, form, _("What came of it"), shown.card, adoption=shown)


@login_required
def add_variant(request: HttpRequest, pk: int) -> HttpResponse:
    """A card of what became of the practice here: it goes on from this adoption."""
    today = timezone.localdate()
    shown = permissions.find_adoption_to_tell(request.user, pk, today)
    places = permissions.writes_in(request.user, today).filter(pk=shown.institution_id)
    origin = shown.card
    initial = {
        "written_in": language(),
        "unit": shown.unit,
        "theme": origin.theme,
        "tool": origin.tool,
        "group": origin.group,
        "contact_post": shown.contact_post,
        "needs": origin.needs.all(),
    }
    new = PracticeCard(came_from=shown)
    return written(request, new, places, _("Write a variant of the card"), initial=initial)


@login_required
@require_GET
def tree(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_card(request.user, pk, today)
    grown = tree_of(shown, person=request.user, today=today)
    everybody = list(Institution.objects.on(today).exclude(tier=Institution.Tier.NONE))
    drawn = map_of(grown, everybody)
    numbers = {point.institution.pk: point.number for point in drawn.points} if drawn else {}
    context = {
        "card": shown,
        "tree": grown,
        "rows": [
            {
                "generation": generation,
                "branch": branch,
                "from": numbers.get(branch.adoption.card.institution_id),
                "to": numbers.get(branch.adoption.institution_id),
            }
            for generation, branch in grown.walk()
        ],
        "map": drawn,
        "crossed": sum(1 for _generation, branch in grown.walk() if branch.crosses_border),
        "nav": NAV,
        "subnav": "cards",
    }
    return render(request, "groups/card_tree.html", context)
