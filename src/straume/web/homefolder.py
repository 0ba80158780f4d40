"""The data folder of an installation: what lies in it, and the database that settings give."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def prepare_home(folder: Path) -> Path:
    """Make the data folder where it is missing, readable by its owner alone."""
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(home: Path) -> str:
    """The installation's key: made once, mode 600. Two processes that start at once end with the same one."""
    return made_once(home / "secret_key", lambda: secrets.token_urlsafe(48)).strip()


def badge_key(home: Path) -> str:
    """The Ed25519 key that signs badges (PEM): made with the first one, kept like the secret key."""
    return made_once(home / "badge_key.pem", new_badge_key)


def new_badge_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Ed25519PrivateKey.generate().private_bytes(*form).decode()


def made_once(path: Path, make: Callable[[], str]) -> str:
    """What the file holds; where there is none, what `make` gives, readable by the owner alone."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def database_from(url: str, *, home: Path) -> dict[str, Any]:
    """Django's database settings: SQLite in the data folder, or PostgreSQL where DATABASE_URL names it."""
    if not url:
        return sqlite(home / "straume.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as a server needs it; `straume.web.places.checks` compares the live PRAGMAs with this."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # kept between requests: opening one sets its PRAGMAs, closing the last one writes the journal back
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # the log of writes goes back into the file after 40 MB, not 4: in a rush that is felt
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA wal_autocheckpoint=10000;",
        },
    }
