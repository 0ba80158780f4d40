"""The page on which a practice card is joined to the assessments that show it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.groups import card_permissions
from straume.web.studies import permissions
from straume.web.studies.forms.card_evidence import CardEvidenceForm
from straume.web.studies.models import CardEvidence
from straume.web.studies.views.reader import person


@login_required
def card_evidence(request: HttpRequest, card_pk: int) -> HttpResponse:
    """Of the card's own institution; choosing none takes them off the card."""
    today = timezone.localdate()
    card = card_permissions.find_card_to_write(request.user, card_pk, today)
    own = permissions.visible_studies(request.user, today).filter(offer__institution=card.institution)
    joined = list(card.evidence.values_list("study", flat=True))
    sent = request.POST if request.method == "POST" else None  # nothing chosen is an answer
    form = CardEvidenceForm(sent, studies=own, initial={"studies": joined})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["studies"]
        with transaction.atomic():
            CardEvidence.objects.filter(card=card).exclude(study__in=chosen).delete()
            for study in chosen:
                said = {"said_by": person(request), "said_at": timezone.now()}
                CardEvidence.objects.get_or_create(card=card, study=study, defaults=said)
        messages.success(request, _("Saved. The card shows what these assessments published."))
        return redirect(card)
    return render(
        request,
        "studies/card_evidence.html",
        {"nav": "groups", "subnav": "cards", "card": card, "form": form},
    )
