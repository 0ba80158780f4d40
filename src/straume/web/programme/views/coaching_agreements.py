"""The agreement of coach, client and sponsor, and the sentences that a client shares."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from straume.web.places.models import Institution
from straume.web.places.permissions import institutions_of
from straume.web.programme import coaching_permissions as permissions
from straume.web.programme.actions import coaching_agreements as actions
from straume.web.programme.actions.coaching import Refused
from straume.web.programme.forms.coaching import AgreementForm, SentenceForm
from straume.web.programme.models import CoachingOutcome
from straume.web.programme.permissions import may_read
from straume.web.programme.reader import person
from straume.web.programme.views.coaching import PAGE, form_page


@login_required
def new_agreement(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    may_read(request.user, today)
    own = institutions_of(request.user, today)
    form = AgreementForm(
        request.POST or None,
        institutions=own,
        coaches=permissions.coaches_of(own, today).exclude(pk=person(request).pk),
        sponsors=permissions.sponsors_of(own, today).exclude(pk=person(request).pk),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not fits(said, today):
            form.add_error(
                None, _("Coach and sponsor are of the municipality that you chose, and two people.")
            )
        else:
            made = actions.begin(
                institution=said["institution"],
                coach=said["coach"],
                client=person(request),
                sponsor=said["sponsor"],
                shares=said["shares"],
                key=said["key"],
                today=today,
                address=request.build_absolute_uri(reverse("programme:coaching")),
            )
            messages.success(request, _("Coach and sponsor are asked for their agreement."))
            return redirect(made)
    return form_page(request, form, _("Agree on individual coaching"), _("Agree and ask the others"))


def fits(said: dict[str, Any], today: date) -> bool:
    """Whether both belong to the municipality that was chosen; the lists show those of all one's own."""
    chosen = Institution.objects.filter(pk=said["institution"].pk)
    is_coach = permissions.coaches_of(chosen, today).filter(pk=said["coach"].pk).exists()
    is_sponsor = permissions.sponsors_of(chosen, today).filter(pk=said["sponsor"].pk).exists()
    return is_coach and is_sponsor and said["coach"] != said["sponsor"]


@login_required
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The three read it; each agrees for themselves."""
    shown = permissions.find_agreement(request.user, pk)
    if request.method == "POST":
        actions.agree(agreement=shown, person=person(request), today=timezone.localdate())
        messages.success(request, _("You agreed."))
        return redirect(shown)
    parts = [
        (_("Client"), shown.client, shown.client_agreed_on),
        (_("Coach"), shown.coach, shown.coach_agreed_on),
        (_("Sponsor"), shown.sponsor, shown.sponsor_agreed_on),
    ]
    context = PAGE | {
        "agreement": shown,
        "parts": parts,
        "asked": any(one.pk == request.user.pk and not day for _label, one, day in parts),
        "may_end": request.user.pk in (shown.client_id, shown.coach_id),
    }
    return render(request, "programme/coaching/agreement.html", context)


@login_required
def end_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_agreement(request.user, pk)
    if request.user.pk not in (shown.client_id, shown.coach_id):
        raise permissions.not_here()
    if request.method == "POST":
        try:
            actions.end(agreement=shown)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(shown)
        messages.success(request, _("The coaching is ended, and the names are deleted."))
        return redirect("programme:coaching")
    context = PAGE | {
        "title": _("End this coaching?"),
        "submit": _("End it"),
        "lead": _(
            "The agreement and the names in it are deleted. Sentences that were shared stay until taken back."
        ),
    }
    return render(request, "programme/coaching/confirm.html", context)


@login_required
def share_sentence(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    agreements = permissions.bookable_agreements(request.user, today)
    if not agreements.exists():
        raise permissions.not_here()
    form = SentenceForm(request.POST or None, agreements=agreements)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.share(
                agreement=said["agreement"], sentence=said["sentence"], key=said["key"], today=today
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The sentence is shared. You can take it back at any time."))
            return redirect("programme:coaching")
    return form_page(request, form, _("Share a sentence"), _("Share it"))


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = CoachingOutcome.objects.filter(pk=pk, said_by=person(request)).first()
    if found is None:
        raise permissions.not_here()
    actions.take_back(outcome=found, today=timezone.localdate())
    messages.success(request, _("The sentence is gone."))
    return redirect("programme:coaching")
