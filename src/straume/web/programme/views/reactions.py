"""The reaction on the day: opened by the organiser, answered on a phone without signing in, closed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.lean.protect import is_small
from straume.web.places.permissions import not_here
from straume.web.programme import permissions
from straume.web.programme.actions import reactions as actions
from straume.web.programme.forms.reactions import OpenReactionForm, ReactionForm, so_far
from straume.web.programme.models import Activity, ReactionRound
from straume.web.programme.tickets import qr_svg

PAGE = {"nav": "activities", "subnav": "evaluation"}


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The form on the phone. Whoever has the link may answer; nobody is signed in, nobody is named."""
    opened = ReactionRound.objects.select_related("activity").filter(token=token).first()
    if opened is None:
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    if opened.closed_at:
        return render(request, "programme/evaluation/closed.html", {"activity": opened.activity})
    form = ReactionForm(request.POST or None, opened=opened, slip=request.GET.get("slip", ""))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"].strip()
        what = told_apart_by(request, form)
        if actions.take_answer(token=token, what=what, answers=form.answers(), words=words):
            return redirect("programme:reaction_thanks", token)
        return render(request, "programme/evaluation/closed.html", {"activity": opened.activity})
    context = {"activity": opened.activity, "opened": opened, "form": form}
    return render(request, "programme/evaluation/react.html", context)


def told_apart_by(request: HttpRequest, form: ReactionForm) -> str:
    """What keeps an answer from counting twice: the slip, else the device's own cookie of the form.

    The cookie is the one that guards every form against forgery; no further one is set.
    """
    if "slip" in form.cleaned_data:
        return f"slip {form.cleaned_data['slip']}"
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return f"device {cookie}" if cookie else f"key {form.cleaned_data['key']}"


@require_GET
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    opened = ReactionRound.objects.select_related("activity").filter(token=token).first()
    if opened is None:
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    return render(
        request, "programme/evaluation/thanks.html", {"activity": opened.activity, "opened": opened}
    )


@login_required
def open_reaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the room: how it is counted, then the page with the code for the wall."""
    activity = permissions.find_activity_to_run(request.user, pk, timezone.localdate())
    if ReactionRound.objects.filter(activity=activity).exists():
        return redirect("programme:reaction_room", pk)
    form = OpenReactionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.open_round(activity=activity, way=said["way"], slips=said["slips"] or 0, now=timezone.now())
        return redirect("programme:reaction_room", pk)
    context = PAGE | {
        "activity": activity,
        "form": form,
        "title": _("Ask the room"),
        "submit": _("Open the form"),
        "lead": _("Five questions at most, the same in every activity, without names."),
    }
    return render(request, "programme/evaluation/form.html", context)


@login_required
@require_GET
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """For the wall: the code, the address and how many answered."""
    opened = found(request, pk)
    address = request.build_absolute_uri(reverse("programme:reaction", args=[opened.token]))
    context = PAGE | {
        "activity": opened.activity,
        "opened": opened,
        "address": address,
        "code": mark_safe(qr_svg(address)),  # noqa: S308 – drawn by segno from our own address
        "count": count_said(opened),
        "slips": opened.slips.count(),
    }
    return render(request, "programme/evaluation/room.html", context)


@login_required
@require_GET
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page on the wall asks every few seconds."""
    opened = found(request, pk)
    return render(request, "programme/evaluation/count.html", {"opened": opened, "count": count_said(opened)})


def count_said(opened: ReactionRound) -> str:
    answers = opened.sheets.count()
    if is_small(answers):
        return _("Fewer than five answers so far")
    return str(so_far(answers))


@login_required
@require_GET
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Slips to print and cut: a code each, in the order of the codes."""
    opened = found(request, pk)
    address = request.build_absolute_uri(reverse("programme:reaction", args=[opened.token]))
    made = [
        (slip.code, mark_safe(qr_svg(f"{address}?slip={slip.code}", scale=3)))  # noqa: S308 – as above
        for slip in opened.slips.all()
    ]
    context = PAGE | {"activity": opened.activity, "slips": made, "address": address}
    return render(request, "programme/evaluation/slips.html", context)


@login_required
def close_reaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Close for good; only then figures are shown."""
    opened = found(request, pk)
    if request.method == "POST":
        if actions.close_round(opened=opened, now=timezone.now()):
            messages.success(request, _("The form is closed. From five answers on the figures stand here."))
        return redirect("programme:activity_evaluation", pk)
    context = PAGE | {
        "activity": opened.activity,
        "title": _("Close the form?"),
        "submit": _("Close the form"),
        "lead": _("It cannot be opened again. Once it is closed figures are shown, from five answers on."),
    }
    return render(request, "programme/evaluation/confirm.html", context)


def found(request: HttpRequest, pk: int) -> ReactionRound:
    """The reaction of an activity, for those who run the programme."""
    activity: Activity = permissions.find_activity_to_run(request.user, pk, timezone.localdate())
    opened = ReactionRound.objects.filter(activity=activity).first()
    if opened is None:
        raise not_here()
    opened.activity = activity
    return opened
