"""One's own activities, the private calendar, and the answer to an offered place without signing in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from straume.web.accounts.models import User
from straume.web.programme import invitations, letters, reasons, said, tokens
from straume.web.programme.models import CalendarFeed, Registration
from straume.web.programme.reader import person
from straume.web.programme.views.registrations import PAGE, answered, settled


@login_required
def my_activities(request: HttpRequest) -> HttpResponse:
    """What one takes part in, or waits for; what was; and the address of one's calendar."""
    now, today = timezone.now(), timezone.localdate()
    mine = own(person(request))
    coming = [one for one in mine if one.activity.until_on >= today]
    for one in coming:
        settled(one.activity, now)
        one.refresh_from_db(fields=["status", "reason", "offer_ends_at", "quota"])
    feed = CalendarFeed.objects.filter(person=person(request)).first()
    context = {
        "coming": [told(one) for one in sorted(coming, key=lambda one: one.activity.from_on)],
        "past": [told(one) for one in mine if one.activity.until_on < today and one.status == "confirmed"],
        "feed_url": request.build_absolute_uri(feed_path(feed)) if feed else "",
        **PAGE,
        "subnav": "mine",
    }
    return render(request, "programme/my_activities.html", context)


def own(who: User) -> list[Registration]:
    found = Registration.objects.filter(person=who).select_related(
        "activity__place_rule", "activity__work_package", "activity__host", "institution", "quota", "person"
    )
    return list(found.order_by("-activity__from_on"))


def told(one: Registration) -> dict[str, Any]:
    return {
        "registration": one,
        "activity": one.activity,
        "days": said.days(one.activity),
        "why": reasons.why(one, letters.position_of(one)),
    }


@login_required
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make the secret address, make another one, or take it back."""
    if request.method == "POST":
        CalendarFeed.objects.filter(person=person(request)).delete()
        if "end" in request.POST:
            messages.success(request, _("The address is taken back; calendars that use it get nothing more."))
        else:
            CalendarFeed.objects.create(person=person(request), secret=uuid.uuid4(), made_at=timezone.now())
            messages.success(request, _("Put this address into your calendar. Tell it to nobody."))
    return redirect("programme:my_activities")


def feed_path(feed: CalendarFeed) -> str:
    return reverse("programme:calendar_feed", args=[tokens.feed_token(feed)])


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Own registrations alone, for whoever holds the secret address."""
    found = tokens.read_feed(token)
    if found is None:
        raise Http404(_("There is nothing at this address that you may see."))
    held = (
        Registration.objects.filter(person=found.person, status__in=Registration.HOLDS_A_PLACE)
        .exclude(activity__status="cancelled")
        .select_related("activity__host")
        .prefetch_related("activity__sessions__activity__host")
    )
    with override(found.person.language):
        content = invitations.feed(
            registrations=held, now=timezone.now(), url=request.build_absolute_uri("/").rstrip("/")
        )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="straume.ics"'
    return response


@never_cache
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: what is offered and two buttons; opening it answers nothing yet."""
    found = tokens.read_offer(token)
    if found is None:
        raise Http404(_("There is nothing at this address that you may see."))
    now = timezone.now()
    settled(found.activity, now)
    found.refresh_from_db()
    if request.method == "POST":
        answered(request, found, now)
        return redirect("programme:offer", token)
    context = {
        "registration": found,
        "activity": found.activity,
        "days": said.days(found.activity),
        "stands": found.status == Registration.Status.OFFERED,
        "why": reasons.why(found, None) if found.status != Registration.Status.WAITING else "",
        **PAGE,
    }
    return render(request, "programme/offer.html", context)
