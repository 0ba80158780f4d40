"""Minutes as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from straume.web.groups import permissions
from straume.web.groups.minutes_pdf import minutes_pdf as sheet
from straume.web.groups.models.texts import LANGUAGES


@login_required
@require_GET
def minutes_pdf(request: HttpRequest, pk: int, lang: str) -> HttpResponse:
    """Published minutes for everybody with a role; a draft for the members of the group."""
    today = timezone.localdate()
    shown = permissions.find_meeting(request.user, pk, today)
    if lang not in LANGUAGES or not permissions.reads_minutes(request.user, shown, today):
        raise permissions.not_here()
    response = HttpResponse(sheet(shown, language=lang, today=today), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="straume-minutes-{shown.pk}-{lang}.pdf"'
    return response
