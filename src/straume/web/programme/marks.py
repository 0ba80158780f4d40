"""Marks that keep somebody from being counted twice, without telling who they are.

A mark is a keyed hash under the server's key and the salt of a round. The salt is erased when the round
closes, so that afterwards nobody, the administrator of the server included, can try a guess against a mark.
"""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for one another


def new_token() -> str:
    """The part of an address that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _number in range(16))


def new_salt() -> str:
    return secrets.token_hex(24)


def new_code() -> str:
    """A code for a slip or for a person to keep, such as "k7mq-3xfa"."""
    drawn = "".join(secrets.choice(LETTERS) for _number in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def plain(code: str) -> str:
    """A code as it is compared: small letters, without blanks and dashes."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def mark(*, salt: str, what: str) -> str:
    """The mark of something in the round of this salt; a closed round has none and takes nothing."""
    if not salt:
        raise ValueError("a closed round makes no marks")
    return salted_hmac(f"straume.programme.marks.{salt}", what, algorithm="sha256").hexdigest()
