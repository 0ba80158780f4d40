"""What every page of the groups asks of its request."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from straume.web.accounts.models import User
from straume.web.groups.models.texts import LANGUAGES

NAV = "groups"


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    assert isinstance(request.user, User)
    return request.user


def language() -> str:
    code = (get_language() or "en")[:2]
    return code if code in LANGUAGES else "en"


def site_of(request: HttpRequest) -> str:
    """https://… of this house, for letters and calendars."""
    return request.build_absolute_uri("/").rstrip("/")
