"""Who reads, and in which language."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from straume.web.accounts.models import User


def person(request: HttpRequest) -> User:
    """Whoever is signed in; every view that asks stands behind `login_required`."""
    return cast(User, request.user)


def language() -> str:
    return (get_language() or "en")[:2]


def submitted_key(request: HttpRequest) -> uuid.UUID:
    """The key that the form carries, so that a second submit finds the first."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
