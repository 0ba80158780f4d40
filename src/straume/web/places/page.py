"""What every page carries: menu, languages, where one is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from straume.web.places.permissions import institutions_of
from straume.web.places.registry import foot, foot_links, menu

LANGUAGE_NAMES = [("lv", "LV", "Latviešu"), ("lt", "LT", "Lietuvių"), ("en", "EN", "English")]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: nothing here asks the database before the template does."""
    return {
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "my_institutions": SimpleLazyObject(lambda: own_institutions(request)),
        "foot_links": foot_links,
        "foot_lines": SimpleLazyObject(lambda: [line for lines in foot for line in lines()]),
        "language_names": LANGUAGE_NAMES,
        "is_demo": settings.DEMO,
    }


def menu_for(request: HttpRequest) -> list[Any]:
    today = timezone.localdate()
    return [item for item in menu if item.shown(request.user, today)]


def own_institutions(request: HttpRequest) -> list[Any]:
    return list(institutions_of(request.user, timezone.localdate()))
