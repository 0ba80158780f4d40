"""A person's language follows them to a new device."""

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
