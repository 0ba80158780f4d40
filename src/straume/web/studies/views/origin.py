"""The page where a member says why the study was begun."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.studies import permissions
from straume.web.studies.actions.origin import say_origins
from straume.web.studies.forms.origin import OriginForm
from straume.web.studies.views.reader import person


@login_required
def origin(request: HttpRequest, pk: int) -> HttpResponse:
    """Needs and activities that led to the study; choosing none is an answer, too."""
    today = timezone.localdate()
    study = permissions.find_to_work_on(request.user, pk, today)
    form = OriginForm(request.POST or None, study=study, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        say_origins(
            study=study,
            needs=said["needs"],
            activities=said["activities"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("Saved: this is where the study comes from."))
        return redirect(study)
    return render(request, "studies/origin.html", {"nav": "studies", "study": study, "form": form})
