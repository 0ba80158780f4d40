"""Addresses that open without signing in: an offered place, a private calendar. Each carries a signature."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core import signing

from straume.web.programme.models import CalendarFeed, Registration

OFFER, FEED = "straume.programme.offer", "straume.programme.feed"


def offer_token(registration: Registration) -> str:
    """For this one offer: another offer to the same person has another end."""
    return signing.Signer(salt=OFFER).sign_object([registration.pk, _ends(registration.offer_ends_at)])


def read_offer(token: str) -> Registration | None:
    """The registration whose offer this was; whether it still stands its state says."""
    try:
        pk, ends = signing.Signer(salt=OFFER).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    found = (
        Registration.objects.select_related("activity__place_rule", "activity__work_package", "person")
        .filter(pk=pk)
        .first()
    )
    if found is None or (found.offer_ends_at is not None and _ends(found.offer_ends_at) != ends):
        return None
    return found


def feed_token(feed: CalendarFeed) -> str:
    return signing.Signer(salt=FEED).sign(feed.secret.hex)


def read_feed(token: str) -> CalendarFeed | None:
    try:
        secret = uuid.UUID(hex=signing.Signer(salt=FEED).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return CalendarFeed.objects.select_related("person").filter(secret=secret, person__is_active=True).first()


def _ends(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0
