"""Ideas: hand one in, follow it, answer it; the open link of a unit."""

from __future__ import annotations

import hmac
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from straume.web.accounts.limits import asks_too_often, count
from straume.web.accounts.models import User
from straume.web.groups import idea_permissions as permissions
from straume.web.groups.actions import ideas as actions
from straume.web.groups.forms.ideas import IdeaForm, OpenIdeaForm, StepForm, TiesForm
from straume.web.groups.idea_list import COLUMNS, idea_rows, idea_table
from straume.web.groups.models import Idea, IdeaBox
from straume.web.groups.models.ideas import NEXT
from straume.web.groups.pictures import qr
from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.permissions import memberships_of, not_here

AROUND = {"nav": "groups", "subnav": "ideas"}
# how many ideas one address of the network, and one link, may hand in within an hour
MOST_PER_ADDRESS, MOST_PER_LINK, HOUR = 20, 60, 3600


@login_required
def ideas(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    if not memberships_of(request.user, today).exists():
        raise not_here()
    asked = asked_of(request, COLUMNS, "state", "unit")
    visible = permissions.visible_ideas(request.user, today)
    rows = idea_rows(visible, asked, now)
    if asked.form in FORMS:
        return as_file(idea_table(rows), asked.form, name="ideas", title=_("Ideas"), today=today)
    context = {
        "rows": rows,
        "any": visible.exists(),
        "states": Idea.State.choices,
        "units": permissions.member_units(request.user, today).filter(ideas__isnull=False).distinct(),
        **asked.context(COLUMNS),
        **AROUND,
    }
    return render(request, "groups/ideas/ideas.html", context)


@login_required
def add_idea(request: HttpRequest) -> HttpResponse:
    """Half a minute on a phone: the text, and the unit is one's own already."""
    now = timezone.now()
    today = timezone.localdate(now)
    units = permissions.member_units(request.user, today)
    if not units.exists():
        raise not_here()
    held = memberships_of(request.user, today).filter(unit__isnull=False).select_related("unit").first()
    asked = request.GET.get("unit", "")
    wanted = units.filter(pk=int(asked)).first() if asked.isdecimal() else None
    own = wanted or (held.unit if held else units.first())
    form = IdeaForm(request.POST or None, units=units, own=own)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        by = None if told["without_name"] else request.user
        assert by is None or isinstance(by, User)
        made = actions.submit(unit=told["unit"], text=told["text"], key=told["key"], now=now, by=by)
        if by is None:
            return redirect("groups:follow_idea", actions.tracking_token(told["key"]))
        messages.success(request, _("Thank you. The unit answers within a week."))
        return redirect(made)
    return render(request, "groups/ideas/new.html", {"form": form, **AROUND})


@never_cache
def open_idea(request: HttpRequest, token: str) -> HttpResponse:
    """The open link or QR code of a unit: no sign-in, no name."""
    box = IdeaBox.objects.select_related("unit__institution").filter(token=token).first()
    if box is None:
        raise not_here()
    form = OpenIdeaForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if may_hand_in(request, token):
            told = form.cleaned_data
            actions.submit(unit=box.unit, text=told["text"], key=told["key"], now=timezone.now(), by=None)
            return redirect("groups:follow_idea", actions.tracking_token(told["key"]))
        form.add_error(None, _("Many ideas came from here within an hour. Please try again later."))
        status = 429
    context = {"form": form, "unit": box.unit, "nav": ""}
    return render(request, "groups/ideas/open.html", context, status=status)


def may_hand_in(request: HttpRequest, token: str) -> bool:
    """Counted for an hour under keyed hashes in the cache, apart from the ideas: nothing joins the two."""
    too_often = asks_too_often(request, what="idea", at_most=MOST_PER_ADDRESS, seconds=HOUR)
    return count(f"idea:link:{token}", seconds=HOUR) <= MOST_PER_LINK and not too_often


@never_cache
def follow_idea(request: HttpRequest, token: str) -> HttpResponse:
    """The private link of an anonymous idea: what became of it."""
    wanted = actions.hash_of(token)
    idea = Idea.objects.select_related("unit__institution").filter(tracking_hash=wanted).first()
    if idea is None or not hmac.compare_digest(idea.tracking_hash or "", wanted):
        raise not_here()
    context = {"idea": idea, "steps": idea.steps.all(), "address": request.build_absolute_uri(), "nav": ""}
    return render(request, "groups/ideas/follow.html", context)


@login_required
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    shown = permissions.find_idea(request.user, pk, today)
    may_answer = permissions.answers(request.user, shown.unit, today)
    form = StepForm(request.POST or None, idea=shown) if may_answer and NEXT.get(shown.state) else None
    if request.method == "POST":
        permissions.find_idea_to_answer(request.user, pk, today)
        if form is not None and form.is_valid():
            return stepped(request, shown, form)
    context = {
        "idea": shown,
        "steps": shown.steps.all(),
        "form": form,
        "may_answer": may_answer,
        "is_late": shown.is_late(now),
        "due": shown.due(),
        "sees_name": may_answer or shown.submitted_by_id == request.user.pk,
        **AROUND,
    }
    return render(request, "groups/ideas/idea.html", context)


def stepped(request: HttpRequest, shown: Idea, form: StepForm) -> HttpResponse:
    assert isinstance(request.user, User)
    told = form.cleaned_data
    gone_on = actions.step(
        idea=shown, state=told["state"], text=told["text"], by=request.user, now=timezone.now()
    )
    if gone_on:
        messages.success(request, _("Said. Whoever had the idea sees it."))
    else:
        messages.error(request, _("Somebody has answered meanwhile. Look at what was said."))
    return redirect(shown)


@login_required
def tie_idea(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_idea_to_answer(request.user, pk, timezone.localdate())
    form = TiesForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    context: dict[str, Any] = {"form": form, "idea": shown, **AROUND}
    return render(request, "groups/ideas/ties.html", context)


@login_required
def idea_box(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """The open link and its QR code for the wall; only who answers for the unit opens it or takes it back."""
    now = timezone.now()
    today = timezone.localdate(now)
    unit = permissions.find_unit_inside(request.user, unit_pk, today)
    may_open = permissions.answers(request.user, unit, today)
    box = IdeaBox.objects.filter(unit=unit).first()
    address = request.build_absolute_uri(reverse("groups:open_idea", args=[box.token])) if box else ""
    context = {
        "unit": unit,
        "box": box,
        "address": address,
        "qr": qr(address),
        "may_open": may_open,
        **AROUND,
    }
    return render(request, "groups/ideas/box.html", context)


@login_required
@require_POST
def open_box(request: HttpRequest, unit_pk: int) -> HttpResponse:
    now = timezone.now()
    unit = permissions.find_unit_inside(request.user, unit_pk, timezone.localdate(now))
    if not permissions.answers(request.user, unit, timezone.localdate(now)):
        raise not_here()
    kind = request.POST.get("kind")
    if kind == "close":
        IdeaBox.objects.filter(unit=unit).delete()
    else:
        actions.open_box(unit, now=now, anew=kind == "anew")
    return redirect("groups:idea_box", unit.pk)
