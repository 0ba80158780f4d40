"""Links with which a room looks on without signing in: given with an end, and taken back."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies.models import MapShare, StreamMap

DAYS = (1, 7, 30)  # for how long a link may be given


def share(*, shared: StreamMap, days: int, key: uuid.UUID, by: User, now: datetime) -> MapShare:
    """Give a link that ends by itself."""
    return once(
        lambda: MapShare.objects.create(
            map=shared,
            token=secrets.token_urlsafe(32),
            made_by=by,
            made_at=now,
            ends_at=now + timedelta(days=days),
            idempotency_key=key,
        ),
        lambda: shared.shares.filter(idempotency_key=key).first(),
    )


def revoke(*, given: MapShare, now: datetime) -> bool:
    """Take a link back; whoever looks on with it sees nothing further."""
    return bool(MapShare.objects.filter(pk=given.pk, revoked_at=None).update(revoked_at=now))


def standing_share(token: str, now: datetime) -> MapShare | None:
    """The link, if it is still good."""
    return (
        MapShare.objects.filter(token=token, revoked_at=None, ends_at__gt=now)
        .select_related("map__study__offer__service", "map__study__offer__institution")
        .first()
    )
