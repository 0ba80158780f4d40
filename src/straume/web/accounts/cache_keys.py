"""What is counted by address of the network stands in the database, so no address can be read there."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def unreadable(key: str, prefix: str, version: int) -> str:
    """The key of an entry of the cache, as only this installation can make it."""
    named = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), named, hashlib.sha256).hexdigest()
