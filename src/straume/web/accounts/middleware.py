"""What goes with each answer to somebody signed in: their language, and that no cache keeps it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from straume.web.accounts.views import set_language_cookie


class LanguageOfThePerson:
    """After sign-in on a device without the language cookie, set it to what the person chose elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = getattr(request, "language_to_set", None)
        if chosen and settings.LANGUAGE_COOKIE_NAME not in response.cookies:
            set_language_cookie(response, chosen)
        return response


class KeptByNobody:
    """A page for one person stays in no cache: after sign-out, "back" on a shared computer shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"storage"'  # what scripts keep for work without a connection
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response
