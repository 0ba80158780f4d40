"""Sheets and drafts as nobody without the key can read them.

The key of a wave lies in a file beside the database, not in it and not in its backups; it is destroyed when
the wave closes, so what older backups hold stays unreadable for good. A draft's key follows from the code in
the letter. Everything is filled up to the same sizes, so that a length tells nothing.
"""

from __future__ import annotations

import json
import os
import secrets
import zlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

STEP = 1024  # bytes
NONCE = 12
KEY = 32


class KeyLost(Exception):
    """Sheets wait, and their key is not there."""


class CannotBeOpened(Exception):
    """The key does not belong to it, or it was changed."""


def seal(record: Any, *, key: bytes) -> bytes:
    packed = zlib.compress(json.dumps(record, ensure_ascii=False).encode(), 9)
    whole = len(packed).to_bytes(4, "big") + packed
    whole += bytes(-len(whole) % STEP)
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, whole, None)


def unseal(sealed: bytes | memoryview, *, key: bytes) -> Any:
    whole = bytes(sealed)
    try:
        whole = ChaCha20Poly1305(key).decrypt(whole[:NONCE], whole[NONCE:], None)
    except InvalidTag as fault:
        raise CannotBeOpened from fault
    length = int.from_bytes(whole[:4], "big")
    return json.loads(zlib.decompress(whole[4 : 4 + length]))


def key_of(wave_pk: int, *, make: bool) -> bytes:
    """The wave's key; where there is none yet it is made if `make`, else KeyLost."""
    path = _path(wave_pk)
    if make and not path.exists():
        _write(path)
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise KeyLost(path.name) from fault


def destroy_key(wave_pk: int) -> None:
    _path(wave_pk).unlink(missing_ok=True)


def _path(wave_pk: int) -> Path:
    return Path(settings.HOME) / "sealed" / f"wave-{wave_pk}.key"


def _write(path: Path) -> None:
    """Of two processes that begin at once, both end with the same key."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(secrets.token_bytes(KEY))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
