"""Names of workers end here: a keyed hash lets the same worker be known again, but nobody be found."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable


def keys_of(names: Iterable[str], *, salt: bytes) -> tuple[int, ...]:
    """64-bit keyed hash (HMAC-SHA-256) of each name; without the salt no name can be tried against it."""
    return tuple(_key(name, salt) for name in names)


def _key(name: str, salt: bytes) -> int:
    digest = hmac.new(salt, name.strip().encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1  # fits a signed 64-bit column
