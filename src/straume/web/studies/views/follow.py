"""Looking on with a link: giving it, taking it back, and the page that it leads to."""

from __future__ import annotations

import uuid

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from straume.web.studies import permissions
from straume.web.studies.actions import map_shares as actions
from straume.web.studies.actions.maps import state_of
from straume.web.studies.models import MapShare
from straume.web.studies.views.reader import person, submitted_key
from straume.web.studies.views.studio import drawn_of_state, looked_on


@login_required
def share(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    """The links of a map: those that stand, with the code for the wall; a new one."""
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    now = timezone.now()
    if request.method == "POST":
        days = request.POST.get("days", "")
        chosen = int(days) if days in map(str, actions.DAYS) else actions.DAYS[0]
        actions.share(shared=shown, days=chosen, key=submitted_key(request), by=person(request), now=now)
        return redirect("studies:map_share", pk, map_pk)
    standing = shown.shares.filter(revoked_at=None, ends_at__gt=now)
    links = [(one, address(request, one)) for one in standing]
    context = {
        "nav": "studies",
        "study": shown.study,
        "map": shown,
        "links": [(one, url, qr_code(url)) for one, url in links],
        "days": actions.DAYS,
        "key": uuid.uuid4(),
    }
    return render(request, "studies/studio/share.html", context)


def address(request: HttpRequest, given: MapShare) -> str:
    return request.build_absolute_uri(reverse("studies:follow", args=[given.token]))


def qr_code(url: str) -> SafeString:
    """Dark on white in either mode; made of our own address, so there is nothing to escape."""
    code = segno.make(url, error="m").svg_inline(scale=6, border=2, dark="#000", light="#fff", omitsize=True)
    return mark_safe(code)  # noqa: S308


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int, map_pk: int, share_pk: int) -> HttpResponse:
    shown = permissions.find_map_to_work_on(request.user, pk, map_pk, timezone.localdate())
    given = shown.shares.filter(pk=share_pk).first()
    if given is None:
        raise permissions.not_here()
    if actions.revoke(given=given, now=timezone.now()):
        messages.success(request, _("The link is taken back. Nobody sees the map with it any more."))
    return redirect("studies:map_share", pk, map_pk)


@never_cache
@require_GET
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The map for whoever holds the link; nothing can be changed here."""
    given = found(token)
    context = {
        "share": given,
        "map": given.map,
        "study": given.map.study,
        "drawn": drawn_of_state(given.map.study, state_of(given.map)),
    }
    return render(request, "studies/studio/follow.html", context)


@never_cache
@require_GET
def followed(request: HttpRequest, token: str) -> JsonResponse:
    """What its script asks every second."""
    return JsonResponse(looked_on(request, found(token).map))


def found(token: str) -> MapShare:
    given = actions.standing_share(token, timezone.now())
    if given is None:
        raise permissions.not_here()
    return given
