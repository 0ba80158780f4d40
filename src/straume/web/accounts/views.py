"""Language and one's own name. Signing in and out is allauth's."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from straume.web.accounts.models import User


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The addresses of a password form or of a sign-up lead to the one way in."""
    return redirect(
        reverse("account_request_login_code", query={"next": next_of(request)} if next_of(request) else None)
    )


def next_of(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Set the language cookie, and keep the choice with the person so that mail comes in it."""
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        return redirect("home")
    response = set_language(request)
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "language"]


@login_required
def my_name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        person = form.save()
        response = HttpResponseRedirect(reverse("my_data"))
        set_language_cookie(response, person.language)
        return response
    return render(request, "accounts/my_name.html", {"form": form})


@receiver(user_logged_in)
def remember_language(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The person's language goes with them to a new device: `accounts.middleware` puts it into the cookie."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        request.language_to_set = user.language  # type: ignore[attr-defined]


def set_language_cookie(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
