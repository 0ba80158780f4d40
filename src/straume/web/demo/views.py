"""Pages that only the demo has."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from straume.web.accounts.views import set_language_cookie
from straume.web.demo.models import ShownMail
from straume.web.demo.signin import person_of, role_links


def roles(request: HttpRequest) -> HttpResponse:
    """One link per role."""
    return render(request, "demo/roles.html", {"links": role_links()})


def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    person = person_of(token)
    if person is None:
        raise Http404(_("This sign-in link does not belong to this demo."))
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = redirect("home")
    set_language_cookie(response, person.language)
    return response


def mail(request: HttpRequest) -> HttpResponse:
    """Mail that the demo did not send, newest first."""
    return render(request, "demo/mail.html", {"mails": ShownMail.objects.all()[:50]})
