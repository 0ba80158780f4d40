"""Asking for a place at a public activity, and following the link in the letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.accounts.limits import asks_too_often
from straume.web.programme.models import Registration
from straume.web.programme.nomination import why_closed
from straume.web.public import sign_up as actions
from straume.web.public.forms import SignUpForm
from straume.web.public.open_pages import around, find_activity, find_project
from straume.web.public.views.verify import unindexed

AT_MOST, SECONDS = 10, 600  # requests from one address of the network; a town hall may share one


def sign_up(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form; the answer is the same whoever the address belongs to."""
    project = find_project(code)
    activity = find_activity(project, pk)
    now = timezone.now()
    context = around(project) | {"activity": activity, "left": max(0, activity.places - activity.taken)}
    closed = why_closed(activity, Registration.Way.PUBLIC, now)
    if closed:
        return render(request, "public/sign_up_closed.html", context | {"why": closed})
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if asks_too_often(request, what="sign-up", at_most=AT_MOST, seconds=SECONDS):
            form.add_error(None, _("Too many requests in a short time. Please wait a minute."))
            return render(request, "public/sign_up.html", context | {"form": form}, status=429)
        is_sent = actions.ask(
            activity=activity,
            said=form.cleaned_data,
            now=now,
            address_of=lambda token: request.build_absolute_uri(reverse("public:confirm", args=[token])),
        )
        if not is_sent:
            form.add_error(None, _("The letter could not be sent. Please try again in some minutes."))
            return render(request, "public/sign_up.html", context | {"form": form}, status=503)
        return render(request, "public/sign_up_sent.html", context | {"email": form.cleaned_data["email"]})
    return render(request, "public/sign_up.html", context | {"form": form})


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, so that a mail program that opens links registers nobody."""
    now = timezone.now()
    asked = actions.find(token, now)
    if asked is None:
        return unindexed(render(request, "public/sign_up_ended.html", status=404))
    project = asked.activity.work_package.project
    context = around(project) | {"activity": asked.activity, "asked": asked}
    closed = why_closed(asked.activity, Registration.Way.PUBLIC, now)
    if closed:
        return unindexed(render(request, "public/sign_up_closed.html", context | {"why": closed}))
    if request.method == "POST":
        registration = actions.confirm(request=asked, now=now)
        has_place = registration.status == Registration.Status.CONFIRMED
        return unindexed(render(request, "public/sign_up_done.html", context | {"has_place": has_place}))
    return unindexed(render(request, "public/sign_up_confirm.html", context))
