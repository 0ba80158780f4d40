"""Whom a wave asks: how many work where, and the addresses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.web.needs import permissions
from straume.web.needs.actions import letters, waves
from straume.web.needs.forms.waves import InviteForm, StaffForm, StaffPasteForm
from straume.web.needs.models import Invitation, Wave
from straume.web.needs.pasted import Places
from straume.web.places.models import Institution
from straume.web.places.wording import folded

NAV = {"nav": "activities", "subnav": "surveys"}


@login_required
def staff(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of all institutions; beside it the way to paste one."""
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    form = StaffForm(request.POST or None, wave=wave, institutions=askable(wave))
    if request.method == "POST" and form.is_valid():
        waves.set_staff(wave=wave, people=form.people(), source=form.cleaned_data["source"])
        messages.success(request, _("The numbers are kept."))
        return redirect(wave)
    return render(request, "needs/waves/staff.html", {"form": form, "wave": wave, **NAV})


@login_required
def paste_staff(request: HttpRequest, pk: int) -> HttpResponse:
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    form = StaffPasteForm(request.POST or None, request.FILES or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            people = waves.read_staff(form.cleaned_data["rows"], Places(list(askable(wave))))
        except waves.RowProblems as trouble:
            problems = trouble.problems
        else:
            now = {one.institution: one.people for one in wave.staff.select_related("institution")}
            waves.set_staff(wave=wave, people={**now, **people}, source=form.cleaned_data["source"])
            messages.success(request, _("The numbers are kept."))
            return redirect("needs:staff", wave.pk)
    context = {"form": form, "wave": wave, "problems": problems, **NAV}
    return render(request, "needs/waves/paste_staff.html", context)


@login_required
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """The addresses; who has answered does not stand here."""
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    q = request.GET.get("q", "").strip()
    rows = [
        one
        for one in wave.invitations.select_related("institution")
        if folded(q) in folded(f"{one.email} {one.institution.name}")
    ]
    context = {"wave": wave, "rows": rows, "q": q, "any": wave.invitations.exists(), **NAV}
    return render(request, "needs/waves/invitations.html", context)


@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    form = InviteForm(request.POST or None, request.FILES or None, wave=wave)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            number = _invited(request, form, wave)
        except waves.RowProblems as trouble:
            problems = trouble.problems
        else:
            said = ngettext("%(number)s address was added.", "%(number)s addresses were added.", number)
            messages.success(request, said % {"number": number})
            return redirect("needs:invitations", wave.pk)
    context = {"form": form, "wave": wave, "problems": problems, **NAV}
    return render(request, "needs/waves/invite.html", context)


@login_required
def change_invitation(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Stop its letters, let them go on, or take the address out."""
    wave = permissions.find_wave_to_run(request.user, pk, timezone.localdate())
    invitation = wave.invitations.filter(pk=invitation_pk).first()
    if invitation is None:
        raise permissions.not_here()
    if request.method == "POST":
        _change(invitation, request.POST.get("what", ""))
        messages.success(request, _("Saved."))
        return redirect("needs:invitations", wave.pk)
    return render(request, "needs/waves/invitation.html", {"wave": wave, "invitation": invitation, **NAV})


def askable(wave: Wave) -> QuerySet[Institution]:
    """The lead bodies and the municipalities that were there when the wave opened."""
    tiers = [Institution.Tier.PARTNER, Institution.Tier.INVOLVED]
    found = Institution.objects.on(wave.opens_on).filter(tier__in=tiers)
    chosen = Institution.objects.filter(pk__in=wave.staff.values("institution"))
    return (found | chosen).distinct().order_by("country", "name")


def _invited(request: HttpRequest, form: InviteForm, wave: Wave) -> int:
    said: dict[str, Any] = form.cleaned_data
    places = Places(list(Institution.objects.filter(pk__in=wave.staff.values("institution"))))
    found, told = waves.read_invitations(
        said["rows"], wave=wave, places=places, institution=said["institution"], language=said["language"]
    )
    for line in told:
        messages.warning(request, line)
    return waves.add_invitations(found)


def _change(invitation: Invitation, what: str) -> None:
    if what == "back":
        Invitation.objects.filter(pk=invitation.pk).update(stopped=Invitation.Stopped.UNDELIVERABLE)
    elif what == "on" and invitation.stopped == Invitation.Stopped.UNDELIVERABLE:
        Invitation.objects.filter(pk=invitation.pk).update(stopped=Invitation.Stopped.NOT)
    elif what == "opt_out":
        letters.stop_letters(invitation)
    elif what == "remove":
        Invitation.objects.filter(pk=invitation.pk, has_answered=False).delete()
