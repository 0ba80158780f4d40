"""The code in a letter: made once, sent, and kept nowhere. All that is kept follows from it one way only."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from django.conf import settings

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on paper
LENGTH, GROUP = 20, 5  # 99 bits: nobody guesses one, so no slow hash is needed


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def in_groups(code: str) -> str:
    """As people read and type it: K7QFA-9M2XB-…"""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def plain(typed: str) -> str:
    """What somebody typed or pasted, without dashes and blanks; empty where it can be no code."""
    code = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def fingerprint(code: str) -> str:
    """What stands in the database instead of the code."""
    return _derived(code, "invitation").hex()


def draft_place(code: str) -> str:
    return _derived(code, "place of the draft").hex()


def draft_key(code: str) -> bytes:
    return _derived(code, "key of the draft")


def form_fingerprint(key: str) -> str:
    return hashlib.sha256(f"straume form {key}".encode()).hexdigest()


def address_fingerprint(email: str) -> str:
    """Addresses can be guessed, so theirs needs the installation's key."""
    return hmac.new(settings.SECRET_KEY.encode(), email.lower().encode(), hashlib.sha256).hexdigest()


def _derived(code: str, what: str) -> bytes:
    return hmac.new(code.encode(), f"straume {what}".encode(), hashlib.sha256).digest()
